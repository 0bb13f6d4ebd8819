"""Everything in one process on the embedded broker: SMS in by webhook and by poll, codes out as signed pushes.

A start costs seconds (consumer groups join), so each test goes a long way with one.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import httpx
import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

from otpstream import kafka, tail
from otpstream.http_server import serving
from otpstream.roles import Role, Running, running
from otpstream.sandbox import Text2faSimulator, running_sandbox
from otpstream.settings import load
from otpstream.subscriber import Subscriber
from schemas.deliveries import DeliveryOutcome
from schemas.events import Message, event_id
from schemas.topics import DELIVERIES, MESSAGES

SEED = b"""{"number_id": "12345", "from": "+12135559876", "message": "Your OTP is 843291", "received_at": "2025-06-26T08:15:00Z"}"""
"""The example of the Text2FA API Integration Guide, 2025-06-26."""
HMAC_SECRET = "hmac-secret-of-the-provider"
API_KEY = "api-key-of-the-account"
PUSH_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WAIT_SECONDS = 30.0


@dataclass
class Flow:
    """A running otpstream between a provider and a subscriber."""

    process: Running
    provider: Text2faSimulator
    subscriber: Subscriber
    http: httpx.AsyncClient

    async def post(self, body: bytes, *, secret: str = HMAC_SECRET) -> int:
        """Post a webhook as a provider signs it, and return the status of the answer."""
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        url = f"{self.process.base_url}/webhooks/text2fa"
        return (await self.http.post(url, content=body, headers={"X-Signature": signature})).status_code

    def count(self, series: str, **labels: str) -> float:
        return self.process.registry.get_sample_value(series, labels) or 0.0

    async def counted(self, series: str, count: float, **labels: str) -> None:
        """Wait until a series has reached a count."""
        await until(lambda: self.count(series, **labels) >= count, f"{series}{labels} is {count}")


async def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition, half a minute at the most."""
    stop = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < stop, f"not after {WAIT_SECONDS:.0f} s: {what}"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def flow(**text2fa: Any) -> AsyncIterator[Flow]:
    """Run all roles between a simulated provider and a subscriber, until both groups have their partitions."""
    subscriber = Subscriber(PUSH_SECRET)
    provider = Text2faSimulator(api_key=API_KEY)
    async with AsyncExitStack() as stack:
        subscribed = await stack.enter_async_context(serving(subscriber.app, host="127.0.0.1", port=0))
        sandbox = await stack.enter_async_context(running_sandbox(provider))
        settings = load(
            {
                "http": {"port": 0},
                "text2fa": {"base_url": sandbox.base_url, "webhook": {"hmac_secrets": [HMAC_SECRET]}, **text2fa},
                "subscription": {
                    "url": f"{subscribed}/codes",
                    "secrets": [PUSH_SECRET],
                    "events": ["otp.code.extracted", "otp.code.correlated"],
                },
            }
        )
        process = await stack.enter_async_context(running(settings, frozenset(Role)))
        http = await stack.enter_async_context(httpx.AsyncClient())
        await ready(process, http)
        yield Flow(process, provider, subscriber, http)


async def ready(process: Running, http: httpx.AsyncClient) -> None:
    """Wait until the process says that it is ready."""
    stop = time.monotonic() + WAIT_SECONDS
    while (answer := await http.get(f"{process.base_url}/health/ready")).status_code != httpx.codes.OK:
        assert time.monotonic() < stop, answer.text
        await asyncio.sleep(0.05)


def body(text: str, *, number_id: str = "777", received_at: datetime) -> bytes:
    """Write a webhook's body as Text2FA does."""
    at = f"{received_at:%Y-%m-%dT%H:%M:%SZ}"
    return json.dumps({"number_id": number_id, "from": "Acme", "message": text, "received_at": at}).encode()


def values(process: Running, topic: str) -> list[bytes]:
    """Read all that a topic holds."""
    config: Mapping[str, Any] = kafka.librdkafka(process.settings.kafka)
    consumer = Consumer({**config, "group.id": "test", "enable.auto.commit": False, "fetch.wait.max.ms": 5})
    try:
        numbers = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        places = [TopicPartition(topic, number, OFFSET_BEGINNING) for number in numbers]
        expected = sum(consumer.get_watermark_offsets(place, timeout=10)[1] for place in places)
        consumer.assign(places)
        found: list[bytes] = []
        stop = time.monotonic() + WAIT_SECONDS
        while len(found) < expected:
            assert time.monotonic() < stop
            found += [one.value() or b"" for one in consumer.consume(1000, 0.1) if one.error() is None]
        return found
    finally:
        consumer.close()


def messages(process: Running) -> list[Message]:
    return [Message.decode(value) for value in values(process, MESSAGES.name)]


def outcomes(process: Running) -> dict[str, DeliveryOutcome]:
    found = [DeliveryOutcome.decode(value) for value in values(process, DELIVERIES.name)]
    assert len({one.event_id for one in found}) == len(found)
    return {one.event_id: one for one in found}


