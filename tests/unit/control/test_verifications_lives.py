"""The whole life of a verification as others see it: over HTTP, on the stream and in the metrics, against the simulated provider."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry, make_asgi_app
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from ingest.providers.settings import TextmagicAccount
from ingest.providers.textmagic import Textmagic
from otpstream.control.app import ControlPlane, control_plane
from otpstream.control.settings import DAY_SECONDS, ControlSettings
from otpstream.control.store import keys
from otpstream.sandbox import ScaledClock, TextMagicSimulator
from schemas.topics import VERIFICATIONS
from schemas.verifications import VerificationState
from tests.builders import NOON, PHONE
from tests.unit.control.conftest import NewStore
from tests.unit.control.fakes import Kafka

USER, KEY = "acme", "textmagic-key"
BODY = {"phone": PHONE, "brand": "Acme"}
TICK_SECONDS = 5


@dataclass
class Outside:
    """What a client, a reader of the stream and Prometheus see of one control plane."""

    plane: ControlPlane
    http: httpx.AsyncClient
    metrics: httpx.AsyncClient
    simulator: TextMagicSimulator
    clock: ScaledClock
    kafka: Kafka
    answers: list[tuple[int, str]] = field(default_factory=list)
    """Status, and state or type of problem, of each request."""

    async def post(self, path: str = "", body: Any = None) -> str:
        """Ask for something; return the id of the verification that the answer is about."""
        reply = await self.http.post(f"/v1/verifications{path}", json=body)
        told = reply.json()
        self.answers.append((reply.status_code, told.get("state") or told["type"].rpartition(":")[2]))
        return str(told.get("verification_id"))

    async def pass_seconds(self, count: int) -> None:
        """Let time pass on both sides."""
        for _ in range(count // TICK_SECONDS):
            self.clock.advance(TICK_SECONDS)
            await self.plane.verification_clock.tick(self.clock())

    async def told(self) -> list[tuple[str, str, int, str | None, float]]:
        """Return change, state, step, channel and second of each record on the stream, in order; all are of one key."""
        while await self.plane.relay.step():
            pass
        assert {(one.topic, one.key) for one in self.kafka.records} == {(VERIFICATIONS.name, PHONE.encode())}
        events = [VerificationState.decode(one.value) for one in self.kafka.records]
        assert [dict(one.headers)["ce_id"].decode() for one in self.kafka.records] == [one.event_id for one in events]
        return [(one.change, one.state, one.step, one.channel, _second(one.updated_at)) for one in events]

    async def counted(self) -> dict[str, float]:
        """Return all counters of verifications that are not nought, by their labels, as Prometheus scrapes them."""
        text = (await self.metrics.get("/metrics")).text
        return {
            ".".join(value for label, value in sample.labels.items() if label != "provider"): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name in ("otp_verification_changes_total", "otp_verification_stopped_total") and sample.value
        }


def _second(moment: datetime) -> float:
    return (moment - NOON).total_seconds()


@pytest.fixture
async def outside(new_sqlite: NewStore) -> AsyncIterator[Outside]:
    clock = ScaledClock(speed=0, start=NOON)
    simulator = TextMagicSimulator(
        username=USER, api_key=KEY, clock=clock, balance_cents=100, calls_per_second_limit=None
    )
    account = TextmagicAccount(username=USER, api_keys=(SecretStr(KEY),))
    settings = ControlSettings.model_validate({"store": {"url": new_sqlite()}})
    registry, kafka = CollectorRegistry(), Kafka()

    async def no_wait(_: float) -> None:
        """Let time stand: the rate limit is not what this is about."""

    async with httpx.AsyncClient(transport=httpx.ASGITransport(simulator.app)) as calls:
        verifier = Textmagic(calls, account, clock=clock, sleep=no_wait)
        async with control_plane(
            settings,
            suppliers=[],
            verifiers=[verifier],
            publish=kafka.publish,
            registry=registry,
            clock=clock,
            version="0",
        ) as plane:
            async with plane.engine.begin() as connection:
                token = await keys.create_key(
                    connection, client="acme", scopes=["verifications:write"], label=None, now=NOON
                )
            bearer = {"Authorization": f"Bearer {token}"}
            async with (
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(plane.api), base_url="http://test", headers=bearer
                ) as http,
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(make_asgi_app(registry)), base_url="http://test"
                ) as metrics,
            ):
                yield Outside(plane, http, metrics, simulator, clock, kafka)


async def expire(outside: Outside) -> None:
    await outside.post(body=BODY)
    await outside.pass_seconds(300)


async def succeed(outside: Outside) -> None:
    name = await outside.post(body=BODY)
    code = outside.simulator.inbox[0].code
    await outside.pass_seconds(65)
    await outside.post(f"/{name}/check", {"code": code[:-1] + ("1" if code[-1] != "1" else "2")})
    await outside.pass_seconds(5)
    await outside.post(f"/{name}/check", {"code": code})
    await outside.pass_seconds(300)


async def cancel(outside: Outside) -> None:
    name = await outside.post(body=BODY)
    await outside.pass_seconds(10)
    await outside.post(f"/{name}/cancel")
    await outside.post(f"/{name}/cancel", {"schedule": True})
    await outside.pass_seconds(300)


async def meet_our_own(outside: Outside) -> None:
    await outside.post(body=BODY)
    await outside.pass_seconds(10)
    await outside.post(body=BODY)
    assert len(outside.simulator.verifications) == 1


async def meet_somebody_elses(outside: Outside) -> None:
    other = {"phone": PHONE.removeprefix("+"), "brand": "Other", "codeLength": 4}
    transport = httpx.ASGITransport(outside.simulator.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        headers = {"X-TM-Username": USER, "X-TM-Key": KEY}
        (await http.post("/api/v2/verify", json=other, headers=headers)).raise_for_status()
    await outside.post(body=BODY)
    await outside.pass_seconds(300)


BEGUN = [
    ("requested", "requested", 0, None, 0),
    ("started", "started", 0, None, 0),
    ("step", "started", 1, "sms", 0),
]
SECOND_STEP = ("step", "started", 2, "call", 60)
LIVES: list[tuple[Callable[[Outside], Awaitable[None]], list[Any], list[Any], dict[str, float]]] = [
    (
        expire,
        [(201, "started")],
        [*BEGUN, SECOND_STEP, ("step", "started", 3, "call", 120), ("expired", "expired", 3, "call", 300)],
        {"requested": 1, "started": 1, "step": 3, "expired": 1},
    ),
    (
        succeed,
        [(201, "started"), (200, "started"), (200, "verified")],
        [*BEGUN, SECOND_STEP, ("check_failed", "started", 2, "call", 65), ("verified", "verified", 2, "call", 70)],
        {"requested": 1, "started": 1, "step": 2, "check_failed": 1, "verified": 1},
    ),
    (
        cancel,
        [(201, "started"), (409, "too-early"), (202, "started")],
        [*BEGUN, ("cancel_scheduled", "started", 1, "sms", 10), ("cancelled", "cancelled", 1, "sms", 30)],
        {"requested": 1, "started": 1, "step": 1, "cancel_scheduled": 1, "cancelled": 1},
    ),
    (
        meet_our_own,
        [(201, "started"), (409, "phone-live")],
        BEGUN,
        {"requested": 1, "started": 1, "step": 1, "phone_live": 1},
    ),
    (
        meet_somebody_elses,
        [(409, "provider-live")],
        [BEGUN[0], ("refused", "refused", 0, None, 0)],
        {"requested": 1, "refused": 1},
    ),
]


@pytest.mark.parametrize(
    ("live", "answers", "told", "counted"), LIVES, ids=[getattr(live, "__name__", "") for live, *_ in LIVES]
)
async def test_a_whole_life_is_seen_from_outside(
    outside: Outside,
    live: Callable[[Outside], Awaitable[None]],
    answers: list[tuple[int, str]],
    told: list[tuple[str, str, int, str | None, float]],
    counted: dict[str, float],
) -> None:
    """SMS, voice, voice and the end; success; cancel; both kinds of 409: each change once, in order, at its time, and counted."""
    await live(outside)

    assert outside.answers == answers
    assert await outside.told() == told
    assert await outside.counted() == counted


async def test_a_key_is_kept_as_long_as_its_answer(outside: Outside) -> None:
    """Until CONTROL_STORE_IDEMPOTENCY_KEPT_SECONDS the same request is the same verification; after that, a new one."""
    outside.http.headers["Idempotency-Key"] = "k1"
    first = await outside.post(body=BODY)
    await outside.pass_seconds(300)
    await outside.plane.upkeep.forget()
    assert await outside.post(body=BODY) == first
    outside.clock.advance(DAY_SECONDS)
    await outside.plane.upkeep.forget()
    assert await outside.post(body=BODY) != first
