"""How state comes back: read a partition's changelog and tables again, up to where the last commit stands.

The end of the changelog is its high watermark, read *after* the group's offsets were (those are only given out once no transaction over
them is pending): a transaction whose offsets count may still be having its markers written elsewhere, so the changelog is read until the
last stable offset has reached that watermark. Tables are read up to their committed offset: what lies behind it is still input.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Generic

from confluent_kafka import (
    OFFSET_BEGINNING,
    Consumer,
    IsolationLevel,
    KafkaError,
    KafkaException,
    Message,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._listoffsets import OffsetSpec

from processors.stage.contract import Change, Stage, State

log = logging.getLogger(__name__)

_BATCH_RECORDS = 5_000
_QUEUED_RECORDS = 10_000
_FETCHED_BYTES = 256 * 1024
"""What is read ahead of a partition: some milliseconds' worth. A small record takes several times its bytes while it waits in librdkafka,
and the process keeps that memory when the restoration is over."""
_STALL_SECONDS = 60.0
"""Without a record or an end for so long the session is over: longer than the transaction time-out that may hold an end back."""
_PROGRESS_SECONDS = 5.0
_IDLE_SECONDS = 0.5
_change = partial(tuple.__new__, Change)  # a third of the price of calling the class
_LATEST: OffsetSpec = OffsetSpec.latest()  # type: ignore[no-untyped-call]


class Restorer(Generic[State]):
    """Reads state back through a consumer of its own, which belongs to no group."""

    def __init__(self, stage: Stage[State], kafka: Mapping[str, Any], *, group: str) -> None:
        self._stage = stage
        self._admin = AdminClient(dict(kafka))
        self._consumer = Consumer(
            {
                **kafka,
                "group.id": f"{group}.restore",
                "enable.auto.commit": False,
                "enable.partition.eof": True,
                "isolation.level": "read_committed",
                "auto.offset.reset": "earliest",
                "queued.min.messages": _QUEUED_RECORDS,
                "max.partition.fetch.bytes": _FETCHED_BYTES,
                # A full queue is empty again in milliseconds; librdkafka would look after a second.
                "fetch.queue.backoff.ms": 2,
                # A fetch at the end of a partition is still out when the next partitions are assigned, and theirs wait behind it.
                "fetch.wait.max.ms": 10,
            }
        )

    def close(self) -> None:
        self._consumer.close()

    def restore(self, states: Mapping[int, State], committed: Iterable[TopicPartition], *, now: datetime) -> int:
        """Fill fresh states, one a partition.

        Args:
            states: the partitions to restore, each with a new state.
            committed: the group's committed offsets of those partitions, stable.
            now: our clock, aware.

        Returns:
            How many records were read.

        Raises:
            KafkaException: the log cannot be read; the session is over.
        """
        ends = self._ends(states, committed)
        if not ends:
            return 0
        for topic in {topic for topic, _ in ends}:
            # librdkafka looks for the leaders of partitions that it has never heard of after half a second.
            self._consumer.list_topics(topic, timeout=_STALL_SECONDS)
        self._consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for topic, partition in ends])
        try:
            return self._read(states, ends, now)
        finally:
            self._consumer.unassign()

    def _ends(self, states: Mapping[int, State], committed: Iterable[TopicPartition]) -> dict[tuple[str, int], int]:
        """Return where to stop, by topic and partition; what is empty is left out."""
        ends = {
            (one.topic, one.partition): one.offset
            for one in committed
            if one.topic in self._stage.tables and one.partition in states and one.offset > 0
        }
        # Asked before it has a connection, the admin client would look for the leaders again after three seconds.
        self._admin.list_topics(self._stage.changelog, timeout=_STALL_SECONDS)
        changelogs = [TopicPartition(self._stage.changelog, partition) for partition in states]
        futures = self._admin.list_offsets(
            dict.fromkeys(changelogs, _LATEST), isolation_level=IsolationLevel.READ_UNCOMMITTED
        )
        for one, future in futures.items():
            if (end := future.result().offset) > 0:
                ends[one.topic, one.partition] = end
        return ends

    def _read(self, states: Mapping[int, State], ends: dict[tuple[str, int], int], now: datetime) -> int:
        read = 0
        moved = told = time.monotonic()
        while ends:
            # `consume` with a time-out would sit it out to fill the batch: half a second more without an owner, at every restart.
            first = self._consumer.poll(_IDLE_SECONDS)
            messages = [] if first is None else [first, *self._consumer.consume(_BATCH_RECORDS, 0)]
            read += self._absorb(states, ends, messages, now)
            clock = time.monotonic()
            moved = clock if messages else moved
            if clock - moved > _STALL_SECONDS:
                raise KafkaException(
                    KafkaError(KafkaError._TIMED_OUT, f"no end of {sorted(ends)} after {_STALL_SECONDS:.0f} s")
                )
            if clock - told > _PROGRESS_SECONDS:
                told = clock
                log.info("restoring the state: %d records read, %d partitions to go", read, len(ends))
        return read

    def _absorb(
        self, states: Mapping[int, State], ends: dict[tuple[str, int], int], messages: Iterable[Message], now: datetime
    ) -> int:
        """Apply what was read, and cross off what has reached its end."""
        batches: dict[tuple[str, int], list[Message]] = defaultdict(list)
        reached: list[tuple[str, int]] = []
        for message in messages:
            at = (message.topic() or "", message.partition() or 0)
            error = message.error()
            if error is None:
                batches[at].append(message)
            elif error.code() != KafkaError._PARTITION_EOF:
                raise KafkaException(error)
            elif (message.offset() or 0) >= ends.get(at, 0):
                reached.append(at)
        read = 0
        for at, batch in batches.items():
            end = ends.get(at, 0)
            last = batch[-1].offset() or 0
            if last + 1 >= end:
                reached.append(at)
            wanted = batch if last < end else [one for one in batch if (one.offset() or 0) < end]
            self._apply(states, at, wanted, now)
            read += len(wanted)
        for at in reached:
            ends.pop(at, None)
        return read

    def _apply(self, states: Mapping[int, State], at: tuple[str, int], batch: Sequence[Message], now: datetime) -> None:
        topic, partition = at
        if topic == self._stage.changelog:
            changes = [_change((one.key() or b"", one.value() or b"")) for one in batch]
            self._stage.apply(states[partition], changes, now)
        else:
            self._stage.apply_table(states[partition], batch)
