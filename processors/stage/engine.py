"""The life of one processing process: sessions one after the other, with a pause between, until it is told to stop.

A fault of Kafka ends a session, never the process: the next session has a new producer and a new consumer, asks for its assignment
again and restores its state. Two things do end it, each with a sentence for people: a slot that another process claimed, and a breaker
that opened on too much poison.
"""

import gc
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer

from processors.stage.breaker import BreakerOpen, PoisonBreaker
from processors.stage.commit import Committer, PlainCommitter, SessionOver, TransactionalCommitter
from processors.stage.contract import Observer, Stage, State
from processors.stage.restore import Restorer
from processors.stage.session import InstanceFenced, Session, is_instance_fenced

log = logging.getLogger(__name__)

_CLAIM_SECONDS = 3.0
"""Three heartbeats: by then the coordinator has told us that our instance id is somebody else's."""

_COLLECTED_OBJECTS = 1_000_000
"""What some ten full batches make."""

_CLAIMED_TWICE_SECONDS = 60.0
"""Two live processes under one slot fence each other within seconds."""


class Guarantee(StrEnum):
    """What a crash may do to the outputs."""

    EXACTLY_ONCE = "exactly_once"
    AT_LEAST_ONCE = "at_least_once"


class StageStopped(RuntimeError):
    """The stage cannot go on by itself; the message says what to do."""


class SlotClaimed(StageStopped):
    """Another live process works under the same slot."""


@dataclass(frozen=True, kw_only=True)
class EngineSettings:
    """How one process works.

    Attributes:
        group: the consumer group that shares the partitions.
        slot: this process's stable place in the group, unique among those alive: a restart under the same slot takes over at once, and
            aborts what the former left open. None: no place of its own (the embedded broker has one member, and no fencing).
        kafka: librdkafka's connection settings (`bootstrap.servers`, security).
        batch_records: the largest batch; what waits fills it, up to this.
        gather_seconds: the shortest time between two commits under steady load.
    """

    group: str
    slot: str | None
    guarantee: Guarantee
    kafka: Mapping[str, object]
    batch_records: int = 10_000
    gather_seconds: float = 0.003
    fetch_wait_seconds: float = 0.5
    """How long the broker may hold back an empty fetch; a real one answers as soon as a record comes, the embedded one sits it out."""
    poison_ratio: float = 0.5
    poison_minimum: int = 20
    poison_window: int = 1_000
    session_timeout_seconds: float = 6.0
    transaction_timeout_seconds: float = 10.0
    back_off_seconds: tuple[float, float] = (0.2, 10.0)
    """First and largest pause between two sessions; a random part of it is taken."""

    @property
    def instance(self) -> str | None:
        """The transactional id and the group's instance id: `<group>-<slot>`."""
        return None if self.slot is None else f"{self.group}-{self.slot}"

    def producer(self) -> dict[str, object]:
        """Return the producer's settings, in librdkafka's words."""
        shared = {
            **self.kafka,
            "enable.idempotence": True,
            "linger.ms": 0,
            "retry.backoff.ms": 5,
            "partitioner": "murmur2_random",
            "delivery.report.only.error": True,
            "queue.buffering.max.messages": 1_000_000,
        }
        if self.guarantee is Guarantee.AT_LEAST_ONCE:
            return shared
        timeout_ms = int(self.transaction_timeout_seconds * 1000)
        return {**shared, "transactional.id": self.instance, "transaction.timeout.ms": timeout_ms}

    def consumer(self) -> dict[str, object]:
        """Return the consumer's settings, in librdkafka's words."""
        settings = {
            **self.kafka,
            "group.id": self.group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
            # Range: partition n of every joined topic comes to the same member.
            "partition.assignment.strategy": "range",
            "session.timeout.ms": int(self.session_timeout_seconds * 1000),
            "heartbeat.interval.ms": 1_000,
            # Restoring a day of state happens between two polls.
            "max.poll.interval.ms": 600_000,
            "queued.min.messages": 100_000,
            "fetch.wait.max.ms": int(self.fetch_wait_seconds * 1000),
            "fetch.queue.backoff.ms": 2,
        }
        if self.instance is not None:
            # Static membership: a restart takes over without a rebalance, and a second claim of the slot is told to the first.
            settings["group.instance.id"] = self.instance
        return settings


