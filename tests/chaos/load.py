"""Sends the traffic at a set rate through one idempotent producer, and books it before it goes out."""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from confluent_kafka import KafkaError, Message, Producer

from tests.chaos.ledger import Ledger
from tests.chaos.traffic import Record, Traffic

_TICK_SECONDS = 0.02
_FLUSH_SECONDS = 120.0
"""Longer than any failover."""


class LoadError(RuntimeError):
    """The load itself failed, so that the run proves nothing."""


class Load:
    """Sends so many unique messages, and what goes with them.

    Args:
        bootstrap_servers: the cluster.
        traffic: what to send.
        ledger: where it is booked.
        count: unique messages.
        rate_per_second: unique messages a second.
    """

    def __init__(
        self, bootstrap_servers: str, traffic: Traffic, ledger: Ledger, *, count: int, rate_per_second: float
    ) -> None:
        self._traffic = traffic
        self._ledger = ledger
        self._count = count
        self._rate_per_second = rate_per_second
        self._failure: KafkaError | None = None
        self.done = threading.Event()
        """Everything was sent and acknowledged."""
        self._producer = Producer(
            {
                "bootstrap.servers": bootstrap_servers,
                "enable.idempotence": True,
                "partitioner": "murmur2_random",
                "linger.ms": 5,
                "queue.buffering.max.messages": 1_000_000,
                "delivery.report.only.error": True,
                "on_delivery": self._failed,
                "log_level": 2,  # brokers go away on purpose here
            }
        )

    def run(self, stopped: Callable[[], bool]) -> None:
        """Send everything, unless stopped before.

        Raises:
            LoadError: a record was refused or not acknowledged.
        """
        started = time.monotonic()
        made = 0
        while made < self._count and not stopped():
            due = min(self._count, int((time.monotonic() - started + _TICK_SECONDS) * self._rate_per_second))
            for _ in range(due - made):
                self._send(self._traffic.step(datetime.now(UTC)))
            made = due
            self._producer.poll(0)
            self._raise_failure()
            time.sleep(_TICK_SECONDS)
        self._send(self._traffic.rest())
        if self._producer.flush(_FLUSH_SECONDS) > 0:
            raise LoadError(f"the load was not acknowledged within {_FLUSH_SECONDS:.0f} s")
        self._raise_failure()
        self.done.set()

    def _send(self, records: Iterable[Record]) -> None:
        for record in records:
            if record.message is not None:
                self._ledger.send_message(*record.message)
            if record.rented_line is not None:
                self._ledger.send_rental(record.rented_line)
            if record.poison is not None:
                self._ledger.send_poison()
            self._producer.produce(record.topic, record.value, record.key)

    def _failed(self, error: KafkaError | None, _: Message) -> None:
        self._failure = error or self._failure

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise LoadError(f"a record of the load was not accepted: {self._failure.str()}")
