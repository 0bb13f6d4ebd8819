"""Faults occur as often as configured, and the same seed repeats them."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable

import httpx
import pytest

from otpstream.sandbox import ANSWER_LATE, ANSWER_LOST, Faults, Text2faSimulator
from otpstream.sandbox.faults import ApiFaultKind, FaultSource

ClientFactory = Callable[..., httpx.AsyncClient]
DRAWS = 4_000


def near(rate: float, *, draws: int = DRAWS) -> object:
    """Match a count that lies within four standard deviations of its expectation."""
    return pytest.approx(rate * draws, abs=4 * math.sqrt(draws * rate * (1 - rate)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_api_faults_occur_at_their_rates(seed: int) -> None:
    """Errors, rate limits and time-outs are drawn as often as configured, and so is what they carry."""
    faults = Faults(api_error_rate=0.2, api_rate_limit_rate=0.1, api_timeout_rate=0.3, retry_after_rate=0.25)
    source = FaultSource(faults, seed=seed)

    drawn = [fault for _ in range(DRAWS) if (fault := source.next_api_fault())]

    kinds = Counter(fault.kind for fault in drawn)
    assert kinds == source.api_faults_drawn
    assert kinds[ApiFaultKind.ERROR] == near(0.2)
    assert kinds[ApiFaultKind.RATE_LIMIT] == near(0.1)
    assert kinds[ApiFaultKind.TIMEOUT] == near(0.3)
    errors = [fault for fault in drawn if fault.kind is ApiFaultKind.ERROR]
    assert {fault.status for fault in errors} == {500, 502, 503}
    assert sum(fault.retry_after_seconds is not None for fault in errors) == near(0.25, draws=len(errors))
    late = [fault for fault in drawn if fault.kind is ApiFaultKind.TIMEOUT]
    assert sum(fault.applied for fault in late) == near(0.5, draws=len(late))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_webhook_faults_occur_at_their_rates(seed: int) -> None:
    """Losses, duplicates and delays are drawn as often as configured, and no delay exceeds its bound."""
    faults = Faults(
        webhook_lost_rate=0.1,
        webhook_duplicate_rate=0.2,
        webhook_reorder_rate=0.3,
        webhook_reorder_max_milliseconds=80,
    )
    source = FaultSource(faults, seed=seed)

    plans = [source.plan_webhook() for _ in range(DRAWS)]

    assert sum(plan.lost for plan in plans) == near(0.1)
    assert sum(plan.duplicated for plan in plans) == near(0.9 * 0.2)
    delays = [delay for plan in plans for delay in plan.delays_seconds]
    assert sum(delay > 0 for delay in delays) == near(0.3, draws=len(delays))
    assert 0.07 < max(delays) <= 0.08


def test_no_fault_occurs_unasked() -> None:
    """By default every call succeeds and every webhook is sent once at once."""
    source = FaultSource(Faults(), seed=0)

    assert {source.next_api_fault() for _ in range(500)} == {None}
    assert {source.plan_webhook().delays_seconds for _ in range(500)} == {(0.0,)}


def test_polls_do_not_change_the_fate_of_webhooks() -> None:
    """Webhook faults depend on the seed alone, however many API calls are made in between."""
    faults = Faults(webhook_lost_rate=0.3, webhook_duplicate_rate=0.3, webhook_reorder_rate=0.3, api_error_rate=0.5)
    quiet, polled, other = FaultSource(faults, seed=9), FaultSource(faults, seed=9), FaultSource(faults, seed=10)

    plans = [quiet.plan_webhook() for _ in range(200)]
    plans_polled = [(polled.next_api_fault(), polled.plan_webhook())[1] for _ in range(200)]

    assert plans_polled == plans
    assert [other.plan_webhook() for _ in range(200)] != plans


def test_a_change_of_one_rate_leaves_the_other_draws_alone() -> None:
    """Whether a webhook is duplicated does not change which ones are lost."""
    calm = FaultSource(Faults(webhook_lost_rate=0.2), seed=4)
    wild = FaultSource(Faults(webhook_lost_rate=0.2, webhook_duplicate_rate=1, webhook_reorder_rate=1), seed=4)

    assert [calm.plan_webhook().lost for _ in range(300)] == [wild.plan_webhook().lost for _ in range(300)]


@pytest.mark.parametrize(
    ("rates", "reason"),
    [
        ({"api_error_rate": 1.1}, "api_error_rate is a probability"),
        ({"webhook_lost_rate": -0.1}, "webhook_lost_rate must not be negative"),
        ({"hang_seconds": -1}, "hang_seconds must not be negative"),
        ({"api_error_rate": 0.5, "api_rate_limit_rate": 0.4, "api_timeout_rate": 0.2}, "add up to more than 1"),
    ],
)
def test_impossible_faults_are_refused(rates: dict[str, float], reason: str) -> None:
    """A rate outside 0 to 1, a negative duration or a sum above 1 names the field at fault."""
    with pytest.raises(ValueError, match=reason):
        Faults(**rates)  # type: ignore[arg-type]


async def test_calls_fail_over_http_as_drawn(client_of: ClientFactory) -> None:
    """Replies carry the statuses and Retry-After headers of the faults drawn; all other calls succeed."""
    faults = Faults(api_error_rate=0.2, api_rate_limit_rate=0.2, retry_after_seconds=7)
    simulator = Text2faSimulator(api_key="sandbox-key", faults=faults, seed=5)
    client = client_of(simulator)

    replies = [await client.get("/v1/numbers") for _ in range(500)]

    statuses = Counter(reply.status_code for reply in replies)
    assert set(statuses) == {200, 429, 500, 502, 503}
    assert statuses[429] == near(0.2, draws=500) == simulator.fault_source.api_faults_drawn[ApiFaultKind.RATE_LIMIT]
    assert statuses[200] == near(0.6, draws=500)
    assert all(reply.headers["Retry-After"] == "7" for reply in replies if reply.status_code == 429)
    with_hint = [reply for reply in replies if reply.status_code >= 500 and "Retry-After" in reply.headers]
    assert len(with_hint) == near(0.5, draws=500 - statuses[200] - statuses[429])
    assert all("error" in reply.json() for reply in replies if reply.status_code != 200)


async def test_a_failed_call_takes_no_effect(client_of: ClientFactory) -> None:
    """A registration answered 5xx or 429 registers nothing."""
    simulator = Text2faSimulator(
        api_key="sandbox-key", faults=Faults(api_error_rate=0.5, api_rate_limit_rate=0.5), seed=1
    )
    client = client_of(simulator)

    replies = [await client.post("/v1/webhooks", json={"url": "https://example.com"}) for _ in range(20)]

    assert all(reply.status_code >= 429 for reply in replies)
    assert simulator.account.webhooks == ()


@pytest.mark.parametrize(("applied_rate", "registered"), [(0.0, 0), (1.0, 1)])
async def test_a_call_that_timed_out_may_have_taken_effect(
    client_of: ClientFactory, applied_rate: float, registered: int
) -> None:
    """A client that gives up on a hanging call cannot know: the call has taken effect, or never does."""
    faults = Faults(api_timeout_rate=1, api_timeout_applied_rate=applied_rate, hang_seconds=60)
    simulator = Text2faSimulator(api_key="sandbox-key", faults=faults)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await client_of(simulator).post("/v1/webhooks", json={"url": "https://example.com"})

    assert len(simulator.account.webhooks) == registered


@pytest.mark.parametrize(("applied_rate", "status"), [(0.0, 504), (1.0, 200)])
async def test_a_hanging_call_is_answered_late(client_of: ClientFactory, applied_rate: float, status: int) -> None:
    """Whoever waits long enough gets the true reply, or 504 where the call took no effect; not before the time."""
    faults = Faults(api_timeout_rate=1, api_timeout_applied_rate=applied_rate, hang_seconds=0.05)
    simulator = Text2faSimulator(api_key="sandbox-key", faults=faults)
    loop = asyncio.get_running_loop()
    started = loop.time()

    reply = await client_of(simulator).get("/v1/numbers")

    assert reply.status_code == status
    assert loop.time() - started >= 0.045


async def test_calls_beyond_the_rate_limit_are_answered_429(client_of: ClientFactory) -> None:
    """A burst may reach the limit; what comes at once after it is refused with Retry-After."""
    simulator = Text2faSimulator(api_key="sandbox-key", calls_per_second_limit=5)
    client = client_of(simulator)

    replies = await asyncio.gather(*(client.get("/v1/numbers") for _ in range(50)))

    statuses = Counter(reply.status_code for reply in replies)
    assert set(statuses) == {200, 429}
    assert statuses[200] >= 5
    assert statuses[429] > 25
    assert all("Retry-After" in reply.headers for reply in replies if reply.status_code == 429)


async def test_an_answer_can_be_lost_after_the_call_took_effect(client_of: ClientFactory) -> None:
    """A forced lost answer is a 502 that hides what was done; it meets the calls of its path, as often as asked for."""
    simulator = Text2faSimulator(api_key="sandbox-key")
    simulator.fault_source.force(ANSWER_LOST, path="/v1/webhooks", times=2)
    client = client_of(simulator)

    assert (await client.get("/v1/numbers")).status_code == 200
    replies = [await client.post("/v1/webhooks", json={"url": "https://example.com"}) for _ in range(3)]

    assert [reply.status_code for reply in replies] == [502, 502, 201]
    assert "id" not in replies[0].json()
    assert len(simulator.account.webhooks) == 3
    assert simulator.fault_source.api_faults_drawn[ApiFaultKind.ERROR] == 2


async def test_a_forced_late_answer_outlasts_the_client(client_of: ClientFactory) -> None:
    """A client that gives up on a late answer leaves an effect behind."""
    simulator = Text2faSimulator(api_key="sandbox-key")
    simulator.fault_source.force(ANSWER_LATE, path="/v1/webhooks")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await client_of(simulator).post("/v1/webhooks", json={"url": "https://example.com"})

    assert len(simulator.account.webhooks) == 1


@pytest.mark.parametrize(("applied_rate", "registered"), [(0.0, 0), (1.0, 20)])
async def test_errors_may_hide_calls_that_took_effect(
    client_of: ClientFactory, applied_rate: float, registered: int
) -> None:
    """Errors take effect at the rate that is asked for."""
    simulator = Text2faSimulator(
        api_key="sandbox-key", faults=Faults(api_error_rate=1, api_error_applied_rate=applied_rate)
    )
    client = client_of(simulator)

    replies = [await client.post("/v1/webhooks", json={"url": "https://example.com"}) for _ in range(20)]

    assert all(reply.status_code >= 500 for reply in replies)
    assert len(simulator.account.webhooks) == registered


async def test_slow_calls_are_answered_in_full(client_of: ClientFactory) -> None:
    """A slow poll takes its time and then tells the truth."""
    simulator = Text2faSimulator(api_key="sandbox-key", faults=Faults(api_slow_rate=1, slow_seconds=0.05))
    simulator.rent()
    loop = asyncio.get_running_loop()
    started = loop.time()

    reply = await client_of(simulator).get("/v1/numbers")

    assert (reply.status_code, len(reply.json())) == (200, 1)
    assert loop.time() - started >= 0.045
