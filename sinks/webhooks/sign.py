"""What a subscriber receives: the JSON body of a code, and the headers that prove that it is ours and fresh."""

from collections.abc import Iterable
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, SecretStr
from standardwebhooks import Webhook

from schemas.cloudevents import rfc3339
from schemas.events import Code
from sinks.settings import EventType


class Push(BaseModel):
    """The body of a push, as Standard Webhooks lays it out."""

    model_config = ConfigDict(frozen=True)

    type: EventType
    timestamp: str
    """When the event happened (`processed_at` of the code), RFC 3339; not when it was pushed."""
    data: Code


def event_type(code: Code) -> EventType:
    """Name the event that this revision of a code is."""
    return "otp.code.extracted" if code.revision == 1 else "otp.code.correlated"


def body(code: Code) -> str:
    """Return the JSON to push: made once for all attempts, since what is signed must be what is sent."""
    push = Push(type=event_type(code), timestamp=rfc3339(code.processed_at), data=code)
    return push.model_dump_json()


class Signer:
    """Signs with every live secret, so that a subscriber may change from one to the other at its own time.

    Source: Standard Webhooks 1.0.0, "Signature scheme" and "Webhook headers".
    """

    def __init__(self, secrets: Iterable[SecretStr]) -> None:
        """Take the live secrets, checked by the settings."""
        self._webhooks = tuple(Webhook(secret.get_secret_value()) for secret in secrets)

    def headers(self, *, event_id: str, body: str, attempted_at: datetime) -> dict[str, str]:
        """Return the three `webhook-*` headers of one attempt.

        Args:
            event_id: the same on every attempt: the subscriber knows a repeat by it.
            body: exactly what is sent.
            attempted_at: the time of this attempt, aware: subscribers refuse one that is minutes old.
        """
        # The library writes its own zone over the one given, so the time has to be UTC already.
        at = attempted_at.astimezone(UTC)
        signatures = (webhook.sign(event_id, at, body) for webhook in self._webhooks)
        return {
            "webhook-id": event_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
