"""The dashboard's webhook: assignments, SMS and rental updates to one URL, lost or doubled only as the ledger says."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import pytest

from otpstream.sandbox import (
    BARE,
    DashboardRules,
    Faults,
    RetryPolicy,
    ScaledClock,
    Text2faDashboardSimulator,
    WebhookSender,
)
from otpstream.sandbox.text2fa_dashboard.catalogue import Kind
from tests.unit.sandbox.doubles import Receiver

QUICK_RETRY = RetryPolicy(max_attempts=3, first_delay_seconds=0.01, max_delay_seconds=0.05)


def told(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(body) for body in receiver.bodies]


async def test_a_rental_is_told_from_assignment_to_end(receiver: Receiver, scaled_clock: ScaledClock) -> None:
    """Assignment, SMS, renewal and expiry each come once, with order, number and status."""
    simulator = Text2faDashboardSimulator(token="t", clock=scaled_clock)
    simulator.webhook_url = receiver.url
    async with asyncio.timeout(10), simulator:
        order = simulator.account.rent("rent123", days=1)
        await simulator.drain_webhooks()
        simulator.deliver(order.phone, "Uber", "Your code is 4321", expected_code="4321")
        await simulator.drain_webhooks()
        simulator.account.renew(order.id, days=1)
        await simulator.drain_webhooks()
        scaled_clock.advance(2 * 86_400)
        await simulator.drain_webhooks()

    events = told(receiver)
    assert [(event["event"], event["data"]["status"]) for event in events] == [
        ("number.assigned", "active"),
        ("sms.received", "active"),
        ("rental.updated", "active"),
        ("rental.updated", "expired"),
    ]
    assert {event["data"]["order_id"] for event in events} == {int(order.id)}
    assert {event["data"]["number"] for event in events} == {order.phone}
    sms = events[1]["data"]
    assert (sms["from"], sms["message"], sms["code"]) == ("Uber", "Your code is 4321", "4321")
    assert sms["received_at"] == "2025-06-26T08:15:00Z"


async def test_one_time_orders_tell_their_number_and_their_sms(receiver: Receiver, scaled_clock: ScaledClock) -> None:
    """An S1 order tells when its number is assigned and what came in; its reject is no rental update."""
    simulator = Text2faDashboardSimulator(
        token="t", clock=scaled_clock, dialect=BARE, rules=DashboardRules(assignment_seconds=5)
    )
    simulator.webhook_url = receiver.url
    async with asyncio.timeout(10), simulator:
        used = simulator.account.request_s1("ee1fdp", premium_cents=0, state="AL")
        assert simulator.events == ()
        scaled_clock.advance(5)
        await simulator.drain_webhooks()
        simulator.deliver(used.id, "Google", "123456", expected_code="123456")
        await simulator.drain_webhooks()
        unused = simulator.account.request_s2("xyz123", area_codes=[])
        simulator.account.reject(Kind.S2, unused.id)
        scaled_clock.advance(900)
        await simulator.drain_webhooks()

    assert [(event["type"], event["phone_number"]) for event in told(receiver)] == [
        ("NUMBER_ASSIGNED", "12055550100"),
        ("SMS_RECEIVED", "12055550100"),
    ]
    assert (told(receiver)[1]["text"], told(receiver)[1]["status"]) == ("123456", "received")


async def test_every_event_is_told_or_lost_as_recorded(receiver: Receiver, scaled_clock: ScaledClock) -> None:
    """SMS arrive 0, 1 or 2 times exactly as their ledger says; all of them stand in the poll."""
    faults = Faults(webhook_lost_rate=0.3, webhook_duplicate_rate=0.3)
    simulator = Text2faDashboardSimulator(
        token="t", clock=scaled_clock, faults=faults, seed=4, sender=WebhookSender(retry=QUICK_RETRY)
    )
    simulator.webhook_url = receiver.url
    async with asyncio.timeout(30), simulator:
        orders = [simulator.account.rent("rent123", days=1) for _ in range(5)]
        for n in range(100):
            simulator.deliver(orders[n % 5].id, "Uber", f"code {n}")
        await simulator.drain_webhooks()

    arrived = Counter(event["data"]["message"] for event in told(receiver) if event["event"] == "sms.received")
    for message in simulator.ledger:
        expected = 0 if message.webhook_lost else 2 if message.webhook_duplicated else 1
        assert arrived[message.text] == message.delivered_pushes == expected
    counts = simulator.ledger.counts()
    assert 10 < counts.webhook_lost < 60
    assert counts.webhook_duplicated > 5
    assert sum(len(order.inbox.messages) for order in orders) == len(simulator.ledger) == 100
    assert sum(event.lost for event in simulator.events) >= counts.webhook_lost


async def test_without_a_url_nothing_is_told(receiver: Receiver, scaled_clock: ScaledClock) -> None:
    """Events are posted only while a URL is set; SMS are taken in all the same."""
    simulator = Text2faDashboardSimulator(token="t", clock=scaled_clock)
    async with asyncio.timeout(10), simulator:
        order = simulator.account.rent("rent123", days=1)
        simulator.webhook_url = receiver.url
        simulator.deliver(order.id, "Uber", "told")
        simulator.webhook_url = None
        simulator.deliver(order.id, "Uber", "not told")
        await simulator.drain_webhooks()

    assert [event["data"]["message"] for event in told(receiver)] == ["told"]
    assert len(simulator.ledger) == 2


def test_a_webhook_of_a_sandbox_that_is_not_running_says_so(scaled_clock: ScaledClock) -> None:
    """Telling a URL before the simulator is entered names the mend."""
    simulator = Text2faDashboardSimulator(token="t", clock=scaled_clock)
    simulator.webhook_url = "http://127.0.0.1:9/hook"

    with pytest.raises(RuntimeError, match="async with"):
        simulator.account.rent("rent123", days=1)
