"""Orders and messages of the dashboard as our events, the same by webhook and by poll."""

from datetime import datetime
from typing import Any

from ingest.providers.fields import read_payload
from ingest.providers.loose import Conventions
from ingest.providers.phones import e164
from ingest.providers.settings import DashboardKind, Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.orders import Orders, identity_of
from ingest.providers.text2fa_dashboard.payloads import Order, ShortMessage, is_awaited
from schemas.events import Path, SmsReceived, Unreadable
from schemas.rentals import RentalState, State

NAMES: dict[DashboardKind, str] = {"s1": "text2fa-s1", "s2": "text2fa-s2", "rental": "text2fa-rental"}
"""The supplier of each kind of order, as in its lines."""


class Events:
    """Makes events of what one account's provider says.

    Args:
        settings: of the account.
        orders: what this process knows of; every order that is read is noted there.
    """

    def __init__(self, settings: Text2faDashboardAccount, orders: Orders) -> None:
        self.account = settings.account
        self.orders = orders
        self._country = settings.country
        self._conventions = Conventions(zone=settings.zone)
        self._is_told_by_text = settings.is_told_by_text

    def order(self, fields: Any) -> Order:
        """Read an order.

        Raises:
            Unreadable: names the fields, holds no value.
        """
        return read_payload(Order, fields, context=self._conventions)

    def rental(
        self, name: str, order: Order, *, now: datetime, state: State | None = None, known: RentalState | None = None
    ) -> RentalState:
        """Return an order as a rental, and note it.

        Args:
            name: of the supplier.
            order: as the provider tells of it.
            now: our clock, aware.
            state: what the reply itself means, where the order names no state: a reserved list holds what is active.
            known: the rental as it was known; what the order leaves out is kept.
        """
        line = f"{name}:{order.order_id}"
        before = known or self.orders.get(line)
        phone = self.phone(order) or (before.phone if before else None)
        rental = RentalState(
            rental_id=line,
            provider=name,
            account=self.account,
            line=line,
            phone=phone,
            country=order.country or (before.country if before else None),
            service=order.service_key or (before.service if before else None),
            state=order.state or state or (before.state if before else "active"),
            started_at=earlier(order.started_at, before.started_at if before else None),
            ends_at=order.ends_at or (before.ends_at if before else None),
            updated_at=now,
        )
        self.orders.note(rental)
        return rental

    def phone(self, order: Order) -> str | None:
        """Return the number of an order in E.164, None where it has none or it is no number."""
        return None if order.number is None else e164(order.number, country=order.country or self._country)

    def listed_rental(self, name: str, item: Any, *, now: datetime) -> RentalState:
        """Read one item of a list of live orders.

        Raises:
            Unreadable: names the fields, holds no value.
        """
        order = self.order(item)
        if order.number is not None and self.phone(order) is None:
            raise Unreadable("number: not a phone number")
        rental = self.rental(name, order, now=now, state="active")
        if order.started_at is None or order.started_at == rental.started_at:
            return rental
        # A number that is rented again may keep its order, which then begins anew.
        begun = rental.model_copy(update={"started_at": order.started_at})
        self.orders.note(begun)
        return begun

    def sms(self, item: Any, rental: RentalState, *, path: Path, sms_id: str, now: datetime) -> SmsReceived | None:
        """Read one SMS of an order, None where it did not come yet.

        A message without a time gets the one at which it was first seen, and is told from others by its text alone.

        Raises:
            Unreadable: names the fields, holds no value.
        """
        if is_awaited(item):
            return None
        message = read_payload(ShortMessage, item, context=self._conventions)
        identity = identity_of(rental.line, message.text)
        received_at = message.received_at or self.orders.first_seen(identity, now)
        by_text = self._is_told_by_text or message.received_at is None
        return SmsReceived(
            sms_id=sms_id,
            provider=rental.provider,
            account=self.account,
            line=rental.line,
            path=path,
            sender=message.sender,
            text=message.text,
            received_at=received_at,
            ingested_at=now,
            phone=rental.phone,
            provider_message_id=identity.hex() if by_text else None,
        )


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two times of which either may be unknown."""
    return min((at for at in (one, other) if at is not None), default=None)
