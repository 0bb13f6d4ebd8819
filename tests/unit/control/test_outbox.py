"""The outbox: nothing is said that did not happen, and what happened is said in order per key, whoever fails."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.publisher import BrokerAway, Outgoing
from otpstream.control.relay import BATCH_RECORDS, Publish, Relay, waves
from otpstream.control.rentals.metrics import ControlMetrics
from otpstream.control.store import outbox
from otpstream.control.store.engine import open_store
from otpstream.control.store.outbox import Pending
from tests.unit.control.fakes import START, Kafka, ManualClock


def relay_of(engine: AsyncEngine, publish: Publish) -> Relay:
    return Relay(
        engine=engine,
        publish=publish,
        metrics=ControlMetrics(CollectorRegistry()),
        clock=ManualClock(),
        interval_seconds=0.001,
    )


async def say(engine: AsyncEngine, key: str, value: bytes) -> None:
    async with engine.begin() as connection:
        await outbox.add(connection, topic="t", key=key, value=value, headers=[("ce_id", value), ("raw", b"\xff\x00")])


def of_key(records: Sequence[Outgoing], key: bytes) -> list[bytes | None]:
    """Return the values under a key; a repeat of the one before counts once, since it has the same id."""
    values = [record.value for record in records if record.key == key]
    return [value for place, value in enumerate(values) if place == 0 or values[place - 1] != value]


async def test_a_record_goes_out_as_it_was_written(engine: AsyncEngine) -> None:
    """Topic, key, value and headers, byte for byte; and once."""
    await say(engine, "k", b"v")
    kafka = Kafka()
    relay = relay_of(engine, kafka.publish)
    assert [await relay.step(), await relay.step()] == [1, 0]
    assert kafka.records == [Outgoing("t", b"k", b"v", [("ce_id", b"v"), ("raw", b"\xff\x00")])]


async def test_a_tombstone_goes_out_without_a_value(engine: AsyncEngine) -> None:
    """In its place among the records of its key: an empty value would be a record like any other."""
    async with engine.begin() as connection:
        for value in (b"1", None, b"2"):
            await outbox.add(connection, topic="t", key="k", value=value, headers=[])
    kafka = Kafka()
    await relay_of(engine, kafka.publish).step()
    assert [record.value for record in kafka.records] == [b"1", None, b"2"]


async def test_what_is_rolled_back_is_never_said(engine: AsyncEngine) -> None:
    """State and event share a transaction."""

    async def fail() -> None:
        async with engine.begin() as connection:
            await outbox.add(connection, topic="t", key="k", value=b"v", headers=[])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    kafka = Kafka()
    assert await relay_of(engine, kafka.publish).step() == 0


async def test_order_holds_per_key_when_kafka_fails_now_and_then(engine: AsyncEngine) -> None:
    """A record goes out only after the one before it under its key is acknowledged."""
    for number in range(30):
        await say(engine, f"k{number % 3}", str(number).encode())
    records: list[Outgoing] = []
    turns = 0

    async def flaky(batch: Sequence[Outgoing]) -> None:
        nonlocal turns
        turns += 1
        # The first half of a batch that is not acknowledged may be in Kafka all the same.
        if turns % 3 == 1:
            records.extend(batch[: len(batch) // 2])
            raise BrokerAway("Kafka: scripted")
        records.extend(batch)

    relay = relay_of(engine, flaky)
    for _ in range(60):
        try:
            if await relay.step() == 0:
                break
        except BrokerAway:
            continue
    for key in range(3):
        assert of_key(records, f"k{key}".encode()) == [str(number).encode() for number in range(key, 30, 3)]


async def test_several_relays_say_everything_in_order(store_url: str) -> None:
    """On PostgreSQL one works and the others stand by; when it ends another takes over."""
    engines = [open_store(store_url) for _ in range(3 if store_url.startswith("postgresql") else 1)]
    kafka = Kafka()
    running = [asyncio.create_task(relay_of(engine, kafka.publish).run()) for engine in engines]
    writers = [asyncio.create_task(_write(engines[0], f"k{number}")) for number in range(4)]
    await asyncio.gather(*writers)
    if len(running) > 1:
        running.pop(0).cancel()
    async with asyncio.timeout(30):
        # A relay that ends before its note of an acknowledgement makes a record come twice.
        while sum(len(of_key(kafka.records, f"k{number}".encode())) for number in range(4)) < 40:
            await kafka.published(len(kafka.records) + 1)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    for number in range(4):
        assert of_key(kafka.records, f"k{number}".encode()) == [str(value).encode() for value in range(10)]
    for engine in engines:
        await engine.dispose()


async def test_a_relay_that_lost_its_lock_stops_and_marks_nothing_as_sent(
    new_postgresql: object, request: pytest.FixtureRequest
) -> None:
    """Another one may publish from then on: what this one has published is said again, before anything later of its key."""
    engine = open_store(request.getfixturevalue("new_postgresql")())
    for value in (b"1", b"2"):
        await say(engine, "k", value)
    kafka = Kafka()

    async def cut_off(records: Sequence[Outgoing]) -> None:
        await kafka.publish(records)
        async with engine.connect() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
                    "WHERE locktype = 'advisory' AND datname = current_database()"
                )
            )

    with pytest.raises(DBAPIError):
        await relay_of(engine, cut_off).step()
    assert [record.value for record in kafka.records] == [b"1"]
    assert await relay_of(engine, kafka.publish).step() == 2
    assert [record.value for record in kafka.records] == [b"1", b"1", b"2"]
    await engine.dispose()


async def _write(engine: AsyncEngine, key: str) -> None:
    for value in range(10):
        await say(engine, key, str(value).encode())


async def test_ids_of_a_key_follow_its_commits(new_postgresql: object, request: pytest.FixtureRequest) -> None:
    """On PostgreSQL an id that was drawn first may be committed last; under one key it waits."""
    engine = open_store(request.getfixturevalue("new_postgresql")())
    second_began = asyncio.Event()

    async def slow() -> None:
        async with engine.begin() as connection:
            await outbox.add(connection, topic="t", key="k", value=b"first", headers=[])
            second_began.set()
            await asyncio.sleep(0.1)

    async def quick() -> None:
        await second_began.wait()
        await say(engine, "k", b"second")
        async with engine.connect() as connection:
            assert [one.value for one in await outbox.pending(connection, limit=9)] == [b"first", b"second"]

    await asyncio.gather(slow(), quick())
    await engine.dispose()


async def test_a_backlog_goes_out_in_batches(engine: AsyncEngine) -> None:
    """However long Kafka was away."""
    async with engine.begin() as connection:
        for number in range(BATCH_RECORDS + 1):
            await outbox.add(connection, topic="t", key=str(number), value=b"v", headers=[])
    kafka = Kafka()
    relay = relay_of(engine, kafka.publish)
    assert [await relay.step(), await relay.step(), await relay.step()] == [BATCH_RECORDS, 1, 0]


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_waves_hold_each_key_once_and_keep_its_order(keys: list[str]) -> None:
    """All records, each once; a key's n-th in the n-th wave."""
    waiting = [Pending(number, "t", key, b"", [], START) for number, key in enumerate(keys)]
    parted = waves(waiting)
    assert sorted(one.id for wave in parted for one in wave) == list(range(len(keys)))
    assert all(len({one.key for one in wave}) == len(wave) for wave in parted)
    for key in "abc":
        ids = [one.id for wave in parted for one in wave if one.key == key]
        assert ids == sorted(ids)
