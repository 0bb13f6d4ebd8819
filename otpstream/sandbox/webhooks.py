"""Outgoing webhooks: signed, retried with exponential back-off, several at a time.

Each copy travels on its own, as with real providers: a retry does not hold up the messages after it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Self

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt, wait_exponential

from otpstream.sandbox.clock import Clock, utc_now
from otpstream.sandbox.ledger import Push, PushState

_POST_TIMEOUT_SECONDS = 10.0  # what webhook senders commonly grant a receiver
_MAX_CONNECTIONS = 128  # enough to keep a loopback receiver busy, far below the usual limit of open files


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back for one POST."""

    status: int | None
    """HTTP status; None if no reply came."""
    retry_after: str | None = None
    """The Retry-After header as it stands."""

    @property
    def accepted(self) -> bool:
        """True for 2xx."""
        return self.status is not None and 200 <= self.status < 300


Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[Reply]]
"""Posts a body with headers to a URL; connection errors and time-outs are a `Reply` without status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """When a webhook that was not accepted is tried again."""

    max_attempts: int = 8
    """Attempts in all, at least 1."""
    first_delay_seconds: float = 0.5
    """Wait after the first failure; it doubles with each further one."""
    max_delay_seconds: float = 30.0
    """Longest wait, also where the receiver asks for a longer one by Retry-After."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSigner:
    """Signs webhooks with HMAC-SHA256 in hexadecimal, in the ways that senders commonly do.

    Args:
        secret: The key of the HMAC, taken as UTF-8.
        header: Header that carries the signature.
        timestamp_header: Header that carries Unix seconds; if given, "timestamp.body" is signed instead of the body.
    """

    secret: str = field(repr=False)
    header: str = "X-Signature"
    timestamp_header: str | None = None

    def sign(self, body: bytes, *, now: datetime) -> dict[str, str]:
        """Return the headers that vouch for a body."""
        if self.timestamp_header is None:
            return {self.header: self._hexdigest(body)}
        timestamp = str(int(now.timestamp()))
        return {self.timestamp_header: timestamp, self.header: self._hexdigest(f"{timestamp}.".encode() + body)}

    def _hexdigest(self, content: bytes) -> str:
        return hmac.new(self.secret.encode(), content, hashlib.sha256).hexdigest()


def retry_after_seconds(header: str | None, *, now: datetime) -> float | None:
    """Read a Retry-After header.

    Args:
        header: Seconds or an HTTP date; None if the header is missing.
        now: The time from which a date is counted.

    Returns:
        Seconds to wait, never negative; None if the header is missing or unreadable.

    Source: RFC 9110, section 10.2.3.
    """
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (date.astimezone(UTC) - now).total_seconds())


@asynccontextmanager
async def aiohttp_client() -> AsyncIterator[Post]:
    """Open an HTTP client and hand out its `Post`."""
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_MAX_CONNECTIONS),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=_POST_TIMEOUT_SECONDS),
    ) as session:

        async def post(url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
            try:
                async with session.post(url, data=body, headers=headers, allow_redirects=False) as response:
                    await response.read()  # an unread body would cost the connection
                    return Reply(status=response.status, retry_after=response.headers.get("Retry-After"))
            except (aiohttp.ClientError, TimeoutError):
                return Reply(status=None)

        yield post


class WebhookSender:
    """Posts webhooks in the background until they are accepted or given up.

    Args:
        signer: Signs every attempt afresh; None sends unsigned.
        retry: When what was not accepted is tried again.
        open_client: Opens the HTTP client for the time that the sender is entered.
        clock: Tells the time for signatures and Retry-After dates.
        sleep: Waits out delays, in seconds.
    """

    def __init__(
        self,
        *,
        signer: WebhookSigner | None = None,
        retry: RetryPolicy | None = None,
        open_client: Callable[[], AbstractAsyncContextManager[Post]] = aiohttp_client,
        clock: Clock = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._signer = signer
        self._retry = retry or RetryPolicy()
        self._back_off = wait_exponential(self._retry.first_delay_seconds, max=self._retry.max_delay_seconds)
        self._open_client = open_client
        self._clock = clock
        self._sleep = sleep
        self._resources = AsyncExitStack()
        self._post: Post | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._post = await self._resources.enter_async_context(self._open_client())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._post = None
        await self._resources.aclose()

    def push(self, push: Push, *, url: str, body: bytes, delay_seconds: float) -> None:
        """Start sending one webhook copy; what becomes of it is written to `push`.

        Raises:
            RuntimeError: The sender is not entered.
        """
        if self._post is None:
            raise RuntimeError("the sandbox is not running: enter it with `async with` before it sends webhooks")
        task = asyncio.create_task(
            self._deliver(push, post=self._post, url=url, body=body, delay_seconds=delay_seconds)
        )
        self._tasks.add(task)
        task.add_done_callback(partial(self._finish, push))

    async def drain(self) -> None:
        """Wait until every copy is accepted or given up."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _deliver(self, push: Push, *, post: Post, url: str, body: bytes, delay_seconds: float) -> None:
        async def attempt() -> Reply:
            push.attempts += 1
            return await post(url, body, self._headers(body))

        if delay_seconds > 0:
            await self._sleep(delay_seconds)
        reply: Reply = await self._retrying()(attempt)
        push.state = PushState.DELIVERED if reply.accepted else PushState.GIVEN_UP

    def _finish(self, push: Push, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        # Set here, because a task that is cancelled before its first step never runs.
        if task.cancelled():
            push.state = PushState.CANCELLED

    def _retrying(self) -> AsyncRetrying:
        return AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self._retry.max_attempts),
            wait=self._wait_seconds,
            retry=retry_if_result(lambda reply: not reply.accepted),
            retry_error_callback=_last_reply,
        )

    def _wait_seconds(self, state: RetryCallState) -> float:
        asked = retry_after_seconds(_last_reply(state).retry_after, now=self._clock())
        return self._back_off(state) if asked is None else min(asked, self._retry.max_delay_seconds)

    def _headers(self, body: bytes) -> dict[str, str]:
        signature = {} if self._signer is None else self._signer.sign(body, now=self._clock())
        return {"Content-Type": "application/json", **signature}


def _last_reply(state: RetryCallState) -> Reply:
    if state.outcome is None:
        raise RuntimeError("a reply was asked for before the first attempt")
    reply: Reply = state.outcome.result()
    return reply
