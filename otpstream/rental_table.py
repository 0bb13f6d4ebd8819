"""The newest state of every rental, followed on `otp.rentals.v1`.

So a poller knows what it said before, and what webhooks and the control plane say meanwhile, in whatever process they run.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Message, TopicPartition

from ingest.providers.polled import LIVE
from schemas.events import Unreadable
from schemas.rentals import RentalState
from schemas.topics import RENTALS

CONTROL_SOURCE = b"/otpstream/control"
"""How `ce_source` begins on what the control plane publishes."""
MANAGED_AFTER = timedelta(hours=1)
"""So long after its end a rental is still the control plane's to speak of: a provider's list may lag, a refund may follow. After that, and
where no control plane runs any more, the poller speaks again."""
LOOK_SECONDS = 0.2
"""How often what is new is taken in: well before the next round of a poller."""

_REQUEST_SECONDS = 30.0
_BATCH_RECORDS = 10_000
_BATCH_SECONDS = 0.1
"""`consume` sits out its time-out to fill a batch, and most tables are small."""
_TAKEN_AT_LEAST = 1_000
"""Records between two looks for what is over, where nobody asks."""
_LOOK_RECORDS = 1_000
"""Some milliseconds of the event loop."""

log = logging.getLogger(__name__)


class RentalTable:
    """The newest state of each line.

    Args:
        kept_seconds: how long a rental that is over is still told.
        clock: our clock, aware.
    """

    def __init__(self, *, kept_seconds: float, clock: Callable[[], datetime]) -> None:
        self._kept = max(timedelta(seconds=kept_seconds), MANAGED_AFTER)
        self._clock = clock
        self._rentals: dict[str, RentalState] = {}
        self._by_control: set[str] = set()
        self._until_forgetting = _TAKEN_AT_LEAST

    def take(self, key: bytes | None, value: bytes | None, headers: Mapping[str, bytes]) -> None:
        """Take in one record; a tombstone ends its line, and what cannot be read has its dead letter elsewhere.

        Where nobody asks for all of them, what is over goes as others come: once for as many records as there are lines.
        """
        line = (key or b"").decode(errors="replace")
        try:
            self._rentals[line] = RentalState.decode(value)
        except Unreadable:
            self._rentals.pop(line, None)
        if line in self._rentals and headers.get("ce_source", b"").startswith(CONTROL_SOURCE):
            self._by_control.add(line)
        else:
            self._by_control.discard(line)
        self._until_forgetting -= 1
        if self._until_forgetting <= 0:
            self._forget()

    def rentals(self) -> list[RentalState]:
        """Return the rentals that live, and those that were over lately."""
        self._forget()
        return list(self._rentals.values())

    def _forget(self) -> None:
        horizon = self._clock() - self._kept
        for line, rental in list(self._rentals.items()):
            if rental.state not in LIVE and rental.updated_at < horizon:
                del self._rentals[line]
                self._by_control.discard(line)
        self._until_forgetting = max(_TAKEN_AT_LEAST, len(self._rentals))

    def __len__(self) -> int:
        """How many lines are held."""
        return len(self._rentals)

    def is_managed(self, line: str) -> bool:
        """Tell whether the control plane spoke last of a line, and its rental lives or was over lately."""
        if line not in self._by_control:
            return False
        rental = self._rentals[line]
        last = rental.ends_at if rental.state in LIVE else rental.updated_at
        return last is None or self._clock() < last + MANAGED_AFTER


def filled(table: RentalTable, kafka: Mapping[str, Any]) -> Consumer:
    """Read the topic to its end, and return the consumer that goes on from there.

    Args:
        table: what is filled.
        kafka: librdkafka's connection settings.

    Raises:
        KafkaException: the topic cannot be read.
    """
    consumer = Consumer(
        {
            **kafka,
            "group.id": "otpstream.rental-table",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "auto.offset.reset": "earliest",
        }
    )
    try:
        partitions = consumer.list_topics(RENTALS.name, timeout=_REQUEST_SECONDS).topics[RENTALS.name].partitions
        consumer.assign([TopicPartition(RENTALS.name, number, OFFSET_BEGINNING) for number in partitions])
        _fill(table, consumer, set(partitions))
    except BaseException:
        consumer.close()
        raise
    return consumer


def _fill(table: RentalTable, consumer: Consumer, unread: set[int]) -> None:
    until = time.monotonic() + _REQUEST_SECONDS
    while unread:
        messages = consumer.consume(_BATCH_RECORDS, _BATCH_SECONDS)
        if messages:
            until = time.monotonic() + _REQUEST_SECONDS
        elif time.monotonic() > until:
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT, f"no end of {RENTALS.name} came"))
        for message in messages:
            error = message.error()
            if error is None:
                _take(table, message)
            elif error.code() == KafkaError._PARTITION_EOF:
                unread.discard(message.partition() or 0)
            else:
                raise KafkaException(error)


async def follow(
    table: RentalTable, consumer: Consumer, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Take in what is written from then on, until cancelled; faults of the cluster are waited out."""
    while True:
        messages = consumer.consume(_LOOK_RECORDS, 0)
        for message in messages:
            error = message.error()
            if error is None:
                _take(table, message)
            elif error.code() != KafkaError._PARTITION_EOF:
                log.warning("%s cannot be read for now: %s", RENTALS.name, error.str())
        await sleep(LOOK_SECONDS)


def _take(table: RentalTable, message: Message) -> None:
    key = message.key()
    headers = dict(message.headers() or ())
    table.take(key.encode() if isinstance(key, str) else key, message.value(), headers)  # type: ignore[arg-type]
