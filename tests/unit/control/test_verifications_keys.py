"""A start under an idempotency key: carried out once, and told as it stands to whoever sends it again."""

import asyncio
from functools import partial
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.store import verifications as store
from otpstream.control.verifications.refusals import Refusal
from tests.builders import seconds
from tests.unit.control.verifications_fakes import ALL_OVER_SECONDS, Fault, World, asked

OTHER_PHONE = "+447860021130"


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


async def test_a_start_under_a_key_is_the_same_for_good(world: World) -> None:
    """Sent again, also after its end, it is told as it stands; another client's key is another one."""
    start = partial(world.verifications.start, idempotency_key="k1")
    first = await start(asked(), client="acme")
    assert await start(asked(), client="acme") == first
    await world.pass_seconds(310)
    assert (await start(asked(), client="acme")).state == "expired"
    other = await start(asked(), client="globex")

    assert other.verification_id != first.verification_id
    assert world.verifier.calls["start"] == 2


async def test_of_many_starts_under_a_key_at_once_one_goes_through(world: World) -> None:
    """Ten processes, one request: one code, and all are told of the same verification."""
    others = [World(world.engine, clock=world.clock) for _ in range(10)]
    for number, other in enumerate(others):
        other.verifier.made = world.verifier.made
        other.ids_from(100 * number)
    told = await asyncio.gather(
        *(other.verifications.start(asked(), client="acme", idempotency_key="k1") for other in others)
    )

    assert len({one.verification_id for one in told}) == 1
    assert sum(other.verifier.calls["start"] for other in others) == 1


@pytest.mark.parametrize("fault", ["lost", "unreadable"])
async def test_an_unknown_outcome_keeps_its_key(world: World, fault: Fault) -> None:
    """A code may be on its way: the same request is told so, and sends no other one."""
    world.verifier.fault = fault
    with pytest.raises(Refusal):
        await world.verifications.start(asked(), client="acme", idempotency_key="k1")
    world.verifier.fault = "none"
    for state in ("uncertain", "expired"):
        assert (await world.verifications.start(asked(), client="acme", idempotency_key="k1")).state == state
        await world.pass_seconds(ALL_OVER_SECONDS)
    assert world.verifier.calls["start"] == 1


@pytest.mark.parametrize("fault", ["refused", "away", "key"])
async def test_what_was_refused_may_be_asked_for_again_under_its_key(world: World, fault: Fault) -> None:
    """Nothing was sent."""
    world.verifier.fault = fault
    with pytest.raises(Refusal):
        await world.verifications.start(asked(), client="acme", idempotency_key="k1")
    world.verifier.fault = "none"
    assert (await world.verifications.start(asked(), client="acme", idempotency_key="k1")).state == "started"


@pytest.mark.parametrize(
    "other",
    [
        {"phone": OTHER_PHONE},
        {"brand": "Globex"},
        {"workflow": "3"},
        {"code_length": 6},
        {"language": "de-de"},
        {"sender_id": "Globex"},
    ],
)
async def test_a_key_is_of_one_request(world: World, other: dict[str, Any]) -> None:
    """Another request under it is refused, and nobody is asked."""
    await world.verifications.start(asked(), client="acme", idempotency_key="k1")
    with pytest.raises(Refusal) as refusal:
        await world.verifications.start(asked(**other), client="acme", idempotency_key="k1")
    assert refusal.value.kind == "idempotency_key_reused"
    assert world.verifier.calls["start"] == 1


@pytest.mark.parametrize("other", [{"provider": "textmagic"}, {"auto_complete": True}])
async def test_a_key_is_of_one_request_as_it_is_carried_out(world: World, other: dict[str, Any]) -> None:
    """By whom and how it is completed is part of it too."""
    start = partial(world.verifications.start, asked(), client="acme", idempotency_key="k1")
    await start()
    with pytest.raises(Refusal) as refusal:
        await start(**other)
    assert refusal.value.kind == "idempotency_key_reused"
    assert world.verifier.calls["start"] == 1


async def test_a_request_in_other_words_is_the_same(world: World) -> None:
    """Written as a client may write it the second time: local, with spaces, in capitals."""
    start = partial(world.verifications.start, client="acme", idempotency_key="k1")
    first = await start(asked(phone=OTHER_PHONE, language="en-gb"))
    again = await start(asked(phone="07860 021130", country="gb", language="EN-GB"))
    assert again.verification_id == first.verification_id


async def test_an_old_key_may_be_used_again(world: World) -> None:
    """Once its verification is over; that of one that lives never goes."""
    await world.verifications.start(asked(), client="acme", idempotency_key="k1")
    for state, asked_for in (("started", 1), ("started", 2)):
        async with world.engine.begin() as connection:
            await store.forget_keys(connection, before=world.clock() + seconds(1))
        after = await world.verifications.start(asked(), client="acme", idempotency_key="k1")
        assert (after.state, world.verifier.calls["start"]) == (state, asked_for)
        await world.pass_seconds(ALL_OVER_SECONDS)
