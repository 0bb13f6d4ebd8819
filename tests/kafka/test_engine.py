"""The engine by itself, on a real Kafka: a stage that counts words, and knows nothing of one-time passcodes."""
# ruff: noqa: ARG002 - a stage and an observer take what the engine gives

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

from ops.kafka.cluster import Cluster
from processors.stage import (
    Change,
    Engine,
    EngineSettings,
    Guarantee,
    Output,
    Poison,
    Record,
    Result,
    SlotClaimed,
    StageStopped,
)
from processors.stage.breaker import PoisonBreaker
from processors.stage.commit import Aborted, SessionOver, TransactionalCommitter
from processors.stage.restore import Restorer
from processors.stage.session import Session

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(120)]

PARTITIONS = 2
PATIENCE_SECONDS = 40.0
QUIET = {"log_level": 0}  # faults are made on purpose here
POISON = b"poison"
BREAKER_MINIMUM = 20


@dataclass
class Counts:
    """The state of a partition: how often each word came, and what the table says of it."""

    words: Counter[bytes] = field(default_factory=Counter)
    table: dict[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class CountWords:
    """For each word, write how often it came until now and what the table says of it: `3 known`."""

    name: str
    calls: list[int] = field(default_factory=list)
    """How many records each batch of words had."""

    @property
    def streams(self) -> Sequence[str]:
        return (f"{self.name}.words",)

    @property
    def tables(self) -> Sequence[str]:
        return (f"{self.name}.table",)

    @property
    def changelog(self) -> str:
        return f"{self.name}.changelog"

    @property
    def counted(self) -> str:
        """Where the counts go."""
        return f"{self.name}.counted"

    @property
    def dead(self) -> str:
        """Where poison goes."""
        return f"{self.name}.dead"

    def new_state(self) -> Counts:
        return Counts()

    def process(self, state: Counts, batch: Sequence[Record], now: datetime) -> Result:
        result = Result()
        if batch[0].topic() in self.tables:
            return result
        self.calls.append(len(batch))
        fresh: Counter[bytes] = Counter()
        for record in batch:
            word = record.key() or b""
            if record.value() == POISON:
                result.poison.append(Poison(record, "unreadable", "poison"))
                continue
            fresh[word] += 1
            count = state.words[word] + fresh[word]
            said = state.table.get(word, b"unknown")
            result.outputs.append(Output(self.counted, word, b"%d %s" % (count, said), []))
            result.changes.append(Change(word, b"%d" % count))
        return result

    def apply(self, state: Counts, changes: Sequence[Change], now: datetime) -> None:
        for word, count in changes:
            state.words[word] = int(count)

    def apply_table(self, state: Counts, batch: Sequence[Record]) -> None:
        for record in batch:
            state.table[record.key() or b""] = record.value() or b""

    def bury(self, poison: Poison, now: datetime) -> Output:
        return Output(self.dead, poison.record.key(), poison.reason.encode(), [])


class Watch:
    """An observer that keeps what it was told."""

    def __init__(self) -> None:
        self.assignments: list[tuple[int, int]] = []
        """Partitions, and the records read to restore them."""
        self.records = 0
        self.aborts: list[str] = []

    def assigned(self, *, partitions: int, restored_changes: int, seconds: float) -> None:
        self.assignments.append((partitions, restored_changes))

    def committed(self, *, results: Sequence[Result], records: int, seconds: float, now: datetime) -> None:
        self.records += records

    def aborted(self, *, reason: str) -> None:
        self.aborts.append(reason)


@dataclass
class Bench:
    """A stage with topics of its own on the cluster, and an engine for it."""

    cluster: Cluster
    stage: CountWords
    watch: Watch = field(default_factory=Watch)
    ended: list[BaseException | None] = field(default_factory=list)
    """How each engine's run ended: with an exception, or when told to."""

    @property
    def connection(self) -> dict[str, object]:
        return {"bootstrap.servers": self.cluster.bootstrap_servers, **QUIET}

    @property
    def group(self) -> str:
        return f"{self.stage.name}.group"

    def settings(self, kafka: Mapping[str, object]) -> EngineSettings:
        return EngineSettings(
            group=self.group,
            slot="0",
            guarantee=Guarantee.EXACTLY_ONCE,
            kafka={**self.connection, **kafka},
            poison_minimum=BREAKER_MINIMUM,
        )

    def send(self, *words: bytes, topic: str | None = None, value: bytes = b"word") -> None:
        """Produce records, the words as their keys, and wait until they are there."""
        producer = Producer({**self.connection, "partitioner": "murmur2_random"})
        for word in words:
            producer.produce(topic or self.stage.streams[0], value, word)
        assert producer.flush(PATIENCE_SECONDS) == 0

    @contextmanager
    def running(self, kafka: Mapping[str, object] = {}) -> Iterator[Engine[Counts]]:
        """Run an engine in a thread of its own."""
        engine = Engine(self.stage, self.settings(kafka), self.watch)

        def run() -> None:
            try:
                engine.run()
            except BaseException as error:
                self.ended.append(error)
            else:
                self.ended.append(None)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield engine
        finally:
            engine.stop()
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()

    def read(self, topic: str) -> list[tuple[bytes, bytes]]:
        """Return the committed records of a topic to its end: key and value."""
        consumer = Consumer(
            {
                **self.connection,
                "group.id": f"{topic}.reader",
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
            }
        )
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
        records, to_go = [], len(partitions)
        while to_go:
            message = consumer.poll(PATIENCE_SECONDS)
            assert message is not None
            error = message.error()
            if error is None:
                records.append((message.key() or b"", message.value() or b""))
            else:
                assert error.code() == KafkaError._PARTITION_EOF
                to_go -= 1
        consumer.close()
        return records

    def committed(self) -> int:
        """Return how many records of the stream the group has committed."""
        consumer = Consumer({**self.connection, "group.id": self.group})
        try:
            partitions = [TopicPartition(self.stage.streams[0], partition) for partition in range(PARTITIONS)]
            return sum(max(0, one.offset) for one in consumer.committed(partitions, timeout=PATIENCE_SECONDS))
        finally:
            consumer.close()

    def counts(self) -> dict[bytes, list[bytes]]:
        """Return what was counted, in order, by word."""
        by_word: dict[bytes, list[bytes]] = {}
        for word, value in self.read(self.stage.counted):
            by_word.setdefault(word, []).append(value)
        return by_word


@pytest.fixture
def bench(kafka: Cluster) -> Bench:
    """A stage whose topics are there."""
    return set_up(kafka)


def set_up(cluster: Cluster, *, table_partitions: int = PARTITIONS) -> Bench:
    """Create the topics of a new stage."""
    stage = CountWords(f"engine-{uuid.uuid4().hex[:8]}")
    for topic in (*stage.streams, stage.changelog, stage.counted, stage.dead):
        create_topic(cluster, topic, partitions=PARTITIONS)
    for topic in stage.tables:
        create_topic(cluster, topic, partitions=table_partitions)
    return Bench(cluster, stage)


def create_topic(cluster: Cluster, topic: str, *, partitions: int) -> None:
    """Create a topic, and wait until it is there."""
    admin = AdminClient({"bootstrap.servers": cluster.bootstrap_servers})
    admin.create_topics([NewTopic(topic, partitions)], operation_timeout=30)[topic].result(30)


def delete_topic(cluster: Cluster, topic: str) -> None:
    """Delete a topic, and wait until it is gone."""
    admin = AdminClient({"bootstrap.servers": cluster.bootstrap_servers})
    admin.delete_topics([topic], operation_timeout=30)[topic].result(30)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s for {what}"
        time.sleep(0.05)


WORDS = [b"word-%d" % number for number in range(200)]


def numbered(times: int, said: bytes) -> list[bytes]:
    """Return the counts that a word has when it came so many times."""
    return [b"%d %s" % (count, said) for count in range(1, times + 1)]


def test_state_survives_a_restart(bench: Bench) -> None:
    """A new process counts on where the former stopped, and knows the table, from the topics alone."""
    bench.send(*WORDS, topic=bench.stage.tables[0], value=b"known")
    with bench.running():
        wait_for(lambda: bench.watch.records == len(WORDS), "the table")
        bench.send(*WORDS, *WORDS)
        wait_for(lambda: bench.watch.records == 3 * len(WORDS), "the words")

    bench.watch = Watch()
    bench.send(*WORDS)
    with bench.running():
        wait_for(lambda: bench.watch.records == len(WORDS), "the words after the restart")

    assert bench.counts() == {word: numbered(3, b"known") for word in WORDS}
    assert bench.watch.assignments[0] == (PARTITIONS, 3 * len(WORDS)), (
        "two changes and a row of the table for each word"
    )
    assert bench.ended == [None, None]


def test_a_transaction_that_aborts_is_processed_again(bench: Bench) -> None:
    """What an aborted transaction wrote stays unseen, its poison too; the same records then come out once, in order."""
    words = [*WORDS, *WORDS]
    bench.send(*words)
    bench.send(WORDS[0], value=POISON)

    _run_session(bench, aborts=3, until=lambda: bench.watch.records == len(words) + 1)

    assert len(bench.watch.aborts) == 3
    assert bench.counts() == {word: numbered(2, b"unknown") for word in WORDS}
    assert bench.read(bench.stage.dead) == [(WORDS[0], b"unreadable")]
    assert sum(bench.stage.calls) > len(words) + 1, "some were processed more than once"


class AbortingCommitter(TransactionalCommitter):
    """Writes its first transactions to the broker, and then aborts them."""

    def __init__(self, producer: Producer, consumer: Consumer, *, aborts: int) -> None:
        super().__init__(producer, consumer)
        self._own = producer
        self._aborts = aborts

    def commit(self, outputs: Iterable[Output], changes: Iterable[Output], offsets: list[TopicPartition]) -> None:
        if self._aborts == 0:
            super().commit(outputs, changes, offsets)
            return
        self._aborts -= 1
        self._own.begin_transaction()
        for topic, key, value, _, partition in (*outputs, *changes):
            self._own.produce(topic, value, key, partition)
        assert self._own.flush(PATIENCE_SECONDS) == 0
        self._own.abort_transaction(PATIENCE_SECONDS)
        raise Aborted("on purpose")


def _run_session(bench: Bench, *, aborts: int, until: Callable[[], bool]) -> None:
    consumer = Consumer(
        {
            **bench.connection,
            "group.id": bench.group,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
            "partition.assignment.strategy": "range",
        }
    )
    producer = Producer(
        {**bench.connection, "transactional.id": bench.group, "partitioner": "murmur2_random", "linger.ms": 0}
    )
    committer = AbortingCommitter(producer, consumer, aborts=aborts)
    restorer = Restorer(bench.stage, bench.connection, group=bench.group)
    deadline = time.monotonic() + PATIENCE_SECONDS
    try:
        Session(
            bench.stage,
            consumer=consumer,
            committer=committer,
            restorer=restorer,
            breaker=PoisonBreaker(0.5, BREAKER_MINIMUM, 1_000),
            observer=bench.watch,
            clock=lambda: datetime.now(UTC),
            batch_records=50,
            gather_seconds=0,
        ).run(lambda: until() or time.monotonic() > deadline)
    finally:
        committer.close()
        restorer.close()
        consumer.close()
    assert until()


def test_a_fenced_producer_is_replaced(bench: Bench) -> None:
    """A producer that is fenced, as one whose transaction timed out, ends a session and not the process; nothing is doubled."""
    bench.send(*WORDS)
    with bench.running():
        wait_for(lambda: bench.watch.records == len(WORDS), "the words")
        usurper = Producer({**bench.connection, "transactional.id": f"{bench.group}-0"})
        usurper.init_transactions(PATIENCE_SECONDS)
        bench.send(*WORDS)
        wait_for(lambda: bench.watch.records == 2 * len(WORDS), "the words after the fencing")

    assert bench.counts() == {word: numbered(2, b"unknown") for word in WORDS}
    assert bench.ended == [None]


class Endless(list[Output]):
    """Outputs without end, slowly."""

    def __init__(self, topic: str) -> None:
        super().__init__()
        self._topic = topic

    def __iter__(self) -> Iterator[Output]:
        for number in range(int(PATIENCE_SECONDS * 100)):
            yield Output(self._topic, b"%d" % number, b"", [])
            time.sleep(0.01)


@pytest.mark.parametrize("producing", [True, False], ids=["producing", "committing"])
def test_a_fence_is_known_for_one_wherever_it_strikes(bench: Bench, *, producing: bool) -> None:
    """A producer that is fenced says so, so that the engine looks for whoever took its slot, and can be let go of."""
    settings = {**bench.connection, "transactional.id": bench.group}
    consumer = Consumer({**bench.connection, "group.id": bench.group})
    committer = TransactionalCommitter(Producer(settings), consumer)
    later = TransactionalCommitter(Producer(settings), consumer)
    outputs = Endless(bench.stage.counted) if producing else [Output(bench.stage.counted, b"", b"", [])]

    with pytest.raises(SessionOver) as over:
        committer.commit(outputs, [], [TopicPartition(bench.stage.streams[0], 0, 0)])

    assert over.value.fenced
    committer.close()
    later.close()
    consumer.close()
    assert bench.read(bench.stage.counted) == []


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "at work"])
def test_a_claimed_slot_is_left(bench: Bench, *, idle: bool) -> None:
    """An engine whose slot another one claims stops for good and names the setting; the other one goes on."""
    bench.send(*WORDS)
    with bench.running():
        wait_for(lambda: bench.watch.records == len(WORDS), "the words")
        other = Bench(bench.cluster, bench.stage)
        with other.running():

            def earlier_ended() -> bool:
                if not idle:
                    bench.send(*WORDS)
                return bool(bench.ended)

            wait_for(earlier_ended, "the earlier engine to end")
            bench.send(b"last")
            wait_for(lambda: (b"last", b"1 unknown") in bench.read(bench.stage.counted), "the later engine to go on")

    (ending,) = bench.ended
    assert isinstance(ending, SlotClaimed)
    assert "slot 0" in str(ending)
    assert "PROCESS_SLOT" in str(ending)
    assert other.ended == [None]
    for counts in bench.counts().values():
        assert counts == numbered(len(counts), b"unknown")