def tailed(process: Running, *, count: int) -> list[str]:
    """Return the first lines that `otpstream tail --from-beginning` shows."""
    stop = time.monotonic() + WAIT_SECONDS
    config = kafka.librdkafka(process.settings.kafka)
    codes = tail.codes(config, from_beginning=True, stopped=lambda: time.monotonic() > stop)
    return [tail.line_of(code, show=False) for code in islice(codes, count)]


async def test_a_webhook_becomes_one_signed_push(caplog: pytest.LogCaptureFixture) -> None:
    """The guide's example is pushed once however often it is posted, a fresh code too, an old one never; no log tells a code.

    The guide's SMS is of 2025: a time that cannot be believed, so its code lives from our receipt.
    """
    caplog.set_level(logging.DEBUG)
    now = datetime.now(UTC)
    fresh = body("Your Acme code is 517204", received_at=now)
    old = body("Your Acme code is 660381", received_at=now - timedelta(hours=1))
    async with flow() as one:
        assert await one.post(SEED, secret="wrong") == 401
        assert [await one.post(SEED), await one.post(SEED)] == [202, 202]
        assert [await one.post(fresh), await one.post(old), await one.post(b'{"message": "843291"}')] == [202, 202, 422]
        await one.counted("otp_deliver_outcomes_total", 2, outcome="delivered")
        await one.counted("otp_deliver_outcomes_total", 1, outcome="expired")
        await one.counted("otp_process_duplicates_total", 1, provider="text2fa", path="webhook")
        found = await asyncio.to_thread(messages, one.process)
        told = await asyncio.to_thread(outcomes, one.process)
        shown = await asyncio.to_thread(tailed, one.process, count=3)

    assert sorted(data["code"] for data, _ in one.subscriber.pushes.values()) == ["517204", "843291"]
    assert (one.subscriber.repeated, one.subscriber.forged) == (0, 0)
    by_code = {message.code: told[message.message_id] for message in found}
    assert len(by_code) == len(found) == len(told)
    assert {code: (outcome.outcome, outcome.attempts) for code, outcome in by_code.items()} == {
        "517204": ("delivered", 1),
        "843291": ("delivered", 1),
        "660381": ("expired", 0),
    }
    assert len(shown) == 3
    assert "push delivered" in caplog.text
    for secret in ("843291", "517204", "660381", "Your OTP", "Your Acme", "+12135559876", HMAC_SECRET, PUSH_SECRET):
        assert secret not in caplog.text
        assert not any(secret in line for line in shown)


async def everything_pushed(one: Flow) -> list[Message]:
    """Wait until each message is tied, which may take a second revision, and each revision is pushed."""
    stop = time.monotonic() + WAIT_SECONDS
    while True:
        found = await asyncio.to_thread(messages, one.process)
        tied = {message.message_id for message in found if message.rental_id is not None}
        revisions = {event_id(message.message_id, message.revision) for message in found}
        if tied == {message.message_id for message in found} and revisions <= one.subscriber.pushes.keys():
            return found
        assert time.monotonic() < stop
        await asyncio.sleep(0.1)


async def test_the_same_sms_by_poll_and_by_webhook_is_one_code(caplog: pytest.LogCaptureFixture) -> None:
    """What only a poll brings is pushed; what both bring is pushed once; each is tied to the number that was rented."""
    caplog.set_level(logging.DEBUG)
    often = {"poll_interval_seconds": 0.3, "numbers_interval_seconds": 0.3, "requests_per_second": 100}
    async with flow(api_key=API_KEY, **often) as one:
        number = one.provider.rent()
        polled = one.provider.send(number.id, sender="Acme", text="Your Acme code is 517204", expected_code="517204")
        await one.counted("otp_process_messages_total", 1, provider="text2fa", path="poll")
        both = one.provider.send(number.id, sender="Acme", text="Your Acme code is 660381", expected_code="660381")
        for sent in (polled, both):
            assert await one.post(body(sent.text, number_id=number.id, received_at=sent.received_at)) == 202

        def duplicates() -> float:
            paths = ("webhook", "poll")
            return sum(one.count("otp_process_duplicates_total", provider="text2fa", path=path) for path in paths)

        await until(lambda: duplicates() == 2, "the second copy of both is dropped")
        found = await everything_pushed(one)

    newest = {message.message_id: message for message in sorted(found, key=lambda message: message.revision)}
    assert sorted(message.code or "" for message in newest.values()) == ["517204", "660381"]
    assert {(message.rental_id, message.phone) for message in newest.values()} == {
        (f"text2fa:{number.id}", number.number)
    }
    assert {data["code"] for data, _ in one.subscriber.pushes.values()} == {"517204", "660381"}
    assert set(one.subscriber.pushes) == {event_id(message.message_id, message.revision) for message in found}
    assert (one.subscriber.repeated, one.subscriber.forged) == (0, 0)
    for secret in ("517204", "660381", "Your Acme", number.number, API_KEY, PUSH_SECRET):
        assert secret not in caplog.text
