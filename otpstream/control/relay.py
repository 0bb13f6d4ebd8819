"""Carries the outbox to Kafka, exactly in order per key: a record goes out only once the one before it under its key is acknowledged.

A relay that dies between an acknowledgement and its note of it publishes the record again, with the same id, before any later one of the
key. Of several relays on one PostgreSQL one works, and another takes over when it ends; a store on SQLite belongs to one process.

What keeps the others away is a lock that lives as long as its connection. A relay looks whether it still holds it before each wave and
after it; where it does not, it stops and marks nothing as sent, so that the next relay says it again. A window stays: the wave that was on
its way when the connection broke, or that Kafka did not acknowledge in time, waits in the queue of this relay's producer, which sends it
until it succeeds. Another relay may have published the same records and later ones by then, and an older state is the last one of its key
until the key's next change.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.publisher import Outgoing
from otpstream.control.rentals.metrics import ControlMetrics
from otpstream.control.rentals.offers import Clock
from otpstream.control.store import outbox, told_keys
from otpstream.control.store.outbox import Pending
from otpstream.control.store.told_keys import ToldKey
from schemas.topics import OVER_KEPT_SECONDS, TOPICS

log = logging.getLogger(__name__)

Publish = Callable[[Sequence[Outgoing]], Awaitable[None]]
"""Returns once all records are acknowledged, such as `KafkaPublisher.publish`; raises where at least one is not."""

BATCH_RECORDS = 500
LONGEST_PAUSE_SECONDS = 5.0
_KEPT = timedelta(seconds=OVER_KEPT_SECONDS)
_HAVE_TOMBSTONES = frozenset(topic.name for topic in TOPICS if topic.has_tombstones)


@dataclass(frozen=True, kw_only=True)
class Relay:
    """Publishes the outbox.

    Args:
        engine: of the store.
        publish: to Kafka.
        metrics: where the backlog is noted.
        clock: our clock, aware.
        interval_seconds: how often an empty outbox is looked at.
    """

    engine: AsyncEngine
    publish: Publish
    metrics: ControlMetrics
    clock: Clock
    interval_seconds: float

    async def run(self) -> None:
        """Publish until cancelled; faults of Kafka or the store are waited out."""
        pause_seconds = self.interval_seconds
        while True:
            try:
                is_behind = await self.step() == BATCH_RECORDS
            except Exception as fault:
                log.warning("the outbox waits: %s", type(fault).__name__)
                pause_seconds = min(max(pause_seconds, self.interval_seconds) * 2, LONGEST_PAUSE_SECONDS)
            else:
                pause_seconds = 0.0 if is_behind else self.interval_seconds
            await asyncio.sleep(pause_seconds)

    async def step(self) -> int:
        """Publish what waits, up to a batch of it.

        Returns:
            How many records were published; 0 also while another relay has its turn.

        Raises:
            Exception: as `publish` and the store raise them; what was not acknowledged waits on.
        """
        async with outbox.turn(self.engine) as turn:
            if turn is None:
                return 0
            async with self.engine.connect() as connection:
                waiting = await outbox.pending(connection, limit=BATCH_RECORDS)
                self.metrics.outbox(*await outbox.backlog(connection), clock=self.clock)
            for wave in waves(waiting):
                await turn.check()
                await self.publish([_outgoing(one) for one in wave])
                await turn.check()
                async with self.engine.begin() as connection:
                    await outbox.remove(connection, [one.id for one in wave])
                    await told_keys.note(connection, told(wave), look_at=self.clock() + _KEPT)
        return len(waiting)


def waves(waiting: Sequence[Pending]) -> list[list[Pending]]:
    """Part records into waves, in each of which a key comes once; within a key, the order stays."""
    parted: list[list[Pending]] = []
    seen: dict[tuple[str, str], int] = {}
    for one in waiting:
        place = seen.get((one.topic, one.key), 0)
        seen[one.topic, one.key] = place + 1
        if place == len(parted):
            parted.append([])
        parted[place].append(one)
    return parted


def told(wave: Sequence[Pending]) -> list[ToldKey]:
    """Return the keys that hold a record from then on, and are to get a tombstone one day."""
    return [ToldKey(one.topic, one.key) for one in wave if one.topic in _HAVE_TOMBSTONES and one.value is not None]


def _outgoing(one: Pending) -> Outgoing:
    return Outgoing(one.topic, one.key.encode(), one.value, one.headers)
