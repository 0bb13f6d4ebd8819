"""A supplier as the poller takes it."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from ingest.providers.contract import Supplier
from ingest.providers.replies import Reply
from schemas.events import SmsReceived
from schemas.rentals import RentalState

LIVE = ("active", "code_received")
"""The states in which messages can come in."""

KnownRentals = Callable[[], Awaitable[Iterable[RentalState]]]


async def _none_known() -> Iterable[RentalState]:
    return ()


class PolledSupplier:
    """What the poller asks, answered by a supplier: its rentals, and the messages of each.

    Args:
        supplier: asked for both.
        known: the rentals that we know of, of whatever supplier; asked where the supplier has no list of its own, as the four-endpoint
            rental API. Those of this supplier that live are what is polled.
    """

    def __init__(self, supplier: Supplier, *, known: KnownRentals = _none_known) -> None:
        self._supplier = supplier
        self._known = known

    @property
    def name(self) -> str:
        """The supplier's name, as in its lines."""
        return self._supplier.name

    @property
    def account(self) -> str:
        """Which of our accounts."""
        return self._supplier.account

    async def list_numbers(self) -> Reply[RentalState]:
        """Fetch all numbers that are rented now.

        Raises:
            ProviderError: as the supplier's `list_rentals`.
        """
        if "rentals" in self._supplier.supports:
            return await self._supplier.list_rentals()
        whose = (self._supplier.name, self._supplier.account)
        known = await self._known()
        return Reply([one for one in known if (one.provider, one.account) == whose and one.state in LIVE], [])

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the messages of one number; those received before `since` may be left out.

        Raises:
            ProviderError: as the supplier's `list_messages`.
        """
        return await self._supplier.list_messages(rental, since=since)
