"""The publisher: when it may say that records are safe."""

import asyncio
from typing import Any

import pytest
from aiokafka.errors import NotEnoughReplicasError, UnknownTopicOrPartitionError
from aiokafka.partitioner import murmur2
from prometheus_client import CollectorRegistry

from ingest.metrics import IngestMetrics
from ingest.publisher import BrokerAway, KafkaPublisher, Outgoing
from tests.unit.ingest import virtual_time

RECORDS = [Outgoing("topic", b"key", f"text {number}".encode(), []) for number in range(3)]


class Batch:
    """A batch of at most so many records, as aiokafka's is of at most so many bytes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.values: list[bytes] = []

    def append(self, *, value: bytes, **_: Any) -> object | None:
        if len(self.values) >= self._size:
            return None
        self.values.append(value)
        return object()


class ScriptedProducer:
    """Takes batches as aiokafka does, and acknowledges each as the script says: with seconds to wait, or a fault."""

    def __init__(self, *script: float | Exception, batch_size: int = 1, partitions: int = 1) -> None:
        self._script = list(script)
        self._batch_size = batch_size
        self._partitions = set(range(partitions))
        self.acknowledged: list[bytes] = []
        self.batches: list[tuple[int, list[bytes]]] = []

    async def partitions_for(self, _topic: str) -> set[int]:
        return self._partitions

    def create_batch(self) -> Batch:
        return Batch(self._batch_size)

    async def send_batch(self, batch: Batch, _topic: str, *, partition: int) -> asyncio.Future[None]:
        ack: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.batches.append((partition, batch.values))
        step = self._script.pop(0)
        if isinstance(step, Exception):
            ack.set_exception(step)
        else:
            asyncio.get_running_loop().call_later(step, self._acknowledge, ack, batch.values)
        return ack

    def _acknowledge(self, ack: asyncio.Future[None], values: list[bytes]) -> None:
        if not ack.done():
            self.acknowledged += values
            ack.set_result(None)


def _publish(producer: Any, *, registry: CollectorRegistry | None = None) -> None:
    async def main() -> None:
        histogram = IngestMetrics(registry or CollectorRegistry()).publish_seconds
        await KafkaPublisher(producer, ack_timeout_seconds=5, publish_seconds=histogram).publish(RECORDS)

    virtual_time.run(main())


def test_publish_returns_after_the_last_acknowledgement() -> None:
    """No record is called safe before the slowest one is."""
    producer = ScriptedProducer(0.1, 1.0, 0.2)
    registry = CollectorRegistry()

    _publish(producer, registry=registry)

    assert sorted(producer.acknowledged) == [record.value for record in RECORDS]
    assert registry.get_sample_value("otp_ingest_publish_seconds_count") == 1


@pytest.mark.parametrize(
    "script",
    [
        (0.1, 6.0, 0.1),
        (0.1, NotEnoughReplicasError(), NotEnoughReplicasError()),
        (NotEnoughReplicasError(), 0.1, 0.1),
        (0.1, 0.1, OSError("connection reset")),
    ],
    ids=["too-late", "kafka-faults", "first-fails", "connection"],
)
def test_one_record_without_acknowledgement_fails_them_all(script: tuple[float | Exception, ...]) -> None:
    """Whoever published must publish again: the records may or may not be there."""
    with pytest.raises(BrokerAway) as away:
        _publish(ScriptedProducer(*script))

    assert "text" not in str(away.value)


def test_a_topic_that_is_missing_counts_as_an_absence() -> None:
    """What aiokafka says of an unknown topic is no bug of ours."""

    class LostProducer(ScriptedProducer):
        async def partitions_for(self, _topic: str) -> set[int]:
            raise UnknownTopicOrPartitionError

    with pytest.raises(BrokerAway, match="UnknownTopicOrPartitionError"):
        _publish(LostProducer())


def _together(producer: Any, records: list[Outgoing], *, at: list[float]) -> list[tuple[float, bool]]:
    """Publish each record on its own at its second; return when each heard, and whether it was acknowledged."""

    async def main() -> list[tuple[float, bool]]:
        histogram = IngestMetrics(CollectorRegistry()).publish_seconds
        publisher = KafkaPublisher(producer, ack_timeout_seconds=5, publish_seconds=histogram)
        loop = asyncio.get_running_loop()

        async def one(record: Outgoing, second: float) -> tuple[float, bool]:
            await asyncio.sleep(second)
            try:
                await publisher.publish([record])
            except BrokerAway:
                return loop.time(), False
            return loop.time(), True

        return await asyncio.gather(*(one(record, second) for record, second in zip(records, at, strict=True)))

    return virtual_time.run(main())


def test_what_arrives_while_a_batch_is_under_way_shares_the_next() -> None:
    """A lone record is not held back, a burst shares one request, and the order within a partition is kept."""
    records = [Outgoing("topic", b"key", f"text {number}".encode(), []) for number in range(5)]
    producer = ScriptedProducer(1, 1, batch_size=100)

    heard = _together(producer, records, at=[0, 0.1, 0.2, 0.3, 0.4])

    assert [values for _, values in producer.batches] == [
        [records[0].value],
        [record.value for record in records[1:]],
    ]
    assert [second for second, _ in heard] == pytest.approx([1, 2, 2, 2, 2])


def test_nobody_waits_longer_than_the_time_out() -> None:
    """Whoever queued behind a batch that never came back is told with it, and the next record has its own chance."""
    records = [Outgoing("topic", b"key", b"text", [])] * 3
    producer = ScriptedProducer(1e6, 1, batch_size=100)

    heard = _together(producer, records, at=[0, 3, 6])

    assert heard == [(5, False), (5, False), (7, True)]


class BuggyProducer(ScriptedProducer):
    """Fails on the batch itself: on making it, or on the record that the test names."""

    def __init__(self, *, on: bytes | None, batch_size: int = 100) -> None:
        super().__init__(*[1.0] * 10, batch_size=batch_size)
        self._on = on

    def create_batch(self) -> Batch:
        if self._on is None:
            self._on = b"once"
            raise KeyError("no batch")

        class Picky(Batch):
            def append(batch, *, value: bytes, **others: Any) -> object | None:  # noqa: N805 - the producer is `self`
                if value == self._on:
                    raise KeyError("no record")
                return super().append(value=value, **others)

        return Picky(self._batch_size)


@pytest.mark.parametrize("on", [None, b"text 1", b"text 3"], ids=["batch", "first", "later"])
def test_a_bug_on_the_way_leaves_nobody_waiting(on: bytes | None) -> None:
    """Whatever fails on a batch before it is sent, everyone who waits hears of it, and the next record has its own chance."""
    producer = BuggyProducer(on=on)

    async def main() -> list[BaseException | None]:
        histogram = IngestMetrics(CollectorRegistry()).publish_seconds
        publisher = KafkaPublisher(producer, ack_timeout_seconds=5, publish_seconds=histogram)
        records = [Outgoing("topic", b"key", f"text {number}".encode(), []) for number in range(6)]
        async with asyncio.timeout(60):
            first = await asyncio.gather(
                *map(publisher.publish, ([one] for one in records[:4])), return_exceptions=True
            )
            last = await asyncio.gather(*map(publisher.publish, ([one] for one in records[4:])), return_exceptions=True)
        return [*first, *last]

    heard = virtual_time.run(main())

    acknowledged = [value for _, values in producer.batches for value in values]
    told = {f"text {number}".encode() for number, fault in enumerate(heard) if fault is None}
    assert told == set(acknowledged) == set(producer.acknowledged)
    assert {b"text 4", b"text 5"} <= told
    assert any(isinstance(fault, KeyError) for fault in heard)


def test_a_record_that_fits_no_batch_is_told_and_not_tried_for_ever() -> None:
    """A batch that stays empty would be filled again and again."""
    with pytest.raises(BrokerAway, match="MessageSizeTooLargeError"):
        _publish(ScriptedProducer(batch_size=0))


def test_a_cancelled_sender_leaves_nobody_waiting() -> None:
    """An end in the middle of a batch is an absence to all who wait, not silence."""
    producer = ScriptedProducer(1e6)

    async def main() -> list[BaseException | None]:
        histogram = IngestMetrics(CollectorRegistry()).publish_seconds
        publisher = KafkaPublisher(producer, ack_timeout_seconds=5, publish_seconds=histogram)
        waiting = [asyncio.create_task(publisher.publish([record])) for record in RECORDS]
        await asyncio.sleep(1)
        (sender,) = asyncio.all_tasks() - {asyncio.current_task(), *waiting}
        sender.cancel()
        async with asyncio.timeout(60):
            return await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(fault) for fault in virtual_time.run(main())] == [BrokerAway] * 3


def test_a_stuck_partition_holds_up_no_other() -> None:
    """Each partition has its own way."""
    keys = [f"text2fa:{number}".encode() for number in range(100)]
    producer = ScriptedProducer(*[1e6] + [1.0] * 99, batch_size=1000, partitions=12)

    heard = _together(producer, [Outgoing("topic", key, key, []) for key in keys], at=[0.0] * 100)

    stuck = set(producer.batches[0][1])
    assert 0 < len(stuck) < 50
    assert [succeeded for _, succeeded in heard] == [key not in stuck for key in keys]


def test_keys_go_where_the_java_client_sends_them() -> None:
    """Partitions agree with every other producer of the cluster, else joined topics would not line up."""
    keys = [f"text2fa:{number}".encode() for number in range(50)]
    producer = ScriptedProducer(*[0.1] * 50, batch_size=1000, partitions=12)

    _together(producer, [Outgoing("topic", key, key, []) for key in keys], at=[0.0] * 50)

    placed = {value: partition for partition, values in producer.batches for value in values}
    assert placed == {key: (murmur2(key) & 0x7FFFFFFF) % 12 for key in keys}
