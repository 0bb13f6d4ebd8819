"""The feed from the stream: what the store does not take comes again, and one bad record holds up nothing."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from aiokafka import AIOKafkaProducer
from faststream.exceptions import NackMessage
from faststream.kafka import KafkaBroker
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control import feed as module
from otpstream.control.feed import Feed, messages_router
from otpstream.embedded_broker import embedded_broker
from schemas.events import Message
from schemas.topics import MESSAGES
from tests.builders import OTP, TEXT, make_message
from tests.unit.control.verifications_fakes import World

AWAY = OperationalError("SELECT", {}, Exception("connection refused"))
ROW = DataError("INSERT", {"text": TEXT}, Exception(f"DETAIL: {TEXT}"))
WAIT_SECONDS = 30


class Store:
    """Takes messages in, but for those that it is told to fail on; may be away for some calls."""

    def __init__(self, *, away_calls: int = 0, bad: frozenset[str] = frozenset()) -> None:
        self.taken: set[str] = set()
        self._away_calls = away_calls
        self._bad = bad

    async def take(self, batch: Sequence[Message]) -> None:
        if self._away_calls > 0:
            self._away_calls -= 1
            raise AWAY
        if any(one.message_id in self._bad for one in batch):
            raise ROW
        self.taken |= {one.message_id for one in batch}


async def no_wait(_: float) -> None:
    """Let time pass at once."""


def feed_of(store: Store, registry: CollectorRegistry) -> Feed:
    return Feed(store.take, registry=registry, sleep=no_wait)


def count(registry: CollectorRegistry, outcome: str) -> float:
    return registry.get_sample_value("otp_control_messages_total", {"outcome": outcome}) or 0.0


async def read(feed: Feed, values: Sequence[bytes]) -> int:
    """Hand a batch in until it is not refused, as the broker does; return how often it was."""
    for refused in range(100):
        try:
            await feed.on_records(values)
        except NackMessage:
            continue
        return refused
    pytest.fail("the batch is refused for ever")


@given(
    names=st.lists(st.uuids().map(lambda one: one.hex), unique=True, max_size=8),
    bad=st.sets(st.integers(min_value=0, max_value=7)),
    broken=st.lists(st.binary(max_size=20), max_size=3),
    away_calls=st.integers(min_value=0, max_value=12),
)
def test_every_good_message_is_taken(names: list[str], bad: set[int], broken: list[bytes], away_calls: int) -> None:
    """Whatever else is in its batch, and however often the store is away; each bad one is counted."""
    bad_names = {name for place, name in enumerate(names) if place in bad}
    store, registry = Store(away_calls=away_calls, bad=frozenset(bad_names)), CollectorRegistry()
    values = [make_message(message_id=name).encode() for name in names] + broken

    refused = asyncio.run(read(feed_of(store, registry), values))

    assert store.taken == set(names) - bad_names
    assert (count(registry, "bug") > 0) == bool(bad_names)
    assert (count(registry, "unreadable") > 0) == bool(broken)
    assert refused == (away_calls if names else 0)


@pytest.mark.parametrize("year", [1, 1999, 2026, 9999])
async def test_a_message_of_an_incredible_year_is_taken(engine: AsyncEngine, year: int) -> None:
    """What a broken clock told of before such times were refused at the door: nothing on the way into the store fails on it."""
    world, registry = World(engine), CollectorRegistry()

    async def take(batch: Sequence[Message]) -> None:
        await world.projection.on_messages(batch)
        await world.arrivals.on_messages(batch)

    record = make_message(received_at=datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC))

    await Feed(take, registry=registry, sleep=no_wait).on_records([record.encode()])

    assert (count(registry, "taken"), count(registry, "bug")) == (1, 0)


async def test_no_log_tells_a_text(caplog: pytest.LogCaptureFixture) -> None:
    """A driver quotes the row that it does not take; we do not."""
    caplog.set_level(logging.DEBUG)
    feed = feed_of(Store(bad=frozenset({"m1"})), CollectorRegistry())
    await feed.on_records([make_message(message_id="m1").encode(), f'{{"code": "{OTP}"}}'.encode()])
    assert "DataError" in caplog.text
    assert TEXT not in caplog.text
    assert OTP not in caplog.text


async def test_a_store_that_was_away_gets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a broker: what is written before, during and after the outage is taken, and the process need not start again."""
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.01)
    store, names = Store(away_calls=3), {f"m{number}" for number in range(20)}
    with embedded_broker() as servers:
        broker = KafkaBroker(servers, logger=None)
        broker.include_router(messages_router(Feed(store.take, registry=CollectorRegistry())))
        producer = AIOKafkaProducer(bootstrap_servers=servers)
        await producer.start()
        try:
            for name in sorted(names)[:10]:
                message = make_message(message_id=name)
                await producer.send_and_wait(MESSAGES.name, message.encode(), key=message.line.encode())
            await broker.start()
            for name in sorted(names)[10:]:
                message = make_message(message_id=name, line=f"text2fa:{name}")
                await producer.send_and_wait(MESSAGES.name, message.encode(), key=message.line.encode())
            async with asyncio.timeout(WAIT_SECONDS):
                while store.taken != names:  # noqa: ASYNC110 - what is waited for has no event
                    await asyncio.sleep(0.02)
        finally:
            await broker.stop()
            await producer.stop()
