"""The clock at work: it outlives a store that is away and a row that is broken, and waits for no provider."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from otpstream.control.store import verifications as store
from otpstream.control.verifications.record import Verification
from otpstream.control.verifications.settings import VerificationSettings
from tests.builders import PHONE
from tests.unit.control.verifications_fakes import World, asked


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


async def started(world: World, number: int = 0) -> str:
    request = asked(phone=f"+4478600211{number:02}")
    return (await world.verifications.start(request, client="acme")).verification_id


async def run_looks(world: World, looks: int, *, seconds_each: float, hanging: asyncio.Event | None = None) -> int:
    """Let the clock run for so many sleeps, and wait before the last one until a call hangs; return how often it slept."""
    slept = 0

    async def sleep(_: float) -> None:
        nonlocal slept
        slept += 1
        world.clock.forward(seconds_each)
        if slept == looks:
            if hanging is not None:
                await hanging.wait()
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await world.ticker.run(sleep=sleep)
    return slept


class Away:
    """A store that is away for its first transactions."""

    def __init__(self, engine: Any, times: int) -> None:
        self._engine = engine
        self._times = times

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        if self._times:
            self._times -= 1
            raise OperationalError("connect", None, ConnectionRefusedError())
        async with self._engine.begin() as connection:
            yield connection


async def test_a_store_that_is_away_is_tried_again(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is lost but time: once it is back, all that was due is told in order."""
    name = await started(world)
    ledger = world.verifications.ledger
    ledger.engine = Away(ledger.engine, 2)  # type: ignore[assignment]

    await run_looks(world, 4, seconds_each=100)

    assert await world.told(name) == ["requested", "started", "step", "step", "step", "expired"]
    assert caplog.text.count("could not tick: OperationalError") == 2


async def test_a_broken_row_holds_up_nobody(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """What a bug or a hand in the store made of one is logged by its id; all others go on."""
    broken, sound = await started(world, 0), await started(world, 1)
    async with world.engine.begin() as connection:
        rows = update(store.verifications).where(store.verifications.c.verification_id == broken)
        await connection.execute(rows.values(workflow="9"))

    await world.pass_seconds(301, each=43)

    assert (await world.told(sound))[-1] == "expired"
    assert f"verification {broken} is stuck: KeyError" in caplog.text


async def test_more_than_a_batch_is_moved_without_a_pause(world: World) -> None:
    """After an outage the clock catches up batch by batch before it sleeps."""
    world.settings = VerificationSettings(tick_batch=2)
    world.restart()
    names = [await started(world, number) for number in range(5)]
    world.clock.forward(301)

    assert await run_looks(world, 1, seconds_each=0) == 1

    assert {(await world.told(name))[-1] for name in names} == {"expired"}


async def test_the_clock_does_not_wait_for_a_provider(world: World) -> None:
    """While a scheduled cancel hangs, the steps of others go out."""
    cancelled, other = await started(world, 0), await started(world, 1)
    await world.verifications.cancel(cancelled, schedule=True)
    hanging = asyncio.Event()

    async def hang() -> None:
        hanging.set()
        await asyncio.Event().wait()

    world.verifier.during = hang

    await run_looks(world, 4, seconds_each=31, hanging=hanging)

    assert await world.told(other) == ["requested", "started", "step", "step"]
    assert "cancelled" not in await world.told(cancelled)


async def test_an_error_of_ours_does_not_end_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged by its class alone."""
    caplog.set_level(logging.WARNING)
    world.verifications.ledger.metrics.stands = None  # type: ignore[assignment, method-assign]
    await run_looks(world, 2, seconds_each=1)
    assert caplog.text.count("could not tick: TypeError") == 2


async def test_a_call_that_fails_by_a_bug_does_not_end_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Its claim lapses and it is asked again; the steps of others go out, and no text of a driver is logged."""
    cancelled, other = await started(world, 0), await started(world, 1)
    await world.verifications.cancel(cancelled, schedule=True)
    ask, failures = world.verifications.ask, [RuntimeError(PHONE)]

    async def fail_once(claimed: Verification) -> Verification:
        if failures:
            raise failures.pop()
        return await ask(claimed)

    world.verifications.ask = fail_once  # type: ignore[method-assign]
    await run_looks(world, 3, seconds_each=31)
    await world.pass_seconds(60, each=20)

    assert await world.told(other) == ["requested", "started", "step", "step", "step"]
    assert (await world.told(cancelled))[-1] == "cancelled"
    assert f"cancel of verification {cancelled}: RuntimeError" in caplog.text
    assert PHONE not in caplog.text
