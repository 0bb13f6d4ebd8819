"""What the codes of a batch may cost each other, and what becomes of a batch at the end of the process; in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry

from schemas.deliveries import DeliveryOutcome
from sinks.metrics import DeliverMetrics
from sinks.webhooks.deliver import Deliverer, Stopped
from tests.unit.sinks.conftest import NOON, MakeCode, MakeSettings, Receiver, VirtualClock

MakeDeliverer = Callable[..., Deliverer]
Hang = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def test_codes_that_wait_for_each_other_share_the_window(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """One phone whose pushes all fail ends with the batch's window, however many codes it has; each was pushed, in order."""
    receiver.standing = 500

    results = await make_deliverer(retries={"window_seconds": 10}).deliver([make_code(f"m{n}") for n in range(5)])

    assert clock.at <= NOON + timedelta(seconds=10)
    seen = [request.webhook_id for request in receiver.seen]
    assert seen == sorted(seen)
    assert set(seen) == {f"m{n}" for n in range(5)}
    assert [result.outcome for result in results if isinstance(result, DeliveryOutcome)] == ["expired"] * 5


async def test_codes_left_after_the_window_get_one_attempt(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """Where answers take all of the window, the codes behind are pushed once while they live, and not again."""

    async def slow(request: web.Request) -> web.StreamResponse:
        clock.at += timedelta(seconds=20)
        return web.Response(status=500)

    receiver.standing = slow

    results = await make_deliverer(retries={"window_seconds": 10}).deliver([make_code(f"m{n}") for n in range(3)])

    assert [request.webhook_id for request in receiver.seen] == ["m0", "m1", "m2"]
    assert {result.outcome for result in results if isinstance(result, DeliveryOutcome)} == {"expired"}


async def test_attempt_after_the_window_is_short(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock, hang: Hang
) -> None:
    """A subscriber that hangs gets a second for a code whose turn comes after the window, not the whole time-out."""

    async def slow(request: web.Request) -> web.StreamResponse:
        clock.at += timedelta(seconds=20)
        return web.Response(status=204)

    receiver.script = [slow]
    receiver.standing = hang

    async with asyncio.timeout(10):
        results = await make_deliverer(timeout_seconds=30, retries={"window_seconds": 10}).deliver(
            [make_code("m1"), make_code("m2")]
        )

    assert [result.outcome for result in results if isinstance(result, DeliveryOutcome)] == ["delivered", "expired"]


async def test_code_that_fails_leaves_time_to_those_behind(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """A code that lives long is not repeated until the one behind it has died: both are pushed."""
    receiver.standing = 500
    codes = [make_code("m1"), make_code("m2", expires_at=NOON + timedelta(seconds=20))]

    results = await make_deliverer().deliver(codes)

    assert {request.webhook_id for request in receiver.seen} == {"m1", "m2"}
    assert all(result.attempts > 0 for result in results if isinstance(result, DeliveryOutcome))


async def test_dead_code_takes_no_time_from_those_before_it(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """A code that was dead on arrival does not cost the one before it its retries."""
    receiver.script = [500]

    results = await make_deliverer().deliver([make_code("m1"), make_code("m2", expires_at=NOON)])

    assert [result.outcome for result in results if isinstance(result, DeliveryOutcome)] == ["delivered", "expired"]


async def test_stop_ends_the_wait_for_a_retry_and_lets_an_attempt_finish(
    make_settings: MakeSettings,
    make_code: MakeCode,
    receiver: Receiver,
    session: aiohttp.ClientSession,
    metrics: DeliverMetrics,
    clock: VirtualClock,
    registry: CollectorRegistry,
) -> None:
    """A push between two attempts is over at once, one under way is answered, none is begun, and the batch is not taken for done."""
    waiting, under_way, answered = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.headers["webhook-id"] == "m1":
            return web.Response(status=500)
        under_way.set()
        await answered.wait()
        return web.Response(status=204)

    receiver.standing = answer
    deliverer = Deliverer(make_settings(concurrency=2), session=session, metrics=metrics, clock=clock.now, sleep=sleep)
    codes = [
        make_code("m1", phone=None, line="t:1"),
        make_code("m2", phone=None, line="t:2"),
        make_code("m3", phone=None, line="t:2"),
    ]

    async with asyncio.timeout(10):
        delivering = asyncio.create_task(deliverer.deliver(codes))
        await asyncio.gather(waiting.wait(), under_way.wait())
        deliverer.stop()
        answered.set()
        with pytest.raises(Stopped):
            await delivering

    assert sorted(request.webhook_id for request in receiver.seen) == ["m1", "m2"]
    assert registry.get_sample_value("otp_deliver_outcomes_total", {"outcome": "delivered"}) == 1
    assert registry.get_sample_value("otp_deliver_outcomes_total", {"outcome": "expired"}) == 0


async def test_stop_does_not_hurt_a_batch_that_needs_no_retry(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """What succeeds at once is delivered to the end, so that it can be committed."""
    deliverer = make_deliverer(concurrency=1)
    receiver.script = [204, 410]
    deliverer.stop()

    results = await deliverer.deliver([make_code("m1"), make_code("m2"), make_code("m3")])

    outcomes = [result.outcome for result in results if isinstance(result, DeliveryOutcome)]
    assert outcomes == ["delivered", "refused", "delivered"]
