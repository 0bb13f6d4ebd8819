"""A dead letter holds the whole record, and always fits."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from schemas.dead_letters import VALUE_LIMIT_BYTES, DeadLetter
from sinks.dead_letters import letter_of
from tests.unit.sinks.conftest import NOON


@dataclass(frozen=True)
class Record:
    key: bytes | None
    value: bytes | None
    topic: str = "otp.codes.v1"
    partition: int = 3
    offset: int = 14
    timestamp: int = 0


def written(record: Record, detail: str = "not a Code: body: json_invalid") -> DeadLetter:
    letter = letter_of(record, reason="unreadable", detail=detail, died_at=NOON)
    return DeadLetter.decode(letter.encode())


@given(st.none() | st.binary(), st.none() | st.binary())
def test_bytes_come_back_as_they_were(key: bytes | None, value: bytes | None) -> None:
    """Key and value survive the way through JSON, so that the record can be driven again."""
    letter = written(Record(key=key, value=value))

    assert (letter.key, letter.value) == (key, value)
    assert letter.source == letter.dead_letter_id == "otp.codes.v1/3/14"


def test_letter_of_any_record_fits_into_a_record() -> None:
    """The largest value that is copied stays below the brokers' limit; a larger one is cut, and its size told."""
    largest = letter_of(Record(key=b"k", value=b"x" * VALUE_LIMIT_BYTES), reason="unreadable", detail="d", died_at=NOON)
    larger = written(Record(key=b"k", value=b"x" * (VALUE_LIMIT_BYTES + 1)), detail="y" * 3000)

    assert len(largest.encode()) < 1_000_000
    assert larger.value == b"x" * VALUE_LIMIT_BYTES
    assert larger.detail.startswith("cut to 700000 of 700001 bytes")
