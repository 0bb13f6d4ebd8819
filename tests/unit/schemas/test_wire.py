"""The structs of the hot path say what the models of `schemas.events` say."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from schemas import events, wire
from tests.builders import make_sms

PAIRS = [(wire.Sms, events.SmsReceived), (wire.Message, events.Message), (wire.Code, events.Code)]


@pytest.mark.parametrize(("struct", "model"), PAIRS, ids=lambda one: one.__name__)
def test_a_struct_has_the_fields_of_its_model(struct: type[msgspec.Struct], model: type[BaseModel]) -> None:
    """No field more, none less, and required where the model requires it."""
    required = {field.name for field in msgspec.structs.fields(struct) if field.required}

    assert set(struct.__struct_fields__) == set(model.model_fields)
    assert required == {name for name, field in model.model_fields.items() if field.is_required()}


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=300),
    st.just("text2fa:1"),
    st.just(""),
)


@given(st.dictionaries(st.sampled_from(sorted(events.SmsReceived.model_fields)), ODD, max_size=3), st.booleans())
def test_whatever_the_struct_reads_the_model_reads_alike(odd: dict[str, Any], left_out: bool) -> None:
    """The short way lets nothing through that the contract refuses, and reads the same values."""
    fields = make_sms().model_dump(mode="json")
    fields = {name: value for name, value in fields.items() if name not in odd} if left_out else fields | odd
    value = msgspec.json.encode(fields)
    try:
        expected = events.SmsReceived.decode(value)
    except events.Unreadable:
        with pytest.raises(events.Unreadable, match="not a SmsReceived"):
            wire.read_sms(value)
    else:
        read = wire.read_sms(value)
        assert {name: getattr(read, name) for name in read.__struct_fields__} == dict(expected)


@pytest.mark.parametrize(
    "value", [None, b"", b"null", b"[]", b"\xff\xfe", b'{"text": "\xff"}', b"{" * 2000, b'"\\ud800"']
)
def test_bytes_that_are_no_sms_are_unreadable(value: bytes | None) -> None:
    """Every kind of rubbish has the one answer that makes a dead letter of it."""
    with pytest.raises(events.Unreadable):
        wire.read_sms(value)


def test_times_are_written_so_that_both_read_the_same() -> None:
    """RFC 3339 in UTC."""
    noon = datetime(2026, 11, 21, 12, 0, 0, 1000, tzinfo=UTC)
    code = wire.Code(
        "id",
        1,
        "0042",
        0.5,
        "numeric",
        None,
        "text2fa",
        "default",
        "text2fa:1",
        None,
        "x",
        None,
        noon,
        noon,
        noon,
        noon,
    )

    assert events.Code.decode(wire.encode(code)).received_at == noon
    assert b'"received_at":"2026-11-21T12:00:00.001000Z"' in wire.encode(code)
