"""What changed between two looks at a provider's list of rented numbers, and until when a released one is asked. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from schemas.rentals import RentalState


def rental_changes(
    known: Mapping[str, RentalState], listed: Iterable[RentalState], *, is_whole: bool, now: datetime
) -> list[RentalState]:
    """Return the rentals that are new, changed or gone.

    Args:
        known: by line, as last published.
        listed: what a successful reply lists; of two with one line the last counts.
        is_whole: whether every item of the reply could be read; only then is a missing number a released one.
        now: our clock, aware: when a number that vanished is taken to have ended.
    """
    by_line = {rental.line: rental for rental in listed}
    changes = [rental for line, rental in by_line.items() if not _is_same(known.get(line), rental)]
    if is_whole:
        changes += [
            rental.model_copy(update={"state": "released", "ends_at": now, "updated_at": now})
            for line, rental in known.items()
            if line not in by_line and rental.state == "active"
        ]
    return changes


def is_read_out(rental: RentalState, *, asked_at: datetime, overlap: timedelta) -> bool:
    """Tell whether a fetch has seen all that a released number will ever bring.

    Args:
        rental: as known when the fetch began.
        asked_at: when that was, aware. A fetch that failed counts for nothing, however late it was.
        overlap: how much later than its own time a message may turn up in the provider's list.
    """
    return rental.state != "active" and asked_at - rental.updated_at >= overlap


def _is_same(known: RentalState | None, listed: RentalState) -> bool:
    """Compare all but the time at which we looked."""
    return known is not None and known == listed.model_copy(update={"updated_at": known.updated_at})
