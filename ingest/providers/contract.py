"""What the rest of otpstream asks of a provider, in one vocabulary over all dialects.

A *supplier* rents numbers out and hands over their messages; a *verifier* sends a code to somebody's phone and checks what that
person typed. One system may be several suppliers, each with lines of its own (`text2fa-s1`, `text2fa-s2`, `text2fa-rental`), for an
order of one means nothing to the others.

Every call raises :class:`~ingest.providers.errors.ProviderError`. Of a call that spends money the error says what happened:
`CallRefused` and `KeyRefused` are a definite no and nothing was spent, and so is a `ProviderAway` that is not `sent`; any other
`ProviderAway` and `ReplyUnreadable` leave the outcome unknown, and only the supplier's lists can settle it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

from ingest.providers.replies import Reply
from schemas.events import SmsReceived
from schemas.rentals import RentalState

Operation = Literal["rent", "reuse", "renew", "reject", "cancel", "offers", "areas", "balance", "rentals", "messages"]
"""reject: give back a one-time number that no code came to · cancel: end a rental before its time."""

Workflow = Literal["1", "2", "3", "4", "5", "6", "7"]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something that can be rented."""

    service: str | None
    """The key that `rent` takes; None where the supplier does not ask for a service."""
    name: str | None = None
    """For people."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    price: Decimal | None = None
    """In the account's currency, for one number; None where the supplier does not say."""
    is_per_day: bool = False
    """Whether that is the price of each day of a rental."""
    available: int | None = None


@dataclass(frozen=True, kw_only=True)
class Area:
    """A state or country that numbers can be asked for in."""

    code: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class RentRequest:
    """What to rent; a supplier ignores nothing: what it cannot honour it refuses with `NotSupported`."""

    service: str | None = None
    country: str | None = None
    area: str | None = None
    duration_days: int | None = None
    premium: Decimal | None = None
    """What is offered on top of the price, for a better number."""


@dataclass(frozen=True, kw_only=True)
class Rented:
    """What a call that changes a rental came to."""

    rental: RentalState
    price: Decimal | None = None
    """What was charged for this call, all days of it, where the reply says so; of a renewal for the days that it adds."""
    refund: Decimal | None = None
    """What was paid back, where the reply says so."""


class Supplier(Protocol):
    """Rents numbers out."""

    @property
    def name(self) -> str:
        """The name in its lines: `<name>:<their id>`."""

    @property
    def account(self) -> str:
        """Which of our accounts."""

    @property
    def supports(self) -> frozenset[Operation]:
        """What it can do; every other operation raises `NotSupported`, and asks nobody."""

    @property
    def earliest_cancel_seconds(self) -> float:
        """How long after its start a rental cannot be given back yet; 0 where there is no such window."""

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:
        """Fetch services and prices. Safe to repeat."""

    async def list_areas(self) -> Reply[Area]:
        """Fetch states or countries. Safe to repeat."""

    async def rent(self, request: RentRequest) -> Rented:
        """Rent a number. Spends money, so it is made once."""

    async def reuse(self, rental: RentalState) -> Rented:
        """Rent the number of an earlier rental again. Spends money, so it is made once."""

    async def renew(self, rental: RentalState, *, additional_days: int) -> Rented:
        """Extend a rental. Spends money, so it is made once."""

    async def give_back(self, rental: RentalState) -> Rented:
        """Reject or cancel, whichever this supplier calls it. Made once; a rental that is over already comes back as such."""

    async def get_rental(self, rental: RentalState) -> RentalState:
        """Fetch one rental as the supplier sees it now. Safe to repeat."""

    async def list_rentals(self) -> Reply[RentalState]:
        """Fetch all rentals that live now, the ones that nobody here knows of included. Safe to repeat."""

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the messages of one rental; those received before `since` may be left out. Safe to repeat."""

    async def fetch_balance(self) -> Decimal | None:
        """Fetch what is left on the account; None where the reply names no balance. Safe to repeat."""


@dataclass(frozen=True, kw_only=True)
class VerifyRequest:
    """What to send to a phone."""

    phone: str
    """E.164 with the plus."""
    brand: str
    """At most 18 alphanumerics."""
    code_length: Literal[4, 6] = 4
    workflow: Workflow = "1"
    language: str | None = None
    """As the provider lists them, such as `en-gb`; None: by the phone's country."""
    sender_id: str | None = None
    country: str | None = field(default=None)
    """ISO 3166-1 alpha-2, where the provider should know it."""


@dataclass(frozen=True, kw_only=True)
class Started:
    """A verification that the provider accepted."""

    provider_verification_id: str
    price: Decimal | None
    """Charged once the verification succeeds."""


class Verifier(Protocol):
    """Sends codes to phones and checks them."""

    @property
    def name(self) -> str:
        """The provider's name."""

    @property
    def account(self) -> str:
        """Which of our accounts."""

    async def start(self, request: VerifyRequest) -> Started:
        """Send a code. Made once: a repeat could send two.

        Raises:
            CallRefused: with status 409, a verification of this phone lives already: an earlier start of ours, or somebody else's.
        """

    async def check(self, provider_verification_id: str, code: str) -> bool:
        """Tell whether this is the code; False for a wrong or expired one. Made once: each check may count as an attempt."""

    async def cancel(self, provider_verification_id: str) -> None:
        """End a verification, not earlier than 30 s after its start. Made once."""
