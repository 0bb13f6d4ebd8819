"""A simulator on a real port: found, called and shut down inside a loop that is not its own."""

from __future__ import annotations

import asyncio
import signal
import socket

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from otpstream.http_server import AddressError
from otpstream.sandbox import Faults, Text2faSimulator, running_sandbox

HEADERS = {"Authorization": "Bearer sandbox-key"}


async def test_port_0_picks_a_free_port() -> None:
    """Two sandboxes run side by side, each with its own numbers at its own address."""
    one, two = Text2faSimulator(api_key="sandbox-key"), Text2faSimulator(api_key="sandbox-key")
    one.rent("US")
    two.rent("DE")
    async with running_sandbox(one) as first, running_sandbox(two) as second, httpx.AsyncClient() as client:
        replies = [await client.get(f"{running.base_url}/v1/numbers", headers=HEADERS) for running in (first, second)]

        assert first.simulator is one
        assert first.base_url != second.base_url
        assert [reply.json()[0]["country"] for reply in replies] == ["US", "DE"]


async def test_nothing_listens_after_the_end() -> None:
    """Once the context is left, the port refuses connections and can be taken again."""
    async with running_sandbox(Text2faSimulator(api_key="sandbox-key")) as running:
        port = httpx.URL(running.base_url).port or 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)

    async with running_sandbox(Text2faSimulator(api_key="sandbox-key"), port=port) as again:
        assert again.base_url == f"http://127.0.0.1:{port}"


async def test_signals_stay_with_their_owner() -> None:
    """Serving neither replaces the handlers of SIGINT and SIGTERM nor leaves others behind."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    async with running_sandbox(Text2faSimulator(api_key="sandbox-key")) as running, httpx.AsyncClient() as client:
        await client.get(f"{running.base_url}/v1/numbers")  # by then the server has started for sure
        during = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    assert before == during == after


async def test_a_taken_port_is_named() -> None:
    """An address that cannot be had ends in one sentence with the address and the mend."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=f"127.0.0.1 port {port} .*choose another port"):
            async with running_sandbox(Text2faSimulator(api_key="sandbox-key"), port=port):
                pytest.fail("the port was taken")
    with pytest.raises(AddressError, match="port 70000"):
        async with running_sandbox(Text2faSimulator(api_key="sandbox-key"), port=70_000):
            pytest.fail("there is no such port")


async def test_hanging_calls_do_not_hold_up_the_end() -> None:
    """A reply that a fault would hold back for an hour is let go when the sandbox ends."""
    simulator = Text2faSimulator(api_key="sandbox-key", faults=Faults(api_timeout_rate=1, hang_seconds=3_600))
    app, reached = simulator.app, asyncio.Event()

    async def announce(scope: Scope, receive: Receive, send: Send) -> None:
        reached.set()
        await app(scope, receive, send)

    simulator.app = announce
    async with httpx.AsyncClient(timeout=30) as client, asyncio.timeout(10):
        async with running_sandbox(simulator) as running:
            call = asyncio.create_task(client.get(f"{running.base_url}/v1/numbers", headers=HEADERS))
            await reached.wait()
            assert not call.done()

        assert (await call).status_code in (200, 504)


async def test_an_error_inside_reaches_the_caller() -> None:
    """What fails inside the context leaves it unchanged, and the server still ends."""
    before = asyncio.all_tasks()
    with pytest.raises(LookupError, match="inside"):
        async with running_sandbox(Text2faSimulator(api_key="sandbox-key")):
            raise LookupError("inside")

    assert asyncio.all_tasks() == before
