"""A code lives from its receipt by the provider, unless the provider's clock cannot be believed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.expire import CREDIBLE_DELAY, CREDIBLE_LEAD, expiry
from tests.builders import NOON

LIFE = timedelta(minutes=10)
moments = st.timedeltas(timedelta(days=-3650), timedelta(days=3650)).map(NOON.__add__)


@pytest.mark.parametrize(
    "delay", [timedelta(0), timedelta(seconds=30), timedelta(hours=8), CREDIBLE_DELAY, -CREDIBLE_LEAD]
)
def test_a_credible_time_is_the_beginning(delay: timedelta) -> None:
    """A poll that comes late, a clock a little ahead: life begins when the provider received the SMS."""
    assert expiry(received_at=NOON, ingested_at=NOON + delay, life=LIFE) == NOON + LIFE


@pytest.mark.parametrize(
    "delay", [CREDIBLE_DELAY + timedelta(seconds=1), -CREDIBLE_LEAD - timedelta(seconds=1), timedelta(days=400)]
)
def test_an_incredible_time_is_passed_over(delay: timedelta) -> None:
    """A replayed SMS, a time of the future: life begins with our receipt."""
    assert expiry(received_at=NOON, ingested_at=NOON + delay, life=LIFE) == NOON + delay + LIFE


@given(moments, moments, st.timedeltas(timedelta(0), timedelta(days=7)))
def test_no_clock_makes_a_code_live_for_long(received_at: datetime, ingested_at: datetime, life: timedelta) -> None:
    """Whatever the provider's clock says, a code is gone its life and the credible lead after our receipt."""
    assert expiry(received_at=received_at, ingested_at=ingested_at, life=life) <= ingested_at + life + CREDIBLE_LEAD
