"""Reads what is committed, as a subscriber would, and books it; measures how long nothing came while work waited."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition
from pydantic_core import from_json

from schemas.dead_letters import DeadLetter
from schemas.topics import CODES, MESSAGES, RENTALS_DEAD, SMS_DEAD
from tests.chaos.ledger import Ledger

_BATCH_RECORDS = 5_000
_POLL_SECONDS = 0.1
_METADATA_SECONDS = 30.0


@dataclass
class Pace:
    """How steadily messages came: seconds, by the reader's clock."""

    longest_stall: float = 0.0
    """The longest time in which no new message came though some waited."""
    slowest: float = 0.0
    """The longest way of one message, from its making to the reader."""
    _since: float | None = None

    def tick(self, now: float, *, news: bool, waiting: bool) -> None:
        """Note the state of one moment: whether something new came, and whether anything waits still."""
        if self._since is not None:
            self.longest_stall = max(self.longest_stall, now - self._since)
        if not waiting:
            self._since = None
        elif news or self._since is None:
            self._since = now


class Reader:
    """A read_committed reader of all that the processors write, from the beginning."""

    def __init__(self, bootstrap_servers: str, ledger: Ledger) -> None:
        self._ledger = ledger
        self.pace = Pace()
        self._at: dict[tuple[str, int], int] = {}
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap_servers,
                "group.id": "chaos.reader",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "isolation.level": "read_committed",
                "auto.offset.reset": "earliest",
                "log_level": 2,  # brokers go away on purpose here
            }
        )
        self._partitions = [
            TopicPartition(topic.name, partition, 0)
            for topic in (MESSAGES, CODES, SMS_DEAD, RENTALS_DEAD)
            for partition in range(topic.partitions)
        ]
        self._consumer.assign(self._partitions)

    def run(self, stopped: Callable[[], bool]) -> None:
        """Read until stopped."""
        while not stopped():
            self.step()

    def drain(self, *, timeout_seconds: float) -> bool:
        """Read to the end that the topics have now; return whether it was reached, which an open transaction may prevent."""
        ends = {
            (one.topic, one.partition): self._consumer.get_watermark_offsets(one, timeout=_METADATA_SECONDS)[1]
            for one in self._partitions
        }
        deadline = time.monotonic() + timeout_seconds
        while any(self._at.get(at, 0) < end for at, end in ends.items()):
            if time.monotonic() > deadline:
                return False
            self.step()
        return True

    def close(self) -> None:
        """Leave."""
        self._consumer.close()

    def step(self) -> None:
        """Take in what waits."""
        before = self._ledger.arrived
        first = self._consumer.poll(_POLL_SECONDS)
        if first is not None:
            # `consume` with a time-out would sit it out to fill the batch, and blur what is measured here.
            for message in (first, *self._consumer.consume(_BATCH_RECORDS, 0)):
                self._take(message)
        arrived = self._ledger.arrived
        self.pace.tick(time.monotonic(), news=arrived > before, waiting=arrived < self._ledger.sent)

    def _take(self, message: Message) -> None:
        error, topic, key, value = message.error(), message.topic(), message.key() or b"", message.value() or b""
        at = (topic or "", message.partition() or 0)
        if error is not None:
            if error.code() == KafkaError._PARTITION_EOF:
                self._at[at] = message.offset() or 0
            elif error.fatal():
                raise KafkaException(error)
            return
        self._at[at] = (message.offset() or 0) + 1
        if topic == MESSAGES.name:
            event = from_json(value)
            self._ledger.see("message", key, event)
            if event["revision"] == 1:
                made = datetime.fromisoformat(event["ingested_at"]).timestamp()
                self.pace.slowest = max(self.pace.slowest, time.time() - made)
        elif topic == CODES.name:
            self._ledger.see("code", key, from_json(value))
        else:
            self._ledger.see_dead(DeadLetter.decode(value).value)
