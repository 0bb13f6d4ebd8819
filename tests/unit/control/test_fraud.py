"""The fraud guard's decisions, as pure functions of what was counted."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.control.fraud import decision
from otpstream.control.fraud.decision import Conversion, HoldAction, PrefixHold, Velocity
from otpstream.control.fraud.settings import FraudSettings
from tests.builders import NOON, seconds

SETTINGS = FraudSettings(conversion_minimum_started=20, conversion_floor=0.25, hold_seconds=600)
WINDOW = timedelta(seconds=SETTINGS.conversion_window_seconds)


def make_hold(prefix: str = "+44", *, action: HoldAction = "hold", ends_seconds: float | None = 600) -> PrefixHold:
    return PrefixHold(
        prefix=prefix,
        action=action,
        reason="held_by_operator",
        detail="pumping",
        changed_at=NOON,
        ends_at=None if ends_seconds is None else NOON + seconds(ends_seconds),
    )


@given(st.integers(0, 200), st.data())
def test_a_prefix_is_held_exactly_where_its_conversion_collapsed(started: int, data: st.DataObject) -> None:
    """Enough of them are over, and too few were completed: for so long, with the counts as its reason."""
    completed = data.draw(st.integers(0, started))

    hold = decision.judged("+44", Conversion(started=started, completed=completed), SETTINGS, now=NOON)

    assert (hold is not None) == (started >= 20 and completed / max(started, 1) < 0.25)
    if hold is not None:
        assert hold.in_force(NOON)
        assert not hold.in_force(NOON + seconds(600))
        assert hold.reason == "conversion_collapsed"
        assert hold.detail.startswith(f"{completed} of {started} verifications of +44")


def test_a_floor_of_zero_holds_nobody() -> None:
    """The guard can be set aside."""
    settings = FraudSettings(conversion_floor=0, conversion_minimum_started=1)
    assert decision.judged("+44", Conversion(started=1000, completed=0), settings, now=NOON) is None


@given(st.integers(1, 100), st.integers(1, 100))
def test_more_completed_never_brings_a_hold(started: int, completed: int) -> None:
    """A sound prefix stays sound when one more is completed."""
    completed = min(started, completed)
    if decision.judged("+44", Conversion(started=started, completed=completed - 1), SETTINGS, now=NOON) is None:
        assert decision.judged("+44", Conversion(started=started, completed=completed), SETTINGS, now=NOON) is None


def test_the_limit_that_takes_longest_is_told() -> None:
    """Whoever waits that long finds room under all."""
    velocities = [
        Velocity(scope="client", filled_at=NOON - seconds(10), window_seconds=60),
        Velocity(scope="phone", filled_at=NOON - seconds(100), window_seconds=3600),
        Velocity(scope="prefix", filled_at=None, window_seconds=3600),
    ]
    stop = decision.too_many(velocities, now=NOON)
    assert stop is not None
    assert (stop.scope, stop.retry_after_seconds) == ("phone", 3500)
    assert decision.too_many(velocities[2:], now=NOON) is None


@pytest.mark.parametrize(
    ("hold", "since_seconds"),
    [
        (None, None),
        (make_hold(ends_seconds=-60), -60),
        (make_hold(ends_seconds=-SETTINGS.conversion_window_seconds - 5), None),
        (make_hold(action="lifted", ends_seconds=None), 0),
        (make_hold(ends_seconds=600), None),
    ],
    ids=["none", "ended", "ended long ago", "lifted", "in force"],
)
def test_what_was_counted_before_a_hold_ended_counts_no_more(
    hold: PrefixHold | None, since_seconds: float | None
) -> None:
    """Otherwise the same collapse would hold it again at once, however often it is lifted."""
    expected = NOON - WINDOW if since_seconds is None else NOON + seconds(since_seconds)
    assert decision.counted_since(hold, SETTINGS, now=NOON) == expected


def test_the_longest_prefix_decides() -> None:
    """A country is held, one of its ranges is allowed; what is over or lifted says nothing."""
    holds = [
        make_hold("+44"),
        make_hold("+447860", action="allow"),
        make_hold("+4478600", ends_seconds=-1),
        make_hold("+447860021", action="lifted", ends_seconds=None),
    ]
    standing = decision.standing(holds, now=NOON)
    assert standing is not None
    assert (standing.prefix, standing.action) == ("+447860", "allow")
    assert decision.standing(holds[2:], now=NOON) is None


def test_lifting_ends_a_hold_without_end() -> None:
    """From that moment on it is in force no more."""
    hold = make_hold(ends_seconds=None)
    assert hold.in_force(NOON + timedelta(days=1000))
    assert not decision.lifted(hold, now=NOON).in_force(NOON)
