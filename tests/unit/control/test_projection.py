"""Messages as HTTP serves them: each once, under the rental that the line was under, whichever came first."""

import asyncio
import random
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.projection import forget, messages_of
from otpstream.control.rentals.rental import Rental
from schemas.events import Message
from tests.builders import make_message
from tests.unit.control.fakes import CLIENT, START, ManualClock, Supplier, World


def world_of(engine: AsyncEngine) -> World:
    clock = ManualClock()
    return World(engine, clock, [Supplier(clock)])


def sms(message_id: str = "m", *, after: float = 10, line: str = "fake:1", **fields: Any) -> Message:
    received = START + timedelta(seconds=after)
    return make_message(message_id=message_id, provider="fake", line=line, received_at=received, **fields)


async def texts(world: World, rental: Rental) -> list[str]:
    async with world.engine.connect() as connection:
        return [row.message_id for row in await messages_of(connection, rental.rental_id)]


async def test_a_code_makes_the_rental_code_received_once(engine: AsyncEngine) -> None:
    """However often the feed is read, and a second code changes nothing more."""
    world = world_of(engine)
    rental = await world.rent()
    for message in (sms(), sms(), sms("n", after=20)):
        await world.projection.on_message(message)

    found = await world.now(rental)
    assert (found.state, found.code_received_at) == ("code_received", START + timedelta(seconds=10))
    assert await texts(world, rental) == ["m", "n"]
    assert await world.told() == [("fake:1", "active"), ("fake:1", "code_received")]


async def test_a_number_that_brought_its_code_is_not_given_back(engine: AsyncEngine) -> None:
    """Unless its holder asked for that."""
    world = world_of(engine)
    kept, asked = await world.rent(), await world.rent()
    await world.rentals._later(asked, 600)
    await world.projection.on_messages([sms(), sms("n", line="fake:2")])
    world.clock.advance(1200)
    await world.upkeep.due()

    assert (await world.now(kept)).state == "code_received"
    assert (await world.now(asked)).over


async def test_a_message_without_a_code_changes_no_state(engine: AsyncEngine) -> None:
    """It is shown, and the number waits on."""
    world = world_of(engine)
    rental = await world.rent()
    await world.projection.on_message(sms(code=None, kind=None, reason="none"))
    assert (await world.now(rental)).state == "active"
    assert await texts(world, rental) == ["m"]


async def test_a_message_that_was_first_waits_for_its_rental(engine: AsyncEngine) -> None:
    """The SMS may be here before the supplier's answer."""
    world = world_of(engine)
    await world.projection.on_messages([sms(), sms("other", line="fake:2")])
    rental = await world.rent()
    assert (await world.now(rental)).state == "code_received"
    assert await texts(world, rental) == ["m"]


async def test_a_message_belongs_to_the_rental_of_its_time(engine: AsyncEngine) -> None:
    """Of two rentals of one line, one after the other: the one that lived when the SMS was received."""
    world = world_of(engine)
    first = await world.rent()
    world.clock.advance(100)
    await world.rentals.cancel(first.rental_id, client=CLIENT)
    world.clock.advance(100)
    second = await world.rentals.reuse(first.rental_id, client=CLIENT)

    await world.projection.on_messages([sms("late", after=50), sms("between", after=150), sms("new", after=250)])

    assert await texts(world, first) == ["late"]
    assert await texts(world, second) == ["new"]
    assert (await world.now(first)).state == "refunded"


async def test_messages_and_rentals_meet_in_any_order(engine: AsyncEngine) -> None:
    """While numbers are rented and messages come at the same time, no message misses its rental."""
    world = world_of(engine)
    order = random.Random(7)

    async def receive(number: int) -> None:
        await asyncio.sleep(order.random() * 0.05)
        await world.projection.on_messages([sms(f"m{number}", line=f"fake:{number}")])

    async def rent() -> Rental:
        await asyncio.sleep(order.random() * 0.05)
        return await world.rent()

    answers = await asyncio.gather(*(rent() for _ in range(12)), *(receive(number) for number in range(1, 13)))
    for rental in answers:
        if isinstance(rental, Rental) and rental.line is not None:
            assert await texts(world, rental) == [f"m{rental.line.split(':')[1]}"]
            assert (await world.now(rental)).state == "code_received"


async def test_a_later_revision_says_more_of_the_same_message(engine: AsyncEngine) -> None:
    """In whichever order they come, the later one stays."""
    world = world_of(engine)
    rental = await world.rent()
    await world.projection.on_message(sms(revision=2, code="2", phone=rental.phone))
    await world.projection.on_message(sms(revision=1, code="1"))
    async with engine.connect() as connection:
        [row] = await messages_of(connection, rental.rental_id)
    assert (row.code, row.phone) == ("2", rental.phone)


async def test_any_text_is_stored(engine: AsyncEngine) -> None:
    """PostgreSQL knows no NUL character; it comes back as one that stands for what is not text."""
    world = world_of(engine)
    rental = await world.rent()
    await world.projection.on_message(sms(text="a\x00b 🙂", sender="\x00"))
    async with engine.connect() as connection:
        [row] = await messages_of(connection, rental.rental_id)
    assert (row.text, row.sender) == ("a\ufffdb 🙂", "\ufffd")


async def test_messages_are_kept_for_a_while_only(engine: AsyncEngine) -> None:
    """What is old is forgotten, and not taken in again."""
    world = world_of(engine)
    rental = await world.rent()
    await world.projection.on_message(sms())
    world.clock.advance(3700)
    async with engine.begin() as connection:
        await forget(connection, now=world.clock())
    await world.projection.on_message(sms())
    assert await texts(world, rental) == []
