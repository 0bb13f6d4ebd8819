"""Tombstones: the topics hold what may still be asked for, and in the end nothing else; no newer state is ever lost to one."""

import asyncio
import random
from datetime import datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.publisher import Outgoing
from otpstream.control import tombstones
from otpstream.control.migrations import config
from otpstream.control.rentals.rental import Rental
from otpstream.control.store import rental_rows
from otpstream.control.store import verifications as verification_rows
from otpstream.control.verifications.record import Verification, changed
from schemas.rentals import RentalState
from schemas.topics import OVER_KEPT_SECONDS, RENTALS, VERIFICATIONS
from tests.unit.control.fakes import ManualClock, Supplier, World

LINE = "text2fa-s1:6"
PHONE = "+14155550123"
KEPT = timedelta(seconds=OVER_KEPT_SECONDS)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    """One process of the control plane, with one supplier."""
    clock = ManualClock()
    return World(engine, clock, [Supplier(clock)])


async def begin(world: World, rental_id: str, *, line: str = LINE) -> None:
    now = world.clock()
    async with world.engine.begin() as connection:
        await rental_rows.insert_rental(
            connection,
            Rental(
                rental_id=rental_id, client=None, supplier="text2fa-s1", account="default", line=line, state="active",
                requested_at=now, updated_at=now,
            ),
        )  # fmt: skip


async def become(world: World, rental_id: str, state: str) -> None:
    now = world.clock()
    async with world.engine.begin() as connection:
        was = await rental_rows.held(connection, rental_id)
        await rental_rows.save(connection, was, state=state, ended_at=was.ended_at or now, updated_at=now)


async def publish(world: World) -> None:
    while await world.relay.step():
        pass


async def later(world: World, by: timedelta) -> None:
    """Let time pass, and look for what is over."""
    await publish(world)
    world.clock.now += by
    await tombstones.bury(world.engine, now=world.clock())
    await publish(world)


def compacted(records: list[Outgoing], topic: str = RENTALS.name) -> dict[str, bytes | None]:
    """Return the newest value of each key, as a topic holds it in the end."""
    return {(one.key or b"").decode(): one.value for one in records if one.topic == topic}


def holder(world: World, line: str = LINE) -> str | None:
    """Return the rental that the topic tells of a line."""
    value = compacted(world.kafka.records)[line]
    return None if value is None else RentalState.decode(value).rental_id


async def test_what_is_long_over_gets_one_tombstone(world: World) -> None:
    """When no SMS of it can come any more, not before; and one, however often it is looked for."""
    await begin(world, "a")
    await become(world, "a", "expired")
    await later(world, KEPT - MINUTE)
    assert holder(world) == "a"

    await later(world, 2 * MINUTE)
    for _ in range(3):
        await later(world, 2 * KEPT)

    assert [record.value is None for record in world.kafka.records] == [False, False, True]
    assert world.kafka.records[-1].key == LINE.encode()


async def test_what_lives_is_never_forgotten(world: World) -> None:
    """However long it lives; and its end is kept as long as that of any other."""
    await begin(world, "a")
    for _ in range(5):
        await later(world, KEPT)
    await become(world, "a", "released")
    await later(world, KEPT - MINUTE)
    assert holder(world) == "a"

    for _ in range(2):
        await later(world, KEPT)
    assert holder(world) is None


async def test_late_news_of_a_rental_does_not_end_the_next_one_of_its_line(world: World) -> None:
    """The refund of the old one is the newest record of the line, and says that it is over; the line is not."""
    await begin(world, "old")
    await become(world, "old", "cancelled")
    await begin(world, "new")
    await become(world, "old", "refunded")

    for _ in range(3):
        await later(world, KEPT + MINUTE)

    assert holder(world) == "old"
    await become(world, "new", "released")
    for _ in range(2):
        await later(world, KEPT + MINUTE)
    assert holder(world) is None


async def test_a_tombstone_never_overtakes_a_newer_state(world: World) -> None:
    """A line that is rented again while its tombstone waits for Kafka holds the new rental."""
    await begin(world, "a")
    await become(world, "a", "expired")
    await publish(world)
    world.clock.now += KEPT + MINUTE
    assert await tombstones.bury(world.engine, now=world.clock()) == 1
    await begin(world, "b")
    assert await tombstones.bury(world.engine, now=world.clock()) == 0
    await publish(world)

    assert [record.value is None for record in world.kafka.records] == [False, False, True, False]
    await become(world, "b", "expired")
    for _ in range(2):
        await later(world, KEPT + MINUTE)
    assert holder(world) is None


