"""The fraud guard over the store: a prefix whose conversion collapses is held, told, and can be overridden."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.fraud import decision
from otpstream.control.fraud.holds import PrefixHolds
from otpstream.control.fraud.settings import FraudSettings
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.settings import VerificationSettings
from tests.builders import seconds
from tests.unit.control.verifications_fakes import CODE, World, asked

MINIMUM = 6
FRAUD = FraudSettings(
    conversion_minimum_started=MINIMUM,
    conversion_floor=0.5,
    hold_seconds=3000,
    client_limit=40,
    client_window_seconds=86_400,
)


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine, settings=VerificationSettings(fraud=FRAUD))


@pytest.fixture
def holds(world: World) -> PrefixHolds:
    return PrefixHolds(world.engine, clock=world.clock)


def phone(number: int, *, country: str = "GB") -> str:
    return {"GB": f"+4478600211{number:02}", "IT": f"+3933123456{number:02}"}[country]


async def attempt(world: World, number: int, *, country: str = "GB", complete: bool = False) -> str:
    """Start one, complete it or let it expire with the next tick, and say what came of it."""
    try:
        name = (
            await world.verifications.start(asked(phone=phone(number, country=country)), client="acme")
        ).verification_id
    except Refusal as refusal:
        return refusal.kind
    if complete:
        await world.verifications.check(name, CODE)
    return "started"


async def collapse(world: World) -> None:
    """Start as many as are judged, and let none be completed."""
    assert {await attempt(world, number) for number in range(MINIMUM)} == {"started"}
    await world.pass_seconds(301, each=301)


async def test_a_collapse_holds_the_prefix_and_tells_why(world: World) -> None:
    """The next start is held before anybody is asked: an event with the counts, a metric, and other countries go on."""
    await collapse(world)
    asked_before = world.verifier.calls["start"]

    assert await attempt(world, 50) == "prefix_held"

    assert world.verifier.calls["start"] == asked_before
    event = (await world.events())[-1]
    assert (event.state, event.change, event.reason, event.phone) == ("held", "held", "conversion_collapsed", phone(50))
    assert event.detail == f"0 of {MINIMUM} verifications of +44 were completed: 0% is below 50%"
    await world.tick()
    assert world.metric("otp_verification_held_prefixes") == 1
    assert world.metric("otp_verification_stopped_total", by="held") == 1
    assert await attempt(world, 1, country="IT") == "started"


async def test_live_ones_are_not_judged(world: World) -> None:
    """A burst that nobody has had the time to complete is no collapse."""
    assert {await attempt(world, number) for number in range(3 * MINIMUM)} == {"started"}


async def test_a_prefix_that_completes_is_not_held(world: World) -> None:
    """Half of them is enough."""
    for number in range(MINIMUM):
        await attempt(world, number, complete=number % 2 == 0)
    await world.pass_seconds(301, each=301)
    assert await attempt(world, 50) == "started"


async def test_what_the_provider_refused_is_not_judged(world: World) -> None:
    """Nothing was started, so nothing could be completed."""
    world.verifier.fault = "refused"
    assert {await attempt(world, number) for number in range(2 * MINIMUM)} == {"provider_refused"}
    world.verifier.fault = "none"
    assert await attempt(world, 50) == "started"


async def test_a_hold_ends_by_itself_and_counting_begins_anew(world: World) -> None:
    """After its time the old collapse does not count; a new one holds it again."""
    await collapse(world)
    assert await attempt(world, 50) == "prefix_held"
    world.clock.forward(2999)
    assert await attempt(world, 50) == "prefix_held"
    world.clock.forward(2)
    await collapse(world)
    assert await attempt(world, 51) == "prefix_held"


async def test_an_operator_lifts_a_hold(world: World, holds: PrefixHolds) -> None:
    """It goes on at once, and the collapse before does not hold it again."""
    await collapse(world)
    await attempt(world, 50)
    [hold] = await holds.listed()
    assert (hold.prefix, hold.action, hold.reason) == ("+44", "hold", "conversion_collapsed")

    await holds.lift("+44")

    assert await holds.listed() == []
    assert await attempt(world, 50) == "started"
    with pytest.raises(Refusal, match="nothing stands on"):
        await holds.lift("+44")


async def test_an_operator_allows_a_prefix(world: World, holds: PrefixHolds) -> None:
    """Whatever its conversion; when that ends, it is judged from then on."""
    await holds.put("+44", "allow", detail="campaign", duration_seconds=900)
    await collapse(world)
    assert await attempt(world, 50) == "started"
    world.clock.forward(900)
    assert await attempt(world, 51) == "started"


async def test_an_operator_holds_a_range(world: World, holds: PrefixHolds) -> None:
    """Its numbers are held with the operator's reason; their neighbours go on."""
    await holds.put("+44786002110", "hold", detail="pumped", duration_seconds=None)

    assert await attempt(world, 5) == "prefix_held"
    assert await attempt(world, 15) == "started"
    held: Any = [event for event in await world.events() if event.state == "held"]
    assert [(event.reason, event.detail) for event in held] == [("held_by_operator", "pumped")]


