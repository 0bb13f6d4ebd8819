"""What rentals look like over HTTP: the bodies of requests and replies."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from ingest.providers.contract import Operation
from otpstream.control.api.text import Text
from otpstream.control.rentals.states import RentalStatus

LONGEST_RENTAL_DAYS = 366
_DAY_SECONDS = 86_400

Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=6)]
Price = Annotated[Decimal, PlainSerializer(lambda amount: format(amount.normalize(), "f"), return_type=str)]
"""A decimal string, without zeros at its end."""
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["US"])]


class Body(BaseModel):
    """What all request bodies share: an unknown field is a mistake, not a wish that is passed over."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)


class RentBody(Body):
    """What to rent."""

    service: Text | None = None
    """Key or name, as an offer has it."""
    country: Country | None = None
    """ISO 3166-1 alpha-2."""
    area: Text | None = None
    """A state or region, as the supplier's areas have it."""
    duration_days: int | None = Field(default=None, ge=1, le=LONGEST_RENTAL_DAYS)
    """For a rental by the day; left out: a number for one code."""
    premium: Amount | None = None
    """Offered on top of the price, for a better number."""
    supplier: Text | None = None
    """Left out: whoever is cheapest, and the next one where that one refuses."""
    account: Text | None = None
    """Which of our accounts there."""
    max_price: Amount | None = None
    """Nothing dearer: the whole order, all its days, premium included; offers without a price are then left out too."""
    cancel_after_seconds: float | None = Field(default=None, gt=0, le=_DAY_SECONDS)
    """Give the number back after this long without a code; left out: as the settings say."""


class RenewBody(Body):
    """How far to extend."""

    additional_days: int = Field(ge=1, le=LONGEST_RENTAL_DAYS)


class GiveBackBody(Body):
    """How to give back."""

    when_possible: bool = False
    """Where it cannot be done yet, have it done as soon as it can: the answer is then 202."""


class RentalBody(BaseModel):
    """One rental."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True)

    rental_id: str
    state: RentalStatus
    """requested: whether the supplier rented it out is not known yet. Look at this rental again: another order is another number."""
    reason: str | None
    """Why it ended."""
    supplier: str
    account: str
    line: str | None
    """The handle that its messages carry on the topics."""
    phone: str | None
    country: str | None
    area: str | None
    service: str | None
    duration_days: int | None
    reused_from: str | None
    price: Price | None
    """In the currency of the supplier's account, for all its days; renewals included."""
    refund: Price | None
    requested_at: datetime
    started_at: datetime | None
    ends_at: datetime | None
    code_received_at: datetime | None
    ended_at: datetime | None
    cancel_at: datetime | None
    """When it is given back by itself."""
    updated_at: datetime


class MessageBody(BaseModel):
    """One SMS of a rental."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True)

    message_id: str
    sender: str
    text: str
    code: str | None
    service: str | None
    received_at: datetime


class OfferBody(BaseModel):
    """Something that can be rented."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    supplier: str
    account: str
    service: str | None
    name: str | None
    country: str | None
    price: Price | None
    is_per_day: bool
    """Whether that is the price of each day of a rental."""
    available: int | None


class OffersBody(BaseModel):
    """What is on offer."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    items: list[OfferBody]
    unanswered: list[str]
    """Suppliers that did not answer, so that theirs are missing."""


class SupplierBody(BaseModel):
    """Whom numbers can be rented from."""

    name: str
    account: str
    supports: list[Operation]
    earliest_cancel_seconds: float


class AreaBody(BaseModel):
    """A state or country that numbers can be asked for in."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    name: str | None


class SpendBody(BaseModel):
    """What the client spent today (UTC)."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    reserved: Price
    """For calls whose outcome is not known yet."""
    spent: Price
    refunded: Price
    cap: Price | None
