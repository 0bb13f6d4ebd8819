"""What every event promises: it comes back as it was written, old readers survive new writers, and no complaint quotes a value."""

import base64
import json
import traceback
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import deliveries, rentals
from schemas.dead_letters import DeadLetter
from schemas.deliveries import DeliveryOutcome
from schemas.events import Code, CodeKind, Event, Message, Path, SmsReceived, Unreadable, event_id
from schemas.rentals import RentalState
from tests.builders import MAKERS, NOON, make_sms

EVENTS = sorted(MAKERS, key=lambda event: event.__name__)
SECRET_CODE = "847291"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
zones = st.sampled_from([UTC, timezone(timedelta(hours=-7)), timezone(timedelta(hours=5, minutes=30))])
times = st.builds(
    lambda since, zone: (NOON + since).astimezone(zone),
    st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000)),
    zones,
)
lines = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}:[A-Za-z0-9_.:/-]{1,60}\Z")
phones = st.none() | st.from_regex(r"\A\+[1-9][0-9]{5,14}\Z", fullmatch=True).filter(str.isascii)
ids = st.none() | names
shares = st.floats(0, 1)
counts = st.integers(0, 10**6)
in_base64 = st.none() | st.binary(max_size=60).map(base64.b64encode)

FIELDS: dict[type[Event], dict[str, st.SearchStrategy[Any]]] = {
    SmsReceived: {
        "sms_id": names,
        "provider": names,
        "account": texts.map(lambda text: text[:40]),
        "line": lines,
        "path": st.sampled_from(get_args(Path)),
        "sender": texts,
        "text": texts,
        "received_at": times,
        "ingested_at": times,
        "phone": phones,
        "provider_message_id": ids,
    },
    Message: {
        "message_id": names,
        "revision": st.integers(1, 9),
        "provider": names,
        "account": names,
        "line": lines,
        "path": st.sampled_from(get_args(Path)),
        "phone": phones,
        "sender": texts,
        "text": texts,
        "received_at": times,
        "ingested_at": times,
        "processed_at": times,
        "code": ids,
        "confidence": shares,
        "reason": names,
        "kind": st.none() | st.sampled_from(get_args(CodeKind)),
        "service": ids,
        "valid_seconds": st.none() | counts,
        "rental_id": ids,
        "verification_id": ids,
    },
    Code: {
        "message_id": names,
        "revision": st.integers(1, 9),
        "code": names,
        "confidence": shares,
        "kind": st.sampled_from(get_args(CodeKind)),
        "service": ids,
        "provider": names,
        "account": names,
        "line": lines,
        "phone": phones,
        "sender": texts,
        "rental_id": ids,
        "received_at": times,
        "ingested_at": times,
        "processed_at": times,
        "expires_at": times,
        "verification_id": ids,
    },
    RentalState: {
        "rental_id": names,
        "provider": names,
        "account": names,
        "line": lines,
        "phone": phones,
        "country": st.none() | st.sampled_from(["US", "DE", "GB"]),
        "service": ids,
        "state": st.sampled_from(get_args(rentals.State)),
        "started_at": st.none() | times,
        "ends_at": st.none() | times,
        "updated_at": times,
    },
    DeliveryOutcome: {
        "subscription": names,
        "event_id": names,
        "message_id": names,
        "outcome": st.sampled_from(get_args(deliveries.Outcome)),
        "attempts": counts,
        "status": st.none() | st.integers(100, 599),
        "error_code": st.sampled_from(get_args(deliveries.ErrorCode)),
        "ingested_at": times,
        "finished_at": times,
    },
    DeadLetter: {
        "dead_letter_id": names,
        "reason": st.sampled_from(["unreadable", "bug"]),
        "detail": texts,
        "stage": st.sampled_from(["ingest", "process", "deliver"]),
        "source": names,
        "key": in_base64,
        "value": in_base64,
        "died_at": times,
    },
}


@st.composite
def any_event(draw: st.DrawFn) -> Event:
    """Draw any event with any of its values."""
    model = draw(st.sampled_from(EVENTS))
    return model.model_validate(draw(st.fixed_dictionaries(FIELDS[model])))


def test_every_field_of_every_event_is_drawn() -> None:
    """A field added to an event is tested from the day that it is added."""
    assert {model: set(fields) for model, fields in FIELDS.items()} == {
        model: set(model.model_fields) for model in EVENTS
    }


