"""A simulator can be left at any moment, whatever happened in it just before."""

import asyncio

import pytest

from otpstream.sandbox import ScaledClock, Text2faDashboardSimulator

TURNS = 12
"""Of the event loop: more than a change needs to be heard of."""
WAIT_SECONDS = 20


@pytest.mark.parametrize("turns", range(TURNS))
async def test_it_is_left_with_rentals_and_sms(turns: int) -> None:
    """The timetable ends though something was entered into it so many turns of the loop before."""

    async def use() -> None:
        async with Text2faDashboardSimulator(token="token", clock=ScaledClock(speed=600)) as simulator:
            order = simulator.account.rent("rent123", days=7)
            for _ in range(TURNS):
                await asyncio.sleep(0)
            simulator.deliver(order.phone, "Uber", "Your code is 4711")
            simulator.account.rent("rent123", days=1)
            for _ in range(turns):
                await asyncio.sleep(0)

    # Not wait_for: what hangs here is a cancellation that got lost.
    task = asyncio.create_task(use())
    done, _ = await asyncio.wait([task], timeout=WAIT_SECONDS)
    assert done, "the simulator was never left"
