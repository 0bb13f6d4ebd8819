"""The layer in front of a simulated API that makes its calls fail: ASGI middleware that fits every provider."""

from __future__ import annotations

import asyncio
import contextlib

from aiolimiter import AsyncLimiter
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from otpstream.sandbox.faults import ApiFault, ApiFaultKind, FaultSource

_REASONS = {
    ApiFaultKind.ERROR: "temporarily unavailable",
    ApiFaultKind.RATE_LIMIT: "too many requests",
    ApiFaultKind.TIMEOUT: "gateway time-out",
}


class InjectFaults:
    """Answers some calls with errors, rate limits or a reply that comes too late, as a fault source decides.

    Args:
        app: The API behind.
        source: Decides the fate of each call.
        closing: Set when the sandbox shuts down; replies held back are then let go at once.
        limiter: Calls beyond its capacity are answered 429, besides those that the source draws.
    """

    def __init__(
        self, app: ASGIApp, *, source: FaultSource, closing: asyncio.Event, limiter: AsyncLimiter | None = None
    ) -> None:
        self._app = app
        self._source = source
        self._closing = closing
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        fault = await self._next_fault()
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind is ApiFaultKind.TIMEOUT:
            await self._reply_late(fault, scope, receive, send)
        else:
            await _refusal(fault)(scope, receive, send)

    async def _next_fault(self) -> ApiFault | None:
        if self._limiter is not None:
            if not self._limiter.has_capacity():
                return ApiFault(
                    kind=ApiFaultKind.RATE_LIMIT,
                    status=429,
                    retry_after_seconds=self._source.faults.retry_after_seconds,
                )
            await self._limiter.acquire()
        return self._source.next_api_fault()

    async def _reply_late(self, fault: ApiFault, scope: Scope, receive: Receive, send: Send) -> None:
        held_back: list[Message] = []

        async def hold_back(message: Message) -> None:
            held_back.append(message)

        await (self._app if fault.applied else _refusal(fault))(scope, receive, hold_back)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), self._source.faults.hang_seconds)
        for message in held_back:
            await send(message)


def _refusal(fault: ApiFault) -> JSONResponse:
    headers = {} if fault.retry_after_seconds is None else {"Retry-After": str(fault.retry_after_seconds)}
    return JSONResponse({"error": _REASONS[fault.kind]}, status_code=fault.status, headers=headers)
