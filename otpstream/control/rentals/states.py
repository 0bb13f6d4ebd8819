"""The life of a rental: requested → active → code_received → released, expired, cancelled or refunded. Pure.

`failed` ends what was asked for and never came to be. It stays in SQL, as `requested` does: neither has a line to be told under.
"""

from typing import Literal

from schemas.rentals import State

RentalStatus = Literal[State, "failed"]
"""What the control plane says of a rental."""

LIVE: frozenset[RentalStatus] = frozenset({"active", "code_received"})
"""The number is ours, and its messages are the rental's."""
_ENDED: frozenset[RentalStatus] = frozenset({"released", "expired", "cancelled", "refunded"})
_FAILED: frozenset[RentalStatus] = frozenset({"failed"})
OVER: frozenset[RentalStatus] = _ENDED | _FAILED

_NEXT: dict[RentalStatus, frozenset[RentalStatus]] = {
    "requested": LIVE | OVER,
    "active": LIVE - {"active"} | _ENDED,
    "code_received": _ENDED,
    "released": frozenset({"refunded"}),
    "expired": frozenset({"refunded"}),
    "cancelled": frozenset({"refunded"}),
    "refunded": frozenset(),
    "failed": frozenset(),
}


def may_become(state: RentalStatus, new: RentalStatus) -> bool:
    """Tell whether a rental goes from one state to another; never back, and never from over to live."""
    return new in _NEXT[state]


def advanced(state: RentalStatus, seen: RentalStatus) -> RentalStatus:
    """Return the state after it was seen in another one: the later of the two, since what was seen may be old news."""
    return seen if may_become(state, seen) else state
