"""Pushes a batch of codes to one subscriber: in order within a phone or line, side by side across them."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from schemas.deliveries import DeliveryOutcome, ErrorCode, Outcome
from schemas.events import Code
from sinks.metrics import DeliverMetrics
from sinks.settings import SubscriptionSettings
from sinks.webhooks import schedule, sign
from sinks.webhooks.attempt import Attempt, attempt

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Bug:
    """Our own code failed on a push; the code belongs on the dead-letter topic."""

    error: str
    """The class of the exception alone: its text may quote what it failed on."""


Result = DeliveryOutcome | Bug


class Stopped(Exception):
    """The process ends before every push of a batch has its outcome: the batch is to come again."""


class Deliverer:
    """One subscription at work: what it wants, and the pushes to it."""

    def __init__(
        self,
        settings: SubscriptionSettings,
        *,
        session: aiohttp.ClientSession,
        metrics: DeliverMetrics,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        draw: Callable[[], float] = random.random,
    ) -> None:
        """Take the subscription and what it works with.

        Args:
            settings: of the subscription.
            session: from :func:`sinks.webhooks.attempt.open_session`.
            metrics: counts attempts and outcomes.
            clock: the time now, aware.
            sleep: waits so many seconds.
            draw: random in [0, 1), for the jitter.
        """
        self.name = settings.name
        self._settings = settings
        self._url = str(settings.url)
        self._signer = sign.Signer(settings.secrets)
        self._session = session
        self._metrics = metrics
        self._clock = clock
        self._sleep = sleep
        self._draw = draw
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._stopping = asyncio.Event()
        self._given_up = False

    @property
    def batch_limit(self) -> int:
        """How many codes to hand in at once, at the most."""
        return schedule.batch_limit(
            self._settings.concurrency,
            timeout_seconds=self._settings.timeout_seconds,
            window_seconds=self._settings.retries.window_seconds,
        )

    def stop(self) -> None:
        """Repeat nothing from here on: the attempts under way are finished, and codes that need another one come again."""
        self._stopping.set()

    def wants(self, code: Code) -> bool:
        """Tell whether the subscription asked for this event."""
        return sign.event_type(code) in self._settings.events

    async def deliver(self, codes: Sequence[Code]) -> list[Result]:
        """Push every code until its outcome is clear, and return the outcomes in the order of the codes.

        Codes of one phone (or line, where the phone is unknown) go out one after the other: that is their key on Kafka. The retries of all
        end with the window, which begins here; whoever had no attempt by then gets one.

        Raises:
            Stopped: :meth:`stop` was called, and some pushes would have to be repeated.
        """
        started_at = self._clock()
        positions_by_key: dict[str, list[int]] = {}
        for position, code in enumerate(codes):
            positions_by_key.setdefault(code.phone or code.line, []).append(position)
        results: dict[int, Result] = {}

        async def push_in_order(positions: Sequence[int]) -> None:
            deadlines = schedule.deadlines(
                [codes[position].expires_at for position in positions],
                started_at=started_at,
                window_seconds=self._settings.retries.window_seconds,
            )
            for position, deadline in zip(positions, deadlines, strict=True):
                result = await self._push_or_bug(codes[position], deadline=deadline)
                if result is None:
                    return
                results[position] = result

        async with asyncio.TaskGroup() as pushes:
            for positions in positions_by_key.values():
                pushes.create_task(push_in_order(positions))
        if len(results) < len(codes):
            raise Stopped
        return [results[position] for position in range(len(codes))]

    async def _push_or_bug(self, code: Code, *, deadline: datetime) -> Result | None:
        """Keep a fault of ours to the one code that it hit."""
        try:
            return await self._push(code, deadline=deadline)
        except Exception as error:
            # Neither text nor traceback: they may quote the code.
            logger.error("push failed by a bug event_id=%s error=%s", code.event_id, type(error).__name__)  # noqa: TRY400
            return Bug(type(error).__name__)

    async def _push(self, code: Code, *, deadline: datetime) -> DeliveryOutcome | None:
        """Attempt, wait, attempt again: until an answer decides or the time is up; None where the process ends before that."""
        body = sign.body(code)
        started_at = self._clock()
        attempts, last = 0, None
        while True:
            # A slot is held for the attempt alone: a push that waits must not keep others from going out.
            async with self._slots:
                if self._given_up:
                    return None
                now = self._clock()
                if now >= (deadline if attempts else code.expires_at):
                    return self._finish(code, outcome="expired", attempts=attempts, last=last, started_at=started_at)
                last = await self._attempt(code, body=body, now=now, deadline=deadline)
            attempts += 1
            if last.verdict != "retry":
                return self._finish(code, outcome=last.verdict, attempts=attempts, last=last, started_at=started_at)
            wait_seconds = self._wait_seconds(attempts, last=last, deadline=deadline)
            if wait_seconds is None:
                return self._finish(code, outcome="expired", attempts=attempts, last=last, started_at=started_at)
            if not await self._slept(wait_seconds):
                # The batch cannot be committed any more, so each further attempt would be made twice.
                self._given_up = True
                return None

    async def _slept(self, seconds: float) -> bool:
        """Wait so long and return True; or return False as soon as the process ends."""
        waits = {asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._stopping.wait())}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return not self._stopping.is_set()

    async def _attempt(self, code: Code, *, body: str, now: datetime, deadline: datetime) -> Attempt:
        """Make one attempt, signed afresh, cut off where its time ends."""
        made = await attempt(
            self._session,
            url=self._url,
            body=body.encode(),
            headers=self._signer.headers(event_id=code.event_id, body=body, attempted_at=now),
            timeout_seconds=schedule.timeout_seconds(
                self._settings.timeout_seconds, now=now, deadline=deadline, expires_at=code.expires_at
            ),
        )
        self._metrics.attempted(made.error_code)
        return made

    def _wait_seconds(self, failures: int, *, last: Attempt, deadline: datetime) -> float | None:
        now = self._clock()
        return schedule.wait_seconds(
            failures,
            retries=self._settings.retries,
            remaining_seconds=(deadline - now).total_seconds(),
            asked_seconds=schedule.retry_after_seconds(last.retry_after, now=now),
            draw=self._draw(),
        )

    def _finish(
        self, code: Code, *, outcome: Outcome, attempts: int, last: Attempt | None, started_at: datetime
    ) -> DeliveryOutcome:
        """Make the outcome, count it, and say it in one line: no code, no phone, no address."""
        finished_at = self._clock()
        status: int | None = last.status if last else None
        error_code: ErrorCode = last.error_code if last else "none"
        logger.log(
            logging.INFO if outcome == "delivered" else logging.WARNING,
            "push %s subscription=%s event_id=%s attempts=%d status=%s error=%s seconds=%.3f latency_seconds=%.3f",
            outcome,
            self.name,
            code.event_id,
            attempts,
            status,
            error_code,
            (finished_at - started_at).total_seconds(),
            (finished_at - code.ingested_at).total_seconds(),
        )
        made = DeliveryOutcome(
            subscription=self.name,
            event_id=code.event_id,
            message_id=code.message_id,
            outcome=outcome,
            attempts=attempts,
            status=status,
            error_code=error_code,
            ingested_at=code.ingested_at,
            finished_at=finished_at,
        )
        self._metrics.finished(made)
        return made
