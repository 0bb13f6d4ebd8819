"""From the topic of codes to the subscriber, and back to the topics of outcomes and dead letters."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError
from faststream import BaseMiddleware
from faststream.kafka import KafkaBroker, KafkaPublishMessage, TestKafkaBroker
from faststream.kafka.annotations import KafkaMessage
from faststream.kafka.subscriber.usecase import BatchSubscriber
from prometheus_client import CollectorRegistry

from schemas.dead_letters import DeadLetter
from schemas.deliveries import DeliveryOutcome
from schemas.events import Code
from schemas.topics import CODES, CODES_DEAD, DELIVERIES
from sinks.codes import codes_router
from sinks.metrics import DeliverMetrics
from sinks.webhooks import sign
from sinks.webhooks.deliver import Deliverer
from tests.unit.sinks.conftest import OTP, MakeCode, Receiver, VirtualClock

MakeDeliverer = Callable[..., Deliverer]


class Written:
    """What another service reads from a topic: raw records, in order."""

    def __init__(self, broker: KafkaBroker, topic: str) -> None:
        self.records: list[Any] = []

        @broker.subscriber(topic, decoder=lambda message: message.body)
        async def read(message: KafkaMessage) -> None:
            self.records.append(message.raw_message)

    @property
    def values(self) -> list[bytes]:
        return [record.value for record in self.records]

    @property
    def headers(self) -> list[dict[str, bytes]]:
        return [dict(record.headers) for record in self.records]


class Stage:
    """The router in a broker, with a reader on each topic that it writes."""

    def __init__(self, deliverer: Deliverer | None, *, metrics: DeliverMetrics, clock: VirtualClock) -> None:
        self.broker = KafkaBroker(logger=None)
        router = codes_router(deliverer=deliverer, metrics=metrics, clock=clock.now, sleep=clock.sleep)
        self.broker.include_router(router)
        self.outcomes = Written(self.broker, DELIVERIES.name)
        self.letters = Written(self.broker, CODES_DEAD.name)

    async def read(self, *values: bytes, key: bytes = b"+14155550123") -> None:
        """Let the stage read these records as one batch."""
        async with TestKafkaBroker(self.broker):
            messages = [KafkaPublishMessage(value, key=key) for value in values]
            await self.broker.publish_batch(*messages, topic=CODES.name)


@pytest.fixture
def stage(make_deliverer: MakeDeliverer, metrics: DeliverMetrics, clock: VirtualClock) -> Stage:
    """Make the stage with a subscription."""
    return Stage(make_deliverer(), metrics=metrics, clock=clock)


async def test_a_batch_is_no_more_than_the_subscription_can_try_in_its_window(
    make_deliverer: MakeDeliverer, metrics: DeliverMetrics, clock: VirtualClock
) -> None:
    """A slow subscriber with few slots has small batches, so that each code gets its first attempt in time."""
    deliverer = make_deliverer(concurrency=3, timeout_seconds=10, retries={"window_seconds": 20})

    [subscriber] = codes_router(deliverer=deliverer, metrics=metrics, clock=clock.now).subscribers

    assert isinstance(subscriber, BatchSubscriber)
    assert subscriber.max_records == deliverer.batch_limit == 6


async def test_codes_in_outcomes_out(stage: Stage, make_code: MakeCode, receiver: Receiver) -> None:
    """Every code of a batch is pushed, and its outcome written under the subscription with CloudEvents headers."""
    receiver.script = [204, 410]

    await stage.read(make_code("m1").encode(), make_code("m2").encode())

    outcomes = [DeliveryOutcome.decode(value) for value in stage.outcomes.values]
    assert {(one.event_id, one.outcome) for one in outcomes} == {("m1", "delivered"), ("m2", "refused")}
    assert len(outcomes) == 2
    assert {record.key for record in stage.outcomes.records} == {b"default"}
    first = next(headers for headers in stage.outcomes.headers if headers["ce_id"] == b"default/m1")
    assert first["ce_specversion"] == b"1.0"
    assert first["ce_type"] == DeliveryOutcome.ce_type.encode()
    assert first["ce_source"] == b"/otpstream/deliver"
    assert first["ce_time"] == b"2026-03-01T12:00:00.000Z"
    assert first["content-type"] == b"application/json"
    assert stage.letters.records == []


async def test_unreadable_record_is_dead_and_the_rest_goes_on(
    stage: Stage, make_code: MakeCode, receiver: Receiver, registry: CollectorRegistry
) -> None:
    """Bytes that are no code become a dead letter under their key, whole; the codes beside them are delivered."""
    unreadable = [b"\xff\xfe not json", make_code("m2").encode().replace(b'"numeric"', b'"guessed"'), b""]

    await stage.read(make_code("m1").encode(), *unreadable, make_code("m3").encode())

    letters = {letter.value: letter for letter in map(DeadLetter.decode, stage.letters.values)}
    assert set(letters) == set(unreadable)
    assert {(letter.reason, letter.stage, letter.key) for letter in letters.values()} == {
        ("unreadable", "deliver", b"+14155550123")
    }
    assert letters[unreadable[1]].detail == "not a Code: kind: literal_error"
    assert {record.key for record in stage.letters.records} == {b"+14155550123"}
    assert stage.letters.headers[0]["ce_type"] == DeadLetter.ce_type.encode()
    assert [request.webhook_id for request in receiver.seen] == ["m1", "m3"]
    assert registry.get_sample_value("otp_deliver_dead_total") == 3


async def test_bug_is_a_dead_letter_with_the_code_in_it_alone(
    stage: Stage, make_code: MakeCode, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A code that we fail on can be driven again, and is not told in any log."""

    def fails(code: Code) -> str:
        raise RuntimeError(code.code)

    monkeypatch.setattr(sign, "body", fails)
    caplog.set_level(logging.DEBUG)
    value = make_code("m1").encode()

    await stage.read(value)

    [letter] = map(DeadLetter.decode, stage.letters.values)
    assert (letter.reason, letter.detail, letter.value) == ("bug", "RuntimeError", value)
    assert OTP not in caplog.text


