"""A batch of codes against a real subscriber on the loopback, in virtual time."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry

from schemas.deliveries import DeliveryOutcome
from schemas.events import Code
from sinks.metrics import DeliverMetrics
from sinks.webhooks import sign
from sinks.webhooks.deliver import Bug, Deliverer, Result
from sinks.webhooks.schedule import LAST_ATTEMPT_SECONDS
from tests.unit.sinks.conftest import NEXT_SECRET, NOON, OTP, SECRET, MakeCode, MakeSettings, Receiver, VirtualClock

MakeDeliverer = Callable[..., Deliverer]
Hang = Callable[[web.Request], Awaitable[web.StreamResponse]]


def outcome_of(results: list[Result]) -> DeliveryOutcome:
    [result] = results
    assert isinstance(result, DeliveryOutcome)
    return result


def asks_to_wait(retry_after: str) -> Hang:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": retry_after})

    return answer


async def test_failure_then_success_is_one_delivery(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """A 500 and then a 200 is delivered, with the same id and body and a fresh signature over the new time."""
    receiver.script = [500, 200]

    outcome = outcome_of(await make_deliverer(retries={"first_delay_seconds": 4}).deliver([make_code()]))

    assert (outcome.outcome, outcome.attempts, outcome.status, outcome.error_code) == ("delivered", 2, 200, "none")
    assert (outcome.event_id, outcome.message_id, outcome.subscription) == ("m1", "m1", "default")
    assert (outcome.ingested_at, outcome.finished_at) == (NOON, clock.at)
    first, second = receiver.seen
    assert (first.webhook_id, first.body) == (second.webhook_id, second.body) == ("m1", second.body)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


async def test_push_carries_both_signatures_in_rotation(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """With two live secrets every push is signed by both."""
    await make_deliverer(secrets=f"{SECRET},{NEXT_SECRET}").deliver([make_code()])

    [request] = receiver.seen
    assert len(set(request.headers["webhook-signature"].split(" "))) == 2


@pytest.mark.parametrize(("status", "error_code"), [(410, "status_4xx"), (404, "status_4xx"), (308, "redirect")])
async def test_final_answer_is_not_argued_with(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, status: int, error_code: str
) -> None:
    """Gone, unknown or moved: refused after one attempt."""
    receiver.standing = status

    outcome = outcome_of(await make_deliverer().deliver([make_code()]))

    assert (outcome.outcome, outcome.attempts, outcome.status) == ("refused", 1, status)
    assert outcome.error_code == error_code
    assert len(receiver.seen) == 1


async def test_expired_code_is_never_pushed(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """A code that was dead on arrival gets its outcome without an attempt."""
    outcome = outcome_of(await make_deliverer().deliver([make_code(expires_at=NOON)]))

    assert (outcome.outcome, outcome.attempts, outcome.status, outcome.error_code) == ("expired", 0, None, "none")
    assert receiver.seen == []


async def test_subscriber_that_stays_down_gets_no_late_push(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """Attempts go on until a second before the code's end, and none comes after it."""
    pushed_at: list[float] = []

    async def down(request: web.Request) -> web.StreamResponse:
        pushed_at.append((clock.at - NOON).total_seconds())
        return web.Response(status=503)

    receiver.standing = down

    outcome = outcome_of(await make_deliverer().deliver([make_code(expires_at=NOON + timedelta(seconds=40))]))

    assert (outcome.outcome, outcome.status, outcome.error_code) == ("expired", 503, "status_5xx")
    assert outcome.attempts == len(pushed_at)
    assert pushed_at == sorted(pushed_at)
    assert pushed_at[-1] == pytest.approx(40 - LAST_ATTEMPT_SECONDS)


