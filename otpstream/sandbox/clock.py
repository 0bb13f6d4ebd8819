"""The time that simulators go by: the system's, or one that runs faster, jumps, and rings when something is due."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

from starlette.types import ASGIApp, Receive, Scope, Send

Clock = Callable[[], datetime]
"""Tells the time, aware of its zone."""

Action = Callable[[], None]


def utc_now() -> datetime:
    """Tell the time of the system clock in UTC."""
    return datetime.now(UTC)


class ScaledClock:
    """A `Clock` with a timetable, so that rules of minutes can be seen at work in a blink.

    It can be shared by simulators and by what they are tested against. What is due runs in the order of its times, and
    reads its own due time from the clock, however late it is run.

    Args:
        speed: Seconds of this clock per second of real time; at 0 it stands still but for `advance`.
        start: Its first time, aware of its zone; the system's by default.
        monotonic: The real time that it scales, in seconds.

    Raises:
        ValueError: The speed is negative.
    """

    def __init__(
        self, *, speed: float = 1.0, start: datetime | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        if speed < 0:
            raise ValueError(f"speed must not be negative, and is {speed}")
        self._speed = speed
        self._monotonic = monotonic
        self._started_seconds = monotonic()
        self._start = start or utc_now()
        self._acting_at: datetime | None = None
        self._timetable: list[tuple[datetime, int, Action]] = []
        self._entries = itertools.count()
        self._changed = asyncio.Event()

    def __call__(self) -> datetime:
        """Tell the time."""
        return self._acting_at or self._running_time()

    def call_after(self, seconds: float, action: Action) -> None:
        """Run an action once as many seconds of this clock have passed."""
        heapq.heappush(self._timetable, (self() + timedelta(seconds=seconds), next(self._entries), action))
        self._changed.set()

    def advance(self, seconds: float) -> None:
        """Jump ahead, and run what falls due on the way."""
        self._start += timedelta(seconds=seconds)
        self.settle()
        self._changed.set()

    def settle(self) -> None:
        """Run what is due; called before each simulated API call, so that no rule lags behind."""
        if self._acting_at is not None:
            return
        until = self._running_time()
        try:
            while self._timetable and self._timetable[0][0] <= until:
                self._acting_at, _, action = heapq.heappop(self._timetable)
                action()
        finally:
            self._acting_at = None

    async def sleep(self, seconds: float) -> None:
        """Wait for seconds of this clock, whether they pass or are jumped over."""
        passed = asyncio.Event()
        self.call_after(seconds, passed.set)
        async with self.running():
            await passed.wait()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run what is due by itself for as long as the context lasts; contexts may overlap."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        while True:
            self._changed.clear()
            self.settle()
            with contextlib.suppress(TimeoutError):
                # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with a change.
                async with asyncio.timeout(self._real_seconds_to_next()):
                    await self._changed.wait()

    def _real_seconds_to_next(self) -> float | None:
        if not self._timetable or self._speed == 0:
            return None
        return max(0.0, (self._timetable[0][0] - self._running_time()).total_seconds() / self._speed)

    def _running_time(self) -> datetime:
        passed_seconds = (self._monotonic() - self._started_seconds) * self._speed
        return self._start + timedelta(seconds=passed_seconds)


class OnTime:
    """ASGI middleware that runs what is due on a clock before each call."""

    def __init__(self, app: ASGIApp, *, clock: ScaledClock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._clock.settle()
        await self._app(scope, receive, send)


def rfc3339(moment: datetime) -> str:
    """Write a time in UTC and whole seconds, such as 2025-06-26T08:15:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
