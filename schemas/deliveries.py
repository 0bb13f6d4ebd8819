"""What became of each push to a subscriber."""

from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.events import Event

Outcome = Literal["delivered", "expired", "refused"]
"""delivered: the subscriber answered 2xx · expired: no 2xx within the code's life · refused: an answer that no retry mends."""

ErrorCode = Literal["none", "timeout", "connection", "status_4xx", "status_5xx", "redirect"]


class DeliveryOutcome(Event):
    """The outcome of one push after its last attempt.

    Topic: `otp.deliveries.v1`, keyed by subscription.
    """

    ce_type = "otp.delivery.outcome.v1"

    subscription: str
    event_id: str
    """The `webhook-id` that the subscriber saw, the same on each attempt."""
    message_id: str
    outcome: Outcome
    attempts: int = Field(ge=0)
    """0 when the code had expired before the first attempt."""
    status: int | None
    """The last HTTP status, None where no answer came."""
    error_code: ErrorCode
    ingested_at: AwareDatetime
    finished_at: AwareDatetime
    """When the outcome was clear: our clock. `finished_at - ingested_at` is the way through the whole pipeline."""
