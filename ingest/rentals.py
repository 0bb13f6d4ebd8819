"""What changed between two looks at a provider's list of rented numbers, and until when a released one is asked. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from ingest.providers.polled import LIVE
from schemas.rentals import RentalState

Managed = Callable[[str], bool]
"""Tells of a line whether the control plane publishes its rentals; what it publishes is not to be undone by a look at a list."""

_TOLD_ONCE = ("phone", "country", "service", "started_at", "ends_at")
"""What one of webhook, list and table may know and another leave out."""


def none_managed(line: str) -> bool:  # noqa: ARG001 - a `Managed`
    """Say that every rental is for us to publish."""
    return False


def rental_changes(
    known: Mapping[str, RentalState], listed: Iterable[RentalState], *, is_whole: bool, now: datetime
) -> list[RentalState]:
    """Return the rentals that are new, changed or gone; what a list leaves out of a rental that lives on is kept as known.

    Args:
        known: by line, as last published by whomever.
        listed: what a successful reply lists; of two with one line the last counts.
        is_whole: whether every item of the reply could be read; only then is a missing number a released one.
        now: our clock, aware: when a number that vanished is taken to have ended.
    """
    by_line = {rental.line: _with_known(known.get(rental.line), rental) for rental in listed}
    changes = [rental for line, rental in by_line.items() if not _is_same(known.get(line), rental)]
    if is_whole:
        changes += [
            rental.model_copy(update={"state": "released", "ends_at": now, "updated_at": now})
            for line, rental in known.items()
            if line not in by_line and rental.state in LIVE
        ]
    return changes


def is_read_out(rental: RentalState, *, asked_at: datetime, overlap: timedelta) -> bool:
    """Tell whether a fetch has seen all that a released number will ever bring.

    Args:
        rental: as known when the fetch began.
        asked_at: when that was, aware. A fetch that failed counts for nothing, however late it was.
        overlap: how much later than its own time a message may turn up in the provider's list.
    """
    return rental.state not in LIVE and asked_at - rental.updated_at >= overlap


def _with_known(known: RentalState | None, listed: RentalState) -> RentalState:
    """Add what is known of the same rental; nothing of one that is over, whose times and service were its own."""
    if known is None or known.state not in LIVE or known.rental_id != listed.rental_id:
        return listed
    kept = {name: getattr(known, name) for name in _TOLD_ONCE if getattr(listed, name) is None}
    if listed.state == "active":
        # A list tells who lives; that a code came is seldom in it.
        kept["state"] = known.state
    return listed.model_copy(update=kept)


def _is_same(known: RentalState | None, listed: RentalState) -> bool:
    """Compare all but the time at which we looked."""
    return known is not None and known == listed.model_copy(update={"updated_at": known.updated_at})
