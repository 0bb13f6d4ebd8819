"""The schedule of attempts: inside the code's life, never sooner than asked, never endless."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sinks.settings import RetrySettings
from sinks.webhooks import schedule
from tests.unit.sinks.conftest import NOON

draws = st.floats(min_value=0, max_value=1, exclude_max=True)
retries = st.builds(
    RetrySettings,
    attempts_limit=st.integers(1, 30),
    first_delay_seconds=st.floats(0.05, 60),
    longest_delay_seconds=st.floats(0.05, 300),
    window_seconds=st.floats(1, 900),
)
failing_attempts = st.lists(
    st.tuples(st.floats(0, 30), st.one_of(st.just(0.0), st.floats(0, 2000)), draws), min_size=31, max_size=31
)
"""How long each attempt takes, what its answer asks for, and the draw of the jitter."""


@given(retries, st.floats(0.001, 2000), failing_attempts)
def test_attempts_fit_inside_the_life(
    retries: RetrySettings, life_seconds: float, failing: list[tuple[float, float, float]]
) -> None:
    """However attempts fail, each starts later than the last, not before it was asked, and not after the deadline."""
    ends_seconds = min(life_seconds, retries.window_seconds)
    at_seconds, attempts = 0.0, 0
    for took_seconds, asked_seconds, draw in failing:
        assert at_seconds < ends_seconds
        attempts += 1
        failed_at_seconds = at_seconds + min(took_seconds, ends_seconds - at_seconds)
        wait_seconds = schedule.wait_seconds(
            attempts,
            retries=retries,
            remaining_seconds=ends_seconds - failed_at_seconds,
            asked_seconds=asked_seconds,
            draw=draw,
        )
        if wait_seconds is None:
            break
        assert wait_seconds >= max(asked_seconds, min(retries.first_delay_seconds, retries.longest_delay_seconds) / 2)
        at_seconds = failed_at_seconds + wait_seconds

    assert wait_seconds is None
    assert attempts <= retries.attempts_limit


@given(st.integers(1, 29), retries, draws)
def test_backoff_grows_and_is_bounded(failures: int, retries: RetrySettings, draw: float) -> None:
    """For the same draw a later wait is never shorter, and none is outside half to all of the limit."""
    this = schedule.backoff_seconds(failures, retries=retries, draw=draw)
    following = schedule.backoff_seconds(failures + 1, retries=retries, draw=draw)

    assert this <= following <= retries.longest_delay_seconds
    assert this >= min(retries.first_delay_seconds, retries.longest_delay_seconds) / 2


def test_last_attempt_is_drawn_forward() -> None:
    """A wait that would end after the code's life is cut, so that the last attempt still has its second."""
    wait_seconds = schedule.wait_seconds(8, retries=RetrySettings(), remaining_seconds=11, asked_seconds=0, draw=0.99)

    assert wait_seconds == 11 - schedule.LAST_ATTEMPT_SECONDS


def test_request_beyond_the_deadline_ends_the_push() -> None:
    """A subscriber that asks for more time than the code has is not called again."""
    wait_seconds = schedule.wait_seconds(1, retries=RetrySettings(), remaining_seconds=60, asked_seconds=120, draw=0)

    assert wait_seconds is None


def test_table_in_the_docstring_is_the_schedule() -> None:
    """What the module shows to a reader is what its defaults do."""
    defaults = RetrySettings()
    rows = ["1 0.00 – 0.00 0.0"]
    since_first = 0.0
    for failures in range(1, defaults.attempts_limit):
        longest = schedule.backoff_seconds(failures, retries=defaults, draw=1)
        since_first += longest
        rows.append(f"{failures + 1} {longest / 2:.2f} – {longest:.2f} {since_first:.1f}")

    shown = [" ".join(line.split()) for line in (schedule.__doc__ or "").splitlines()]

    assert [line for line in shown if line[:1].isdigit()] == rows


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, 0),
        ("", 0),
        ("0", 0),
        (" 7 ", 7),
        ("-7", 0),
        ("1.5", 0),
        ("soon", 0),
        ("٧", 0),
        ("9" * 5000, float("inf")),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30),
        ("Sun, 01 Mar 2026 13:00:30 +0100", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float) -> None:
    """Both forms of RFC 9110 are read; anything else asks for nothing."""
    assert schedule.retry_after_seconds(value, now=NOON) == seconds


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, [0-9 ]{1,4}[A-Za-z]{3} [0-9]{1,5} [0-9:]{1,9} [A-Z+\-0-9]{1,6}"))
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
def test_no_retry_after_breaks_the_push(value: str) -> None:
    """A header is anyone's text: it is read as a wait of zero or more, and never raises."""
    assert schedule.retry_after_seconds(value, now=NOON) >= 0


