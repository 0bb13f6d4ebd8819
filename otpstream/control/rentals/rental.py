"""A rental and what was asked of its supplier, as the store holds them; and the event that tells of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

from otpstream.control.rentals.states import LIVE, OVER, RentalStatus
from schemas.rentals import RentalState

IntentKind = Literal["rent", "reuse", "renew", "give_back"]
IntentState = Literal["open", "done", "refused", "failed", "unknown"]
CancelReason = Literal["no_code", "asked"]

OUTCOME_UNKNOWN = "outcome_unknown"
"""The reason why a rental failed that may have been rented all the same."""

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
    """What the supplier charges us: what it said, else what it offered; renewals included. None where it says neither."""
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
    def is_untold(self) -> bool:
        """Whether nobody can tell if it was rented, and never will; it counts as spent."""
        return self.state == "failed" and self.reason == OUTCOME_UNKNOWN

    @property
    def charged_refund(self) -> Decimal:
        """What the client gets back: the refund in proportion to what it was charged."""
        if not self.refund or not self.price or self.charged is None:
            return self.refund or Decimal(0)
        return self.charged * self.refund / self.price

    @property
    def price_of_a_day(self) -> Decimal | None:
        """What a day has cost up to now; None where it is not rented by the day, or where nobody says."""
        if self.price is None or not self.duration_days:
            return None
        begun = self.started_at or self.requested_at
        paid_for = self.duration_days if self.ends_at is None else round((self.ends_at - begun) / timedelta(days=1))
        return self.price / max(paid_for, self.duration_days)


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

    @property
    def days(self) -> int:
        """How many days it buys."""
        return days_in(self.request)

    def price_told(self, answer: Decimal | None) -> Decimal | None:
        """Return what the call costs: what the answer says, else what was offered; None where neither does.

        A rental by the day may be answered with the price of a day, which the offer tells from the price of all.

        Args:
            answer: the price in it, where there is one.
        """
        offered = self.request.get("price")
        if offered is not None and (answer is None or answer * self.days == Decimal(offered)):
            return Decimal(offered)
        return answer


def new_id() -> str:
    """Make the id of a rental."""
    return f"rent_{uuid4().hex}"


def days_in(request: Mapping[str, Any]) -> int:
    """Return how many days a call buys; 1 where it buys none by the day.

    Args:
        request: of an intent.
    """
    return request.get("duration_days") or request.get("additional_days") or 1


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
