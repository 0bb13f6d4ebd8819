"""The orders of one simulated account: each holds a number for a time, and an order is placed whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.inbox import Inbox
from otpstream.sandbox.ledger import LiveOrder
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.wallet import Wallet


@dataclass(slots=True, kw_only=True, eq=False)
class Order:
    """A number that the account has, or had."""

    id: str
    kind: str
    service: str
    """The provider's key of the service; empty if none was named."""
    region: str
    """State or country, as the provider writes it; empty if none was named."""
    phone: str
    """E.164."""
    price_cents: int
    """What was paid at first, premium included."""
    premium_cents: int = 0
    ordered_at: datetime
    expires_at: datetime
    status: str
    live: bool = True
    """False once the number is released, for whatever reason."""
    assigned: bool = False
    """True once the client knows its number; before that, no SMS comes in."""
    inbox: Inbox = field(repr=False)


class OrderBook:
    """Places and ends orders, with their money and their numbers.

    Args:
        clock: Decides when orders end.
        wallet: Pays for them.
        pool: Where their numbers come from.
        history_limit: How many messages of an order are kept.
        order_id: Makes an id from the count of earlier orders.
        on_expiry: Told of a live order whose time is over; has to end it.
    """

    def __init__(
        self,
        *,
        clock: ScaledClock,
        wallet: Wallet,
        pool: NumberPool,
        history_limit: int,
        order_id: Callable[[int], str],
        on_expiry: Callable[[Order], None],
    ) -> None:
        self._clock = clock
        self._wallet = wallet
        self._pool = pool
        self._history_limit = history_limit
        self._order_id = order_id
        self._on_expiry = on_expiry
        self._orders: dict[str, Order] = {}
        self._holders: dict[str, Order] = {}

    @property
    def orders(self) -> Sequence[Order]:
        """Every order, ended ones too, in the order of placing."""
        return tuple(self._orders.values())

    @property
    def live(self) -> Sequence[Order]:
        """The orders that hold a number, in the order of placing."""
        return tuple(order for order in self._orders.values() if order.live)

    def find(self, order_id: str) -> Order | None:
        """Return an order, ended or not; None if there is none of that id."""
        return self._orders.get(order_id)

    def holder_of(self, phone: str) -> Order | None:
        """Return the live order that holds a number (E.164), or None."""
        return self._holders.get(phone)

    def place(
        self,
        *,
        kind: str,
        service: str,
        region: str,
        phone: str,
        price_cents: int,
        premium_cents: int = 0,
        lifetime_seconds: float,
        status: str,
        reason: str,
    ) -> Order:
        """Pay for a number and hold it until its time is over.

        Args:
            kind: What is ordered.
            service: Key of the service.
            region: State or country.
            phone: The number, taken from the pool by the caller.
            price_cents: The price, premium included.
            premium_cents: How much of it is premium.
            lifetime_seconds: How long it is held, on the clock.
            status: The provider's word for a new order.
            reason: What the statement says.

        Raises:
            NotEnoughMoney: The balance does not cover the price; nothing is placed, and the number is the caller's.
        """
        order_id = self._order_id(len(self._orders))
        self._wallet.charge(order_id, price_cents, reason=reason)
        now = self._clock()
        order = Order(
            id=order_id,
            kind=kind,
            service=service,
            region=region,
            phone=phone,
            price_cents=price_cents,
            premium_cents=premium_cents,
            ordered_at=now,
            expires_at=now + timedelta(seconds=lifetime_seconds),
            status=status,
            inbox=Inbox(history_limit=self._history_limit),
        )
        self._orders[order_id] = self._holders[phone] = order
        self._watch(order, lifetime_seconds)
        return order

    def extend(self, order: Order, *, seconds: float, price_cents: int) -> None:
        """Pay for more time.

        Raises:
            NotEnoughMoney: The balance does not cover the price; nothing changes.
        """
        self._wallet.charge(order.id, price_cents, reason="renew")
        order.expires_at += timedelta(seconds=seconds)
        self._watch(order, (order.expires_at - self._clock()).total_seconds())

    def end(self, order: Order, *, status: str, refund: bool, release: bool = True) -> int:
        """End a live order.

        Args:
            order: The order.
            status: The provider's word for it from now on.
            refund: Whether all that it has cost is given back.
            release: Whether its number can be rented by others from now on.

        Returns:
            The cents given back.
        """
        order.live = False
        order.status = status
        del self._holders[order.phone]
        if release:
            self._pool.give_back(order.phone)
        return self._wallet.refund(order.id, reason=status) if refund else 0

    def statement(self) -> Sequence[LiveOrder]:
        """List what is live and what it has cost."""
        return tuple(
            LiveOrder(
                order_id=order.id,
                kind=order.kind,
                phone=order.phone,
                ordered_at=order.ordered_at,
                expires_at=order.expires_at,
                paid_cents=self._wallet.paid_cents(order.id),
            )
            for order in self.live
        )

    def _watch(self, order: Order, seconds: float) -> None:
        def expire() -> None:
            # A renewed order has another watch that rings later.
            if order.live and self._clock() >= order.expires_at:
                self._on_expiry(order)

        self._clock.call_after(seconds, expire)
