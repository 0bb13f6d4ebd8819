"""What the tests of the sinks share: codes, a clock that moves only when told, and a subscriber that answers as scripted."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from schemas.events import Code
from sinks.metrics import DeliverMetrics
from sinks.settings import SubscriptionSettings
from sinks.webhooks.attempt import open_session
from sinks.webhooks.deliver import Deliverer

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OTP = "047113"
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
NEXT_SECRET = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()

MakeCode = Callable[..., Code]
MakeSettings = Callable[..., SubscriptionSettings]


@pytest.fixture
def make_code() -> MakeCode:
    """Make a code that is alive at noon for five minutes, unless told otherwise."""

    def make(message_id: str = "m1", **changes: Any) -> Code:
        fields: dict[str, Any] = {
            "message_id": message_id,
            "revision": 1,
            "code": OTP,
            "confidence": 0.99,
            "kind": "numeric",
            "service": "Facebook",
            "provider": "text2fa",
            "account": "default",
            "line": "text2fa:12345",
            "phone": "+14155550123",
            "sender": "Facebook",
            "rental_id": None,
            "received_at": NOON,
            "ingested_at": NOON,
            "processed_at": NOON,
            "expires_at": NOON + timedelta(seconds=300),
        }
        return Code(**fields | changes)

    return make


class VirtualClock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at = NOON
        self.slept_seconds: list[float] = []

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept_seconds.append(seconds)
        self.at += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def clock() -> VirtualClock:
    """Start at noon."""
    return VirtualClock()


@dataclass(frozen=True)
class Received:
    """One request as the subscriber saw it."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def webhook_id(self) -> str:
        return self.headers["webhook-id"]


Answer = int | Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Receiver:
    """A subscriber on the loopback: gives its scripted answers in turn, then the standing one."""

    url: str = ""
    script: list[Answer] = field(default_factory=list)
    standing: Answer = 204
    seen: list[Received] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.seen.append(Received(path=request.path, headers=headers, body=await request.read()))
        answer = self.script.pop(0) if self.script else self.standing
        return web.Response(status=answer) if isinstance(answer, int) else await answer(request)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Run a subscriber that answers 204 unless scripted."""
    subscriber = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", subscriber.handle)
    async with TestServer(app) as server:
        subscriber.url = str(server.make_url("/hook?token=url-secret"))
        yield subscriber


@pytest.fixture
def make_settings(receiver: Receiver) -> MakeSettings:
    """Make the settings of a subscription to the receiver."""

    def make(**changes: Any) -> SubscriptionSettings:
        return SubscriptionSettings.model_validate({"url": receiver.url, "secrets": SECRET} | changes)

    return make


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Open the client that ships."""
    async with open_session(concurrency=20) as client:
        yield client


@pytest.fixture
def registry() -> CollectorRegistry:
    """Hold the series of one test."""
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> DeliverMetrics:
    """Count on the registry of the test."""
    return DeliverMetrics(registry)


@pytest.fixture
def make_deliverer(
    make_settings: MakeSettings, session: aiohttp.ClientSession, metrics: DeliverMetrics, clock: VirtualClock
) -> Callable[..., Deliverer]:
    """Make a deliverer to the receiver, in virtual time, whose jitter draws the longest wait."""

    def make(**changes: Any) -> Deliverer:
        settings = make_settings(**changes)
        return Deliverer(
            settings, session=session, metrics=metrics, clock=clock.now, sleep=clock.sleep, draw=lambda: 0.9999
        )

    return make


@pytest.fixture
def hang() -> Iterator[Callable[[web.Request], Awaitable[web.StreamResponse]]]:
    """Answer only when the test is over."""
    over = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        await over.wait()
        return web.Response(status=204)

    yield answer
    over.set()
