"""Killed at any point of starting, checking and cancelling: no second code, no slot lost, each event told once and in order."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.store.engine import open_store
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.settings import VerificationSettings
from tests.builders import PHONE, make_message, seconds
from tests.unit.control.conftest import NewStore
from tests.unit.control.verifications_fakes import (
    ALL_OVER_SECONDS,
    CODE,
    WRONG,
    Fault,
    Killed,
    World,
    asked,
    assert_told_in_order,
    empty_tables,
)

SHORTEST_SCRIPT_POINTS = 14
"""A script with fewer points is not the one that was meant."""
SHORTEST_START_POINTS = 10
LONGEST_SCRIPT_POINTS = 80
PHONES = (PHONE, "+447860021130")


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


async def start_and_verify(world: World) -> None:
    name = (await world.verifications.start(asked(), client="acme")).verification_id
    await world.pass_seconds(70, each=35)
    await world.verifications.check(name, WRONG)
    await world.verifications.check(name, CODE)


async def start_and_cancel(world: World) -> None:
    name = (await world.verifications.start(asked(), client="acme")).verification_id
    await world.verifications.cancel(name, schedule=True)
    await world.pass_seconds(31, each=31)


async def start_and_cancel_by_hand(world: World) -> None:
    name = (await world.verifications.start(asked(), client="acme")).verification_id
    world.clock.forward(40)
    await world.verifications.cancel(name)


async def start_and_expire(world: World) -> None:
    await world.verifications.start(asked(), client="acme")
    await world.pass_seconds(320, each=160)


async def start_and_complete(world: World) -> None:
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    message = make_message(received_at=world.clock() + seconds(2), code=CODE, verification_id=name)
    world.clock.forward(3)
    await world.receive(message)
    await world.pass_seconds(4, each=2)


async def start_and_complete_among_strangers(world: World) -> None:
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    world.clock.forward(3)
    own = make_message(message_id="own", received_at=world.clock(), code=CODE, verification_id=name)
    await world.receive(own.model_copy(update={"message_id": "stranger", "code": WRONG}), own)
    await world.pass_seconds(4, each=2)


SCRIPTS: list[Callable[[World], Awaitable[None]]] = [
    start_and_verify,
    start_and_cancel,
    start_and_cancel_by_hand,
    start_and_expire,
    start_and_complete,
    start_and_complete_among_strangers,
]
TWO_CODES = (start_and_verify, start_and_complete_among_strangers)
"""The scripts that check two codes, each once."""


async def recover(world: World) -> list[str]:
    """Begin a new process, let a client try again every minute, and let everything end; return what became of the tries."""
    world.restart()
    tries: list[str] = []
    for _ in range(8):
        try:
            await world.verifications.start(asked(), client="acme")
        except Refusal as refusal:
            tries.append(refusal.kind)
        else:
            tries.append("started")
        await world.pass_seconds(60, each=60)
    await world.pass_seconds(ALL_OVER_SECONDS, each=100)
    return tries


async def assert_sound(world: World) -> None:
    """Assert what must hold once all is over."""
    assert world.verifier.conflicts == 0
    assert await world.tick() == 0
    events = await world.events()
    assert_told_in_order(events)
    last = {event.verification_id: event for event in events}
    stored = await world.verifications.listed(client=None, limit=200)
    assert {one.verification_id: (one.state, one.sequence) for one in stored} == {
        name: (event.state, event.sequence) for name, event in last.items()
    }
    assert all(event.ended_at is not None for event in last.values())
    verified = [one for one in world.verifier.made.values() if one.state == "verified"]
    assert sum(event.state == "verified" for event in last.values()) <= len(verified)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
async def test_killed_at_every_point(world: World, script: Callable[[World], Awaitable[None]]) -> None:
    """For each point of each script: killed there, the next process on the same store makes everything good."""
    for point in range(LONGEST_SCRIPT_POINTS):
        await empty_tables(world.engine)
        world = World(world.engine)
        world.fuse.left = point
        try:
            await script(world)
        except Killed:
            tries = await recover(world)
            await assert_sound(world)
            assert world.verifier.calls["check"] <= (2 if script in TWO_CODES else 1)
            assert set(tries) <= {"started", "phone_live"}
            assert "started" in tries
        else:
            break
    else:
        pytest.fail("the script has more points than are killed")
    assert point > SHORTEST_SCRIPT_POINTS
    world.fuse.left = None
    await world.pass_seconds(ALL_OVER_SECONDS)
    await assert_sound(world)


async def test_killed_at_every_point_of_a_start_under_a_key(world: World) -> None:
    """Sent again under its key until it is answered, at once or after more than a code's life: one code, and one verification."""
    for point in range(LONGEST_SCRIPT_POINTS):
        for wait_seconds in (0, 2 * ALL_OVER_SECONDS):
            await empty_tables(world.engine)
            world = World(world.engine)
            world.fuse.left = point
            try:
                await world.verifications.start(asked(), client="acme", idempotency_key="k1")
            except Killed:
                world.restart()
                await world.pass_seconds(wait_seconds, each=100)
            else:
                assert point > SHORTEST_START_POINTS
                return
            again = [await world.verifications.start(asked(), client="acme", idempotency_key="k1") for _ in range(2)]
            assert again[0] == again[1]
            assert len(await world.verifications.listed(client="acme", limit=9)) == 1
            assert len(world.verifier.made) <= 1
            await world.pass_seconds(2 * ALL_OVER_SECONDS, each=100)
            await assert_sound(world)
    pytest.fail("the start has more points than are killed")


