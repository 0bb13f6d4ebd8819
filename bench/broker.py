"""The broker of a benchmark: one real Apache Kafka, its topics, and what is put into them before the clock starts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from confluent_kafka import Consumer, IsolationLevel, KafkaError, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._listoffsets import OffsetSpec
from confluent_kafka.cimpl import NewTopic

from bench import traffic
from bench.processes import BenchError
from ingest.publisher import Outgoing
from ingest.records import rental_record
from ops.kafka.cluster import Cluster
from otpstream import topics_admin
from schemas.topics import CHANGELOG, CODES, DATA_PARTITIONS, MESSAGES, RENTALS

COPIED = "bench.copied"
"""Where the bare copy loops write."""
WINDOW_SECONDS = 24 * 3600

_REQUEST_SECONDS = 30.0


def connection(bootstrap_servers: str) -> dict[str, Any]:
    """Return librdkafka's connection settings, silent about what only informs: a failure ends the benchmark with its own text."""
    return {"bootstrap.servers": bootstrap_servers, "log_level": 2}


@contextmanager
def kafka() -> Iterator[str]:
    """Run one broker with all topics; yields its address."""
    with Cluster(brokers=1) as cluster:
        to_it = connection(cluster.bootstrap_servers)
        topics_admin.create(to_it, replication_factor=1, window_seconds=WINDOW_SECONDS)
        admin = AdminClient(to_it)
        admin.create_topics([NewTopic(COPIED, num_partitions=DATA_PARTITIONS)])[COPIED].result(_REQUEST_SECONDS)
        yield cluster.bootstrap_servers


def fill(bootstrap_servers: str, records: Iterable[Outgoing], *, partition: int = -1) -> int:
    """Write records, and return how many once all are acknowledged.

    Raises:
        BenchError: the broker did not take one.
    """
    failures: list[str] = []

    def delivered(error: KafkaError | None, _: Message) -> None:
        if error is not None:
            failures.append(error.str())

    producer = Producer(
        {
            **connection(bootstrap_servers),
            "enable.idempotence": True,
            "linger.ms": 20,
            "partitioner": "murmur2_random",
            "delivery.report.only.error": True,
        }
    )
    count = 0
    for topic, key, value, headers in records:
        while True:
            try:
                producer.produce(topic, value, key, partition, headers=list(headers), on_delivery=delivered)
            except BufferError:
                producer.poll(0.05)
            else:
                break
        count += 1
    if producer.flush(_REQUEST_SECONDS) or failures:
        raise BenchError(f"the broker did not take the load: {failures[:1] or 'no answer in time'}")
    return count


def fill_rentals(bootstrap_servers: str) -> None:
    """Write the rental of every line."""
    states = traffic.rentals(now=datetime.now(UTC))
    fill(bootstrap_servers, (rental_record(state, event_id=state.rental_id) for state in states))


def know_rentals(bootstrap_servers: str, *, group: str) -> None:
    """Have a group start behind the rentals, so that it restores them as its table instead of meeting them among the SMS."""
    consumer = Consumer({**connection(bootstrap_servers), "group.id": group, "enable.auto.commit": False})
    try:
        consumer.commit(offsets=_ends(AdminClient(connection(bootstrap_servers)), [RENTALS.name]), asynchronous=False)
    finally:
        consumer.close()


def empty(bootstrap_servers: str, *names: str) -> None:
    """Delete all records of topics; by default of those that the hop and the copy loops write."""
    admin = AdminClient(connection(bootstrap_servers))
    ends = _ends(admin, names or (COPIED, MESSAGES.name, CODES.name, CHANGELOG.name))
    filled = [one for one in ends if one.offset > 0]
    for deleted in admin.delete_records(filled).values() if filled else ():
        deleted.result(_REQUEST_SECONDS)


def _ends(admin: AdminClient, names: Sequence[str]) -> list[TopicPartition]:
    latest: OffsetSpec = OffsetSpec.latest()  # type: ignore[no-untyped-call]
    asked = {TopicPartition(name, number): latest for name in names for number in range(DATA_PARTITIONS)}
    futures = admin.list_offsets(asked, isolation_level=IsolationLevel.READ_UNCOMMITTED)
    return [
        TopicPartition(one.topic, one.partition, future.result(_REQUEST_SECONDS).offset)
        for one, future in futures.items()
    ]
