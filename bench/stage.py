"""The processing stage against a bare copy loop: the same client, settings, transactions and batches, with nothing done to the bytes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition
from prometheus_client import CollectorRegistry

from bench import broker, traffic
from bench.processes import BenchError, Meter, Run, alone
from ingest.records import sms_record
from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings
from processors.stage import Engine, EngineSettings, Guarantee, Result
from processors.stage.engine import collect_rarely
from schemas.topics import SMS

SEED = 20261121
_COMPUTED_BATCH = 2_500
"""Records of one partition in a batch of a backlog, as seen: a batch of 10,000 holds a few partitions."""
_REQUEST_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Interleaved runs of the bare loop and of the hop over the same backlog, and the hop's computation without Kafka."""

    bare: list[Run]
    hop: list[Run]
    compute: Run

    @property
    def ratios(self) -> list[float]:
        """The hop's speed as a share of the bare loop's, pair by pair."""
        return [hop.per_second / bare.per_second for bare, hop in zip(self.bare, self.hop, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the pairs."""
        return median(self.ratios)


def compare(*, messages: int, pairs: int) -> Comparison:
    """Measure the bare loop and the hop in turn, each over the whole backlog in a process of its own."""
    with broker.kafka() as servers:
        broker.fill_rentals(servers)
        backlog = traffic.messages(messages, now=datetime.now(UTC), seed=SEED)
        broker.fill(servers, map(sms_record, backlog))
        # The broker's first requests are slow until Java has compiled what serves them.
        alone(copy, servers, group="bench.warm-up", messages=messages // 2)
        broker.empty(servers)
        bare, hop = [], []
        for pair in range(pairs):
            bare.append(alone(copy, servers, group=f"bench.bare-{pair}", messages=messages))
            broker.empty(servers)
            group = f"bench.hop-{pair}"
            broker.know_rentals(servers, group=group)
            hop.append(alone(process, servers, group=group, messages=messages))
            broker.empty(servers)
    return Comparison(bare=bare, hop=hop, compute=alone(compute, messages=min(messages, 200_000)))


def settings(bootstrap_servers: str, *, group: str) -> EngineSettings:
    """Return the engine's settings as they are by default on a real cluster."""
    return EngineSettings(
        group=group, slot="0", guarantee=Guarantee.EXACTLY_ONCE, kafka=broker.connection(bootstrap_servers)
    )


def copy(bootstrap_servers: str, *, group: str, messages: int) -> Run:
    """Copy the backlog to another topic, in transactions, with the engine's clients and batches."""
    chosen = settings(bootstrap_servers, group=group)
    consumer, producer = Consumer(chosen.consumer()), Producer(chosen.producer())
    producer.init_transactions(_REQUEST_SECONDS)
    meter = Meter()

    def assigned(_: Consumer, __: list[TopicPartition]) -> None:
        meter.start()

    consumer.subscribe([SMS.name], on_assign=assigned)
    copied = 0
    while copied < messages:
        first = consumer.poll(1.0)
        if first is None:
            continue
        batch = (first, *consumer.consume(chosen.batch_records - 1, 0))
        producer.begin_transaction()
        ends: dict[int, int] = {}
        for record in batch:
            partition = record.partition() or 0
            producer.produce(broker.COPIED, record.value(), record.key(), partition, headers=record.headers())
            ends[partition] = (record.offset() or 0) + 1
        offsets = [TopicPartition(SMS.name, partition, end) for partition, end in ends.items()]
        producer.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata(), _REQUEST_SECONDS)
        producer.commit_transaction(_REQUEST_SECONDS)
        copied += len(batch)
    run = meter.stop(copied)
    consumer.close()
    return run


def process(bootstrap_servers: str, *, group: str, messages: int) -> Run:
    """Run the engine over the backlog, state, changelog and metrics included.

    Raises:
        BenchError: it did not do the work that was to be measured.
    """
    watch = _Watch(messages)
    watch.engine = Engine(Pipeline(PipelineSettings()), settings(bootstrap_servers, group=group), watch)
    watch.engine.run()
    if watch.run is None or watch.aborts:
        raise BenchError(f"the run was disturbed: {watch.aborts} transactions were aborted")
    _check(watch.tally, messages)
    return watch.run


class _Watch(ProcessMetrics):
    """The metrics that production has, and the clock of the benchmark."""

    engine: Engine[Any]

    def __init__(self, messages: int) -> None:
        super().__init__(CollectorRegistry())
        self._left = self._messages = messages
        self._meter = Meter()
        self.tally: Counter[tuple[str, ...]] = Counter()
        self.aborts = 0
        self.run: Run | None = None

    def assigned(self, *, partitions: int, restored_changes: int, seconds: float) -> None:
        super().assigned(partitions=partitions, restored_changes=restored_changes, seconds=seconds)
        if partitions:
            self._meter.start()

    def committed(self, *, results: Sequence[Result], records: int, seconds: float, now: datetime) -> None:
        super().committed(results=results, records=records, seconds=seconds, now=now)
        for result in results:
            self.tally.update(result.tally)
        self._left -= records
        if self._left == 0:
            self.run = self._meter.stop(self._messages)
            self.engine.stop()

    def aborted(self, *, reason: str) -> None:
        super().aborted(reason=reason)
        self.aborts += 1


def _check(tally: Counter[tuple[str, ...]], messages: int) -> None:
    """See that every message was taken once and found its rental."""
    counts: Counter[str] = Counter()
    for (name, _, *labels), count in tally.items():
        counts[name] += count
        counts[" ".join([name, *labels])] += count
    if (
        counts["messages"] + counts["duplicates"] != messages
        or counts["correlated rental at_once"] != counts["messages"]
    ):
        raise BenchError(f"the hop did not do the work that was to be measured: {dict(counts)}")


class _Waiting:
    """A record as the engine reads it, without Kafka."""

    __slots__ = ("_key", "_offset", "_topic", "_value")

    def __init__(self, topic: str, key: bytes, value: bytes, offset: int) -> None:
        self._topic, self._key, self._value, self._offset = topic, key, value, offset

    def topic(self) -> str:
        return self._topic

    def partition(self) -> int:
        return 0

    def offset(self) -> int:
        return self._offset

    def key(self) -> bytes:
        return self._key

    def value(self) -> bytes:
        return self._value


def compute(*, messages: int) -> Run:
    """Run `process` and `apply` alone, without Kafka: what one message costs this project's own code."""
    collect_rarely()
    now = datetime.now(UTC)
    stage = Pipeline(PipelineSettings())
    state = stage.new_state()
    rentals = [
        _Waiting(stage.tables[0], one.line.encode(), one.encode(), number)
        for number, one in enumerate(traffic.rentals(now=now))
    ]
    stage.apply_table(state, rentals)
    backlog = [
        _Waiting(SMS.name, one.line.encode(), one.encode(), number)
        for number, one in enumerate(traffic.messages(messages, now=now, seed=SEED))
    ]
    meter = Meter()
    for start in range(0, messages, _COMPUTED_BATCH):
        result = stage.process(state, backlog[start : start + _COMPUTED_BATCH], now)
        stage.apply(state, result.changes, now)
    return meter.stop(messages)