class Killing(RuleBasedStateMachine):
    """Whatever clients, the provider, the clock and kills do, in any order."""

    engine: AsyncEngine
    runner: asyncio.Runner

    @initialize()
    def begin(self) -> None:
        self.run(empty_tables(self.engine))
        self.world = World(self.engine, settings=VerificationSettings(attempts_limit=3))
        self.names: list[str] = []

    def run(self, work: Awaitable[object]) -> None:
        """Do something that may be refused, or cut short by a kill."""

        async def done() -> None:
            try:
                await work
            except Refusal:
                pass
            except Killed:
                self.world.restart()

        self.runner.run(done())

    kills = st.none() | st.integers(0, 12)
    faults: st.SearchStrategy[Fault] = st.sampled_from(
        ["none", "none", "none", "lost", "unreadable", "away", "refused", "key"]
    )

    @rule(
        kill=kills,
        fault=faults,
        phone=st.sampled_from(PHONES),
        slow=st.sampled_from([0, 0, 20, 34]),
        complete=st.booleans(),
    )
    def start(self, kill: int | None, fault: Fault, phone: str, slow: float, complete: bool) -> None:
        world = self.world
        world.fuse.left, world.verifier.fault, world.verifier.slow_seconds = kill, fault, slow
        world.verifier.during = World(self.engine, clock=world.clock).tick
        before = world.verifier.calls["start"]
        self.run(
            world.verifications.start(asked(phone=phone), client="acme", auto_complete=complete and phone == PHONE)
        )
        assert world.verifier.calls["start"] <= before + 1
        self._calm()

    @rule(
        kill=kills,
        fault=faults,
        code=st.sampled_from([CODE, WRONG]),
        pick=st.integers(0, 3),
        slow=st.sampled_from([0, 34]),
    )
    def check(self, kill: int | None, fault: Fault, code: str, pick: int, slow: float) -> None:
        world = self.world
        world.fuse.left, world.verifier.fault, world.verifier.slow_seconds = kill, fault, slow
        world.verifier.during = World(self.engine, clock=world.clock).tick
        self.run(self._on_one(pick, lambda name: world.verifications.check(name, code)))
        self._calm()

    @rule(kill=kills, fault=faults, schedule=st.booleans(), pick=st.integers(0, 3))
    def cancel(self, kill: int | None, fault: Fault, schedule: bool, pick: int) -> None:
        world = self.world
        world.fuse.left, world.verifier.fault = kill, fault
        self.run(self._on_one(pick, lambda name: world.verifications.cancel(name, schedule=schedule)))
        self._calm()

    @rule(kill=kills, count=st.sampled_from([1, 10, 30, 60, 100, 299, 300]))
    def wait(self, kill: int | None, count: float) -> None:
        self.world.clock.forward(count)
        self.world.fuse.left = kill
        self.run(self.world.tick())
        self._calm()

    @rule(phone=st.sampled_from(PHONES))
    def somebody_else(self, phone: str) -> None:
        self.world.verifier.start_elsewhere(phone)

    @invariant()
    def told_once_and_in_order(self) -> None:
        if hasattr(self, "world"):
            self.run(self._assert_told())

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.run(self.world.pass_seconds(ALL_OVER_SECONDS, each=100))
            self.run(assert_sound(self.world))

    async def _assert_told(self) -> None:
        assert self.world.verifier.conflicts == 0
        assert_told_in_order(await self.world.events())

    async def _on_one(self, pick: int, act: Callable[[str], Awaitable[object]]) -> None:
        stored = await self.world.verifications.listed(client=None, limit=4)
        if stored:
            await act(stored[pick % len(stored)].verification_id)

    def _calm(self) -> None:
        self.world.fuse.left = None
        self.world.verifier.fault, self.world.verifier.slow_seconds, self.world.verifier.during = "none", 0, None


@pytest.mark.parametrize(("database", "examples"), [("sqlite", 40), ("postgresql", 10)])
def test_killed_at_random(database: str, examples: int, request: pytest.FixtureRequest) -> None:
    """Random clients, faults, delays, two processes and kills: the same holds."""
    new: NewStore = request.getfixturevalue(f"new_{database}")
    engine = open_store(new())
    with asyncio.Runner() as runner:
        Killing.engine, Killing.runner = engine, runner
        run_state_machine_as_test(
            Killing, settings=hypothesis_settings(max_examples=examples, stateful_step_count=15, deadline=None)
        )
        runner.run(engine.dispose())
