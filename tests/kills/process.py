"""One worker at a time, started and killed, and the wires that kill it on sight of its work."""

import asyncio
import dataclasses
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from otpstream.sandbox import ScaledClock
from tests.kills.worker import Job, work

_START_SECONDS = 60.0
_METHODS_THAT_CHANGE = frozenset({"POST", "PUT", "DELETE"})

Moment = Literal["asked", "done", "published"]
"""asked: a call that changes something is at the provider · done: the provider has done it, and nobody was told ·
published: records are at the sink, and not acknowledged."""


class Worker:
    """The process, and where it serves; another one follows each that is killed.

    Args:
        job: what it is told; its clock is set anew for each.
        clock: the sandbox's.
    """

    def __init__(self, job: Job, clock: ScaledClock) -> None:
        self._job = job
        self._clock = clock
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.kills.worker"])
        self._process: ForkServerProcess | None = None
        self._serving = asyncio.Event()
        self._base_url = ""

    async def start(self) -> None:
        """Start it and let it be called once it can be; return at once."""
        ours, theirs = self._context.Pipe(duplex=False)
        job = dataclasses.replace(self._job, begun_at=self._clock(), begun_seconds=time.monotonic())
        process = self._context.Process(target=work, args=(job, theirs), daemon=True)
        await asyncio.to_thread(process.start)
        theirs.close()
        self._process = process
        asyncio.get_running_loop().add_reader(ours.fileno(), self._heard, ours, process)

    async def url(self) -> str:
        """Return where it serves; wait for it while there is none.

        Raises:
            RuntimeError: none came.
        """
        try:
            async with asyncio.timeout(_START_SECONDS):
                await self._serving.wait()
        except TimeoutError:
            raise RuntimeError("the worker does not start: see its output") from None
        return self._base_url

    def kill(self) -> bool:
        """End it as `kill -9` does; False where there was none.

        Raises:
            RuntimeError: it had ended by itself.
        """
        process, self._process = self._process, None
        self._serving.clear()
        if process is None:
            return False
        ended_by_itself = process.exitcode is not None
        process.kill()
        process.join()
        if ended_by_itself:
            raise RuntimeError(f"the worker ended by itself, with exit status {process.exitcode}: see its output")
        return True

    def _heard(self, ours: Connection, process: ForkServerProcess) -> None:
        asyncio.get_running_loop().remove_reader(ours.fileno())
        try:
            base_url = ours.recv()
        except (EOFError, OSError):
            return
        finally:
            ours.close()
        if process is self._process:
            self._base_url = base_url
            self._serving.set()


class Tripwire:
    """Kills on sight: at the n-th time that a moment comes, once it is armed."""

    def __init__(self) -> None:
        self.kill: Callable[[], object] = lambda: None
        """Ends the process at once."""
        self._moment: Moment | None = None
        self._left = 0
        self.snapped = asyncio.Event()

    def arm(self, moment: Moment, *, count: int) -> None:
        """Kill at the `count`-th such moment from here on."""
        self._moment, self._left = moment, count
        self.snapped.clear()

    def disarm(self) -> None:
        """Let all moments pass."""
        self._moment = None

    def passed(self, moment: Moment) -> None:
        """Be told that a moment has come."""
        if moment != self._moment:
            return
        self._left -= 1
        if self._left <= 0:
            self._moment = None
            self.kill()
            self.snapped.set()

    def across(self, app: ASGIApp) -> ASGIApp:
        """Return an application that tells of its calls that change something."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["method"] not in _METHODS_THAT_CHANGE:
                await app(scope, receive, send)
                return

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self.passed("done")
                await send(message)

            body = await _whole(receive)
            if body[-1]["type"] == "http.disconnect":
                return
            self.passed("asked")
            await app(scope, _again(body, receive), answer)

        return watched


async def _whole(receive: Receive) -> list[Message]:
    """Read a request to its end, so that it counts whatever becomes of its sender."""
    messages = [await receive()]
    while messages[-1].get("more_body", False):
        messages.append(await receive())
    return messages


def _again(messages: list[Message], receive: Receive) -> Receive:
    async def read() -> Message:
        return messages.pop(0) if messages else await receive()

    return read
