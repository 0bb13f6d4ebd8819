"""Limits of velocity on starts: nobody gets around them, and nobody waits for another one's provider."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.fraud.settings import FraudSettings
from otpstream.control.store.engine import open_store
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.settings import VerificationSettings
from tests.builders import PHONE
from tests.unit.control.verifications_fakes import World, asked

OTHER_PHONE = "+447860021130"
LIMIT = 3
SAME: dict[str, Callable[[int], tuple[str, str]]] = {
    "client": lambda number: (f"+4478600211{number:02}" if number % 3 else f"+3933123456{number:02}", "acme"),
    "phone": lambda number: (PHONE, f"client{number}"),
    "prefix": lambda number: (f"+4478600211{number:02}", f"client{number}"),
}
"""Starts that share nothing but one scope: the phone and the client of each."""


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


async def started(world: World, phone: str = PHONE) -> str:
    """Start one and return its id."""
    return (await world.verifications.start(asked(phone=phone), client="acme")).verification_id


async def test_velocity_holds_back_before_anything_is_written(world: World) -> None:
    """Per phone: the third within the hour waits until the first is an hour old."""
    world.settings = VerificationSettings(fraud=FraudSettings(phone_limit=2))
    world.restart()
    for _ in range(2):
        await started(world)
        world.clock.forward(400)

    with pytest.raises(Refusal) as refusal:
        await world.verifications.start(asked(), client="globex")

    assert (refusal.value.kind, refusal.value.retry_after_seconds) == ("too_many", 2800)
    assert world.verifier.calls["start"] == 2
    assert world.metric("otp_verification_stopped_total", by="phone") == 1
    world.clock.forward(2801)
    await started(world)


@pytest.mark.parametrize("scope", ["client", "phone", "prefix"])
async def test_starts_at_once_do_not_get_around_a_limit(store_url: str, scope: str) -> None:
    """Two processes on one store, each with many starts under way: no more than the limit is written down."""
    settings = VerificationSettings(fraud=FraudSettings.model_validate({f"{scope}_limit": LIMIT}))
    engines = [open_store(store_url) for _ in range(2)]
    worlds = [World(engine, settings=settings) for engine in engines]
    for number, world in enumerate(worlds):
        world.ids_from(1000 * number)
        # A phone that is refused is free at once, so that its next start meets nothing but the limit.
        world.verifier.fault = "refused"
    kinds: Counter[str] = Counter()
    # Of the starts of one phone at once one may be all that is written down, so that it takes so many rounds.
    for _ in range(LIMIT):
        results = await asyncio.gather(
            *(
                worlds[number % 2].verifications.start(asked(phone=phone), client=client)
                for number, (phone, client) in enumerate(map(SAME[scope], range(20)))
            ),
            return_exceptions=True,
        )
        kinds.update(result.kind for result in results if isinstance(result, Refusal))
    stored = await worlds[0].verifications.listed(client=None, limit=100)
    for engine in engines:
        await engine.dispose()

    assert set(kinds) <= {"provider_refused", "phone_live", "too_many"}
    assert kinds.total() == LIMIT * 20
    assert len(stored) == LIMIT


async def test_a_provider_that_is_slow_holds_up_no_other_start(world: World) -> None:
    """While one start waits for its answer, another of the same client and prefix goes through."""
    other = World(world.engine, clock=world.clock)
    other.ids_from(100)

    async def start_another() -> None:
        await started(other, phone="+447860021131")

    world.verifier.during = start_another
    name = await started(world, phone=OTHER_PHONE)

    assert [one.verification_id for one in await world.verifications.listed(client="acme", limit=9)] == ["v0101", name]
