"""A dashboard account: one-time numbers (S1, S2) and rentals by days, with their rules; no I/O.

Source: Text2FA dashboard API documentation, https://app.text2fa.com/api/v1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.orders import Order, OrderBook
from otpstream.sandbox.refusal import Refused, refuse_before
from otpstream.sandbox.text2fa_dashboard.catalogue import AREA_CODES, SERVICES, STATES, Kind, Service
from otpstream.sandbox.text2fa_dashboard.rules import DashboardRules
from otpstream.sandbox.wallet import NotEnoughMoney, Wallet

MAX_DAYS = 365
_DAY_SECONDS = 86_400.0
_FIRST_ORDER_ID = 6  # the document's example


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Who is told what happens to orders."""

    placed: Callable[[Order], None]
    rental_updated: Callable[[Order], None]


class DashboardAccount:
    """One account.

    Args:
        token: What every call must carry; assign another to rotate it.
        rules: Times that are open.
        clock: Decides what is due.
        wallet: Its money.
        pool: Where numbers come from.
        history_limit: How many messages of an order are kept.
        listeners: Who is told what happens.
    """

    def __init__(
        self,
        *,
        token: str,
        rules: DashboardRules,
        clock: ScaledClock,
        wallet: Wallet,
        pool: NumberPool,
        history_limit: int,
        listeners: Listeners,
    ) -> None:
        self.token = token
        self.wallet = wallet
        self.rules = rules
        self._clock = clock
        self._pool = pool
        self._listeners = listeners
        self._kept_id: str | None = None
        self.book = OrderBook(
            clock=clock,
            wallet=wallet,
            pool=pool,
            history_limit=history_limit,
            order_id=lambda count: self._kept_id or str(_FIRST_ORDER_ID + count),
            on_expiry=self._expire,
        )

    def available(self, kind: Kind, service: Service) -> int:
        """Say how many numbers of a service can be ordered now."""
        return service.stock - sum(order.kind == kind and order.service == service.key for order in self.book.live)

    def live(self, kind: Kind) -> Sequence[Order]:
        """List the live orders of a kind."""
        return [order for order in self.book.live if order.kind == kind]

    def find(self, kind: Kind, order_id: str) -> Order:
        """Return an order of a kind, ended or not.

        Raises:
            Refused: There is none.
        """
        order = self.book.find(order_id)
        if order is None or order.kind != kind:
            raise Refused(404, "order not found", field="order_id")
        return order

    def request_s1(self, service_key: str, *, premium_cents: int, state: str | None) -> Order:
        """Order a one-time number of the US, of one state if asked for.

        Raises:
            Refused: Service or state is unknown, nothing is left, or the balance does not cover the price.
        """
        if state is not None and state not in STATES:
            raise Refused(422, "the selected state is invalid", field="state")
        service = _service(Kind.S1, service_key)
        area_code = None if state is None else STATES[state].area_codes[0]
        phone = self._take_number(Kind.S1, service, area_code)
        return self._order_one_time(
            Kind.S1, service, phone, premium_cents=premium_cents, region=state or "", reason="request"
        )

    def request_s2(self, service_key: str, *, area_codes: Sequence[str]) -> Order:
        """Order a one-time number, of one of some area codes if asked for.

        Raises:
            Refused: Service or area is unknown, nothing is left, or the balance does not cover the price.
        """
        if not set(area_codes) <= set(AREA_CODES):
            raise Refused(422, "the selected areas are invalid", field="areas")
        service = _service(Kind.S2, service_key)
        area_code = area_codes[0] if area_codes else None
        phone = self._take_number(Kind.S2, service, area_code)
        region = AREA_CODES[area_code].code if area_code else ""
        return self._order_one_time(Kind.S2, service, phone, premium_cents=0, region=region, reason="request")

    def reuse(self, order_id: str) -> Order:
        """Order the number of a released S1 order once more, at the price of its service.

        Raises:
            Refused: The order is unknown or live, its number is taken, or the balance does not cover the price.
        """
        earlier = self.find(Kind.S1, order_id)
        service = _service(Kind.S1, earlier.service)
        if self.book.holder_of(earlier.phone) is not None:
            if not (self.rules.reuse_keeps_order_id and earlier.live and earlier.inbox.messages):
                raise Refused(409, "the number is not released")
            if self.wallet.balance_cents < service.price_cents:
                raise Refused(402, "insufficient balance")
            self.book.end(earlier, status="completed", refund=False, release=False)
        self._kept_id = earlier.id if self.rules.reuse_keeps_order_id else None
        try:
            return self._order_one_time(
                Kind.S1, service, earlier.phone, premium_cents=0, region=earlier.region, reason="reuse"
            )
        finally:
            self._kept_id = None

    def reject(self, kind: Kind, order_id: str) -> Order:
        """Release a one-time number that got no SMS, and refund it.

        Raises:
            Refused: The order is unknown, ended, got an SMS, or cannot be rejected yet.
        """
        order = self.find(kind, order_id)
        if not order.live:
            raise Refused(409, f"the order is {order.status}")
        if order.inbox.messages:
            raise Refused(409, "the number has received an SMS and cannot be rejected")
        refuse_before(
            order.ordered_at + timedelta(seconds=self.rules.reject_not_before_seconds),
            now=self._clock(),
            status=409,
            message="the number cannot be rejected yet",
        )
        self.book.end(order, status="rejected", refund=True, release=kind is not Kind.S1)
        return order

    def rent(self, service_key: str, *, days: int) -> Order:
        """Rent a number for days.

        Raises:
            Refused: Service or days are invalid, nothing is left, or the balance does not cover the price.
        """
        _check_days(days, field="duration")
        service = _service(Kind.RENTAL, service_key)
        phone = self._take_number(Kind.RENTAL, service, None)
        return self._place(
            Kind.RENTAL,
            service,
            phone,
            price_cents=days * service.price_cents,
            lifetime_seconds=days * _DAY_SECONDS,
            region="US",
            status="reserved",
            reason="request",
        )

    def renew(self, order_id: str, *, days: int) -> Order:
        """Add days to a live rental.

        Raises:
            Refused: The rental is unknown or ended, the days are invalid, or the balance does not cover the price.
        """
        order = self._live_rental(order_id)
        _check_days(days, field="additional_days")
        price_cents = days * _service(Kind.RENTAL, order.service).price_cents
        try:
            self.book.extend(order, seconds=days * _DAY_SECONDS, price_cents=price_cents)
        except NotEnoughMoney as error:
            raise Refused(402, "insufficient balance") from error
        self._listeners.rental_updated(order)
        return order

    def cancel(self, order_id: str) -> tuple[Order, int]:
        """Release a rental; refund it within the refund window if it got no SMS.

        Returns:
            The rental and the cents given back.

        Raises:
            Refused: The rental is unknown, ended, or cannot be cancelled yet.
        """
        order = self._live_rental(order_id)
        now = self._clock()
        refuse_before(
            order.ordered_at + timedelta(seconds=self.rules.rental_cancel_not_before_seconds),
            now=now,
            status=409,
            message="the rental cannot be cancelled yet",
        )
        early = now - order.ordered_at <= timedelta(seconds=self.rules.rental_refund_seconds)
        refunded_cents = self.book.end(order, status="cancelled", refund=early and not order.inbox.messages)
        self._listeners.rental_updated(order)
        return order, refunded_cents

    def _live_rental(self, order_id: str) -> Order:
        order = self.find(Kind.RENTAL, order_id)
        if not order.live:
            raise Refused(409, f"the rental is {order.status}")
        return order

    def _take_number(self, kind: Kind, service: Service, area_code: str | None) -> str:
        phone = self._pool.take("US", area_code=area_code) if self.available(kind, service) > 0 else None
        if phone is None:
            raise Refused(409, "no numbers available")
        return phone

    def _order_one_time(
        self, kind: Kind, service: Service, phone: str, *, premium_cents: int, region: str, reason: str
    ) -> Order:
        return self._place(
            kind,
            service,
            phone,
            price_cents=service.price_cents + premium_cents,
            premium_cents=premium_cents,
            lifetime_seconds=self.rules.one_time_seconds,
            region=region,
            status="pending",
            reason=reason,
        )

    def _place(
        self,
        kind: Kind,
        service: Service,
        phone: str,
        *,
        price_cents: int,
        premium_cents: int = 0,
        lifetime_seconds: float,
        region: str,
        status: str,
        reason: str,
    ) -> Order:
        try:
            order = self.book.place(
                kind=kind,
                service=service.key,
                region=region,
                phone=phone,
                price_cents=price_cents,
                premium_cents=premium_cents,
                lifetime_seconds=lifetime_seconds,
                status=status,
                reason=reason,
            )
        except NotEnoughMoney as error:
            # A number that is reused stays with its earlier order, which can be reused again.
            if reason != "reuse":
                self._pool.give_back(phone)
            raise Refused(402, "insufficient balance") from error
        self._listeners.placed(order)
        return order

    def _expire(self, order: Order) -> None:
        if order.kind == Kind.RENTAL:
            self.book.end(order, status="expired", refund=False)
            self._listeners.rental_updated(order)
            return
        used = bool(order.inbox.messages)
        status = "completed" if used else "expired"
        self.book.end(order, status=status, refund=not used, release=order.kind != Kind.S1)


def _service(kind: Kind, key: str) -> Service:
    service = SERVICES[kind].get(key)
    if service is None:
        raise Refused(422, "the selected service_key is invalid", field="service_key")
    return service


def _check_days(days: int, *, field: str) -> None:
    if not 1 <= days <= MAX_DAYS:
        raise Refused(422, f"{field} must be from 1 to {MAX_DAYS} days", field=field)