@dataclass(slots=True)
class Engine(Generic[State]):
    """Runs a stage; `run` blocks, `stop` may be called from any thread or signal handler."""

    stage: Stage[State]
    settings: EngineSettings
    observer: Observer
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Let the batch in hand be committed, then end `run`."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped.

        Raises:
            StageStopped: it cannot go on by itself.
        """
        collect_rarely()
        breaker = PoisonBreaker(self.settings.poison_ratio, self.settings.poison_minimum, self.settings.poison_window)
        first, largest = self.settings.back_off_seconds
        pause, fenced = first, float("-inf")
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._session(breaker)
            except BreakerOpen as error:
                raise StageStopped(str(error)) from None
            except InstanceFenced:
                # Once may be our own doing: a coordinator that died kept our join and lost its answer. Twice is somebody else.
                if time.monotonic() - fenced < _CLAIMED_TWICE_SECONDS:
                    raise SlotClaimed(self._slot_claimed()) from None
                fenced = time.monotonic()
                log.warning("our place in the group was taken; joining again")
            except (SessionOver, KafkaException) as error:
                pause = first if time.monotonic() - started > largest else min(pause * 2, largest)
                wait = random.uniform(pause / 2, pause)  # noqa: S311 - jitter, not a secret
                log.warning("the session ended (%s); a new one in %.1f s", _reason(error), wait)
                self._stopping.wait(wait)
            except ValueError as error:
                raise StageStopped(str(error)) from None

    def _session(self, breaker: PoisonBreaker) -> None:
        consumer = Consumer(self.settings.consumer())
        restorer = Restorer(self.stage, self.settings.kafka, group=self.settings.group)
        committer: Committer | None = None
        try:
            committer = self._committer(consumer)
            Session(
                self.stage,
                consumer=consumer,
                committer=committer,
                restorer=restorer,
                breaker=breaker,
                observer=self.observer,
                clock=self.clock,
                batch_records=self.settings.batch_records,
                gather_seconds=self.settings.gather_seconds,
            ).run(self._stopping.is_set)
        except SessionOver as over:
            if over.fenced:
                self._raise_if_slot_claimed(consumer)
            raise
        finally:
            if committer is not None:
                committer.close()
            restorer.close()
            with suppress(KafkaException):
                consumer.close()

    def _committer(self, consumer: Consumer) -> Committer:
        producer = Producer(self.settings.producer())
        if self.settings.guarantee is Guarantee.AT_LEAST_ONCE:
            return PlainCommitter(producer, consumer)
        return TransactionalCommitter(producer, consumer)

    def _raise_if_slot_claimed(self, consumer: Consumer) -> None:
        """After the producer was fenced: see whether somebody joined under our instance id, or our transaction only timed out."""
        until = time.monotonic() + _CLAIM_SECONDS
        while time.monotonic() < until and not self._stopping.is_set():
            message = consumer.poll(0.1)
            error = None if message is None else message.error()
            if error is not None and is_instance_fenced(error):
                raise InstanceFenced(error.str())

    def _slot_claimed(self) -> str:
        return (
            f"slot {self.settings.slot} of {self.settings.group} was claimed by another process, so this one stops. "
            "Give each process a slot of its own: PROCESS_SLOT=0, 1, 2, ..."
        )


def collect_rarely() -> None:
    """Keep the cycle collector off the batches and the state of this process.

    A batch makes many small objects that die with it by reference count alone, and the state holds sets of millions; at Python's own
    threshold of 700 objects the collector would look through all of them again and again, for nothing.
    """
    gc.set_threshold(_COLLECTED_OBJECTS, 20, 50)


def _reason(error: SessionOver | KafkaException) -> str:
    cause = error.args[0] if error.args else error
    return cause.str() if isinstance(cause, KafkaError) else str(cause)
