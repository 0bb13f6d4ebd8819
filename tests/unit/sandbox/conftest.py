"""A manual clock, an API client without a network, and a webhook receiver on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from otpstream.sandbox import ScaledClock, Text2faSimulator
from otpstream.sandbox.server import Simulator
from tests.unit.sandbox.doubles import ManualClock, Receiver

API_KEY = "sandbox-key"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def scaled_clock() -> ScaledClock:
    """A clock that stands still until it is advanced."""
    return ScaledClock(speed=0, start=ManualClock().now)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    async with TestServer(app) as server:
        receiver.url = str(server.make_url("/hook"))
        yield receiver


ClientFactory = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def client_of() -> AsyncIterator[ClientFactory]:
    """Make API clients of simulators; the key can be another than theirs, or None for no header."""
    clients: list[httpx.AsyncClient] = []

    def make(simulator: Text2faSimulator, *, key: str | None = API_KEY) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(simulator.app),
            base_url="http://text2fa.test",
            headers={} if key is None else {"Authorization": f"Bearer {key}"},
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        await client.aclose()


ApiFactory = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def api_of() -> AsyncIterator[ApiFactory]:
    """Make clients of any simulator, without a network."""
    clients: list[httpx.AsyncClient] = []

    def make(simulator: Simulator, headers: Mapping[str, str] | None = None, path: str = "") -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(simulator.app), base_url=f"http://provider.test{path}", headers=headers
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        await client.aclose()
