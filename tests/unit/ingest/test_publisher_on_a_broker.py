"""The publisher over a broker that speaks Kafka's protocol: librdkafka's own, inside this process."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from confluent_kafka.admin import AdminClient
from prometheus_client import CollectorRegistry

from ingest.metrics import IngestMetrics
from ingest.publisher import BrokerAway, KafkaPublisher, Outgoing, missing_topics, producer

TOPIC = "otp.sms.v1"
CODE = "843291"
RECORDS = [
    Outgoing(TOPIC, f"text2fa:{number}".encode(), f"{CODE} {number}".encode(), [("ce_id", str(number).encode())])
    for number in range(20)
]
TOMBSTONE = Outgoing(TOPIC, b"text2fa:over", None, [("ce_id", b"over")])


@pytest.fixture
def bootstrap_servers() -> Iterator[str]:
    """A broker of this test alone; it lives as long as its client does."""
    client = AdminClient({"test.mock.num.brokers": 1, "log_level": 0})
    (broker,) = client.list_topics(timeout=10).brokers.values()
    yield f"{broker.host}:{broker.port}"
    del client


@pytest.fixture
async def started(bootstrap_servers: str) -> AsyncIterator[AIOKafkaProducer]:
    """A producer as the composition root makes it."""
    made = producer(bootstrap_servers=[bootstrap_servers], ack_timeout_seconds=5)
    await made.start()
    yield made
    await made.stop()


def _publisher(made: AIOKafkaProducer) -> KafkaPublisher:
    histogram = IngestMetrics(CollectorRegistry()).publish_seconds
    return KafkaPublisher(made, ack_timeout_seconds=5, publish_seconds=histogram)


async def test_what_is_acknowledged_can_be_read(started: AIOKafkaProducer, bootstrap_servers: str) -> None:
    """Every record arrives once, whole, with its key and headers, from publishes that run side by side; a tombstone without a value."""
    publisher = _publisher(started)

    await asyncio.gather(
        *(publisher.publish([record]) for record in RECORDS[:10]), publisher.publish([*RECORDS[10:], TOMBSTONE])
    )

    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=[bootstrap_servers], auto_offset_reset="earliest")
    await consumer.start()
    try:
        async with asyncio.timeout(20):
            read = [await consumer.getone() for _ in range(len(RECORDS) + 1)]
        rest = await consumer.getmany(timeout_ms=100)
    finally:
        await consumer.stop()
    assert sorted((one.topic, one.key, one.value, list(one.headers)) for one in read) == sorted(
        tuple(record) for record in [*RECORDS, TOMBSTONE]
    )
    assert rest == {}


async def test_a_record_never_shows_in_the_log(started: AIOKafkaProducer, caplog: pytest.LogCaptureFixture) -> None:
    """Even with everything at DEBUG, no text of an SMS is logged."""
    caplog.set_level(logging.DEBUG)

    await _publisher(started).publish(RECORDS)

    assert CODE not in caplog.text


async def test_missing_topics_are_named_and_not_created(started: AIOKafkaProducer) -> None:
    """Asking does not make a topic with the broker's own defaults."""
    await _publisher(started).publish(RECORDS[:1])

    assert await missing_topics(started, [TOPIC, "otp.rentals.v1"]) == ["otp.rentals.v1"]
    assert await missing_topics(started, [TOPIC, "otp.rentals.v1"]) == ["otp.rentals.v1"]


async def test_a_stopped_producer_counts_as_away(started: AIOKafkaProducer) -> None:
    """A shutdown that overtakes a webhook ends in 503, not in a lost message."""
    publisher = _publisher(started)
    await publisher.publish(RECORDS[:1])
    await started.stop()

    with pytest.raises(BrokerAway):
        await publisher.publish(RECORDS[:1])
