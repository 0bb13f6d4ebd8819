"""An account of the four-endpoint rental API: what is for rent, and the rules of renting; no I/O.

Source: Technical Documentation of the SMS verification API, "4 simple endpoints".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.numbering import COUNTRIES, NumberPool
from otpstream.sandbox.orders import Order, OrderBook
from otpstream.sandbox.refusal import Refused, refuse_before
from otpstream.sandbox.wallet import NotEnoughMoney, Wallet

_FIRST_RENTAL = 12345  # the document's example


@dataclass(frozen=True, slots=True)
class Offer:
    """What one country has for rent."""

    price_cents: int
    stock: int
    """How many numbers can be rented at a time."""


_OFFERS: Mapping[str, Offer] = MappingProxyType(
    {"US": Offer(5, 5_000), "GB": Offer(6, 800), "DE": Offer(8, 60), "FR": Offer(7, 3_200)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RentalRules:
    """Prices and times of a supplier."""

    offers: Mapping[str, Offer] = field(default_factory=lambda: _OFFERS)
    """By country, ISO 3166-1 alpha-2."""
    lifetime_seconds: float = 1_200.0
    """How long a number is rented."""
    cancel_not_before_seconds: float = 0.0
    """How long a rental cannot be cancelled."""


class RentalAccount:
    """One partner's account.

    Args:
        api_key: The key that every call must carry; assign another to rotate it.
        rules: Prices and times.
        clock: Decides what is due.
        wallet: Its money.
        pool: Where numbers come from.
        history_limit: How many messages of a rental are kept.
        on_rented: Told of each new rental.
    """

    def __init__(
        self,
        *,
        api_key: str,
        rules: RentalRules,
        clock: ScaledClock,
        wallet: Wallet,
        pool: NumberPool,
        history_limit: int,
        on_rented: Callable[[Order], None],
    ) -> None:
        self.api_key = api_key
        self.rules = rules
        self._clock = clock
        self._pool = pool
        self._on_rented = on_rented
        self.book = OrderBook(
            clock=clock,
            wallet=wallet,
            pool=pool,
            history_limit=history_limit,
            order_id=lambda count: f"rent_{_FIRST_RENTAL + count}",
            on_expiry=self._expire,
        )

    def available(self, country: str) -> int:
        """Say how many numbers of an offered country can be rented now."""
        return self.rules.offers[country].stock - sum(order.region == country for order in self.book.live)

    def countries(self) -> Sequence[str]:
        """List the offered countries."""
        return [country for country in self.rules.offers if country in COUNTRIES]

    def rent(self, country: str, *, service: str) -> Order:
        """Rent a number.

        Raises:
            Refused: The country is not offered, nothing is left, or the balance does not cover the price.
        """
        if country not in self.countries():
            raise Refused(400, f"country must be one of {', '.join(self.countries())}")
        phone = self._pool.take(country) if self.available(country) > 0 else None
        if phone is None:
            raise Refused(409, "no numbers available in this country")
        try:
            order = self.book.place(
                kind="rental",
                service=service,
                region=country,
                phone=phone,
                price_cents=self.rules.offers[country].price_cents,
                lifetime_seconds=self.rules.lifetime_seconds,
                status="active",
                reason="rent",
            )
        except NotEnoughMoney as error:
            self._pool.give_back(phone)
            raise Refused(402, "insufficient balance") from error
        self._on_rented(order)
        return order

    def find(self, rental_id: str) -> Order:
        """Return a rental, ended or not.

        Raises:
            Refused: There is none of that id.
        """
        order = self.book.find(rental_id)
        if order is None:
            raise Refused(404, "no such rental")
        return order

    def cancel(self, rental_id: str) -> int:
        """Cancel a rental; its price is given back if no SMS came.

        Returns:
            The cents given back.

        Raises:
            Refused: It does not exist, has ended, or cannot be cancelled yet.
        """
        order = self.find(rental_id)
        if not order.live:
            raise Refused(409, f"the rental is {order.status}")
        refuse_before(
            order.ordered_at + timedelta(seconds=self.rules.cancel_not_before_seconds),
            now=self._clock(),
            status=409,
            message="the rental cannot be cancelled yet",
        )
        return self.book.end(order, status="cancelled", refund=not order.inbox.messages)

    def _expire(self, order: Order) -> None:
        self.book.end(order, status="expired", refund=not order.inbox.messages)
