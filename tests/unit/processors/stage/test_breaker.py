"""The breaker opens when too much turns poison, and only then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.stage.breaker import BreakerOpen, PoisonBreaker


def test_a_few_bad_records_at_a_quiet_hour_do_not_stop_the_stage() -> None:
    """Below the minimum the share does not matter."""
    breaker = PoisonBreaker(ratio=0.5, minimum=20, window=1_000)
    for _ in range(19):
        breaker.check(records=1, poison=1)
        breaker.count(records=1, poison=1)


def test_too_large_a_share_stops_it_before_the_commit() -> None:
    """The batch that crosses the line is the one that is refused."""
    breaker = PoisonBreaker(ratio=0.5, minimum=20, window=1_000)
    breaker.count(records=30, poison=15)
    with pytest.raises(BreakerOpen, match=r"25 of the last 40 records .* 50% that PROCESS_POISON_RATIO"):
        breaker.check(records=10, poison=10)


def test_an_aborted_batch_does_not_count_twice() -> None:
    """What is looked at again and again before it is committed is one batch."""
    breaker = PoisonBreaker(ratio=0.5, minimum=20, window=1_000)
    for _ in range(100):
        breaker.check(records=10, poison=10)


@given(st.lists(st.tuples(st.integers(1, 5_000), st.floats(0, 0.49)), max_size=50))
def test_it_stays_closed_while_every_batch_is_below_the_share(batches: list[tuple[int, float]]) -> None:
    """Old poison fades; good batches never add up to an open breaker."""
    breaker = PoisonBreaker(ratio=0.5, minimum=1, window=1_000)
    for records, share in batches:
        poison = int(records * share)
        if poison or breaker._poison:
            breaker.check(records=records, poison=poison)
        breaker.count(records=records, poison=poison)


def test_a_ratio_of_one_never_opens() -> None:
    """Who wants everything buried can have it."""
    PoisonBreaker(ratio=1.0, minimum=1, window=10).check(records=10, poison=10)
