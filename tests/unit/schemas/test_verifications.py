"""The event of verifications: read back as written, keyed so that it meets its SMS, and never holding a code."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.events import Unreadable
from schemas.verifications import Change, Channel, Reason, State, VerificationState
from tests.builders import LINE, NOON, PHONE
from tests.compatibility.verification_samples import verification_samples

GOLDEN = Path(__file__).parents[2] / "compatibility" / "golden" / "otp.verifications.v1"
KEPT = sorted(GOLDEN.rglob("*.json"))

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
times = st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000)).map(NOON.__add__)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "verification_id": texts,
    "sequence": st.integers(1, 99),
    "state": st.sampled_from(get_args(State)),
    "change": st.sampled_from(get_args(Change)),
    "reason": st.none() | st.sampled_from(get_args(Reason)),
    "detail": st.none() | texts,
    "provider": texts,
    "account": texts,
    "phone": st.from_regex(r"\A\+[1-9][0-9]{5,14}\Z", fullmatch=True).filter(str.isascii),
    "line": st.none() | st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}:[A-Za-z0-9_.:/-]{1,60}\Z"),
    "brand": texts,
    "workflow": st.sampled_from(list("1234567")),
    "code_length": st.sampled_from([4, 6]),
    "step": st.integers(0, 3),
    "channel": st.none() | st.sampled_from(get_args(Channel)),
    "attempts": st.integers(0, 100),
    "price": st.none() | st.decimals(0, 1000, places=4),
    "requested_at": times,
    "started_at": st.none() | times,
    "expires_at": times,
    "ended_at": st.none() | times,
    "updated_at": times,
    "code_seen": st.booleans(),
    "message_id": st.none() | texts,
    "arrival_seconds": st.none() | st.floats(0, 1e6),
}


def make_state(**overrides: Any) -> VerificationState:
    """Make the first record of a verification of one of our lines."""
    fields = {
        "verification_id": "v-1",
        "sequence": 1,
        "state": "requested",
        "change": "requested",
        "provider": "textmagic",
        "phone": PHONE,
        "line": LINE,
        "brand": "Acme",
        "workflow": "1",
        "code_length": 4,
        "requested_at": NOON,
        "expires_at": NOON + timedelta(seconds=335),
        "updated_at": NOON,
    }
    return VerificationState.model_validate(fields | overrides)


def test_every_field_is_drawn() -> None:
    """A field that is added is tested from the day that it is."""
    assert set(FIELDS) == set(VerificationState.model_fields)


@given(st.fixed_dictionaries(FIELDS), st.dictionaries(texts.map("new_".__add__), st.integers()))
def test_what_was_written_is_read(fields: dict[str, Any], added: dict[str, Any]) -> None:
    """Any record comes back equal, also with fields that today's reader does not know."""
    state = VerificationState.model_validate(fields)
    later = json.dumps(json.loads(state.encode()) | added).encode()
    assert VerificationState.decode(state.encode()) == state
    assert VerificationState.decode(later) == state


def test_it_meets_its_sms_where_the_phone_is_one_of_ours() -> None:
    """Keyed by the line as messages are, else by the phone."""
    assert make_state().key == LINE
    assert make_state(line=None).key == PHONE


def test_each_record_has_an_id_of_its_own() -> None:
    """Stable over every try to publish it, and never that of another record."""
    assert make_state().event_id == make_state().event_id == "v-1-1"
    assert make_state(sequence=2).event_id == "v-1-2"


def test_states_are_changes() -> None:
    """Every move to a state is told by its own word."""
    assert set(get_args(State)) <= set(get_args(Change))


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "14155550123"},
        {"sequence": 0},
        {"workflow": "8"},
        {"code_length": 5},
        {"state": "lost"},
        {"requested_at": NOON.replace(tzinfo=None)},
        {"arrival_seconds": -1},
        {"line": "no line"},
    ],
    ids=str,
)
def test_what_cannot_be_is_unreadable(wrong: dict[str, Any]) -> None:
    """The complaint names the field."""
    value = json.loads(make_state().encode()) | {name: str(value) for name, value in wrong.items()}
    with pytest.raises(Unreadable, match=next(iter(wrong))):
        VerificationState.decode(json.dumps(value).encode())


def test_it_cannot_be_changed() -> None:
    """What happened stays as it was."""
    with pytest.raises(ValidationError, match="frozen"):
        make_state().state = "verified"  # type: ignore[misc]


def test_no_field_is_for_a_code() -> None:
    """Nor does a record that saw one hold it."""
    assert {name for name in VerificationState.model_fields if "code" in name} == {"code_length", "code_seen"}
    assert not [name for name, value in verification_samples() if b"4711" in value]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_no_field_that_was_ever_written_is_lost(path: Path) -> None:
    """Each kept record is still read, field by field."""
    written = json.loads(path.read_bytes())
    assert written.items() <= json.loads(VerificationState.decode(path.read_bytes()).encode()).items()


def test_the_control_plane_writes_what_was_kept() -> None:
    """The records of today are, byte for byte, those that readers know."""
    kept = {path.stem: path.read_bytes() for path in KEPT if path.parent.name == "0.1.0"}
    assert dict(verification_samples()) == kept


def test_a_verified_one_is_read_as_it_was_meant() -> None:
    """Not only the same fields: the values that the writer had in mind."""
    read = VerificationState.decode((GOLDEN / "0.1.0" / "verified.json").read_bytes())
    assert (read.state, read.price, read.arrival_seconds, read.attempts) == ("verified", Decimal("0.05"), 3.0, 1)
    assert (read.message_id, read.code_seen, read.reason) == ("sms-1", True, None)