async def test_code_that_expires_in_the_queue_is_not_pushed(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """The code behind a slow one of the same phone is looked at again when its turn comes."""

    async def slow(request: web.Request) -> web.StreamResponse:
        clock.at += timedelta(seconds=20)
        return web.Response(status=204)

    receiver.script = [slow]
    codes = [make_code("m1"), make_code("m2", expires_at=NOON + timedelta(seconds=10)), make_code("m3")]

    results = await make_deliverer().deliver(codes)

    assert [result.outcome for result in results if isinstance(result, DeliveryOutcome)] == [
        "delivered",
        "expired",
        "delivered",
    ]
    assert [request.webhook_id for request in receiver.seen] == ["m1", "m3"]


async def test_wait_that_takes_too_long_ends_the_push(
    make_settings: MakeSettings,
    make_code: MakeCode,
    receiver: Receiver,
    session: aiohttp.ClientSession,
    metrics: DeliverMetrics,
    clock: VirtualClock,
) -> None:
    """A process that stood still while it waited for a retry looks at the clock again before it pushes."""

    async def oversleep(seconds: float) -> None:
        clock.at += timedelta(seconds=seconds + 300)

    receiver.standing = 500
    deliverer = Deliverer(make_settings(), session=session, metrics=metrics, clock=clock.now, sleep=oversleep)

    outcome = outcome_of(await deliverer.deliver([make_code()]))

    assert (outcome.outcome, outcome.attempts, outcome.status) == ("expired", 1, 500)
    assert len(receiver.seen) == 1


async def test_hang_is_retried(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, hang: Hang
) -> None:
    """A time-out is a failure like any other: the next attempt may deliver."""
    receiver.script = [hang]

    outcome = outcome_of(await make_deliverer(timeout_seconds=0.1).deliver([make_code()]))

    assert (outcome.outcome, outcome.attempts) == ("delivered", 2)


async def test_attempt_is_cut_at_the_end_of_the_life(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, hang: Hang
) -> None:
    """A code with a moment left is tried for that moment, not for the whole time-out."""
    receiver.standing = hang
    code = make_code(expires_at=NOON + timedelta(seconds=0.05))

    async with asyncio.timeout(5):
        outcome = outcome_of(await make_deliverer(timeout_seconds=30).deliver([code]))

    assert (outcome.outcome, outcome.attempts, outcome.error_code) == ("expired", 1, "timeout")


@pytest.mark.parametrize("retry_after", ["20", "Sun, 01 Mar 2026 12:00:20 GMT"])
async def test_retry_after_is_honoured(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock, retry_after: str
) -> None:
    """A subscriber that asks for twenty seconds gets them, in either form."""
    receiver.script = [asks_to_wait(retry_after)]

    outcome = outcome_of(await make_deliverer().deliver([make_code()]))

    assert (outcome.outcome, outcome.attempts) == ("delivered", 2)
    assert clock.slept_seconds == [20]


async def test_retry_after_beyond_the_life_ends_the_push(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, clock: VirtualClock
) -> None:
    """Asked to come back when the code is dead: expired at once, neither early nor late."""
    receiver.script = [asks_to_wait("3600")]

    outcome = outcome_of(await make_deliverer().deliver([make_code()]))

    assert (outcome.outcome, outcome.attempts, outcome.error_code) == ("expired", 1, "status_4xx")
    assert len(receiver.seen) == 1
    assert clock.at == NOON


async def test_order_holds_within_a_phone_or_line(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """Whatever fails and is retried, each phone and each line sees its codes in their order."""
    owners = [{"phone": f"+1415555010{n}"} for n in range(3)] + [{"phone": None, "line": f"t:{n}"} for n in range(3)]
    codes = [make_code(f"{turn}-{owner}", **owners[owner]) for turn in range(5) for owner in range(len(owners))]
    receiver.script = [500, 204, 429, 204, 204, 503] * 3

    results = await make_deliverer(concurrency=4).deliver(codes)

    assert {result.outcome for result in results if isinstance(result, DeliveryOutcome)} == {"delivered"}
    turns: dict[str, list[str]] = {}
    for request in receiver.seen:
        turn, owner = request.webhook_id.split("-")
        turns.setdefault(owner, []).append(turn)
    assert set(turns) == {str(owner) for owner in range(len(owners))}
    assert all(seen == sorted(seen) for seen in turns.values())


async def test_every_code_gets_its_outcome_in_place(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """Delivered, refused or expired: as many outcomes as codes, each where its code was."""
    answers = {"fine": 200, "gone": 410, "down": 500}

    async def by_fate(request: web.Request) -> web.StreamResponse:
        fate = request.headers["webhook-id"].split("-")[0]
        return web.Response(status=answers[fate])

    receiver.standing = by_fate
    fates = ["fine", "gone", "down", "dead"] * 10
    codes = [
        make_code(
            f"{fate}-{n}",
            phone=None,
            line=f"t:{n % 7}",
            expires_at=NOON if fate == "dead" else NOON.max.replace(tzinfo=NOON.tzinfo),
        )
        for n, fate in enumerate(fates)
    ]

    results = await make_deliverer(concurrency=5).deliver(codes)

    told = [(result.event_id, result.outcome) for result in results if isinstance(result, DeliveryOutcome)]
    means = {"fine": "delivered", "gone": "refused", "down": "expired", "dead": "expired"}
    assert told == [(f"{fate}-{n}", means[fate]) for n, fate in enumerate(fates)]


async def test_no_more_attempts_than_the_limit_are_under_way(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver
) -> None:
    """The subscriber sees as many requests at once as it allowed, and the limit is used."""
    under_way, most = 0, 0
    full = asyncio.Event()

    async def count(request: web.Request) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way == 3:
            full.set()
        await full.wait()
        under_way -= 1
        return web.Response(status=204)

    receiver.standing = count

    async with asyncio.timeout(10):
        results = await make_deliverer(concurrency=3).deliver(
            [make_code(f"m{n}", phone=None, line=f"t:{n}") for n in range(12)]
        )

    assert len(results) == 12
    assert most == 3


async def test_push_that_waits_holds_nobody_back(
    make_settings: MakeSettings,
    make_code: MakeCode,
    receiver: Receiver,
    session: aiohttp.ClientSession,
    metrics: DeliverMetrics,
    clock: VirtualClock,
) -> None:
    """With one slot, the codes of other phones go out while a failed one waits for its retry."""
    others_are_out = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await others_are_out.wait()

    async def answer(request: web.Request) -> web.StreamResponse:
        if [seen.webhook_id for seen in receiver.seen].count("m1") == 1 and len(receiver.seen) == 1:
            return web.Response(status=500)
        if len(receiver.seen) == 3:
            others_are_out.set()
        return web.Response(status=204)

    receiver.standing = answer
    deliverer = Deliverer(make_settings(concurrency=1), session=session, metrics=metrics, clock=clock.now, sleep=sleep)

    async with asyncio.timeout(10):
        await deliverer.deliver([make_code(f"m{n}", phone=None, line=f"t:{n}") for n in (1, 2, 3)])

    assert [request.webhook_id for request in receiver.seen] == ["m1", "m2", "m3", "m1"]


async def test_bug_stays_with_its_code(
    make_deliverer: MakeDeliverer,
    make_code: MakeCode,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A fault of ours on one code is told by its class alone, and the others are delivered."""
    sound = sign.body

    def fails_on_m2(code: Code) -> str:
        if code.message_id == "m2":
            raise RuntimeError(code.code)
        return sound(code)

    monkeypatch.setattr(sign, "body", fails_on_m2)

    results = await make_deliverer().deliver([make_code("m1"), make_code("m2"), make_code("m3")])

    assert results[1] == Bug("RuntimeError")
    assert Counter(type(result) for result in results) == {DeliveryOutcome: 2, Bug: 1}
    assert "m2" in caplog.text
    assert OTP not in caplog.text


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ("otp.code.extracted", {1}),
        ("otp.code.correlated", {2, 3}),
        ("otp.code.extracted,otp.code.correlated", {1, 2, 3}),
    ],
)
async def test_subscription_gets_what_it_asked_for(
    make_deliverer: MakeDeliverer, make_code: MakeCode, events: str, wanted: set[int]
) -> None:
    """Revision 1 is the extracted code, every later one the correlated."""
    deliverer = make_deliverer(events=events)

    assert {revision for revision in (1, 2, 3) if deliverer.wants(make_code(revision=revision))} == wanted


async def test_one_line_per_outcome_and_no_secret_in_it(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    """Each final outcome is one wide line without phone or address, and no log of any level holds the code or a secret."""
    caplog.set_level(logging.DEBUG)
    receiver.script = [500, 204, 410]
    codes = [make_code("m1"), make_code("m2"), make_code("m3", expires_at=NOON)]

    await make_deliverer().deliver(codes)

    lines = [record for record in caplog.records if record.name == "sinks.webhooks.deliver"]
    assert [(line.levelname, line.getMessage().split(" seconds=")[0]) for line in lines] == [
        ("INFO", "push delivered subscription=default event_id=m1 attempts=2 status=204 error=none"),
        ("WARNING", "push refused subscription=default event_id=m2 attempts=1 status=410 error=status_4xx"),
        ("WARNING", "push expired subscription=default event_id=m3 attempts=0 status=None error=none"),
    ]
    for private in ("4155550123", "url-secret", "127.0.0.1"):
        assert not any(private in line.getMessage() for line in lines), private
    assert OTP not in caplog.text
    assert SECRET.removeprefix("whsec_") not in caplog.text
    assert json.loads(receiver.seen[0].body)["data"]["code"] == OTP


async def test_outcomes_and_attempts_are_counted(
    make_deliverer: MakeDeliverer, make_code: MakeCode, receiver: Receiver, registry: CollectorRegistry
) -> None:
    """The series agree with what happened."""
    receiver.script = [500, 204, 410]

    await make_deliverer(retries={"first_delay_seconds": 2}).deliver(
        [make_code("m1"), make_code("m2"), make_code("m3", expires_at=NOON)]
    )

    def value(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(name, labels)

    outcomes = {name: value("otp_deliver_outcomes_total", outcome=name) for name in ("delivered", "refused", "expired")}
    assert outcomes == {"delivered": 1, "refused": 1, "expired": 1}
    results = {
        name: value("otp_deliver_attempts_total", result=name) for name in ("delivered", "status_5xx", "timeout")
    }
    assert results == {"delivered": 1, "status_5xx": 1, "timeout": 0}
    assert value("otp_deliver_latency_seconds_count") == 1
    assert value("otp_deliver_latency_seconds_sum") == pytest.approx(2, rel=0.01)
