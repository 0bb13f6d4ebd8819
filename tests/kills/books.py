"""The books of both sides as they stand at the end: the provider's orders and payments, and what the store holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from otpstream.control.rentals.rental import Intent, Rental
from otpstream.control.store import verifications as verification_rows
from otpstream.control.store.engine import open_store
from otpstream.control.store.outbox import outbox
from otpstream.control.store.rentals import intents, rentals, spend
from otpstream.control.verifications.record import Verification
from otpstream.sandbox import Sandbox

_SUPPLIERS = {"s1": "text2fa-s1", "s2": "text2fa-s2", "rental": "text2fa-rental"}


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """One order as the provider has it."""

    line: str
    what: str
    """The service or country that it is of."""
    live: bool
    ordered_at: datetime
    ends_at: datetime
    charges: Sequence[tuple[str, int]]
    """What for, and US cents."""
    paid_cents: int
    """Refunds taken off."""

    @property
    def refunded_cents(self) -> int:
        """What was paid back."""
        return sum(cents for _, cents in self.charges) - self.paid_cents


@dataclass(frozen=True, kw_only=True)
class Verified:
    """One verification as the provider has it."""

    id: str
    brand: str
    live: bool
    charges: int
    """How often it was charged."""


@dataclass(frozen=True, kw_only=True)
class Provided:
    """The providers' books."""

    at: datetime
    orders: Sequence[Ordered]
    verifications: Sequence[Verified]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """Ours."""

    rentals: Sequence[Rental]
    intents: Sequence[Intent]
    verifications: Sequence[Verification]
    unpublished: int
    spend: Mapping[str, Decimal]
    """Reserved, spent and refunded, over all clients and days."""


def provided(sandbox: Sandbox) -> Provided:
    """Read the providers' books as they stand now."""
    sandbox.clock.settle()
    orders: list[Ordered] = []
    for simulator in (sandbox.text2fa_dashboard, sandbox.rental_api):
        payments = simulator.wallet.payments
        for order in simulator.book.orders:
            supplier = "rental" if simulator is sandbox.rental_api else _SUPPLIERS[order.kind]
            own = [one for one in payments if one.order_id == order.id]
            orders.append(
                Ordered(
                    line=f"{supplier}:{order.id}",
                    what=order.service or order.region,
                    live=order.live,
                    ordered_at=order.ordered_at,
                    ends_at=order.expires_at,
                    charges=[(one.reason, one.cents) for one in own if one.cents > 0],
                    paid_cents=sum(one.cents for one in own),
                )
            )
    live = {one.order_id for one in sandbox.textmagic.live_orders}
    charged = [payment.order_id for payment in sandbox.textmagic.wallet.payments]
    verifications = [
        Verified(id=one.id, brand=one.request.brand, live=one.id in live, charges=charged.count(one.id))
        for one in sandbox.textmagic.verifications
    ]
    return Provided(at=sandbox.clock(), orders=orders, verifications=verifications)


async def stored(url: str) -> Stored:
    """Read the store."""
    engine = open_store(url)
    try:
        async with engine.connect() as connection:
            totals = (
                await connection.execute(
                    select(func.sum(spend.c.reserved), func.sum(spend.c.spent), func.sum(spend.c.refunded))
                )
            ).one()
            return Stored(
                rentals=[Rental(**row._mapping) for row in await connection.execute(select(rentals))],
                intents=[Intent(**row._mapping) for row in await connection.execute(select(intents))],
                verifications=await verification_rows.listed(connection, client=None, limit=1_000_000),
                unpublished=(await connection.execute(select(func.count()).select_from(outbox))).scalar_one(),
                spend=dict(zip(("reserved", "spent", "refunded"), (one or Decimal(0) for one in totals), strict=True)),
            )
    finally:
        await engine.dispose()
