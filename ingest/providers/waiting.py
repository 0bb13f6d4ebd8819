"""A call that is given so many seconds: whether its time ran out before anything had left, or while an answer was awaited."""

import asyncio
from collections.abc import Awaitable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from ingest.providers.errors import ProviderAway

_T = TypeVar("_T")


@dataclass
class _Departure:
    """How far a call has come; without a client that says so nothing is known of it, and it may have left."""

    is_held: bool = False
    """A request has waited for its turn."""
    has_left: bool = False
    """A request, perhaps another one, has left."""


_DEPARTURE: ContextVar[_Departure | None] = ContextVar("departure", default=None)


async def within(call: Awaitable[_T], *, timeout_seconds: float) -> _T:
    """Wait for a call of a provider's client.

    Args:
        call: not begun.
        timeout_seconds: how long it may take in all, waiting for its turn included.

    Raises:
        ProviderAway: as the call does; and not `sent` where the time ran out while it waited for its turn with us: the limits of the
            account, or the silence that the provider asked for.
        TimeoutError: the time ran out, and the provider may have acted on the call.
    """
    departure = _Departure()
    token = _DEPARTURE.set(departure)
    try:
        async with asyncio.timeout(timeout_seconds):
            return await call
    except TimeoutError:
        if departure.has_left or not departure.is_held:
            raise
        text = f"not asked: its turn did not come in {timeout_seconds:g} seconds; see requests_per_second and concurrent_requests"
        raise ProviderAway(text, retriable=False, sent=False) from None
    finally:
        _DEPARTURE.reset(token)


def holding() -> None:
    """Note that a request waits for its turn."""
    departure = _DEPARTURE.get()
    if departure is not None:
        departure.is_held = True


def leaving() -> None:
    """Note that a request leaves."""
    departure = _DEPARTURE.get()
    if departure is not None:
        departure.has_left = True
