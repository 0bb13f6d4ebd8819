"""A push is what Standard Webhooks says, and verifies with its own library."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from sinks.webhooks.sign import Signer, body
from tests.unit.sinks.conftest import NEXT_SECRET, NOON, OTP, SECRET, MakeCode

STRANGER = "whsec_c3RyYW5nZXJzdHJhbmdlcnN0cmFuZ2Vyc3RyYW5nZXI="


def signed(text: str, *secrets: str, attempted_at: datetime | None = None) -> dict[str, str]:
    signer = Signer(map(SecretStr, secrets))
    return signer.headers(event_id="m1", body=text, attempted_at=attempted_at or datetime.now(UTC))


@pytest.mark.parametrize("known", [SECRET, NEXT_SECRET])
def test_either_secret_verifies_during_rotation(make_code: MakeCode, known: str) -> None:
    """A subscriber that knows only the old secret, or only the new one, accepts the push."""
    text = body(make_code())

    verified = Webhook(known).verify(text, signed(text, SECRET, NEXT_SECRET))

    assert verified == json.loads(text)


def test_one_secret_makes_one_signature(make_code: MakeCode) -> None:
    """Outside a rotation nothing is signed with anything but the live secret."""
    headers = signed(body(make_code()), SECRET)

    assert len(headers["webhook-signature"].split(" ")) == 1


def test_another_secret_or_body_does_not_verify(make_code: MakeCode) -> None:
    """The signature binds the body to the secret."""
    text = body(make_code())
    headers = signed(text, SECRET, NEXT_SECRET)

    with pytest.raises(WebhookVerificationError):
        Webhook(STRANGER).verify(text, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(text.replace(OTP, "999999"), headers)


def test_attempt_time_of_any_zone_verifies(make_code: MakeCode) -> None:
    """The signed second is the same instant whatever zone the clock speaks."""
    text = body(make_code())
    now = datetime.now(timezone(timedelta(hours=9)))

    headers = signed(text, SECRET, attempted_at=now)

    assert headers["webhook-timestamp"] == str(int(now.timestamp()))
    assert Webhook(SECRET).verify(text, headers)


@pytest.mark.parametrize(
    ("revision", "event", "event_id"), [(1, "otp.code.extracted", "m1"), (2, "otp.code.correlated", "m1-2")]
)
def test_body_says_what_happened_when(make_code: MakeCode, revision: int, event: str, event_id: str) -> None:
    """Type by revision, time of the event, and every field of the code, leading zeros kept."""
    code = make_code(revision=revision, processed_at=NOON + timedelta(milliseconds=7))

    told = json.loads(body(code))

    assert (told["type"], code.event_id) == (event, event_id)
    assert told["timestamp"] == "2026-03-01T12:00:00.007Z"
    assert told["data"] == json.loads(code.encode())
    assert told["data"]["code"] == OTP
