"""Calls to a provider over HTTP: rate limit, retries of what is safe to repeat, typed errors without secrets."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from aiolimiter import AsyncLimiter
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]

ATTEMPTS = 3
"""Tries of one safe call. Few, because the poller asks again anyway and paces itself."""
FIRST_BACKOFF_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 8.0
LONGEST_HELD_SECONDS = 30.0
"""A longer Retry-After is not sat out inside a call: the caller hears of it and plans with it."""

LONGEST_RETRY_AFTER_SECONDS = 86_400.0
"""A Retry-After beyond a day is a mistake or a mockery; a key that was mended should not have to wait for it."""

_RETRIABLE_FAULTS = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)
_FULL_JITTER = wait_random_exponential(multiplier=FIRST_BACKOFF_SECONDS, max=LONGEST_BACKOFF_SECONDS)


class Calls:
    """The calls of one account at one provider, all under one rate limit.

    Args:
        http: the client that is handed in; its owner closes it.
        provider: the provider's name, for error texts.
        base_url: what the paths are added to.
        headers: sent with every call; may hold the key.
        timeout_seconds: how long one try may take in all.
        requests_per_second: how many tries may start in a second.
        clock: our clock, aware.
        sleep: how to wait between tries.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        provider: str,
        base_url: str,
        headers: dict[str, str],
        timeout_seconds: float,
        requests_per_second: float,
        clock: Clock,
        sleep: Sleep,
    ) -> None:
        self._http = http
        self._provider = provider
        self._base_url = base_url.rstrip("/")
        self._headers = headers
        self._timeout_seconds = timeout_seconds
        burst = max(1.0, requests_per_second)
        self._limiter = AsyncLimiter(burst, burst / requests_per_second)
        self._clock = clock
        self._sleep = sleep
        self._quiet_until: datetime | None = None

    async def get(self, path: str, *, call: str) -> bytes:
        """Fetch a path, trying again on faults that pass.

        Args:
            path: with a leading slash, quoted.
            call: the name of the call, for error texts, since a path may hold an id.

        Raises:
            ProviderAway: no usable answer after all tries, or the provider asked for a long silence.
            KeyRefused: 401 or 403.
            CallRefused: any other status but 2xx.
        """
        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=_stops,
            wait=_wait_seconds,
            retry=retry_if_exception(lambda error: isinstance(error, ProviderAway) and error.retriable),
            reraise=True,
        )
        content: bytes = await retrying(self._once, "GET", path, call=call, body=None)
        return content

    async def once(self, method: str, path: str, *, call: str, body: Any = None) -> bytes:
        """Make a call that is not safe to repeat: once, whatever happens.

        Raises:
            ProviderAway: no usable answer; whether the call took effect is unknown.
            KeyRefused: 401 or 403.
            CallRefused: any other status but 2xx.
        """
        return await self._once(method, path, call=call, body=body)

    async def _once(self, method: str, path: str, *, call: str, body: Any) -> bytes:
        await self._keep_quiet(call)
        async with self._limiter:
            response = await self._respond(method, path, call=call, body=body)
        self._refuse(response, call)
        return response.content

    async def _keep_quiet(self, call: str) -> None:
        """Respect, in every call, the silence that the provider asked for in one."""
        if self._quiet_until is None:
            return
        left_seconds = (self._quiet_until - self._clock()).total_seconds()
        if left_seconds > LONGEST_HELD_SECONDS:
            raise ProviderAway(
                f"{self._provider} {call}: not asked, since it wants no request for another {left_seconds:.0f} seconds",
                retriable=False,
                retry_after_seconds=left_seconds,
            )
        if left_seconds > 0:
            await self._sleep(left_seconds)

    async def _respond(self, method: str, path: str, *, call: str, body: Any) -> httpx.Response:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._http.request(
                    method, self._base_url + path, headers=self._headers, json=body, timeout=self._timeout_seconds
                )
        except TimeoutError:
            raise ProviderAway(f"{self._provider} {call}: no answer in {self._timeout_seconds:g} seconds") from None
        except httpx.HTTPError as fault:
            retriable = isinstance(fault, _RETRIABLE_FAULTS)
            raise ProviderAway(f"{self._provider} {call}: {type(fault).__name__}", retriable=retriable) from None

    def _refuse(self, response: httpx.Response, call: str) -> None:
        """Raise the typed error of a status other than 2xx."""
        status = response.status_code
        what = f"{self._provider} {call}: answered {status}"
        if response.is_success:
            return
        if status in (401, 403):
            raise KeyRefused(f"{what}: it does not accept the API key; check that it is current")
        if status == 429 or status >= 500:
            asked_seconds = retry_after_seconds(response.headers.get("Retry-After"), now=self._clock())
            if asked_seconds is not None:
                self._quiet_until = self._clock() + timedelta(seconds=asked_seconds)
            raise ProviderAway(what, retry_after_seconds=asked_seconds)
        raise CallRefused(what, status=status)


def retry_after_seconds(header: str | None, *, now: datetime) -> float | None:
    """Read a Retry-After header, in seconds or as an HTTP date.

    Returns:
        Seconds from now, at least 0 and at most a day; None where there is no header or it says nothing readable.

    Source: RFC 9110, section 10.2.3.
    """
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_RETRY_AFTER_SECONDS)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER_SECONDS)


def _wait_seconds(state: RetryCallState) -> float:
    """Wait as long as the provider asked, else back off exponentially with full jitter, so that clients do not march in step."""
    return max(_FULL_JITTER(state), _asked_seconds(state) or 0.0)


def _stops(state: RetryCallState) -> bool:
    """Stop after the last attempt, and at once where the provider asked for a longer silence than a call may sit out."""
    return state.attempt_number >= ATTEMPTS or (_asked_seconds(state) or 0.0) > LONGEST_HELD_SECONDS


def _asked_seconds(state: RetryCallState) -> float | None:
    fault = state.outcome.exception() if state.outcome else None
    return fault.retry_after_seconds if isinstance(fault, ProviderAway) else None
