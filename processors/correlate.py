"""Correlate: tie a message to the rental of its line, also when the rental becomes known after the SMS.

A message belongs to the rental that was live on its line when the provider *received* it. A message whose rental is not known goes out at
once and waits here; when the rental appears, the same message goes out again as the next revision. What waits too long is let go.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from processors.expire import expiry
from schemas.events import Code, Message
from schemas.rentals import RentalState

CLOCK_SKEW_SECONDS = 5.0
"""How far a provider's clocks may disagree about the order of a rental's end and its last SMS; arbitrary, a few seconds are common."""
RENTALS_PER_LINE = 4
"""A line is rented again and again; a late SMS may be of the last rental or two."""

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Rental:
    """What correlation needs of a rental; the times are seconds since the epoch."""

    rental_id: str
    phone: str | None
    starts: float
    ends: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that went out without its rental."""

    message_id: str
    received: float
    processed: float
    value: bytes
    """The message as it went out, JSON."""


@dataclass(slots=True)
class Lines:
    """The rentals of each line, the one last told of first, and the messages that wait for one."""

    rentals: dict[str, tuple[Rental, ...]] = field(default_factory=dict)
    waiting: dict[str, dict[str, Waiting]] = field(default_factory=dict)


def rental_of(lines: Lines, line: str, received: float) -> Rental | None:
    """Return the rental that a line was under at a time (seconds since the epoch), None while unknown.

    Late news of an old rental (a refund) may reach into the time of the next one, so of several the one that began last holds.
    """
    held: Rental | None = None
    for rental in lines.rentals.get(line, ()):
        holds = rental.starts - CLOCK_SKEW_SECONDS <= received <= rental.ends + CLOCK_SKEW_SECONDS
        if holds and (held is None or rental.starts > held.starts):
            held = rental
    return held


def learn(lines: Lines, state: RentalState) -> None:
    """Take in the newest state of a rental."""
    others = [rental for rental in lines.rentals.get(state.line, ()) if rental.rental_id != state.rental_id]
    lines.rentals[state.line] = (_rental(state), *others)[:RENTALS_PER_LINE]


def unlearn(lines: Lines, line: str) -> None:
    """Take in a tombstone: nothing is known of the line any more."""
    lines.rentals.pop(line, None)


def _rental(state: RentalState) -> Rental:
    ends = float("inf") if state.ends_at is None else state.ends_at.timestamp()
    if state.state in ("released", "expired", "cancelled", "refunded"):
        ends = min(ends, state.updated_at.timestamp())
    starts = float("-inf") if state.started_at is None else state.started_at.timestamp()
    return Rental(state.rental_id, state.phone, starts, ends)


def awaited(lines: Lines, state: RentalState, *, since: float) -> list[Waiting]:
    """Return the waiting messages that a rental claims, oldest first; the lines stay as they are.

    Args:
        lines: what is known.
        state: of the rental.
        since: what was processed before this has waited too long, whether or not it was let go yet; seconds since the epoch.
    """
    rental = _rental(state)
    low, high = rental.starts - CLOCK_SKEW_SECONDS, rental.ends + CLOCK_SKEW_SECONDS
    waiting = lines.waiting.get(state.line, {}).values()
    claimed = (one for one in waiting if one.processed >= since and low <= one.received <= high)
    return sorted(claimed, key=lambda one: one.received)


def tied(waiting: Waiting, state: RentalState, *, now: datetime) -> Message:
    """Return the next revision of a waiting message, with its rental."""
    message = Message.decode(waiting.value)
    return message.model_copy(
        update={
            "revision": message.revision + 1,
            "rental_id": state.rental_id,
            "phone": message.phone or state.phone,
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
    """Let a message wait for its rental."""
    lines.waiting.setdefault(line, {})[waiting.message_id] = waiting


def settle(lines: Lines, line: str, message_id: str) -> None:
    """Let go of a message that has its rental."""
    held = lines.waiting.get(line)
    if held is not None:
        held.pop(message_id, None)
        if not held:
            del lines.waiting[line]


def let_go(lines: Lines, *, before: float) -> None:
    """Let go of what was processed before a time and still has no rental."""
    for line, held in list(lines.waiting.items()):
        # In order of arrival, so the first that is young enough ends the search.
        for message_id, one in list(held.items()):
            if one.processed >= before:
                break
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
