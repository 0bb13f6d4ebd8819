"""Tenures: which rental and which verification a line was under at a time, by what their tables tell.

A line is rented again and again, and an SMS may come when its rental is over. But a compacted table keeps the newest record of a line
alone. So the older tenures of a line, which that record does not tell, are written to the changelog as often as they change: what is known
of a line is always its newest record and its newest entry there, in whatever order the two are read back.

What ended longer ago than any SMS can be late is forgotten, by our clock; so nothing is written for it, and a state that was read back
forgets the same.
"""

from heapq import heappop, heappush
from typing import Final, Literal

import msgspec
from msgspec import Struct

from schemas.rentals import RentalState
from schemas.verifications import VerificationState

CLOCK_SKEW_SECONDS = 5.0
"""How far a provider's clocks may disagree about the order of a tenure's end and its last SMS; arbitrary, a few seconds are common."""
TENURES_PER_LINE = 4
"""A line is rented again and again; a late SMS may be of the last rental or two."""
FORGOTTEN_AT_ONCE = 1_000
"""How many lines are looked at after a batch: a few milliseconds, where a restart has read many that are over."""

Kind = Literal["rental", "verification"]
"""What a line is under; a rental and a verification may hold at once."""

_FOREVER = float("inf")


class Tenure(Struct, frozen=True, gc=False):
    """The time in which a line was under one rental, or one verification; both ends are of it, in seconds since the epoch."""

    holder_id: str
    """The rental's or the verification's id."""
    phone: str | None
    starts: float
    ends: float


NONE: Final = Tenure("", None, _FOREVER, -_FOREVER)
"""What a record tells that tells of no time: a verification that never lived, a tombstone, bytes that cannot be read."""


class Tenures(dict[str, tuple[Tenure, ...]]):
    """Of each line, what the newest record of its table tells, then the older ones, the latest first.

    Attributes:
        ends: a heap of when the first tenure of which line ends; where that has changed meanwhile the entry means nothing.
    """

    __slots__ = ("ends",)

    def __init__(self) -> None:
        """Know of no line."""
        super().__init__()
        self.ends: list[tuple[float, str]] = []


class Older(Struct, frozen=True):
    """The tenures of a line that the newest record of its table does not tell of: an entry of the changelog."""

    line: str
    tenures: tuple[Tenure, ...]


encode = msgspec.msgpack.Encoder().encode
"""Write :class:`Older`; msgpack, for JSON knows no infinity."""
decode = msgspec.msgpack.Decoder(Older).decode
"""Read :class:`Older`."""


def of_rental(state: RentalState) -> Tenure:
    """Return the time of a rental: from its start to its end, either open where it is not known."""
    ends = _FOREVER if state.ends_at is None else state.ends_at.timestamp()
    if state.state in ("released", "expired", "cancelled", "refunded"):
        ends = min(ends, state.updated_at.timestamp())
    starts = -_FOREVER if state.started_at is None else state.started_at.timestamp()
    return Tenure(state.rental_id, state.phone, starts, ends)


def of_verification(state: VerificationState) -> Tenure:
    """Return the time in which a verification was live, :data:`NONE` where nobody was asked or the provider said no.

    One whose start got no answer counts: its code may be on its way.
    """
    if state.state in ("refused", "held"):
        return NONE
    last = state.expires_at if state.ended_at is None else min(state.ended_at, state.expires_at)
    return Tenure(state.verification_id, state.phone, state.requested_at.timestamp(), last.timestamp())


def tenure_at(tenures: tuple[Tenure, ...], at: float) -> Tenure | None:
    """Return what a line was under at a time (seconds since the epoch), None while unknown.

    Late news of an old rental (a refund) may reach into the time of the next one, so of several the one that began last holds. Clocks are
    doubted only where none holds by the clock: else an SMS would go to the verification that began two seconds after it.
    """
    held: Tenure | None = None
    for one in tenures:
        if one.starts <= at <= one.ends and (held is None or one.starts > held.starts):
            held = one
    if held is not None:
        return held
    for one in tenures:
        near = one.starts - CLOCK_SKEW_SECONDS <= at <= one.ends + CLOCK_SKEW_SECONDS
        if near and (held is None or one.starts > held.starts):
            held = one
    return held


def after(known: tuple[Tenure, ...], holder_id: str, tenure: Tenure) -> tuple[Tenure, ...]:
    """Return what is known of a line once its table has told of one more tenure; all after the first is for the changelog."""
    others = [one for one in known if one != NONE and one.holder_id != holder_id]
    return (tenure, *others[: TENURES_PER_LINE - 1])


def set_newest(tenures: Tenures, line: str, tenure: Tenure) -> None:
    """Take in what the newest record of a line tells."""
    _set(tenures, line, tenure, tenures.get(line, ())[1:])


def set_older(tenures: Tenures, older: Older) -> None:
    """Take in what the changelog tells of a line."""
    newest, *_ = tenures.get(older.line, (NONE,))
    _set(tenures, older.line, newest, older.tenures)


def forget(tenures: Tenures, *, before: float) -> None:
    """Forget what ended before a time (seconds since the epoch), of so many lines at once; the others are next."""
    for _ in range(FORGOTTEN_AT_ONCE):
        if not tenures.ends or tenures.ends[0][0] >= before:
            return
        _, line = heappop(tenures.ends)
        newest, *older = tenures.get(line, (NONE,))
        kept = tuple(one for one in older if one.ends >= before)
        _set(tenures, line, newest if newest.ends >= before else NONE, kept)


def _set(tenures: Tenures, line: str, newest: Tenure, older: tuple[Tenure, ...]) -> None:
    was = _first_end(tenures.get(line, ()))
    if newest == NONE and not older:
        tenures.pop(line, None)
        return
    known = tenures[line] = (newest, *older)
    ends = _first_end(known)
    if ends not in (was, _FOREVER):
        heappush(tenures.ends, (ends, line))


def _first_end(known: tuple[Tenure, ...]) -> float:
    return min((one.ends for one in known if one != NONE), default=_FOREVER)
