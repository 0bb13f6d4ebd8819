"""A provider that answers from a script, in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import httpx

from tests.unit.ingest import virtual_time

KEY = "key-that-must-not-show"

Respond = Callable[[httpx.Request], httpx.Response]
_T = TypeVar("_T")


class Scripted:
    """Answers from a function and remembers the requests with their virtual times."""

    def __init__(self, respond: Respond, *, delay_seconds: float = 0) -> None:
        self._delay_seconds = delay_seconds
        self.requests: list[httpx.Request] = []
        self.times: list[float] = []
        self._respond = respond

    def run(self, main: Callable[[httpx.AsyncClient], Awaitable[_T]]) -> _T:
        """Run what makes calls with the client that it is given."""

        async def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            self.times.append((virtual_time.clock() - virtual_time.START).total_seconds())
            await asyncio.sleep(self._delay_seconds)
            return self._respond(request)

        async def inside() -> _T:
            async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
                return await main(http)

        return virtual_time.run(inside())

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.requests]


def always(status: int, body: Any = None, **headers: str) -> Respond:
    """Answer every request the same."""
    return lambda _request: httpx.Response(status, json=body, headers=headers)


def in_turn(*steps: httpx.Response | Exception) -> Respond:
    """Answer, or fail, in this order."""
    left = list(steps)

    def respond(_request: httpx.Request) -> httpx.Response:
        step = left.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    return respond


def by_path(replies: dict[str, Any]) -> Respond:
    """Answer each path with its JSON; a response stands for itself, and a path that is not there is 404."""

    def respond(request: httpx.Request) -> httpx.Response:
        reply = replies.get(request.url.path.rpartition("/")[2])
        if reply is None:
            return httpx.Response(404)
        return reply if isinstance(reply, httpx.Response) else httpx.Response(200, json=reply)

    return respond


def form_of(request: httpx.Request) -> dict[str, str]:
    """Return the form of a request."""
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    return dict(parse_qsl(request.content.decode()))


sleep = asyncio.sleep
clock = virtual_time.clock
