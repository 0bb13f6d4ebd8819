"""One POST: what each answer, or none, means."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web

from sinks.webhooks.attempt import BODY_LIMIT_BYTES, Attempt, attempt, classify
from tests.unit.sinks.conftest import Receiver

Hang = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def post(session: aiohttp.ClientSession, url: str, *, timeout_seconds: float = 5) -> Attempt:
    return await attempt(
        session, url=url, body=b'{"a":1}', headers={"webhook-id": "m1"}, timeout_seconds=timeout_seconds
    )


@pytest.mark.parametrize(
    ("statuses", "verdict", "error_code"),
    [
        ((200, 201, 202, 204, 299), "delivered", "none"),
        ((300, 301, 302, 304, 307, 308), "refused", "redirect"),
        ((400, 401, 403, 404, 405, 409, 410, 413, 422, 451), "refused", "status_4xx"),
        ((408, 425, 429), "retry", "status_4xx"),
        ((500, 502, 503, 504, 599), "retry", "status_5xx"),
        ((101, 600, 999), "retry", "connection"),
    ],
)
def test_status_decides(statuses: tuple[int, ...], verdict: str, error_code: str) -> None:
    """Every class of answer is a delivery, worth a retry, or final."""
    made = [classify(status) for status in statuses]

    assert {(one.verdict, one.error_code) for one in made} == {(verdict, error_code)}
    assert [one.status for one in made] == list(statuses)


async def test_request_is_what_was_signed(session: aiohttp.ClientSession, receiver: Receiver) -> None:
    """The bytes and headers arrive as handed in, as JSON."""
    await post(session, receiver.url)

    [request] = receiver.seen
    assert (request.body, request.webhook_id) == (b'{"a":1}', "m1")
    assert request.headers["content-type"] == "application/json"


async def test_redirect_is_not_followed(session: aiohttp.ClientSession, receiver: Receiver) -> None:
    """A redirect is refused: the code goes to the configured address or nowhere."""

    async def elsewhere(request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect("/elsewhere")

    receiver.standing = elsewhere

    made = await post(session, receiver.url)

    assert (made.verdict, made.status, made.error_code) == ("refused", 307, "redirect")
    assert [request.path for request in receiver.seen] == ["/hook"]


async def test_hang_is_cut_off(session: aiohttp.ClientSession, receiver: Receiver, hang: Hang) -> None:
    """A subscriber that does not answer costs the time-out and no more."""
    receiver.standing = hang

    async with asyncio.timeout(5):
        made = await post(session, receiver.url, timeout_seconds=0.05)

    assert made == Attempt(verdict="retry", status=None, error_code="timeout")


async def test_nobody_listening_is_worth_a_retry(session: aiohttp.ClientSession, unused_tcp_port: int) -> None:
    """A refused connection does not raise."""
    made = await post(session, f"http://127.0.0.1:{unused_tcp_port}/")

    assert made == Attempt(verdict="retry", status=None, error_code="connection")


@pytest.mark.parametrize("answer", [b"", b"not http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000])
async def test_broken_answer_is_worth_a_retry(session: aiohttp.ClientSession, answer: bytes) -> None:
    """A server that hangs up, or speaks something else, does not raise."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        made = await post(session, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    assert made == Attempt(verdict="retry", status=None, error_code="connection")


async def test_retry_after_is_handed_on(session: aiohttp.ClientSession, receiver: Receiver) -> None:
    """What the subscriber asks for reaches the schedule as it came."""

    async def busy(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503, headers={"Retry-After": "17"})

    receiver.standing = busy

    made = await post(session, receiver.url)

    assert (made.verdict, made.retry_after) == ("retry", "17")


async def connections_used(session: aiohttp.ClientSession, receiver: Receiver, answer: Hang, pushes: int) -> int:
    peers = set()

    async def note(request: web.Request) -> web.StreamResponse:
        peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        return await answer(request)

    receiver.standing = note
    for _ in range(pushes):
        made = await post(session, receiver.url)
        assert made.verdict == "delivered"
    return len(peers)


async def test_connection_serves_again(session: aiohttp.ClientSession, receiver: Receiver) -> None:
    """A short answer leaves the connection open for the next push."""

    async def short(request: web.Request) -> web.StreamResponse:
        return web.Response(text="ok")

    assert await connections_used(session, receiver, short, pushes=3) == 1


async def test_long_answer_is_not_read(session: aiohttp.ClientSession, receiver: Receiver) -> None:
    """An answer of endless length counts by its status, and costs its connection instead of our memory."""
    sent_bytes: list[int] = []

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        sent_bytes.append(0)
        while request.transport and not request.transport.is_closing():
            await response.write(b"x" * BODY_LIMIT_BYTES)
            sent_bytes[-1] += BODY_LIMIT_BYTES
        return response

    assert await connections_used(session, receiver, endless, pushes=2) == 2
    assert max(sent_bytes) < 100_000_000


async def test_body_that_never_ends_does_not_hold_the_push(
    session: aiohttp.ClientSession, receiver: Receiver, hang: Hang
) -> None:
    """The status has decided: a 200 whose body hangs is a delivery."""

    async def headers_only(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"x")
        return await hang(request)

    receiver.standing = headers_only

    async with asyncio.timeout(5):
        made = await post(session, receiver.url, timeout_seconds=3)

    assert made.verdict == "delivered"
