"""Correlate: tie a message to the rental and the verification of its line, also when they become known after the SMS.

A message belongs to what its line was under when the provider *received* it. A message that lacks its rental goes out at once and waits
here, and so does one with a code that lacks its verification; when that appears, the same message goes out again as the next revision, and
may go on waiting for the other. What waits too long is let go.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from processors.expire import expiry
from processors.tenures import Kind, Tenure, Tenures
from schemas.events import Code, Message

_LENGTH = struct.Struct(">I")
_NEVER = float("-inf")


class Waiting(NamedTuple):
    """A message that went out without its rental or its verification; times are seconds since the epoch."""

    message_id: str
    received: float
    until_rental: float
    """How long it may wait for its rental; minus infinity: it does not."""
    until_verification: float
    """How long it may wait for its verification; minus infinity: it does not."""
    value: bytes
    """The message as it went out last, JSON."""

    @property
    def until(self) -> float:
        """When it is let go."""
        return max(self.until_rental, self.until_verification)

    def waits(self, kind: Kind, *, now: float) -> bool:
        """Tell whether it waits for this, still."""
        return (self.until_rental if kind == "rental" else self.until_verification) >= now


@dataclass(slots=True)
class Lines:
    """What each line was under, and the messages that wait for it to be known."""

    known: dict[Kind, Tenures] = field(default_factory=lambda: {"rental": Tenures(), "verification": Tenures()})
    waiting: dict[str, dict[str, Waiting]] = field(default_factory=dict)
    deadlines: list[tuple[float, str, str]] = field(default_factory=list, compare=False)
    """A heap of when to let go of which message of which line; of one that is gone, or waits longer by now, the entry means nothing."""


def waiting_of(message: Message, value: bytes, *, rental_seconds: float, verification_seconds: float) -> Waiting:
    """Return a message, with its bytes, as it waits for what it lacks: so many seconds from when this revision was made."""
    processed = message.processed_at.timestamp()
    lacks_verification = message.verification_id is None and message.code is not None
    return Waiting(
        message.message_id,
        message.received_at.timestamp(),
        processed + rental_seconds if message.rental_id is None else _NEVER,
        processed + verification_seconds if lacks_verification else _NEVER,
        value,
    )


def tied(waiting: Waiting, kind: Kind, tenure: Tenure, *, now: datetime) -> Message:
    """Return the next revision of a waiting message, with its rental or its verification."""
    message = Message.decode(waiting.value)
    return message.model_copy(
        update={
            "revision": message.revision + 1,
            f"{kind}_id": tenure.holder_id,
            "phone": message.phone or tenure.phone,
            "processed_at": now,
        }
    )


def code_of(message: Message, *, code_life_seconds: int) -> Code | None:
    """Return the code of a message as its subscribers read it, None where it holds none."""
    if message.code is None or message.kind is None:
        return None
    shared = message.model_dump(include=set(Code.model_fields))
    life = timedelta(seconds=code_life_seconds if message.valid_seconds is None else message.valid_seconds)
    expires_at = expiry(received_at=message.received_at, ingested_at=message.ingested_at, life=life)
    return Code.model_validate({**shared, "expires_at": expires_at})


def hold(lines: Lines, line: str, waiting: Waiting) -> None:
    """Let a message wait, instead of its former revision where that does."""
    lines.waiting.setdefault(line, {})[waiting.message_id] = waiting
    heappush(lines.deadlines, (waiting.until, line, waiting.message_id))


def settle(lines: Lines, line: str, message_id: str) -> None:
    """Let go of a message that has what it waited for."""
    held = lines.waiting.get(line)
    if held is not None:
        held.pop(message_id, None)
        if not held:
            del lines.waiting[line]


def let_go(lines: Lines, *, before: float) -> None:
    """Let go of what could wait until a time before this one, and still lacks what it waited for."""
    while lines.deadlines and lines.deadlines[0][0] < before:
        _, line, message_id = heappop(lines.deadlines)
        waiting = lines.waiting.get(line, {}).get(message_id)
        if waiting is not None and waiting.until < before:
            settle(lines, line, message_id)


def pack(values: Iterable[bytes], *, limit_bytes: int = 500_000) -> Iterable[bytes]:
    """Write values as few changelog records: each length (4 bytes, big-endian) before its bytes, below Kafka's 1 MB a record."""
    packed = bytearray()
    for value in values:
        if packed and len(packed) + len(value) > limit_bytes:
            yield bytes(packed)
            packed.clear()
        packed += _LENGTH.pack(len(value)) + value
    if packed:
        yield bytes(packed)


def unpack(packed: bytes) -> Iterable[bytes]:
    """Read what :func:`pack` wrote."""
    at = 0
    while at < len(packed):
        (length,) = _LENGTH.unpack_from(packed, at)
        at += _LENGTH.size
        yield packed[at : at + length]
        at += length
