"""What the parts of one process share while they run: a stack of their ends, work in the background, and the first failure of any."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any


def _new_future() -> asyncio.Future[BaseException]:
    return asyncio.get_running_loop().create_future()


@dataclass
class Lifetime:
    """The time that a process runs; to be made inside the running loop."""

    stack: AsyncExitStack
    """Each part leaves its end here; they are called in turn, the newest first."""
    failure: asyncio.Future[BaseException] = field(default_factory=_new_future)
    """Why a part cannot go on by itself; not done while all is well."""

    def in_background(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Run work until the end, where it is cancelled; what it raises before is the failure of the process."""
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self.stack.push_async_callback(_cancelled, task)

    def fail(self, error: BaseException) -> None:
        """Let the process end; the first error is told."""
        if not self.failure.done():
            self.failure.set_result(error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.fail(error)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await task
