"""The poller of one account at one provider: its numbers and their messages, each published once.

Two loops: one fetches the list of numbers and publishes what changed, the other fetches the messages of every number, spread over
the interval: of those that live, and of those that were released so lately that a message may still turn up. A cursor moves only
after the broker acknowledged, so a fault anywhere means that the same is fetched again, and never that something is skipped. What a
webhook delivered as well is published here again: the processors deduplicate.

What webhooks and the control plane tell of rentals is taken in before each round, so that a number is fetched from the moment that it is
rented, and no list undoes what was learnt later.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import uuid4

from ingest.cursors import Cursor, advanced, unpublished
from ingest.faults import whereabouts
from ingest.metrics import PollMetrics
from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway, ProviderError
from ingest.providers.polled import LIVE, PolledSupplier
from ingest.providers.replies import Unread
from ingest.publisher import BrokerAway, Publisher
from ingest.records import dead_record, rental_record, sms_record
from ingest.rentals import Managed, is_read_out, none_managed, rental_changes
from ingest.rounds import Round
from ingest.settings import PollSettings
from schemas.events import SmsReceived
from schemas.rentals import RentalState
from schemas.topics import RENTALS, SMS, Topic

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]

FIRST_PAUSE_SECONDS = 2.0
"""After the first failed round; each further one doubles it. The calls inside a round had their own retries already."""
REMEMBERED_LETTERS = 100_000
"""Unreadable items that are known to be dead-lettered already: 100,000 are some 10 MB."""

log = logging.getLogger(__name__)


class Poller:
    """Polls one account until it is cancelled.

    Args:
        provider: what is polled.
        publisher: where messages and rentals go.
        metrics: what is counted.
        settings: when and how hard.
        clock: our clock, aware.
        sleep: how to wait.
        known: gives rentals as last published, by whomever and of whatever provider, those of earlier processes included: what it has is
            fetched, and what the provider no longer lists of it is released.
        managed: tells of a line whether the control plane publishes its rentals: it is fetched, and what the list says of it is not
            published.
    """

    def __init__(
        self,
        provider: PolledSupplier,
        *,
        publisher: Publisher,
        metrics: PollMetrics,
        settings: PollSettings,
        clock: Clock,
        sleep: Sleep,
        known: Callable[[], Iterable[RentalState]] = tuple,
        managed: Managed = none_managed,
    ) -> None:
        self._provider = provider
        self._publisher = publisher
        self._metrics = metrics
        self._settings = settings
        self._overlap = timedelta(seconds=settings.poll_overlap_seconds)
        self._clock = clock
        self._sleep = sleep
        self._whose = (provider.name, provider.account)
        self._known = known
        self._managed = managed
        self._rentals: dict[str, RentalState] = {}
        self._cursors: dict[str, Cursor] = {}
        self._read_out: set[str] = set()
        """The lines that were released and need not be fetched any more."""
        self._letters: dict[bytes, None] = {}
        self._skipped: set[str] = set()
        self._numbers_are_known = asyncio.Event()
        self._free = asyncio.Semaphore(settings.poll_concurrency)

    async def run(self) -> None:
        """Poll until cancelled; nothing is left running then, and what was not acknowledged is not counted as published."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._repeat(self._refresh_numbers, self._settings.numbers_interval_seconds))
            loops.create_task(self._repeat(self._fetch_all_messages, self._settings.poll_interval_seconds))

    async def _repeat(self, round_: Callable[[], Awaitable[None]], interval_seconds: float) -> None:
        """Make rounds at an interval, and after failed ones further apart."""
        failed_rounds = 0
        while True:
            started = self._clock()
            try:
                await round_()
            except Exception as failure:
                failed_rounds += 1
                pause_seconds = self._pause_seconds(failed_rounds, failure)
                log.warning(
                    "Polling %s, account %s, failed (%s); next try in %.0f seconds",
                    *self._whose,
                    _told(failure),
                    pause_seconds,
                )
            else:
                failed_rounds = 0
                pause_seconds = interval_seconds - (self._clock() - started).total_seconds()
            await self._sleep(max(0.0, pause_seconds))

    def _pause_seconds(self, failed_rounds: int, failure: Exception) -> float:
        """Double the pause with each failed round, take off up to half at random, and keep to what the provider asked for."""
        doubled = FIRST_PAUSE_SECONDS * 2.0 ** min(failed_rounds - 1, 20)
        pause_seconds = min(doubled, self._settings.longest_pause_seconds) * random.uniform(0.5, 1)  # noqa: S311 - spread, no secret
        asked_seconds = failure.retry_after_seconds if isinstance(failure, ProviderAway) else None
        return max(pause_seconds, asked_seconds or 0.0)

    async def _refresh_numbers(self) -> None:
        """Fetch the list of numbers and publish what changed. Only a successful reply can release a number."""
        with self._counted():
            self._take_in_known()
            # A rental that begins while the list is on its way may be missing there, and is not gone.
            asked_about = dict(self._rentals)
            reply = await self._provider.list_numbers()
            now = self._clock()
            changes = rental_changes(asked_about, reply.read, is_whole=not reply.unread, now=now)
            ours = [change for change in changes if not self._managed(change.line)]
            if ours:
                await self._publisher.publish([rental_record(change, event_id=uuid4().hex) for change in ours])
            self._rentals.update((change.line, change) for change in changes)
            self._read_out.difference_update(change.line for change in changes)
            self._forget_released(now)
            for state, gauge in self._metrics.rentals.items():
                gauge.set(sum(rental.state == state for rental in self._rentals.values()))
            self._numbers_are_known.set()
            # Last, since nothing may wait for a dead letter that the broker does not take.
            await self._bury(reply.unread, meant_for=RENTALS, line=None)

    def _take_in_known(self) -> None:
        """Take in what was published since the last round: by webhooks, by the control plane, by an earlier process."""
        now = self._clock()
        for rental in self._known():
            mine = self._rentals.get(rental.line)
            if rental is mine or (rental.provider, rental.account) != self._whose or self._is_forgotten(rental, now):
                continue
            if mine is None or self._managed(rental.line) or rental.updated_at > mine.updated_at:
                self._rentals[rental.line] = rental
                self._read_out.discard(rental.line)

    def _is_forgotten(self, rental: RentalState, now: datetime) -> bool:
        """Tell what was released too long ago for a message to turn up, or to count as new should the number come back."""
        kept = timedelta(seconds=self._settings.poll_lookback_seconds) + self._overlap
        return rental.state not in LIVE and rental.updated_at < now - kept

    def _forget_released(self, now: datetime) -> None:
        for line, rental in list(self._rentals.items()):
            if self._is_forgotten(rental, now):
                del self._rentals[line]
                self._cursors.pop(line, None)
                self._read_out.discard(line)

    async def _fetch_all_messages(self) -> None:
        """Fetch the messages of every number once that may have some, spread over the interval.

        Raises:
            Exception: the failure that ended the round early, or the first where not one number could be fetched: then it is the
                provider or the broker, not a number.
        """
        await self._numbers_are_known.wait()
        self._take_in_known()
        rentals = [rental for rental in self._rentals.values() if rental.line not in self._read_out]
        # Numbers that live before released ones. Who was skipped comes first, else a few sick numbers at the head of the list would
        # starve all behind them.
        rentals.sort(key=lambda rental: (rental.state not in LIVE, rental.line not in self._skipped))
        round_ = Round()
        async with asyncio.TaskGroup() as fetches:
            for turn, rental in enumerate(rentals):
                delay_seconds = turn * self._settings.poll_interval_seconds / len(rentals)
                fetches.create_task(self._fetch_in_turn(rental, delay_seconds, round_))
        self._skipped = round_.skipped
        if round_.failure is None:
            return
        if round_.successes == 0 or round_.is_lost:
            raise round_.failure
        log.warning(
            "Messages of %d of %d numbers of %s, account %s, could not be fetched, and will be in the next round; the fault: %s",
            round_.failures,
            len(rentals),
            *self._whose,
            _told(round_.failure),
        )

    async def _fetch_in_turn(self, rental: RentalState, delay_seconds: float, round_: Round) -> None:
        await self._sleep(delay_seconds)
        async with self._free:
            if round_.is_lost:
                round_.skipped.add(rental.line)
                return
            asked_at = self._clock()
            try:
                await self._fetch_messages(rental)
            except (CallRefused, KeyRefused) as refusal:
                if rental.state in LIVE:
                    round_.note(refusal)
                    return
                # What is ours no more may be refused, which says nothing of the key or of the other numbers.
                is_final = isinstance(refusal, CallRefused)
            except Exception as failure:
                round_.note(failure)
                return
            else:
                round_.successes += 1
                is_final = False
            is_last = is_final or is_read_out(rental, asked_at=asked_at, overlap=self._overlap)
            # The number may have come back while it was asked for.
            if is_last and self._rentals.get(rental.line) is rental:
                self._read_out.add(rental.line)

    async def _fetch_messages(self, rental: RentalState) -> None:
        """Fetch the messages of one number and publish those that are new; the cursor follows only then."""
        with self._counted():
            cursor = self._cursors.get(rental.line) or Cursor(
                self._clock() - timedelta(seconds=self._settings.poll_lookback_seconds)
            )
            self._cursors[rental.line] = cursor
            reply = await self._provider.list_messages(rental, since=cursor.floor)
            new = unpublished(cursor, reply.read)
            if new:
                await self._publisher.publish([sms_record(sms) for sms in new])
                self._cursors[rental.line] = advanced(cursor, new, now=self._clock(), overlap=self._overlap)
                self._count(new)
            await self._bury(reply.unread, meant_for=SMS, line=rental.line)

    def _count(self, published: list[SmsReceived]) -> None:
        self._metrics.messages.inc(len(published))
        for sms in published:
            self._metrics.latency_seconds.observe(max(0.0, (sms.ingested_at - sms.received_at).total_seconds()))

    async def _bury(self, unread: list[Unread], *, meant_for: Topic, line: str | None) -> None:
        """Dead-letter each unreadable item once: it comes again with every reply."""
        now = self._clock()
        letters = {}
        for raw, detail in unread:
            mark = blake2b(f"{meant_for.name} {line} ".encode() + raw, digest_size=16).digest()
            if mark not in self._letters:
                letters[mark] = dead_record(
                    raw,
                    detail,
                    meant_for=meant_for,
                    line=line,
                    provider=self._provider.name,
                    path="poll",
                    letter_id=uuid4().hex,
                    now=now,
                )
        if letters:
            await self._publisher.publish(list(letters.values()))
            self._metrics.dead.inc(len(letters))
            self._letters.update(dict.fromkeys(letters))
            while len(self._letters) > REMEMBERED_LETTERS:
                del self._letters[next(iter(self._letters))]

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count what became of one call and of what it brought."""
        try:
            yield
        except ProviderError as failure:
            self._metrics.requests[failure.result].inc()
            raise
        except BrokerAway:
            self._metrics.requests["broker_away"].inc()
            raise
        except Exception:
            self._metrics.requests["bug"].inc()
            raise
        self._metrics.requests["ok"].inc()
        self._metrics.last_success_seconds.set(self._clock().timestamp())


def _told(failure: Exception) -> str:
    """Say what went wrong: our typed errors hold nothing secret, of any other only the class and the place are told."""
    return str(failure) if isinstance(failure, (ProviderError, BrokerAway)) else whereabouts(failure)
