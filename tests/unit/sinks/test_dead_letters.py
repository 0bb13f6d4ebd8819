"""A dead letter holds the whole record, and always fits."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from schemas.dead_letters import KEY_LIMIT_BYTES, VALUE_LIMIT_BYTES, DeadLetter
from sinks.dead_letters import letter_of
from tests.unit.sinks.conftest import NOON

BROKER_LIMIT_BYTES = 1_000_000
"""What brokers take is 1 MiB: less the headers of the record and the batch around it."""


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

    assert len(largest.encode()) < BROKER_LIMIT_BYTES
    assert larger.value == b"x" * VALUE_LIMIT_BYTES
    assert larger.detail.startswith("cut to 700000 of 700001 bytes")


@given(
    key_bytes=st.sampled_from([0, 1, KEY_LIMIT_BYTES, KEY_LIMIT_BYTES + 1, 1_000_000]),
    value_bytes=st.sampled_from([0, VALUE_LIMIT_BYTES, VALUE_LIMIT_BYTES + 1, 1_000_000]),
    detail=st.sampled_from(["d", "y" * 3000, "é" * 3000, "\x00" * 3000]),
)
def test_letter_of_any_size_fits_with_its_key(key_bytes: int, value_bytes: int, detail: str) -> None:
    """The key is in the record twice, and a detail may be written in escapes: whatever died, its letter is taken; what was cut is told."""
    letter = letter_of(
        Record(key=b"k" * key_bytes, value=b"x" * value_bytes), reason="unreadable", detail=detail, died_at=NOON
    )

    assert len(letter.key or b"") + len(letter.encode()) < BROKER_LIMIT_BYTES
    assert (f"key cut to {KEY_LIMIT_BYTES} of {key_bytes} bytes" in letter.detail) is (key_bytes > KEY_LIMIT_BYTES)
    assert letter.key == b"k" * min(key_bytes, KEY_LIMIT_BYTES)
