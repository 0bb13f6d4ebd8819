"""The layer in front of a simulated API that makes its calls fail: ASGI middleware that fits every provider."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from aiolimiter import AsyncLimiter
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from otpstream.sandbox.faults import ApiFault, ApiFaultKind, FaultSource

_REASONS = {
    ApiFaultKind.ERROR: "temporarily unavailable",
    ApiFaultKind.RATE_LIMIT: "too many requests",
    ApiFaultKind.TIMEOUT: "gateway time-out",
}

ErrorBody = Callable[[int, str], object]
"""Makes the JSON of an error from its HTTP status and its reason, as a provider writes it."""


def plain_error(_status: int, reason: str) -> object:
    """Write an error as `{error}`."""
    return {"error": reason}


class InjectFaults:
    """Answers some calls with errors, rate limits or a reply that comes too late, as a fault source decides.

    Args:
        app: The API behind.
        source: Decides the fate of each call.
        closing: Set when the sandbox shuts down; replies held back are then let go at once.
        limiter: Calls beyond its capacity are answered 429, besides those that the source draws.
        error_body: How errors look.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        source: FaultSource,
        closing: asyncio.Event,
        limiter: AsyncLimiter | None = None,
        error_body: ErrorBody = plain_error,
    ) -> None:
        self._app = app
        self._source = source
        self._closing = closing
        self._limiter = limiter
        self._error_body = error_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        fault = await self._next_fault(scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
            return
        replies = await self._replies(fault, scope, receive)
        hold_seconds = self._hold_seconds(fault)
        if hold_seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), hold_seconds)
        for message in replies:
            await send(message)

    async def _next_fault(self, path: str) -> ApiFault | None:
        if self._limiter is not None:
            if not self._limiter.has_capacity():
                return ApiFault(
                    kind=ApiFaultKind.RATE_LIMIT,
                    status=429,
                    retry_after_seconds=self._source.faults.retry_after_seconds,
                )
            await self._limiter.acquire()
        return self._source.next_api_fault(path)

    async def _replies(self, fault: ApiFault, scope: Scope, receive: Receive) -> list[Message]:
        true_reply, refusal = _Recorder(), _Recorder()
        if fault.applied:
            await self._app(scope, receive, true_reply)
            if fault.kind in (ApiFaultKind.TIMEOUT, ApiFaultKind.SLOW):
                return true_reply.messages
        await self._refusal(fault)(scope, receive, refusal)
        return refusal.messages

    def _hold_seconds(self, fault: ApiFault) -> float:
        match fault.kind:
            case ApiFaultKind.TIMEOUT:
                return self._source.faults.hang_seconds
            case ApiFaultKind.SLOW:
                return self._source.faults.slow_seconds
            case _:
                return 0.0

    def _refusal(self, fault: ApiFault) -> JSONResponse:
        headers = {} if fault.retry_after_seconds is None else {"Retry-After": str(fault.retry_after_seconds)}
        content = self._error_body(fault.status, _REASONS[fault.kind])
        return JSONResponse(content, status_code=fault.status, headers=headers)


class _Recorder:
    """Keeps the messages of a reply instead of sending them."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)