async def test_without_a_subscription_codes_are_read_and_counted(
    metrics: DeliverMetrics, clock: VirtualClock, make_code: MakeCode, receiver: Receiver, registry: CollectorRegistry
) -> None:
    """Nothing is pushed and no outcome made up, while the latencies are still measured."""
    stage = Stage(None, metrics=metrics, clock=clock)

    await stage.read(make_code("m1").encode(), make_code("m2").encode())

    assert receiver.seen == []
    assert stage.outcomes.records == []
    assert registry.get_sample_value("otp_deliver_unwanted_total") == 2
    assert registry.get_sample_value("otp_deliver_codes_total", {"provider": "text2fa"}) == 2
    assert registry.get_sample_value("otp_deliver_code_latency_seconds_count", {"provider": "text2fa"}) == 2
    assert (registry.get_sample_value("otp_deliver_last_record_timestamp_seconds") or 0) > 1_700_000_000


async def test_unwanted_event_is_counted_not_pushed(
    stage: Stage, make_code: MakeCode, receiver: Receiver, registry: CollectorRegistry
) -> None:
    """A subscription for extracted codes does not get the correlated ones."""
    await stage.read(make_code("m1").encode(), make_code("m1", revision=2).encode())

    assert [request.webhook_id for request in receiver.seen] == ["m1"]
    assert registry.get_sample_value("otp_deliver_unwanted_total") == 1


async def test_writes_are_repeated_and_pushes_are_not(
    stage: Stage, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """A broker that is away for a while costs waiting: no second push, no second outcome, none lost."""
    away = [True, True, False, True]

    class Away(BaseMiddleware):
        async def publish_scope(self, call_next: Any, cmd: Any) -> Any:
            if cmd.destination == DELIVERIES.name and away and away.pop(0):
                raise KafkaTimeoutError
            return await call_next(cmd)

    stage.broker.add_middleware(Away)

    await stage.read(make_code("m1").encode(), make_code("m2").encode(), make_code("m3").encode())

    written = [DeliveryOutcome.decode(value).event_id for value in stage.outcomes.values]
    assert sorted(written) == ["m1", "m2", "m3"]
    assert len(receiver.seen) == 3
    assert clock.slept_seconds == [1.0, 1.0]


async def test_write_that_no_broker_takes_holds_up_nothing(
    stage: Stage, make_code: MakeCode, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    """A letter above the cluster's own limit is given up at once: the log says which record, and the outcomes are written."""

    class Small(BaseMiddleware):
        async def publish_scope(self, call_next: Any, cmd: Any) -> Any:
            if cmd.destination == CODES_DEAD.name:
                raise MessageSizeTooLargeError
            return await call_next(cmd)

    stage.broker.add_middleware(Small)

    await stage.read(b"not json", make_code("m1").encode())

    assert [DeliveryOutcome.decode(value).event_id for value in stage.outcomes.values] == ["m1"]
    assert clock.slept_seconds == []
    [told] = [record.getMessage() for record in caplog.records if "left out" in record.getMessage()]
    assert "otp.codes.v1/" in told
    assert "message.max.bytes" in told


async def test_letter_of_a_huge_key_is_taken(stage: Stage, make_code: MakeCode) -> None:
    """The record of the letter is keyed by what is left of the key, so that it fits."""
    await stage.read(b"not json", key=b"k" * 900_000)

    [record] = stage.letters.records
    assert len(record.key) + len(record.value) < 1_000_000
    assert b"k" * 900_000 not in record.value


async def test_batch_that_fails_pauses_and_is_not_committed(
    stage: Stage, make_code: MakeCode, clock: VirtualClock
) -> None:
    """A fault outside any push reaches FastStream, which then commits nothing, and no tight loop comes of it."""

    class Broken(BaseMiddleware):
        async def publish_scope(self, call_next: Any, cmd: Any) -> Any:
            if cmd.destination == DELIVERIES.name:
                raise RuntimeError("a bug in a middleware")
            return await call_next(cmd)

    stage.broker.add_middleware(Broken)

    with pytest.raises(RuntimeError, match="a bug in a middleware"):
        await stage.read(make_code("m1").encode())

    assert clock.slept_seconds == [1.0]
