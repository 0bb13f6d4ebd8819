"""A clock that runs fast, jumps, and rings: what is due happens in order, once, and at its own time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.sandbox import ScaledClock

START = datetime(2025, 6, 26, 8, 15, tzinfo=UTC)


def test_it_runs_as_many_times_faster() -> None:
    """A second of real time is as many seconds of the clock as its speed says."""
    real_seconds = [100.0]
    clock = ScaledClock(speed=600, start=START, monotonic=lambda: real_seconds[0])

    real_seconds[0] += 0.5

    assert clock() == START + timedelta(seconds=300)


@given(
    delays=st.lists(st.integers(min_value=0, max_value=100), max_size=20),
    jumps=st.lists(st.integers(min_value=0, max_value=40), max_size=10),
)
def test_what_is_due_happens_once_in_order_and_at_its_time(delays: list[int], jumps: list[int]) -> None:
    """However the time is jumped over, each action that fell due ran once, in order, and read its due time."""
    clock = ScaledClock(speed=0, start=START)
    ran: list[tuple[int, datetime]] = []
    for index, delay in enumerate(delays):
        clock.call_after(delay, lambda index=index: ran.append((index, clock())))  # type: ignore[misc]
    for jump in jumps:
        clock.advance(jump)

    due = sorted((delay, index) for index, delay in enumerate(delays) if delay <= sum(jumps))
    if not jumps:
        clock.settle()
    assert ran == [(index, START + timedelta(seconds=delay)) for delay, index in due]
    assert clock() == START + timedelta(seconds=sum(jumps))


def test_what_an_action_schedules_counts_from_its_own_time() -> None:
    """A chain of actions keeps its distances, also where one jump passes them all."""
    clock, rings = ScaledClock(speed=0, start=START), []

    def ring() -> None:
        rings.append((clock() - START).total_seconds())
        if len(rings) < 4:
            clock.call_after(60, ring)

    clock.call_after(60, ring)
    clock.advance(3_600)

    assert rings == [60, 120, 180, 240]


def test_an_action_keeps_its_time_while_it_acts() -> None:
    """What an action sets off, such as an SMS, does not let others run before it has ended, nor changes its time."""
    clock, ran = ScaledClock(speed=0, start=START), list[tuple[str, float]]()

    def act() -> None:
        clock.settle()
        ran.append(("first", (clock() - START).total_seconds()))

    clock.call_after(5, act)
    clock.call_after(6, lambda: ran.append(("second", (clock() - START).total_seconds())))
    clock.advance(60)

    assert ran == [("first", 5), ("second", 6)]


def test_an_action_that_fails_does_not_stop_the_time() -> None:
    """The failure reaches whoever moved the clock; the actions after it still run, at their time."""
    clock, ran = ScaledClock(speed=0, start=START), []
    clock.call_after(1, lambda: [][0])
    clock.call_after(2, lambda: ran.append(clock()))

    with pytest.raises(IndexError):
        clock.advance(10)
    clock.settle()

    assert ran == [START + timedelta(seconds=2)]
    assert clock() == START + timedelta(seconds=10)


async def test_a_fast_clock_rings_by_itself() -> None:
    """While it runs, what is due happens without anyone asking; minutes pass in a blink."""
    clock, rang = ScaledClock(speed=100_000), asyncio.Event()
    async with asyncio.timeout(10), clock.running():
        clock.call_after(300, rang.set)
        await rang.wait()


async def test_a_sleep_ends_when_its_time_is_jumped_over() -> None:
    """Whoever sleeps on a clock that stands still wakes once it is advanced far enough, and not before."""
    clock = ScaledClock(speed=0, start=START)
    sleeping = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    clock.advance(59)
    await asyncio.sleep(0)
    assert not sleeping.done()

    clock.advance(1)

    async with asyncio.timeout(10):
        await sleeping


def test_time_does_not_run_backwards() -> None:
    """A negative speed is refused by name."""
    with pytest.raises(ValueError, match="speed must not be negative"):
        ScaledClock(speed=-1)