async def test_a_line_that_is_rented_while_it_is_looked_at_holds_its_rental(world: World) -> None:
    """Whoever is first: the tombstone is not written, or goes out before the new state."""
    await begin(world, "r0")
    for number in range(1, 15):
        await become(world, f"r{number - 1}", "expired")
        await publish(world)
        world.clock.now += KEPT + MINUTE
        await asyncio.gather(
            begin(world, f"r{number}"), *(tombstones.bury(world.engine, now=world.clock()) for _ in range(2))
        )
        await publish(world)
        assert holder(world) == f"r{number}"


@pytest.mark.parametrize("seed", range(3))
async def test_in_the_end_the_topic_holds_what_may_be_asked_for(world: World, seed: int) -> None:
    """Lines are rented again and again, by chance; what lives or ended lately is always there, and the rest goes."""
    chance = random.Random(seed)
    lines = [f"text2fa-s1:{number}" for number in range(6)]
    live: dict[str, str] = {}
    ended: dict[str, datetime] = {}
    for number in range(60):
        line = chance.choice(lines)
        if line in live:
            await become(world, live.pop(line), "released")
            ended[line] = world.clock()
        else:
            live[line] = f"r{number}"
            await begin(world, live[line], line=line)
        if chance.random() < 0.5:
            await later(world, KEPT * chance.random())
        else:
            world.clock.now += MINUTE
            await tombstones.bury(world.engine, now=world.clock())
        await publish(world)
        held = {line for line, value in compacted(world.kafka.records).items() if value is not None}
        assert {*live, *(one for one, at in ended.items() if world.clock() - at < KEPT)} <= held

    for _ in range(3):
        await later(world, KEPT + MINUTE)
    told = {line: holder(world, line) for line in compacted(world.kafka.records)}
    assert {line: rental_id for line, rental_id in told.items() if rental_id is not None} == live


async def test_upkeep_looks_for_them(world: World) -> None:
    """Nobody needs to ask."""
    await begin(world, "a")
    await become(world, "a", "expired")
    await publish(world)
    world.clock.now += KEPT + MINUTE
    await world.upkeep.forget()
    await publish(world)

    assert holder(world) is None


async def verify(world: World, verification_id: str, *, line: str | None) -> None:
    """Begin a verification, and end it five minutes later."""
    now = world.clock()
    began = Verification(
        verification_id=verification_id, client="acme", provider="textmagic", account="default", phone=PHONE,
        prefix="+1", line=line, brand="Acme", workflow="1", code_length=4, auto_complete=False, state="requested",
        change="requested", sequence=1, requested_at=now, expires_at=now + 5 * MINUTE, updated_at=now, call=None,
        call_until=None,
    )  # fmt: skip
    async with world.engine.begin() as connection:
        await verification_rows.add(connection, began)
    await later(world, 5 * MINUTE)
    now = world.clock()
    async with world.engine.begin() as connection:
        over = changed(began, "expired", now, state="expired", ended_at=now)
        await verification_rows.save(connection, began, [over])


@pytest.mark.parametrize("line", [None, LINE], ids=["a-phone", "a-line-of-ours"])
async def test_verifications_are_forgotten_too(world: World, line: str | None) -> None:
    """Under whatever key; one of the phone that is younger than the last look keeps it."""
    key = line or PHONE

    def is_held() -> bool:
        return compacted(world.kafka.records, VERIFICATIONS.name)[key] is not None

    await verify(world, "v-1", line=line)
    await later(world, KEPT - 10 * MINUTE)
    await verify(world, "v-2", line=line)
    await later(world, KEPT - MINUTE)
    assert is_held()
    await later(world, 2 * MINUTE)
    assert not is_held()


async def test_what_was_told_before_there_were_tombstones_gets_one(engine: AsyncEngine) -> None:
    """An upgrade finds what the topics hold by the rows of the store."""
    clock = ManualClock()
    world = World(engine, clock, [Supplier(clock)])
    await begin(world, "a")
    await begin(world, "b", line="text2fa-s1:7")
    await become(world, "a", "expired")
    await verify(world, "v-1", line=None)
    await publish(world)

    def upgrade_again(connection: Connection) -> None:
        for statement in ("DROP TABLE told_keys", "DROP INDEX ix_rentals_line"):
            connection.execute(text(statement))
        command.stamp(config(connection), "0003")
        command.upgrade(config(connection), "head")

    async with engine.begin() as connection:
        await connection.run_sync(upgrade_again)
    await later(world, KEPT + MINUTE)

    assert (holder(world), holder(world, "text2fa-s1:7")) == (None, "b")
    assert compacted(world.kafka.records, VERIFICATIONS.name) == {PHONE: None}