async def test_held_starts_count_as_asked_for(world: World, holds: PrefixHolds) -> None:
    """Whoever goes on trying a held prefix reaches the limit of velocity, so that the store does not fill up with him."""
    await holds.put("+44", "hold", detail="pumped", duration_seconds=None)
    kinds = [await attempt(world, 10 + number) for number in range(FRAUD.client_limit + 3)]
    assert kinds == ["prefix_held"] * FRAUD.client_limit + ["too_many"] * 3


async def test_what_stands_on_a_prefix_is_told_in_order(world: World, holds: PrefixHolds) -> None:
    """The guard's hold, the operator's lift, his override and his own hold: who, why, for how long, each once."""
    await collapse(world)
    for number in (50, 51):
        assert await attempt(world, number) == "prefix_held"
    placed_at = world.clock()
    world.clock.forward(60)
    await holds.lift("+44")
    await holds.put("+44", "allow", detail="campaign", duration_seconds=900)
    await holds.put("+44", "hold", detail="pumped", duration_seconds=None)
    await holds.put("+39", "hold", detail="pumped", duration_seconds=None)

    told = await world.holds_told()
    assert [(one.prefix, one.sequence, one.action, one.by, one.reason) for one in told] == [
        ("+44", 1, "hold", "guard", "conversion_collapsed"),
        ("+44", 2, "lifted", "operator", "conversion_collapsed"),
        ("+44", 3, "allow", "operator", "held_by_operator"),
        ("+44", 4, "hold", "operator", "held_by_operator"),
        ("+39", 1, "hold", "operator", "held_by_operator"),
    ]
    assert [one.detail for one in told[2:4]] == ["campaign", "pumped"]
    assert (told[0].changed_at, told[0].ends_at) == (placed_at, placed_at + seconds(3000))
    assert told[2].ends_at == world.clock() + seconds(900)
    assert {one.ends_at for one in told if one.action == "lifted"} == {None}


async def test_a_guard_and_an_operator_at_once_are_told_in_order(world: World, holds: PrefixHolds) -> None:
    """Whoever is first, the records of the prefix are counted without a gap, and the last of them is what stands."""
    await collapse(world)
    others = [World(world.engine, settings=world.settings, clock=world.clock) for _ in range(4)]
    for number, other in enumerate(others, start=1):
        other.ids_from(100 * number)
    await asyncio.gather(
        *(attempt(other, 50 + number) for number, other in enumerate(others)),
        *(holds.put("+44", "allow", detail=f"campaign {number}", duration_seconds=None) for number in range(3)),
    )

    told = await world.holds_told()
    assert [one.sequence for one in told] == list(range(1, len(told) + 1))
    assert sum(one.by == "guard" for one in told) <= 1
    [stands] = await holds.listed()
    assert decision.event_of(stands) == told[-1]
    assert stands.action == "allow"
