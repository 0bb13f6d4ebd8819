"""What a supplier answers to what it cannot do: it says so, and asks nobody."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NoReturn

from ingest.providers.calls import Clock
from ingest.providers.contract import Area, Offer, Operation, Rented, RentRequest
from ingest.providers.errors import NotSupported, ReplyUnreadable
from ingest.providers.replies import Reply
from schemas.events import SmsReceived
from schemas.rentals import RentalState, State

OVER: tuple[State, ...] = ("released", "expired", "cancelled", "refunded")
"""The states of a rental that has ended."""


class Supplying:
    """A supplier that can do nothing; each real one overrides what it supports.

    Args:
        name: in its lines.
        account: which of our accounts.
        clock: our clock, aware.
        earliest_cancel_seconds: how long after its start a rental cannot be given back yet.
    """

    supports: frozenset[Operation] = frozenset()

    def __init__(self, name: str, account: str, *, clock: Clock, earliest_cancel_seconds: float = 0) -> None:
        self._name = name
        self._account = account
        self._clock = clock
        self._earliest_cancel_seconds = earliest_cancel_seconds

    @property
    def name(self) -> str:
        """The name in its lines."""
        return self._name

    @property
    def account(self) -> str:
        """Which of our accounts."""
        return self._account

    @property
    def earliest_cancel_seconds(self) -> float:
        """How long after its start a rental cannot be given back yet; 0 where there is no such window."""
        return self._earliest_cancel_seconds

    def line_of(self, order_id: str) -> str:
        """Return the line of an order or number."""
        return f"{self._name}:{order_id}"

    def order_of(self, rental: RentalState) -> str:
        """Return the provider's own id of a rental."""
        return rental.line.removeprefix(f"{self._name}:")

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:  # noqa: ARG002 - the contract's signature
        """Refuse."""
        self._refuse("offers")

    async def list_areas(self) -> Reply[Area]:
        """Refuse."""
        self._refuse("areas")

    async def rent(self, request: RentRequest) -> Rented:  # noqa: ARG002
        """Refuse."""
        self._refuse("rent")

    async def reuse(self, rental: RentalState) -> Rented:  # noqa: ARG002
        """Refuse."""
        self._refuse("reuse")

    async def renew(self, rental: RentalState, *, additional_days: int) -> Rented:  # noqa: ARG002
        """Refuse."""
        self._refuse("renew")

    async def give_back(self, rental: RentalState) -> Rented:  # noqa: ARG002
        """Refuse."""
        self._refuse("cancel")

    async def list_rentals(self) -> Reply[RentalState]:
        """Refuse."""
        self._refuse("rentals")

    async def get_rental(self, rental: RentalState) -> RentalState:
        """Look one rental up in :meth:`list_rentals`, for want of a call of its own; one that is not listed has ended.

        Raises:
            ReplyUnreadable: it is not listed, and items that cannot be read could be it.
        """
        reply = await self.list_rentals()
        for one in reply.read:
            if one.line == rental.line:
                return one
        if reply.unread:
            raise ReplyUnreadable(f"{self._name} get_rental: {reply.unread[0].detail}")
        if rental.state in OVER:
            return rental
        now = self._clock()
        return rental.model_copy(update={"state": "released", "ends_at": now, "updated_at": now})

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:  # noqa: ARG002
        """Refuse."""
        self._refuse("messages")

    async def fetch_balance(self) -> Decimal | None:
        """Refuse."""
        self._refuse("balance")

    def _refuse(self, operation: Operation) -> NoReturn:
        raise NotSupported(f"{self._name} has no operation {operation}; it has {', '.join(sorted(self.supports))}")

    def _check(self, request: RentRequest, *, takes: Sequence[str], needs: Sequence[str] = ()) -> None:
        """Refuse what this supplier would have to ignore, and what it cannot do without.

        Raises:
            NotSupported: names the field.
        """
        for name in ("service", "country", "area", "duration_days", "premium"):
            is_given = getattr(request, name) is not None
            if is_given and name not in takes:
                raise NotSupported(f"{self._name} cannot choose by {name}: leave it out")
            if not is_given and name in needs:
                raise NotSupported(f"{self._name} cannot rent without {name}: name one")