def test_too_much_poison_stops_the_stage_before_it_is_committed(bench: Bench) -> None:
    """When most of a batch is poison the engine stops with a sentence: nothing is buried, and nothing counts as read."""
    bench.send(*WORDS, value=POISON)

    with bench.running():
        wait_for(lambda: bool(bench.ended), "the engine to stop")

    (ending,) = bench.ended
    assert isinstance(ending, StageStopped)
    assert "PROCESS_POISON_RATIO" in str(ending)
    assert bench.read(bench.stage.dead) == []
    assert bench.committed() == 0


def test_without_its_dead_letter_topic_poison_stays_unread(bench: Bench) -> None:
    """What cannot be buried is not committed, nor is what came with it; once the topic is there, all of it goes on by itself."""
    delete_topic(bench.cluster, bench.stage.dead)
    bench.send(*WORDS)
    bench.send(WORDS[0], value=POISON)
    # A topic may be on its way to this broker, so a client waits before it believes that there is none: 30 s by default.
    impatient = {"topic.metadata.propagation.max.ms": 1_000, "topic.metadata.refresh.interval.ms": 1_000}

    with bench.running(impatient):
        wait_for(lambda: len(bench.watch.aborts) + len(bench.watch.assignments) > 2, "the transaction to fail")
        before = bench.committed(), bench.counts()
        create_topic(bench.cluster, bench.stage.dead, partitions=PARTITIONS)
        wait_for(lambda: bench.watch.records == len(WORDS) + 1, "everything to go through")

    lacking = {word for word in WORDS if word not in before[1]}
    assert lacking, "the poison's partition must have waited"
    assert before[0] == len(WORDS) - len(lacking)
    assert bench.counts() == {word: numbered(1, b"unknown") for word in WORDS}
    assert bench.read(bench.stage.dead) == [(WORDS[0], b"unreadable")]


def test_joined_topics_must_have_as_many_partitions(kafka: Cluster) -> None:
    """Topics that do not match stop the engine with a sentence that names them."""
    bench = set_up(kafka, table_partitions=PARTITIONS + 1)
    bench.send(*WORDS)

    with bench.running():
        wait_for(lambda: bool(bench.ended), "the engine to stop")

    (ending,) = bench.ended
    assert isinstance(ending, StageStopped)
    assert bench.stage.tables[0] in str(ending)
    assert "same number of partitions" in str(ending)
    assert bench.committed() == 0
