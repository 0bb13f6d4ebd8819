"""Events and records for tests: each builder makes a plain, valid one, and takes what a test cares about as keyword arguments."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.dead_letters import DeadLetter
from schemas.deliveries import DeliveryOutcome
from schemas.events import Code, Event, Message, SmsReceived
from schemas.rentals import RentalState
from schemas.topics import RENTALS, SMS

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
"""When everything happens unless told otherwise."""
OTP = "843291"
TEXT = f"Your OTP is {OTP}"
LINE = "text2fa:12345"
PHONE = "+14155550123"


def seconds(count: float) -> timedelta:
    """Return so many seconds."""
    return timedelta(seconds=count)


def make_sms(**overrides: Any) -> SmsReceived:
    """Make an SMS by webhook, received at noon and with us one second later."""
    fields = {
        "sms_id": "sms-1",
        "provider": "text2fa",
        "line": LINE,
        "path": "webhook",
        "sender": "+12135559876",
        "text": TEXT,
        "received_at": NOON,
        "ingested_at": NOON + seconds(1),
    }
    return SmsReceived.model_validate(fields | overrides)


def make_message(**overrides: Any) -> Message:
    """Make the first revision of the message that :func:`make_sms` becomes."""
    fields = {
        "message_id": "sms-1",
        "revision": 1,
        "provider": "text2fa",
        "account": "default",
        "line": LINE,
        "path": "webhook",
        "phone": None,
        "sender": "+12135559876",
        "text": TEXT,
        "received_at": NOON,
        "ingested_at": NOON + seconds(1),
        "processed_at": NOON + seconds(1.005),
        "code": OTP,
        "confidence": 0.99,
        "reason": "labelled",
        "kind": "numeric",
        "service": None,
        "valid_seconds": None,
        "rental_id": None,
    }
    return Message.model_validate(fields | overrides)


def make_code(**overrides: Any) -> Code:
    """Make the code of :func:`make_message`, alive for ten minutes."""
    fields = {
        "message_id": "sms-1",
        "revision": 1,
        "code": OTP,
        "confidence": 0.99,
        "kind": "numeric",
        "service": "Facebook",
        "provider": "text2fa",
        "account": "default",
        "line": LINE,
        "phone": PHONE,
        "sender": "+12135559876",
        "rental_id": None,
        "received_at": NOON,
        "ingested_at": NOON + seconds(1),
        "processed_at": NOON + seconds(1.005),
        "expires_at": NOON + seconds(600),
    }
    return Code.model_validate(fields | overrides)


def make_rental(**overrides: Any) -> RentalState:
    """Make an active rental of the line, known since noon, without bounds."""
    fields = {
        "rental_id": "rental-1",
        "provider": "text2fa",
        "line": LINE,
        "phone": PHONE,
        "country": "US",
        "state": "active",
        "updated_at": NOON,
    }
    return RentalState.model_validate(fields | overrides)


def make_outcome(**overrides: Any) -> DeliveryOutcome:
    """Make a delivery at the first attempt."""
    fields = {
        "subscription": "default",
        "event_id": "sms-1",
        "message_id": "sms-1",
        "outcome": "delivered",
        "attempts": 1,
        "status": 204,
        "error_code": "none",
        "ingested_at": NOON + seconds(1),
        "finished_at": NOON + seconds(1.02),
    }
    return DeliveryOutcome.model_validate(fields | overrides)


def make_dead_letter(**overrides: Any) -> DeadLetter:
    """Make the dead letter of bytes that are no SMS; `key` and `value` are given in Base64."""
    fields = {
        "dead_letter_id": "letter-1",
        "reason": "unreadable",
        "detail": "not a SmsReceived: line: missing",
        "stage": "process",
        "source": "otp.sms.v1/3/42",
        "key": b"dGV4dDJmYToxMjM0NQ==",
        "value": b"eyJsaW5l",
        "died_at": NOON,
    }
    return DeadLetter.model_validate(fields | overrides)


MAKERS: dict[type[Event], Any] = {
    SmsReceived: make_sms,
    RentalState: make_rental,
    Message: make_message,
    Code: make_code,
    DeliveryOutcome: make_outcome,
    DeadLetter: make_dead_letter,
}
"""The builder of each event."""


@dataclass(frozen=True)
class FakeRecord:
    """A Kafka record as the engine hands it to a stage."""

    topic_name: str
    value_bytes: bytes | None
    key_bytes: bytes | None = LINE.encode()
    partition_number: int = 0
    offset_number: int = 0

    def topic(self) -> str:
        return self.topic_name

    def partition(self) -> int:
        return self.partition_number

    def offset(self) -> int:
        return self.offset_number

    def key(self) -> bytes | None:
        return self.key_bytes

    def value(self) -> bytes | None:
        return self.value_bytes


def record_of(event: SmsReceived | RentalState, **overrides: Any) -> FakeRecord:
    """Return the record of an SMS or of a rental's state, keyed by its line as ingest writes it."""
    topic = SMS if isinstance(event, SmsReceived) else RENTALS
    fields: dict[str, Any] = {
        "topic_name": topic.name,
        "value_bytes": event.encode(),
        "key_bytes": event.line.encode(),
    }
    return FakeRecord(**fields | overrides)
