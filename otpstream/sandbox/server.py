"""Serves a simulator on a port, inside an event loop that belongs to somebody else."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

from starlette.types import ASGIApp

from otpstream.http_server import serving

_MAX_PORT = 65_535
_SHUTDOWN_SECONDS = 2  # replies that faults hold back are let go before; what is left is a client that does not read


class Simulator(Protocol):
    """A simulated provider: an async context manager with an ASGI application."""

    @property
    def app(self) -> ASGIApp: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_: object) -> None: ...


SimulatorT = TypeVar("SimulatorT", bound=Simulator)


@dataclass(frozen=True, slots=True)
class RunningSandbox(Generic[SimulatorT]):
    """A simulator that can be called."""

    base_url: str
    """Scheme, host and port, without a slash at the end."""
    simulator: SimulatorT


@contextlib.asynccontextmanager
async def running_sandbox(
    simulator: SimulatorT, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[RunningSandbox[SimulatorT]]:
    """Serve a simulator for as long as the context lasts.

    Args:
        simulator: Entered and left here.
        host: Name or address to listen on.
        port: Port to listen on; 0 picks a free one.

    Raises:
        AddressError: The address is taken, not of this machine, or none.
    """
    async with serving(simulator.app, host=host, port=port, shutdown_seconds=_SHUTDOWN_SECONDS) as base_url, simulator:
        yield RunningSandbox(base_url, simulator)
