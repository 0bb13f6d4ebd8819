"""Every message is accounted for: told by webhook, or lost on that way and shown by the poll."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from otpstream.sandbox import (
    Faults,
    RetryPolicy,
    Text2faSimulator,
    WebhookSender,
    run_traffic,
    running_sandbox,
)
from tests.unit.sandbox.doubles import Receiver

KEY = "sandbox-key"
MESSAGES = 400
QUICK_RETRY = RetryPolicy(max_attempts=3, first_delay_seconds=0.01, max_delay_seconds=0.05)
Key = tuple[str, str, str, str]


@asynccontextmanager
async def run(
    faults: Faults, receiver: Receiver, *, seed: int = 11
) -> AsyncIterator[tuple[Text2faSimulator, Counter[Key]]]:
    """Send traffic over loopback; yield the simulator and what a poll of all numbers shows after it."""
    simulator = Text2faSimulator(api_key=KEY, faults=faults, seed=seed, sender=WebhookSender(retry=QUICK_RETRY))
    for _ in range(4):
        simulator.rent()
    async with (
        asyncio.timeout(60),
        running_sandbox(simulator) as running,
        httpx.AsyncClient(base_url=running.base_url, headers={"Authorization": f"Bearer {KEY}"}) as client,
    ):
        assert (await client.post("/v1/webhooks", json={"url": receiver.url})).status_code == 201
        await run_traffic(simulator, rate_per_second=4_000, total=MESSAGES, seed=seed)
        await simulator.drain_webhooks()
        polled: Counter[Key] = Counter()
        for number in (await client.get("/v1/numbers")).json():
            messages = (await client.get(f"/v1/numbers/{number['id']}/messages")).json()
            polled.update((number["id"], m["from"], m["message"], m["received_at"]) for m in messages)
        yield simulator, polled


async def test_without_faults_both_ways_tell_the_same(receiver: Receiver) -> None:
    """Each message is told once by webhook and once by poll, and the ledger agrees."""
    async with run(Faults(), receiver) as (simulator, polled):
        truth = Counter(message.key for message in simulator.ledger)

        assert len(truth) == MESSAGES
        assert Counter(receiver.keys) == polled == truth
        assert simulator.ledger.counts().webhook_delivered == MESSAGES
        assert simulator.ledger.counts().poll_only == 0


async def test_every_message_is_told_or_lost_as_the_ledger_says(receiver: Receiver) -> None:
    """Webhooks arrive 0, 1 or 2 times exactly as recorded, at about the configured rates; the poll shows all."""
    faults = Faults(
        webhook_lost_rate=0.2,
        webhook_duplicate_rate=0.25,
        webhook_reorder_rate=0.3,
        webhook_reorder_max_milliseconds=200,
    )
    async with run(faults, receiver) as (simulator, polled):
        told, counts = Counter(receiver.keys), simulator.ledger.counts()

    for message in simulator.ledger:
        expected = 0 if message.webhook_lost else 2 if message.webhook_duplicated else 1
        assert told[message.key] == message.delivered_pushes == expected
        assert polled[message.key] == 1
    assert sum(polled.values()) == len(simulator.ledger) == MESSAGES
    assert counts.webhook_lost == counts.poll_only == MESSAGES - counts.webhook_delivered
    assert counts.webhook_lost == pytest.approx(0.2 * MESSAGES, abs=32)
    assert counts.webhook_duplicated == pytest.approx(0.8 * 0.25 * MESSAGES, abs=32)


async def test_reordering_changes_the_order_on_a_line(receiver: Receiver) -> None:
    """Webhooks of one line overtake each other, although none is lost or doubled."""
    faults = Faults(webhook_reorder_rate=0.5, webhook_reorder_max_milliseconds=300)
    async with run(faults, receiver) as (simulator, _):
        sequence_of = {message.key: message.sequence for message in simulator.ledger}
        line = simulator.number_ids[0]
        arrived = [sequence_of[key] for key in receiver.keys if key[0] == line]

    assert len(arrived) == len(set(arrived)) > 50
    overtaken = sum(sequence < max(arrived[:position], default=-1) for position, sequence in enumerate(arrived))
    assert overtaken > len(arrived) / 10


async def test_failing_receivers_are_tried_again_until_the_end(receiver: Receiver) -> None:
    """Refused webhooks are retried; those refused for good are given up and stay visible in the poll."""
    receiver.statuses = [503] * (MESSAGES // 2) + [500] * (MESSAGES // 4)
    async with run(Faults(), receiver) as (simulator, polled):
        counts = simulator.ledger.counts()

    attempts = sum(push.attempts for message in simulator.ledger for push in message.pushes)
    assert attempts == len(receiver.bodies) > MESSAGES
    assert counts.webhook_delivered == len(receiver.bodies) - MESSAGES * 3 // 4
    assert counts.poll_only == MESSAGES - counts.webhook_delivered
    assert set(polled) == {message.key for message in simulator.ledger}


async def test_an_unreachable_receiver_leaves_messages_to_the_poll() -> None:
    """Where nobody listens, every webhook is given up after its attempts and every message is poll-only."""
    simulator = Text2faSimulator(api_key=KEY, sender=WebhookSender(retry=QUICK_RETRY))
    rented = simulator.rent()
    simulator.account.register_webhook("http://127.0.0.1:1/nobody")
    async with simulator, asyncio.timeout(20):
        message = simulator.send(rented.id, sender="Uber", text="Your code is 1234", expected_code="1234")
        await simulator.drain_webhooks()

    assert [push.attempts for push in message.pushes] == [3]
    assert simulator.ledger.counts().poll_only == 1


async def test_without_a_webhook_nothing_counts_as_lost() -> None:
    """Messages that no webhook was due for are poll-only, not lost; each registered URL is told otherwise."""
    simulator = Text2faSimulator(api_key=KEY, faults=Faults(webhook_lost_rate=1))
    rented = simulator.rent()

    message = simulator.send(rented.id, sender="Uber", text="Your code is 1234", expected_code="1234")

    assert (message.webhook_lost, message.pushes) == (False, [])
    assert simulator.ledger.counts().poll_only == 1


async def test_a_deleted_webhook_is_told_no_more(receiver: Receiver) -> None:
    """Messages go to every webhook registered at that time and to none deleted before."""
    simulator = Text2faSimulator(api_key=KEY)
    rented = simulator.rent()
    async with simulator, asyncio.timeout(20):
        twice = [simulator.account.register_webhook(receiver.url) for _ in range(2)]
        simulator.send(rented.id, sender="Uber", text="to both", expected_code=None)
        simulator.account.delete_webhook(twice[0].id)
        simulator.send(rented.id, sender="Uber", text="to one", expected_code=None)
        await simulator.drain_webhooks()

    assert Counter(payload["message"] for payload in receiver.payloads) == {"to both": 2, "to one": 1}
