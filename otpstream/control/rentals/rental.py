"""A rental and what was asked of its supplier, as the store holds them; and the event that tells of it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from otpstream.control.rentals.states import LIVE, OVER, RentalStatus
from schemas.rentals import RentalState

IntentKind = Literal["rent", "reuse", "renew", "give_back"]
IntentState = Literal["open", "done", "refused", "failed", "unknown"]
CancelReason = Literal["no_code", "asked"]

CLOCK_SKEW_SECONDS = 60.0
"""How far a supplier's clock may be from ours when we ask whether a rental began after we asked for it."""


@dataclass(frozen=True, kw_only=True)
class Rental:
    """One rental: a row of the store."""

    rental_id: str
    """Ours."""
    client: str | None
    """Who asked for it; None for one that nobody here asked for."""
    supplier: str
    account: str
    line: str | None = None
    """The handle that its messages carry; None until the supplier has answered."""
    supplier_rental_id: str | None = None
    phone: str | None = None
    country: str | None = None
    area: str | None = None
    service: str | None = None
    duration_days: int | None = None
    state: RentalStatus
    reason: str | None = None
    """Why it ended: a word of a bounded set."""
    reused_from: str | None = None
    price: Decimal | None = None
    """What the supplier charges us: what it said, else what it offered; renewals included."""
    charged: Decimal | None = None
    """The price plus the client's margin."""
    refund: Decimal | None = None
    """What the supplier paid back to us."""
    spend_day: date | None = None
    requested_at: datetime
    began_at: datetime | None = None
    """When we learnt that it lives."""
    started_at: datetime | None = None
    """When it began: the supplier's clock, else the time at which we asked."""
    ends_at: datetime | None = None
    code_received_at: datetime | None = None
    ended_at: datetime | None = None
    cancel_at: datetime | None = None
    """When it is given back by itself."""
    cancel_reason: CancelReason | None = None
    updated_at: datetime

    @property
    def live(self) -> bool:
        """Whether the number is ours."""
        return self.state in LIVE

    @property
    def over(self) -> bool:
        """Whether nothing will come any more."""
        return self.state in OVER

    @property
    def charged_refund(self) -> Decimal:
        """What the client gets back: the refund in proportion to what it was charged."""
        if not self.refund or not self.price or self.charged is None:
            return self.refund or Decimal(0)
        return self.charged * self.refund / self.price


@dataclass(frozen=True, kw_only=True)
class Intent:
    """One call that changes a rental, written down before it is made."""

    intent_id: str
    rental_id: str
    client: str | None
    supplier: str
    account: str
    kind: IntentKind
    request: dict[str, Any]
    """What was asked for, to be told apart in the supplier's lists."""
    state: IntentState
    detail: str | None = None
    reserved: Decimal
    """What it may cost: counted against the client's cap until the outcome is known."""
    spend_day: date
    idempotency_key: str | None = None
    attempt: int = 0
    created_at: datetime
    answer_by: datetime
    """Until then the call itself may be under way."""
    settled_at: datetime | None = None


def as_event(rental: Rental, *, rental_id: str | None = None) -> RentalState:
    """Return what is told of a rental that has a line.

    Args:
        rental: as stored.
        rental_id: the supplier's, for what is handed to the supplier; None: ours, for everybody else.

    Raises:
        ValueError: it has no line.
    """
    if rental.line is None or rental.state == "failed":
        raise ValueError(f"rental {rental.rental_id} never lived: there is nothing to tell")
    ends = [moment for moment in (rental.ends_at, rental.ended_at) if moment is not None]
    return RentalState(
        rental_id=rental_id or rental.rental_id,
        provider=rental.supplier,
        account=rental.account,
        line=rental.line,
        phone=rental.phone,
        country=rental.country,
        service=rental.service,
        state=rental.state,
        started_at=rental.started_at,
        ends_at=min(ends, default=None),
        updated_at=rental.updated_at,
    )


def as_asked(rental: Rental) -> RentalState:
    """Return a rental as its supplier knows it, for calls about it.

    Raises:
        ValueError: it has no line.
    """
    return as_event(rental, rental_id=rental.supplier_rental_id)
