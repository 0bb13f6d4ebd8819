"""One POST and what its answer means; the only place that speaks HTTP to a subscriber."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import aiohttp

from schemas.deliveries import ErrorCode

Verdict = Literal["delivered", "retry", "refused"]

RETRIED_STATUSES = frozenset({408, 425, 429})
"""The answers of the 4xx that ask to come again: too slow, too early, too many."""

KEEPALIVE_SECONDS = 4.0
"""Below the 5 s after which common servers close an idle connection: a push into a closing one fails for nothing."""

BODY_LIMIT_BYTES = 4096
"""Enough for any acknowledgement; read only so that the connection can serve again."""

BODY_LIMIT_SECONDS = 0.25
"""The status has decided; a body that dawdles costs its connection, not the next push."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of one POST."""

    verdict: Verdict
    status: int | None
    """None where no answer came."""
    error_code: ErrorCode
    retry_after: str | None = None
    """The header as it came."""


def open_session(*, concurrency: int) -> aiohttp.ClientSession:
    """Open the client that attempts are made through: keeps connections, no cookies, no proxies from the environment.

    Args:
        concurrency: of the subscription: as many connections, at least 1.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=concurrency, keepalive_timeout=KEEPALIVE_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        headers={"user-agent": "otpstream", "content-type": "application/json"},
        timeout=aiohttp.ClientTimeout(total=None),
    )


async def attempt(
    session: aiohttp.ClientSession, *, url: str, body: bytes, headers: Mapping[str, str], timeout_seconds: float
) -> Attempt:
    """POST once; follow no redirect, and let no answer or fault of the network raise.

    Args:
        session: from :func:`open_session`.
        url: of the subscriber.
        body: JSON, as signed.
        headers: the signature.
        timeout_seconds: until the status of the answer is in.
    """
    try:
        async with asyncio.timeout(timeout_seconds):
            response = await session.post(url, data=body, headers=headers, allow_redirects=False)
    except TimeoutError:
        return Attempt(verdict="retry", status=None, error_code="timeout")
    except (aiohttp.ClientError, OSError):
        return Attempt(verdict="retry", status=None, error_code="connection")
    await _drain(response)
    return classify(response.status, retry_after=response.headers.get("retry-after"))


def classify(status: int, *, retry_after: str | None = None) -> Attempt:
    """Say what a status means for the push.

    Source: Standard Webhooks 1.0.0, "Delivery success and failure"; RFC 9110, section 15.
    """
    match status // 100:
        case 2:
            return Attempt(verdict="delivered", status=status, error_code="none")
        case 3:
            return Attempt(verdict="refused", status=status, error_code="redirect")
        case 4:
            verdict: Verdict = "retry" if status in RETRIED_STATUSES else "refused"
            return Attempt(verdict=verdict, status=status, error_code="status_4xx", retry_after=retry_after)
        case 5:
            return Attempt(verdict="retry", status=status, error_code="status_5xx", retry_after=retry_after)
        case _:
            return Attempt(verdict="retry", status=status, error_code="connection")


async def _drain(response: aiohttp.ClientResponse) -> None:
    """Read a short body to its end, which hands the connection back; close the connection under a long or slow one."""
    left_bytes = BODY_LIMIT_BYTES
    try:
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
            async with asyncio.timeout(BODY_LIMIT_SECONDS):
                while left_bytes > 0 and not response.content.at_eof():
                    left_bytes -= len(await response.content.read(left_bytes))
    finally:
        response.close()