@given(st.lists(st.floats(-100, 2000), min_size=1, max_size=20), st.floats(1, 900))
def test_deadlines_are_within_the_life_and_the_window(lives_seconds: list[float], window_seconds: float) -> None:
    """Neither a code's expiry nor the window is ever passed, and the last of those that wait has all of what is left."""
    expiries = [NOON + timedelta(seconds=life_seconds) for life_seconds in lives_seconds]
    window_ends_at = NOON + timedelta(seconds=window_seconds)

    deadlines = schedule.deadlines(expiries, started_at=NOON, window_seconds=window_seconds)

    assert len(deadlines) == len(expiries)
    assert all(deadline <= expires_at for deadline, expires_at in zip(deadlines, expiries, strict=True))
    assert max(deadlines) <= window_ends_at
    assert deadlines[-1] == min(expiries[-1], window_ends_at)


@given(st.lists(st.floats(-100, 2000), min_size=2, max_size=20), st.floats(1, 900))
def test_deadlines_leave_a_second_to_every_living_code_behind(
    lives_seconds: list[float], window_seconds: float
) -> None:
    """Whoever is done by his deadline leaves the next ones an attempt each while they live; the dead ask for nothing."""
    expiries = [NOON + timedelta(seconds=life_seconds) for life_seconds in lives_seconds]
    second = timedelta(seconds=schedule.LAST_ATTEMPT_SECONDS)

    deadlines = schedule.deadlines(expiries, started_at=NOON, window_seconds=window_seconds)

    living = [place for place, expires_at in enumerate(expiries) if expires_at > NOON]
    for before, behind in pairwise(living):
        assert deadlines[before] + second <= deadlines[behind]


def test_a_code_without_an_end_has_a_deadline() -> None:
    """The end of the calendar is an expiry like any other."""
    [deadline] = schedule.deadlines([datetime.max.replace(tzinfo=UTC)], started_at=NOON, window_seconds=1)

    assert deadline == NOON + timedelta(seconds=1)


@given(st.floats(0.1, 30), st.floats(-500, 500), st.floats(0.001, 2000))
def test_an_attempt_has_a_second_within_the_life(
    limit_seconds: float, until_deadline_seconds: float, left_seconds: float
) -> None:
    """However late its turn came, an attempt has the second that answers take; it never outlasts its limit or the code."""
    seconds = schedule.timeout_seconds(
        limit_seconds,
        now=NOON,
        deadline=NOON + timedelta(seconds=until_deadline_seconds),
        expires_at=NOON + timedelta(seconds=left_seconds),
    )

    assert seconds == pytest.approx(
        min(limit_seconds, left_seconds, max(schedule.LAST_ATTEMPT_SECONDS, until_deadline_seconds)), abs=1e-5
    )


@given(st.integers(1, 1000), st.floats(0.1, 30), st.floats(1, 900))
def test_first_attempts_of_a_batch_fit_the_window(
    concurrency: int, timeout_seconds: float, window_seconds: float
) -> None:
    """Though every attempt takes all its time, each code of a batch has had one by the end of the window; no slot is left empty."""
    limit = schedule.batch_limit(concurrency, timeout_seconds=timeout_seconds, window_seconds=window_seconds)

    assert limit >= concurrency
    assert math.ceil(limit / concurrency) * timeout_seconds <= max(window_seconds, timeout_seconds)


def test_a_date_beyond_the_calendar_is_no_date() -> None:
    """A subscriber's odd header must not turn a push that may be retried into a dead letter."""
    odd = "Mon, 01 Jan 2026 00:00:00 +99999999999999"

    assert schedule.retry_after_seconds(odd, now=NOON) == 0.0
