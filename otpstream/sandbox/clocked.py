"""What simulators have in common whose rules run on the sandbox's clock: that clock, the money, and faults in front of the API."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Self

from aiolimiter import AsyncLimiter
from starlette.types import ASGIApp

from otpstream.sandbox.clock import OnTime, ScaledClock
from otpstream.sandbox.fault_injection import ErrorBody, InjectFaults
from otpstream.sandbox.faults import Faults, FaultSource
from otpstream.sandbox.wallet import Wallet


class ClockedSimulator:
    """One account at a provider.

    Enter it with `async with`, so that what falls due happens by itself; on leaving, replies that a fault holds back are
    let go.

    Args:
        clock: Decides what is due.
        wallet: The money of the account.
        faults: What goes wrong, and how often; nothing by default.
        seed: Decides every fault.
    """

    app: ASGIApp

    def __init__(self, *, clock: ScaledClock, wallet: Wallet, faults: Faults | None, seed: int) -> None:
        self.clock = clock
        self.wallet = wallet
        self.fault_source = FaultSource(faults or Faults(), seed=seed)
        self._closing = asyncio.Event()
        self._resources = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._resources.enter_async_context(self.clock.running())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._resources.aclose()

    def _served(self, api: ASGIApp, *, calls_per_second_limit: int | None, error_body: ErrorBody) -> ASGIApp:
        """Put in front of an API what is due on the clock, and before that the faults and the limit of calls."""
        return InjectFaults(
            OnTime(api, clock=self.clock),
            source=self.fault_source,
            closing=self._closing,
            limiter=None if calls_per_second_limit is None else AsyncLimiter(calls_per_second_limit, time_period=1),
            error_body=error_body,
        )
