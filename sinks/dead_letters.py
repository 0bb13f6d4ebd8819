"""Turns a record that stopped here into a dead letter."""

from datetime import datetime
from typing import Protocol

from schemas.dead_letters import DeadLetter, Reason, dead_letter


class Record(Protocol):
    """What the sink reads of a Kafka record."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def timestamp(self) -> int:
        """Milliseconds since 1970."""

    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None:
        """None: a tombstone."""


def letter_of(record: Record, *, reason: Reason, detail: str, died_at: datetime) -> DeadLetter:
    """Return the dead letter of one record.

    Args:
        record: as read.
        reason: unreadable or a bug.
        detail: fields and faults, or the class of the exception; no values.
        died_at: the time now, aware.

    Returns:
        The letter. Its id is the place of the record, so a batch that is read again writes the same letter again.
    """
    place = f"{record.topic}/{record.partition}/{record.offset}"
    return dead_letter(
        record.value,
        key=record.key,
        reason=reason,
        detail=detail,
        stage="deliver",
        source=place,
        dead_letter_id=place,
        died_at=died_at,
    )
