"""Calls to a provider over HTTP: limits, retries of what is safe to repeat, key rotation, typed errors without secrets."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx
from aiolimiter import AsyncLimiter
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from ingest.providers import waiting
from ingest.providers.breaker import Breaker
from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway
from ingest.providers.refusals import told_in
from ingest.providers.settings import AccountSettings

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
Method = Literal["GET", "POST", "PUT", "DELETE"]

ATTEMPTS = 3
"""Tries of one safe call. Few, because the poller asks again anyway and paces itself."""
FIRST_BACKOFF_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 8.0
LONGEST_HELD_SECONDS = 30.0
"""A longer Retry-After is not sat out inside a call: the caller hears of it and plans with it."""

LONGEST_RETRY_AFTER_SECONDS = 86_400.0
"""A Retry-After beyond a day is a mistake or a mockery; a key that was mended should not have to wait for it."""
PAYMENT_REQUIRED = 402
TOO_MANY_REQUESTS = 429
CONNECT_SHARE = 0.5
"""Of the time-out: a connection that does not come about is told apart from an answer that does not, since then nothing was sent."""

_RETRIABLE_FAULTS = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_FULL_JITTER = wait_random_exponential(multiplier=FIRST_BACKOFF_SECONDS, max=LONGEST_BACKOFF_SECONDS)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call as the provider documents it; the key is added when it is made. Its `repr` shows its name alone."""

    name: str
    """For error texts, since a path may hold an id."""
    method: Method = field(repr=False)
    path: str = field(repr=False)
    """With a leading slash, quoted."""
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """A body as `application/x-www-form-urlencoded`."""
    json: Any = field(default=None, repr=False)
    """A body as JSON."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


Authorise = Callable[[Call, str], Call]
"""Adds a key to a call, where the provider wants it."""


class _HiddenQueries(logging.Filter):
    """Takes the query out of every URL that httpx logs: at some providers it holds the key."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(one) if isinstance(one, httpx.URL) else one for one in record.args)
        return True


def _without_query(url: httpx.URL) -> httpx.URL:
    return url.copy_with(query=b"hidden") if url.query else url


_HIDDEN_QUERIES = _HiddenQueries()


