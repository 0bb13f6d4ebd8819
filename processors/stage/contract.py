"""What a stage is to the engine: inputs, a state that topics can rebuild, and one pure function over a batch.

The engine moves bytes, offsets and transactions; the stage decides what they mean. A stage must keep three rules:

- `process` reads the state and leaves it as it is: a transaction that aborts is simply computed again.
- everything that `process` would remember is a :class:`Change`, and `apply` alone writes it to the state: live after a commit, and
  from the changelog after a restart, so one path serves both.
- one message that cannot be processed is :class:`Poison` in the result, never an exception: the rest of the batch goes on.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

State = TypeVar("State")


class Record(Protocol):
    """A record as it is read; `confluent_kafka.Message` is one."""

    def topic(self) -> str | None: ...
    def partition(self) -> int | None: ...
    def offset(self) -> int | None: ...
    def key(self) -> bytes | None: ...
    def value(self) -> bytes | None: ...


class Output(NamedTuple):
    """A record to write."""

    topic: str
    key: bytes | None
    value: bytes
    headers: list[tuple[str, bytes]]
    partition: int = -1
    """-1: by the hash of the key (murmur2, as Java's and aiokafka's producers do)."""


class Change(NamedTuple):
    """One thing to remember: a record of the stage's changelog, in the partition that it came from."""

    key: bytes
    value: bytes


class Poison(NamedTuple):
    """A record that cannot be processed."""

    record: Record
    reason: str
    """A word of a bounded set."""
    detail: str
    """What is wrong, without the record's values."""


@dataclass(slots=True)
class Result:
    """What one batch comes to."""

    outputs: list[Output] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    poison: list[Poison] = field(default_factory=list)
    tally: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """What there is to count, by name and labels; observers see it once the batch is committed."""
    oldest: datetime | None = None
    """When the batch's oldest message entered the pipeline; None where the stage cannot tell."""


class Stage(Protocol[State]):
    """A stage of processing over co-partitioned topics: partition n of each belongs together, and has one state."""

    @property
    def streams(self) -> Sequence[str]:
        """The topics whose records are each processed once."""

    @property
    def tables(self) -> Sequence[str]:
        """The compacted topics that are joined: processed like streams, and read again from their beginning to rebuild the state."""

    @property
    def changelog(self) -> str:
        """The topic that holds this stage's changes."""

    def new_state(self) -> State:
        """Return the state of a partition that has seen nothing."""

    def process(self, state: State, batch: Sequence[Record], now: datetime) -> Result:
        """Compute what a batch comes to: records of one partition of one topic, in order of their offsets. Pure."""

    def apply(self, state: State, changes: Sequence[Change], now: datetime) -> None:
        """Write changes to the state: those just committed, or those read back from the changelog, in the same order."""

    def apply_table(self, state: State, batch: Sequence[Record]) -> None:
        """Write records of a table to the state: those just committed, or those read back."""

    def bury(self, poison: Poison, now: datetime) -> Output:
        """Return the dead letter of a poison record."""


class Observer(Protocol):
    """Who watches the engine: metrics and health. Called between transactions, so it must be quick."""

    def assigned(self, *, partitions: int, restored_changes: int, seconds: float) -> None:
        """Partitions were given to this process, and their state stands."""

    def committed(self, *, results: Sequence[Result], records: int, seconds: float, now: datetime) -> None:
        """One batch is durable: its outputs, its changes and its offsets."""

    def aborted(self, *, reason: str) -> None:
        """One transaction was aborted; its records will be processed again."""
