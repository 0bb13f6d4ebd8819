"""One session of the engine: one consumer and one producer, from joining the group to the first fault that needs new ones.

librdkafka calls back inside `poll` alone, so a rebalance never meets an open transaction: partitions are taken away or given between
two commits. What was given is worked on only once its state stands at the committed offsets.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Generic

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from processors.stage.breaker import PoisonBreaker
from processors.stage.commit import Aborted, Committer
from processors.stage.contract import Observer, Output, Poison, Result, Stage, State
from processors.stage.restore import Restorer

log = logging.getLogger(__name__)

_IDLE_SECONDS = 0.2
"""How long `poll` waits for a first record: the time that a stop or an idle rebalance may go unseen."""

_ENDS_SESSION = (
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.GROUP_AUTHORIZATION_FAILED,
)

_LONG_SECONDS = 1.0
"""A tenth of the time that the broker gives a transaction."""

_FIRST_BATCH_RECORDS = 100
"""Where a session begins: slow work must show before a batch is too large to commit."""

Batches = dict[tuple[str, int], list[Message]]
"""What was taken, by topic and partition, in order of offsets."""


class InstanceFenced(Exception):
    """Another live process joined the group under our instance id."""


class Session(Generic[State]):
    """Takes what waits, processes it and commits it, for the partitions that the group gives us."""

    def __init__(
        self,
        stage: Stage[State],
        *,
        consumer: Consumer,
        committer: Committer,
        restorer: Restorer[State],
        breaker: PoisonBreaker,
        observer: Observer,
        clock: Callable[[], datetime],
        batch_records: int,
        gather_seconds: float,
    ) -> None:
        self._stage = stage
        self._consumer = consumer
        self._committer = committer
        self._restorer = restorer
        self._breaker = breaker
        self._observer = observer
        self._clock = clock
        self._batch_records = batch_records
        self._limit = min(_FIRST_BATCH_RECORDS, batch_records)
        self._gather_seconds = gather_seconds
        self._states: dict[int, State] = {}
        self._positions: dict[tuple[str, int], int] = {}
        self._owned = False
        self._rebalances = 0
        self._failure: BaseException | None = None
        self._last_commit = 0.0

    def run(self, stopped: Callable[[], bool]) -> None:
        """Work until stopped.

        Raises:
            SessionOver, KafkaException: a new session can go on.
            InstanceFenced: another process took our place in the group.
            BreakerOpen: too much poison; the last batch is not committed.
        """
        self._consumer.subscribe(
            [*self._stage.streams, *self._stage.tables],
            on_assign=self._on_assign,
            on_revoke=self._on_revoke,
            on_lost=self._on_revoke,
        )
        while not stopped():
            self.step()

    def step(self) -> None:
        """Take one batch, if anything waits, and see it committed."""
        batches = self._take()
        # Tables first: what is known before a message was taken joins it without a second look. Each by itself: of two that are joined with
        # the same message the second must see what the first made of it.
        for topics in (*((table,) for table in self._stage.tables), self._stage.streams):
            part = {at: batch for at, batch in batches.items() if at[0] in topics}
            if part and not self._committed(part):
                self._refetch()
                return

    def _take(self) -> Batches:
        first = self._consumer.poll(_IDLE_SECONDS)
        self._raise_callback_failure()
        if first is None:
            return {}
        self._gather()
        rebalances = self._rebalances
        messages = (first, *self._consumer.consume(self._limit - 1, 0))
        self._raise_callback_failure()
        if rebalances != self._rebalances:
            # The partitions changed hands while we held records of theirs: none of these is ours to commit any more.
            self._refetch()
            return {}
        batches: Batches = defaultdict(list)
        for message in messages:
            error = message.error()
            if error is None:
                batches[message.topic() or "", message.partition() or 0].append(message)
            else:
                _raise_unless_passing(error)
        return batches

    def _gather(self) -> None:
        """Under steady load wait a moment for company, so that the broker sees fewer, fuller transactions; a lone record goes at once."""
        wait = self._last_commit + self._gather_seconds - time.monotonic()
        if wait > 0:
            time.sleep(wait)

    def _committed(self, batches: Batches) -> bool:
        """Process and commit batches of one kind; False when the transaction was aborted."""
        started, now = time.monotonic(), self._clock()
        records = sum(map(len, batches.values()))
        results: dict[tuple[str, int], Result] = {}
        ends = {at: (batch[-1].offset() or 0) + 1 for at, batch in batches.items()}
        try:
            self._committer.commit(
                chain.from_iterable(self._outputs(batches, results, now)),
                self._changes(results),
                [TopicPartition(*at, offset) for at, offset in ends.items()],
            )
        except Aborted as abort:
            self._observer.aborted(reason=str(abort))
            log.warning("a transaction was aborted (%s); its %d records are processed again", abort, records)
            return False
        self._breaker.count(records=records, poison=sum(len(result.poison) for result in results.values()))
        self._remember(batches, results, now)
        self._positions.update(ends)
        self._last_commit = time.monotonic()
        seconds = self._last_commit - started
        self._adapt(records, seconds)
        self._observer.committed(results=list(results.values()), records=records, seconds=seconds, now=now)
        return True

    def _outputs(
        self, batches: Batches, results: dict[tuple[str, int], Result], now: datetime
    ) -> Iterator[list[Output]]:
        """Process one partition after the other, and put each result where it can be remembered."""
        for at, batch in batches.items():
            result = results[at] = self._stage.process(self._states[at[1]], batch, now)
            yield result.outputs
            yield [self._stage.bury(poison, now) for poison in result.poison]
        poisons = [poison for result in results.values() for poison in result.poison]
        records = sum(map(len, batches.values()))
        self._breaker.check(records=records, poison=len(poisons), example=_example(poisons))

    def _changes(self, results: Mapping[tuple[str, int], Result]) -> Iterator[Output]:
        topic = self._stage.changelog
        for (_, partition), result in results.items():
            for change in result.changes:
                yield Output(topic, change.key, change.value, [], partition)

    def _adapt(self, records: int, seconds: float) -> None:
        """Let batches grow with the backlog, and shrink where they take long: a transaction that takes too long is thrown away."""
        if seconds > _LONG_SECONDS:
            self._limit = max(1, records // 2)
        elif records >= self._limit:
            self._limit = min(self._limit * 2, self._batch_records)

    def _remember(self, batches: Batches, results: Mapping[tuple[str, int], Result], now: datetime) -> None:
        for (topic, partition), batch in batches.items():
            state = self._states[partition]
            if topic in self._stage.tables:
                self._stage.apply_table(state, batch)
            self._stage.apply(state, results[topic, partition].changes, now)

    def _refetch(self) -> None:
        """Read on from the committed offsets, whatever was fetched beyond them."""
        if self._owned:
            self._consumer.assign([TopicPartition(*at, offset) for at, offset in self._positions.items()])

    def _on_assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        # An exception must not pass through librdkafka's C code: it is kept and raised after `poll`.
        self._rebalances += 1
        try:
            self._assign(consumer, partitions)
        except (KafkaException, ValueError) as failure:
            self._failure = failure

    def _assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        started = time.monotonic()
        self._check_co_partitioned(partitions)
        committed = consumer.committed(partitions, timeout=60)
        for one in committed:
            if one.error is not None:
                raise KafkaException(one.error)
        positions = {(one.topic, one.partition): one.offset for one in committed}
        numbers = {partition for _, partition in positions}
        ours = {
            number
            for number in numbers & self._states.keys()
            if all(self._positions.get(at) == positions[at] for at in positions if at[1] == number)
        }
        fresh = {number: self._stage.new_state() for number in numbers - ours}
        read = self._restorer.restore(fresh, committed, now=self._clock())
        # A state whose offsets nobody moved since is still right, and stays.
        self._states = {number: self._states[number] for number in ours} | fresh
        self._positions = positions
        consumer.assign(committed)
        self._owned = True
        seconds = time.monotonic() - started
        self._observer.assigned(partitions=len(numbers), restored_changes=read, seconds=seconds)
        log.info(
            "assigned %d partitions; state of %d restored from %d records in %.1f s",
            len(numbers),
            len(fresh),
            read,
            seconds,
        )

    def _check_co_partitioned(self, partitions: Sequence[TopicPartition]) -> None:
        topics = {*self._stage.streams, *self._stage.tables}
        for number in {one.partition for one in partitions}:
            given = {one.topic for one in partitions if one.partition == number}
            if given != topics:
                raise ValueError(
                    f"{', '.join(sorted(topics))} must have the same number of partitions, for they are joined: "
                    f"partition {number} exists only of {', '.join(sorted(given))}. `otpstream topics check` shows them"
                )

    def _on_revoke(self, consumer: Consumer, _: list[TopicPartition]) -> None:
        self._rebalances += 1
        self._owned = False
        consumer.unassign()
        self._observer.assigned(partitions=0, restored_changes=0, seconds=0.0)

    def _raise_callback_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure


def _example(poisons: Sequence[Poison]) -> str:
    if not poisons:
        return ""
    record, _, detail = poisons[0]
    return f"{record.topic()}/{record.partition()}/{record.offset()} ({detail})"


def is_instance_fenced(error: KafkaError) -> bool:
    """Tell whether the group's coordinator gave our instance id to another process."""
    return error.code() in (KafkaError.FENCED_INSTANCE_ID, KafkaError.UNRELEASED_INSTANCE_ID) or (
        _is_fatal(error) and "instance" in error.str().lower()
    )


def _is_fatal(error: KafkaError) -> bool:
    """Tell whether the client that says this is dead: a consumer hands it over as the code of an event, without the flag."""
    return error.fatal() or error.code() == KafkaError._FATAL


def _raise_unless_passing(error: KafkaError) -> None:
    """Raise what only a new session can mend; librdkafka mends the rest by itself and says so for information."""
    if is_instance_fenced(error):
        raise InstanceFenced(error.str())
    if _is_fatal(error) or error.code() in _ENDS_SESSION:
        raise KafkaException(error)
    log.warning("Kafka: %s", error.str())
