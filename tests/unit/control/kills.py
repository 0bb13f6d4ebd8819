"""Kills a coroutine at one of its await points, as the end of its process would."""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any


class Killed(Exception):
    """The coroutine was killed before it came to its end."""


class KilledAt:
    """Runs a coroutine up to its n-th await point and stops it there; ends with its result where it has fewer.

    What the coroutine awaited goes on or not, as a request goes on whose sender has died.
    """

    def __init__(self, work: Coroutine[Any, Any, Any], *, at: int) -> None:
        self._work = work
        self._at = at

    def __await__(self) -> Generator[Any, Any, Any]:
        point = 0
        try:
            waited = self._work.send(None)
            while True:
                if point == self._at:
                    # What it still awaits are rollbacks, which the database would make of a broken connection.
                    waited = self._work.throw(asyncio.CancelledError())
                    while True:
                        yield waited
                        waited = self._work.send(None)
                point += 1
                try:
                    sent = yield waited
                except BaseException as fault:
                    waited = self._work.throw(fault)
                else:
                    waited = self._work.send(sent)
        except StopIteration as ended:
            return ended.value
        except asyncio.CancelledError:
            raise Killed from None
