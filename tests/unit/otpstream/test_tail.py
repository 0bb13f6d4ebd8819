"""What `otpstream tail` shows: one line a code, with nothing secret unless asked."""

import time
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.tail import line_of, masked
from tests.builders import OTP, PHONE, make_code

words = st.text(max_size=40)


@given(words, st.integers(0, 50))
def test_masked_shows_its_tail_alone(value: str, shown: int) -> None:
    """As long as before, only the last characters in clear; a value that short is hidden whole."""
    mask = masked(value, shown=shown)

    clear = shown if shown < len(value) else 0
    assert mask == "*" * (len(value) - clear) + value[len(value) - clear :]


def test_what_is_not_there_is_a_dash() -> None:
    """An unknown phone is no row of stars."""
    assert masked(None, shown=4) == "-"


@pytest.mark.parametrize("sender", ["+12135559876", "12135559876", "+1 (213) 555-9876"])
def test_codes_and_numbers_are_hidden(sender: str) -> None:
    """However the provider writes a number, its last four digits show; of the code its length."""
    line = line_of(make_code(sender=sender, service=None), show=False)

    assert OTP not in line
    assert PHONE not in line
    assert sender not in line
    assert "*" * len(OTP) in line
    assert "0123" in line


def test_asked_for_everything_shows() -> None:
    """With --show-codes the line holds the code, the phone and the sender's number."""
    line = line_of(make_code(service=None), show=True)
    assert all(shown in line for shown in (OTP, PHONE, "+12135559876", "text2fa:12345", "5.0 ms"))


@pytest.mark.parametrize("sender", ["Facebook", "32665"])
def test_names_and_short_codes_show(sender: str) -> None:
    """Neither is anybody's number."""
    assert sender in line_of(make_code(sender=sender, service=None), show=False)


def test_time_is_the_readers() -> None:
    """The time of receipt, as a clock on the wall says it."""
    code = make_code()
    local = datetime.fromtimestamp(time.mktime(time.localtime(code.received_at.timestamp())))  # noqa: DTZ006 - the reader's
    assert line_of(code, show=False).startswith(f"{local:%H:%M:%S}")


@given(words, st.none() | words, st.none() | words, st.booleans())
def test_one_code_is_one_line(sender: str, service: str | None, rental_id: str | None, show: bool) -> None:
    """Whatever a provider writes, it neither ends the line nor steers the terminal."""
    line = line_of(make_code(sender=sender, service=service, rental_id=rental_id), show=show)
    assert line.isprintable()
