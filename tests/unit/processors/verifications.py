"""Verifications for the tests of the processors: a builder, and the record that the control plane writes."""

from typing import Any

from schemas.topics import VERIFICATIONS
from schemas.verifications import VerificationState
from tests.builders import LINE, NOON, PHONE, FakeRecord, seconds


def make_verification(**overrides: Any) -> VerificationState:
    """Make a verification of the line, asked for at noon and started a second later."""
    fields = {
        "verification_id": "v-1",
        "sequence": 2,
        "state": "started",
        "change": "started",
        "provider": "textmagic",
        "phone": PHONE,
        "line": LINE,
        "brand": "Acme",
        "workflow": "1",
        "code_length": 6,
        "requested_at": NOON,
        "started_at": NOON + seconds(1),
        "expires_at": NOON + seconds(301),
        "updated_at": NOON + seconds(1),
    }
    return VerificationState.model_validate(fields | overrides)


def told(state: VerificationState, **overrides: Any) -> FakeRecord:
    """Return the record of a verification's state, keyed as the control plane keys it."""
    fields: dict[str, Any] = {
        "topic_name": VERIFICATIONS.name,
        "value_bytes": state.encode(),
        "key_bytes": state.key.encode(),
    }
    return FakeRecord(**fields | overrides)
