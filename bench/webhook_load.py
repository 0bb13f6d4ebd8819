"""A load of webhooks over plain asyncio protocols: a client that parses no more than it must, so that the server is the slower side."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import cast

import uvloop

from bench.processes import BenchError

_CONNECT_SECONDS = 30.0
_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a load of webhooks came to."""

    requests: int
    seconds: float
    p50_milliseconds: float
    p99_milliseconds: float

    @property
    def per_second(self) -> float:
        """Acknowledged webhooks a second."""
        return self.requests / self.seconds


@dataclass
class _Tally:
    """What all connections share."""

    requests: deque[bytes]
    counted_from: float
    until: float
    delays: list[float] = field(default_factory=list)
    wrong: bytes = b""


class _Connection(asyncio.Protocol):
    """One keep-alive connection: the next request follows its answer."""

    def __init__(self, tally: _Tally) -> None:
        self._tally = tally
        self._head = b""
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def _ask(self) -> None:
        requests = self._tally.requests
        requests.rotate(-1)
        self._asked = time.perf_counter()
        self._transport.write(requests[0])

    def data_received(self, data: bytes) -> None:
        self._head += data
        if not self._head.endswith(_END_OF_HEAD):
            return
        now = time.perf_counter()
        if not self._head.startswith(b"HTTP/1.1 202"):
            self._tally.wrong = self._head
        elif now >= self._tally.counted_from:
            self._tally.delays.append(now - self._asked)
        self._head = b""
        if now < self._tally.until and not self._tally.wrong:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        self.closed.set_result(None)


def post(port: int, requests: Sequence[bytes], *, connections: int, warm_up_seconds: float, seconds: float) -> Answered:
    """Post requests in turn over so many connections for so long.

    Args:
        port: on the loopback interface; it may take a moment to be served.
        requests: whole HTTP/1.1 requests, answered 202 with an empty body.
        connections: kept alive, one request under way on each.
        warm_up_seconds: at the beginning, not counted.
        seconds: counted.

    Raises:
        BenchError: nobody serves the port, or an answer was not 202.
    """
    return uvloop.run(_post(port, requests, connections=connections, warm_up_seconds=warm_up_seconds, seconds=seconds))


async def _post(
    port: int, requests: Sequence[bytes], *, connections: int, warm_up_seconds: float, seconds: float
) -> Answered:
    await _await_server(port)
    loop = asyncio.get_running_loop()
    counted_from = time.perf_counter() + warm_up_seconds
    tally = _Tally(deque(requests), counted_from, counted_from + seconds)
    made = [await loop.create_connection(lambda: _Connection(tally), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.gather(*(connection.closed for _, connection in made))
    if tally.wrong:
        status = tally.wrong.splitlines()[0].decode(errors="replace")
        raise BenchError(f"a webhook was answered {status}")
    percentiles = quantiles(tally.delays, n=100)
    return Answered(
        requests=len(tally.delays),
        seconds=seconds,
        p50_milliseconds=percentiles[49] * 1000,
        p99_milliseconds=percentiles[98] * 1000,
    )


async def _await_server(port: int) -> None:
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    return
    except TimeoutError:
        raise BenchError(f"nobody serves port {port}") from None