@given(any_event())
def test_what_was_written_is_read(event: Event) -> None:
    """Any event comes back equal from its bytes, which are one JSON object in UTF-8."""
    written = event.encode()

    assert type(event).decode(written) == event
    assert set(json.loads(written.decode("utf-8"))) == set(type(event).model_fields)


@given(any_event(), st.dictionaries(names.map("new_".__add__), st.integers() | texts | st.none(), min_size=1))
def test_unknown_fields_are_passed_over(event: Event, added: dict[str, Any]) -> None:
    """Today's reader reads what a later release writes: fields that it does not know change nothing."""
    later = json.dumps(json.loads(event.encode()) | added).encode()

    assert type(event).decode(later) == event


@pytest.mark.parametrize("model", EVENTS)
def test_an_event_cannot_be_changed(model: type[Event]) -> None:
    """What happened stays as it was: every field is frozen."""
    event = MAKERS[model]()
    for name in model.model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(event, name, None)


@pytest.mark.parametrize("model", EVENTS)
@pytest.mark.parametrize(
    "wrong", [SECRET_CODE, [SECRET_CODE], {SECRET_CODE: SECRET_CODE}, f"{SECRET_CODE} {'x' * 70_000}", True]
)
def test_complaint_names_the_field_and_never_the_value(model: type[Event], wrong: object) -> None:
    """Whatever stands where it should not: neither the text nor the traceback of the complaint holds it."""
    complaints: dict[str, Unreadable] = {}
    for name in model.model_fields:
        value = {**json.loads(MAKERS[model]().encode()), name: wrong}
        try:
            model.decode(json.dumps(value).encode())
        except Unreadable as error:
            complaints[name] = error
    assert complaints
    for name, complaint in complaints.items():
        assert f": {name}" in str(complaint)
        shown = "".join(traceback.format_exception(complaint))
        assert SECRET_CODE not in str(complaint) + repr(complaint) + shown


@pytest.mark.parametrize("model", EVENTS)
@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"null",
        SECRET_CODE.encode(),
        f'"{SECRET_CODE}"'.encode(),
        f'[{{"code": "{SECRET_CODE}"}}]'.encode(),
        f'{{"{SECRET_CODE}": {SECRET_CODE}}}'.encode(),
        f'{{"code": "{SECRET_CODE}'.encode(),
        b"\xff\xfe" + SECRET_CODE.encode(),
        f'{{"text": "\\ud83d {SECRET_CODE}"}}'.encode(),
        b"[" * 5000,
    ],
)
def test_bytes_that_are_no_event_are_unreadable(model: type[Event], value: bytes | None) -> None:
    """Tombstones, other JSON and bytes that are no JSON are told as what they are not, without a byte of them."""
    with pytest.raises(Unreadable, match=f"not a {model.__name__}: ") as caught:
        model.decode(value)

    assert SECRET_CODE not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("model", EVENTS)
def test_times_without_a_zone_are_unreadable(model: type[Event]) -> None:
    """A time that could be anywhere on Earth is refused, not guessed."""
    fields = json.loads(MAKERS[model]().encode())
    aware = [name for name in fields if name.endswith("_at") and fields[name] is not None]
    assert aware
    for name in aware:
        with pytest.raises(Unreadable, match=f"{name}: timezone_aware"):
            model.decode(json.dumps({**fields, name: "2026-03-01T12:00:00"}).encode())


@pytest.mark.parametrize("line", ["12345", "Text2FA:1", ":1", "text2fa:", "text2fa:1\n2"])
def test_a_line_names_its_provider(line: str) -> None:
    """A line is `<provider>:<their id>`: anything else could be two providers' number."""
    with pytest.raises(ValidationError):
        make_sms(line=line)


@pytest.mark.parametrize("phone", ["14155550123", "+0155550123", "+1 415 555 0123", "+123", "+1234567890123456"])
def test_a_phone_is_e164(phone: str) -> None:
    """Phones are compared as keys, so one spelling alone is taken."""
    with pytest.raises(ValidationError):
        make_sms(phone=phone)


def test_an_event_id_is_the_messages_own_at_first() -> None:
    """Revision 1 carries the message's id; each later one differs from it and from every other."""
    revisions = [event_id("sms-1", revision) for revision in range(1, 5)]

    assert revisions[0] == "sms-1"
    assert len(set(revisions)) == len(revisions)


def test_times_are_written_in_utc() -> None:
    """A time in another zone is the same moment, and ends in Z on the wire."""
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    written = json.loads(make_sms(received_at=elsewhere).encode())["received_at"]

    assert datetime.fromisoformat(written) == NOON
