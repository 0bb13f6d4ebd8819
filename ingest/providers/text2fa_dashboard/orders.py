"""The orders that this process has seen: what a webhook leaves out, and a time for messages that come without one."""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b

from ingest.providers.text2fa_dashboard.client import PROVIDER
from schemas.rentals import RentalState

ORDERS_LIMIT = 100_000
"""Remembered orders and messages: some 50 MB at the most; the oldest go first."""


class Orders:
    """The newest state of each order, and when each message without a time was first seen."""

    def __init__(self) -> None:
        self._rentals: dict[str, RentalState] = {}
        self._first_seen: dict[bytes, datetime] = {}

    def note(self, rental: RentalState) -> None:
        """Remember an order as it is told of last."""
        self._rentals.pop(rental.line, None)
        self._rentals[rental.line] = rental
        if len(self._rentals) > ORDERS_LIMIT:
            del self._rentals[next(iter(self._rentals))]

    def get(self, line: str) -> RentalState | None:
        """Return what is known of a line."""
        return self._rentals.get(line)

    def find(self, order_id: str | None, phone: str | None, names: Collection[str]) -> RentalState | None:
        """Return the one order that an id, a phone number or both can mean, None where it is none or more than one.

        Args:
            order_id: the provider's id, where it was given.
            phone: E.164, where it was given.
            names: of the suppliers that may have it.
        """
        if order_id is not None:
            found = [rental for name in names if (rental := self._rentals.get(f"{name}:{order_id}")) is not None]
            if len(found) > 1 and phone is not None:
                found = [rental for rental in found if rental.phone == phone]
        else:
            mine = () if phone is None else (one for one in self._rentals.values() if one.phone == phone)
            found = [one for one in mine if one.provider in names]
            if len(found) > 1:
                found = [rental for rental in found if rental.state in ("requested", "active", "code_received")]
        return found[0] if len(found) == 1 else None

    def first_seen(self, identity: bytes, now: datetime) -> datetime:
        """Return when a message was seen for the first time, so that each look at it gives the same time."""
        at = self._first_seen.setdefault(identity, now)
        if len(self._first_seen) > ORDERS_LIMIT:
            del self._first_seen[next(iter(self._first_seen))]
        return at


def identity_of(line: str, text: str) -> bytes:
    """Return what tells one SMS of an order from another where nothing but its text can."""
    return blake2b(f"{PROVIDER}\0{line}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