class Calls:
    """The calls of one account at one provider, all under one rate limit, one concurrency limit and one circuit breaker.

    Args:
        http: the client that is handed in; its owner closes it.
        provider: the provider's name, for error texts.
        settings: where the API is, its keys and the limits.
        authorise: adds the key to a call.
        clock: our clock, aware.
        sleep: how to wait between tries.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        provider: str,
        settings: AccountSettings,
        authorise: Authorise,
        clock: Clock,
        sleep: Sleep,
    ) -> None:
        self._http = http
        self._provider = provider
        self._base_url = str(settings.base_url).rstrip("/")
        self._keys = settings.key_ring(provider)
        self._authorise = authorise
        self._timeout_seconds = settings.request_timeout_seconds
        connect_seconds = CONNECT_SHARE * settings.request_timeout_seconds
        self._timeouts = httpx.Timeout(self._timeout_seconds, connect=connect_seconds, pool=connect_seconds)
        burst = max(1.0, settings.requests_per_second)
        self._limiter = AsyncLimiter(burst, burst / settings.requests_per_second)
        self._free = asyncio.Semaphore(settings.concurrent_requests)
        self.breaker = Breaker(
            failures=settings.breaker_failures, pause_seconds=settings.breaker_pause_seconds, clock=clock
        )
        self._clock = clock
        self._sleep = sleep
        self._quiet_until: datetime | None = None
        logging.getLogger("httpx").addFilter(_HIDDEN_QUERIES)

    async def safely(self, call: Call) -> bytes:
        """Make a call that may be repeated: again on faults that pass, and with the other live key where one is refused.

        Raises:
            ProviderAway: no usable answer after all tries, or the provider asked for a long silence.
            KeyRefused: 401 or 403, with every live key.
            CallRefused: any other status but 2xx.
        """
        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=_stops,
            wait=_wait_seconds,
            retry=retry_if_exception(lambda error: isinstance(error, ProviderAway) and error.retriable),
            reraise=True,
        )
        content: bytes = await retrying(self._with_any_key, call)
        return content

    async def once(self, call: Call) -> bytes:
        """Make a call that is not safe to repeat: once, whatever happens.

        Raises:
            ProviderAway: no usable answer; whether the call took effect is unknown, but where the error is not `sent`.
            KeyRefused: 401 or 403; it took no effect.
            CallRefused: any other status but 2xx; it took no effect.
        """
        return await self._once(call, self._keys.live()[0])

    async def _with_any_key(self, call: Call) -> bytes:
        *others, last = self._keys.live()
        for key in others:
            try:
                return await self._once(call, key)
            except KeyRefused:
                continue
        return await self._once(call, last)

    async def _once(self, call: Call, key: str) -> bytes:
        waiting.holding()
        async with self._free:
            await self._keep_quiet(call)
            with self.breaker.attempt(self._what(call)):
                async with self._limiter:
                    response = await self._respond(call, key)
                self._refuse(response, call, key)
        return response.content

    def _what(self, call: Call) -> str:
        return f"{self._provider} {call.name}"

    async def _keep_quiet(self, call: Call) -> None:
        """Respect, in every call, the silence that the provider asked for in one."""
        if self._quiet_until is None:
            return
        left_seconds = (self._quiet_until - self._clock()).total_seconds()
        if left_seconds > LONGEST_HELD_SECONDS:
            raise ProviderAway(
                f"{self._what(call)}: not asked, since it wants no request for another {left_seconds:.0f} seconds",
                retriable=False,
                retry_after_seconds=left_seconds,
                sent=False,
            )
        if left_seconds > 0:
            await self._sleep(left_seconds)

    async def _respond(self, call: Call, key: str) -> httpx.Response:
        made = self._authorise(call, key)
        waiting.leaving()
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._http.request(
                    made.method,
                    self._base_url + made.path,
                    params=dict(made.query) or None,
                    headers=dict(made.headers),
                    data=None if made.form is None else dict(made.form),
                    json=made.json,
                    timeout=self._timeouts,
                )
        except TimeoutError:
            raise ProviderAway(f"{self._what(call)}: no answer in {self._timeout_seconds:g} seconds") from None
        except httpx.HTTPError as fault:
            raise ProviderAway(
                f"{self._what(call)}: {type(fault).__name__}",
                retriable=isinstance(fault, _RETRIABLE_FAULTS),
                sent=not isinstance(fault, _NEVER_SENT),
            ) from None

    def _refuse(self, response: httpx.Response, call: Call, key: str) -> None:
        """Raise the typed error of a status other than 2xx."""
        status = response.status_code
        what = f"{self._what(call)}: answered {status}"
        if response.is_success:
            self._keys.note(key, is_accepted=True)
            return
        asked_seconds = retry_after_seconds(response.headers.get("Retry-After"), now=self._clock())
        if status == TOO_MANY_REQUESTS or status >= 500:
            if asked_seconds is not None:
                self._quiet_until = self._clock() + timedelta(seconds=asked_seconds)
            sent = status != TOO_MANY_REQUESTS
            raise ProviderAway(what, retry_after_seconds=asked_seconds, sent=sent, status=status)
        told = told_in(response.content)
        if status == 401 or (status == 403 and told.reason == "other") or told.is_about_the_key:
            self._keys.note(key, is_accepted=False)
            raise KeyRefused(f"{what}: it does not accept the API key; check that it is current")
        reason = told.reason
        if status == PAYMENT_REQUIRED:
            reason = "balance"
        elif reason == "other" and asked_seconds is not None:
            reason = "early"
        raise CallRefused(
            what if reason == "other" else f"{what} ({reason})",
            status=status,
            reason=reason,
            fields=told.fields,
            is_told=told.is_json,
            retry_after_seconds=asked_seconds,
        )


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
