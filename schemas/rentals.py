"""The state of each rented number: a compacted table that the processors join with the messages."""

from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.events import Event, Line, Phone

State = Literal["requested", "active", "code_received", "released", "expired", "cancelled", "refunded"]
"""requested → active → code_received → released, expired, cancelled or refunded."""


class RentalState(Event):
    """What is known of one rental now; the newest record of a line replaces the older ones.

    Topic: `otp.rentals.v1`, keyed by line, compacted.
    """

    ce_type = "otp.rental.state.v1"

    rental_id: str = Field(min_length=1, max_length=200)
    provider: str
    account: str = "default"
    line: Line
    phone: Phone | None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """ISO 3166-1 alpha-2."""
    service: str | None = None
    state: State
    started_at: AwareDatetime | None = None
    """Messages received before this are not the rental's. None: unknown, so no bound."""
    ends_at: AwareDatetime | None = None
    """Messages received after this are not the rental's. None: open."""
    updated_at: AwareDatetime
    """When we learnt this: our clock."""
