"""The promise of the stage on a broker that keeps offsets: librdkafka's own, in memory, over the real consumer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from confluent_kafka import Consumer, Producer, TopicPartition
from faststream.kafka import KafkaBroker

from schemas.events import Code
from schemas.topics import CODES, CODES_DEAD, DELIVERIES
from sinks.codes import GROUP_ID, codes_router
from sinks.metrics import DeliverMetrics
from sinks.webhooks.deliver import Deliverer
from tests.unit.sinks.conftest import MakeCode, MakeSettings, Receiver

PARTITIONS = 4  # what the broker gives every topic

Hang = Callable[[web.Request], Awaitable[web.StreamResponse]]
RunStage = Callable[[], AbstractAsyncContextManager[None]]


def now() -> datetime:
    return datetime.now(UTC)


class Kafka:
    """A broker in memory, and what is known of it from outside."""

    def __init__(self) -> None:
        options: dict[str, Any] = {"bootstrap.servers": "embedded", "test.mock.num.brokers": 1, "log_level": 2}
        self.producer = Producer(options)
        [broker] = self.producer.list_topics(timeout=10).brokers.values()
        self.bootstrap = f"{broker.host}:{broker.port}"
        self._reader = Consumer({"bootstrap.servers": self.bootstrap, "group.id": GROUP_ID, "log_level": 2})

    def write(self, code: Code, **options: Any) -> None:
        self.producer.produce(CODES.name, value=code.encode(), key=code.line.encode(), **options)
        self.producer.flush(10)

    def committed(self) -> int:
        """Records of the codes that the group is done with."""
        places = [TopicPartition(CODES.name, partition) for partition in range(PARTITIONS)]
        return sum(max(0, place.offset) for place in self._reader.committed(places, timeout=10))

    def written(self, topic: str) -> int:
        places = [TopicPartition(topic, partition) for partition in range(PARTITIONS)]
        return sum(self._reader.get_watermark_offsets(place, timeout=10)[1] for place in places)

    def close(self) -> None:
        self._reader.close()


@pytest.fixture
def kafka() -> Iterator[Kafka]:
    """Run a broker with the topics of the stage."""
    broker = Kafka()
    for topic in (CODES, CODES_DEAD, DELIVERIES):
        broker.producer.list_topics(topic.name, timeout=10)
    yield broker
    broker.close()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition, ten seconds at the most."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - the condition is another process's state
            await asyncio.sleep(0.01)


def living(make_code: MakeCode, message_id: str) -> Code:
    return make_code(message_id, ingested_at=now(), expires_at=now() + timedelta(minutes=5))


@pytest.fixture
def deliverer(make_settings: MakeSettings, session: aiohttp.ClientSession, metrics: DeliverMetrics) -> Deliverer:
    """Deliver in real time."""
    return Deliverer(make_settings(timeout_seconds=30), session=session, metrics=metrics, clock=now)


@pytest.fixture
def run_stage(kafka: Kafka, deliverer: Deliverer, metrics: DeliverMetrics) -> RunStage:
    """Run the stage for the length of a block, as one process would."""

    async def short_pause(seconds: float) -> None:
        await asyncio.sleep(0)

    @asynccontextmanager
    async def run() -> Any:
        broker = KafkaBroker(kafka.bootstrap, logger=None, graceful_timeout=0.1)
        broker.include_router(codes_router(deliverer=deliverer, metrics=metrics, clock=now, sleep=short_pause))
        async with broker:
            await broker.start()
            yield

    return run


async def test_push_in_flight_is_repeated_by_the_next_process(
    kafka: Kafka, run_stage: RunStage, make_code: MakeCode, receiver: Receiver, hang: Hang
) -> None:
    """A process that ends before the answer has committed nothing: the next one pushes again, under the same id."""
    receiver.script = [hang]
    kafka.write(living(make_code, "m1"))

    async with run_stage():
        await until(lambda: len(receiver.seen) == 1)
    assert (kafka.committed(), kafka.written(DELIVERIES.name)) == (0, 0)

    async with run_stage():
        await until(lambda: kafka.committed() == 1)
    assert kafka.written(DELIVERIES.name) == 1
    assert [request.webhook_id for request in receiver.seen] == ["m1", "m1"]


async def test_end_does_not_wait_for_a_subscriber_that_fails(
    kafka: Kafka,
    make_settings: MakeSettings,
    session: aiohttp.ClientSession,
    metrics: DeliverMetrics,
    make_code: MakeCode,
    receiver: Receiver,
    run_stage: RunStage,
) -> None:
    """A process that is told to end while a push waits for its retry ends at once; the next one pushes the code, under the same id."""
    receiver.script = [503]
    settings = make_settings(retries={"first_delay_seconds": 60, "longest_delay_seconds": 60})
    waiting = Deliverer(settings, session=session, metrics=metrics, clock=now)
    broker = KafkaBroker(kafka.bootstrap, logger=None, graceful_timeout=60)
    broker.include_router(codes_router(deliverer=waiting, metrics=metrics, clock=now))
    kafka.write(living(make_code, "m1"))

    async with broker:
        await broker.start()
        await until(lambda: len(receiver.seen) == 1)
        waiting.stop()
        async with asyncio.timeout(10):
            await broker.stop()
    assert (kafka.committed(), kafka.written(DELIVERIES.name)) == (0, 0)

    async with run_stage():
        await until(lambda: kafka.committed() == 1)
    assert [request.webhook_id for request in receiver.seen] == ["m1", "m1"]


async def test_batch_that_failed_comes_again(
    kafka: Kafka,
    run_stage: RunStage,
    deliverer: Deliverer,
    make_code: MakeCode,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault outside any push takes the whole batch back: every code of it is delivered once the fault is gone."""
    sound = deliverer.deliver
    committed_at_fault: list[int] = []

    async def fails_once(codes: Any) -> Any:
        if not committed_at_fault:
            committed_at_fault.append(kafka.committed())
            raise RuntimeError
        return await sound(codes)

    monkeypatch.setattr(deliverer, "deliver", fails_once)
    for message_id in ("m1", "m2", "m3"):
        kafka.write(living(make_code, message_id))

    async with run_stage():
        await until(lambda: kafka.committed() == 3)

    assert committed_at_fault == [0]
    assert sorted(request.webhook_id for request in receiver.seen) == ["m1", "m2", "m3"]
    assert kafka.written(DELIVERIES.name) == 3


async def test_header_of_any_bytes_stops_nothing(
    kafka: Kafka, run_stage: RunStage, make_code: MakeCode, receiver: Receiver
) -> None:
    """A record whose header is no text, or empty, is a record like any other."""
    kafka.write(living(make_code, "m1"), headers=[("ce_id", b"\xff\xfe"), ("trace", None)])
    kafka.write(living(make_code, "m2"))

    async with run_stage():
        await until(lambda: kafka.committed() == 2)

    assert sorted(request.webhook_id for request in receiver.seen) == ["m1", "m2"]


async def test_tombstone_is_a_dead_letter(kafka: Kafka, run_stage: RunStage) -> None:
    """A record without a value is accounted for, and does not hold up its partition."""
    kafka.producer.produce(CODES.name, key=b"k")
    kafka.producer.flush(10)

    async with run_stage():
        await until(lambda: kafka.committed() == 1)

    assert kafka.written(CODES_DEAD.name) == 1
