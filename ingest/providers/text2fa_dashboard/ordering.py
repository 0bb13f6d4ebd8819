"""What the three suppliers of a dashboard account share: how its replies become offers, rentals and messages."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from ingest.providers.accounts import balance_in
from ingest.providers.calls import Clock
from ingest.providers.contract import Area, Offer, Rented
from ingest.providers.envelopes import unreadable
from ingest.providers.errors import CallRefused
from ingest.providers.fields import read_payload
from ingest.providers.replies import Reply
from ingest.providers.settings import Text2faDashboardAccount
from ingest.providers.supplying import OVER, Supplying
from ingest.providers.text2fa_dashboard.client import Text2faDashboard
from ingest.providers.text2fa_dashboard.events import Events, earlier
from ingest.providers.text2fa_dashboard.payloads import (
    ORDER_ID_NAMES,
    Order,
    Place,
    Service,
    Settled,
    listed,
    messages_in,
)
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState, State

Fields = dict[str, Any]


class DashboardSupplier(Supplying):
    """What the three share.

    Args:
        name: in its lines.
        client: of the account.
        events: of the account.
        settings: of the account.
        clock: our clock, aware.
    """

    only_country: ClassVar[str | None] = None
    """Where all of its numbers are; None: where the account's settings say."""

    def __init__(
        self,
        name: str,
        client: Text2faDashboard,
        events: Events,
        settings: Text2faDashboardAccount,
        *,
        clock: Clock,
    ) -> None:
        super().__init__(name, settings.account, clock=clock, earliest_cancel_seconds=settings.earliest_cancel_seconds)
        self._client = client
        self._events = events
        self._country = self.only_country or settings.country
        self._unused_are_refunded = settings.rejects_are_refunded and "reject" in self.supports

    async def fetch_balance(self) -> Decimal | None:
        """Fetch what is left on the account: `GET account-details`.

        Raises:
            ReplyUnreadable: the balance is no amount.
        """
        return balance_in(await self._client.account_details(), call=f"{self.name} account-details")

    def _offers(self, items: Iterable[Any], *, country: str | None, is_per_day: bool = False) -> Reply[Offer]:
        def read(item: Any) -> Offer | None:
            service = read_payload(Service, listed(item))
            # Rented by the service alone: what is of another country than the account's could not be told by its number.
            if service.country not in (None, self._country) or country not in (None, self._country):
                return None
            return Offer(
                service=service.key,
                name=service.name,
                country=self._country,
                price=service.price,
                is_per_day=is_per_day,
                available=service.available,
            )

        return Reply.of(items, read)

    def _areas(self, items: Iterable[Any]) -> Reply[Area]:
        def read(item: Any) -> Area:
            place = read_payload(Place, listed(item))
            return Area(code=place.code, name=place.name)

        return Reply.of(items, read)

    def _rentals(self, items: Iterable[Any]) -> Reply[RentalState]:
        now = self._clock()
        return Reply.of(items, lambda item: self._events.listed_rental(self.name, item, now=now))

    def _messages(self, items: Iterable[Any], rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        now = self._clock()

        def read(item: Any) -> SmsReceived | None:
            sms = self._events.sms(item, rental, path="poll", sms_id=uuid4().hex, now=now)
            return None if sms is None or sms.received_at < since else sms

        return Reply.of(items, read)

    async def _rented(
        self, call: str, ask: Awaitable[Fields], *, known: RentalState | None = None, days: int | None = None
    ) -> Rented:
        """Make a call that spends money and read the order that it came to.

        It starts when it was asked for, or when the provider says, whichever is earlier: the provider's clock, which dates its
        messages, may be behind ours, and a message before the start would be nobody's.

        Args:
            call: its name, for error texts.
            ask: makes the call.
            known: the order that it is about; a reply that names no other means this one.
            days: that are asked for, where it is rented by the day.

        Raises:
            ReplyUnreadable: it names no order; whether one was made is then unknown.
        """
        asked_at = self._clock()
        fields = await ask
        if known is not None and not any(name in fields for name in ORDER_ID_NAMES):
            fields = {**fields, "order_id": self.order_of(known)}
        order = self._order(call, fields)
        state: State = "requested" if order.number is None and known is None else "active"
        rental = self._events.rental(self.name, order, now=self._clock(), state=state, known=known)
        if state == "requested" and rental.state == "active":
            rental = rental.model_copy(update={"state": state})
        started_at = earlier(order.started_at, asked_at)
        return Rented(rental=rental.model_copy(update={"started_at": started_at}), price=order.price_of(days))

    def _order(self, call: str, fields: Fields) -> Order:
        """Read the order in a reply.

        Raises:
            ReplyUnreadable: there is none.
        """
        try:
            return self._events.order(fields)
        except Unreadable as complaint:
            raise unreadable(f"{self.name} {call}", complaint) from None

    async def _given_back(self, call: Callable[[str], Awaitable[Fields]], rental: RentalState) -> Rented:
        """Give an order back; where that is refused, look whether it is over already."""
        try:
            fields = await call(self.order_of(rental))
        except CallRefused:
            current = await self._after_refusal(rental)
            if current.state not in OVER:
                raise
            return Rented(rental=current)
        refund = read_payload(Settled, fields).refund
        now = self._clock()
        is_unused = rental.state in ("requested", "active")
        is_refunded = self._unused_are_refunded and is_unused if refund is None else refund > 0
        state: State = "refunded" if is_refunded else "cancelled"
        over = rental.model_copy(update={"state": state, "ends_at": now, "updated_at": now})
        self._events.orders.note(over)
        return Rented(rental=over, refund=refund)

    async def _after_refusal(self, rental: RentalState) -> RentalState:
        """Look at an order whose details may be refused too, it being over."""
        try:
            return await self.get_rental(rental)
        except CallRefused:
            return await super().get_rental(rental)

    async def _detailed(self, fields: Fields, rental: RentalState) -> RentalState:
        """Return an order as its details show it; one with an SMS has received its code."""
        order = self._order("number-details", {**fields, "order_id": self.order_of(rental)})
        current = self._events.rental(self.name, order, now=self._clock(), state=rental.state, known=rental)
        if current.state in ("requested", "active") and messages_in(fields):
            return current.model_copy(update={"state": "code_received"})
        is_unused = rental.state in ("requested", "active") and not messages_in(fields)
        if self._unused_are_refunded and is_unused and current.state in ("cancelled", "expired"):
            return current.model_copy(update={"state": "refunded"})
        return current
