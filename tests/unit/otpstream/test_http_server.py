"""Serving inside somebody else's loop: an address that is known at once, errors in sentences, an end that finishes what is under way."""

import asyncio
import signal
from typing import Any

import httpx
import pytest

from otpstream.http_server import AddressError, serving


async def answer(scope: Any, receive: Any, send: Any) -> None:
    """Answer 200 with the path."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


async def test_port_0_is_any_free_one() -> None:
    """Two servers at once, each at the address that it tells, without a slash at the end."""
    async with serving(answer, host="127.0.0.1", port=0) as one, serving(answer, host="127.0.0.1", port=0) as two:
        assert one != two
        async with httpx.AsyncClient() as http:
            assert (await http.get(f"{one}/a")).text == "/a"
            assert (await http.get(f"{two}/b")).text == "/b"


async def test_a_taken_port_is_named() -> None:
    """With the mend, before anything is served."""
    async with serving(answer, host="127.0.0.1", port=0) as base_url:
        port = int(base_url.rpartition(":")[2])
        with pytest.raises(
            AddressError, match=f"cannot listen on 127.0.0.1 port {port} .*: choose another port, .* HTTP_PORT"
        ):
            await serving(answer, host="127.0.0.1", port=port).__aenter__()


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70000), ("127.0.0.1", -1), ("::zz", 0)])
async def test_an_address_that_is_not_ours_is_named(host: str, port: int) -> None:
    """Neither another machine's address nor a number that is no port ends in a traceback of the library."""
    with pytest.raises(AddressError, match="cannot listen on"):
        await serving(answer, host=host, port=port).__aenter__()


@pytest.mark.parametrize("host", ["192.0.2.1", "::zz", "no-such-host.invalid"])
async def test_a_wrong_host_is_not_mended_by_another_port(host: str) -> None:
    """The setting of the host is named, and what to write there."""
    with pytest.raises(AddressError, match=r"\(\w[\w ]+\): set HTTP_HOST to .* 0\.0\.0\.0") as caught:
        await serving(answer, host=host, port=0).__aenter__()

    assert "HTTP_PORT" not in str(caught.value)
    assert "Unknown error" not in str(caught.value)


async def test_a_request_under_way_is_finished() -> None:
    """At the end nobody is cut off: the server waits for the answer it owes."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        begun.set()
        await go_on.wait()
        await answer(scope, receive, send)

    async with httpx.AsyncClient() as http:
        async with serving(slow, host="127.0.0.1", port=0) as base_url:
            request = asyncio.create_task(http.get(f"{base_url}/slow"))
            await begun.wait()
            asyncio.get_running_loop().call_later(0.05, go_on.set)
        assert (await request).text == "/slow"


async def test_signals_belong_to_the_owner_of_the_loop() -> None:
    """The server takes no signal handler away."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    async with serving(answer, host="127.0.0.1", port=0) as base_url, httpx.AsyncClient() as http:
        await http.get(base_url)
        assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
