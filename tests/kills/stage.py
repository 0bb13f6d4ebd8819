"""What a storm needs: the sandbox, the sink, the worker between them, and the clients."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from otpstream.control.scopes import Scope
from otpstream.control.store import keys
from otpstream.control.store.engine import open_store
from otpstream.http_server import serving
from otpstream.sandbox import Faults, Sandbox, ScaledClock
from tests.kills.clients import Client, Log
from tests.kills.process import Tripwire, Worker
from tests.kills.settings import control_settings, providers_settings
from tests.kills.sink import Sink
from tests.kills.worker import Job

START = datetime(2026, 1, 15, 8, tzinfo=UTC)
SPEED = 20.0
"""Of the sandbox's clock: a claim of 45 s lapses in two."""
BALANCE_CENTS = 10**9
NAMES = ("acme", "globex")
SCOPES: tuple[Scope, ...] = ("rentals:read", "rentals:write", "verifications:read", "verifications:write")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """All of it, while it stands."""

    url: str
    """Of the store."""
    sandbox: Sandbox
    sink: Sink
    worker: Worker
    """Not started yet."""
    wire: Tripwire

    @property
    def clock(self) -> ScaledClock:
        """The time that the sandbox and the worker go by."""
        return self.sandbox.clock

    def calm(self) -> None:
        """Let nothing fail any more, but for what hangs already."""
        for simulator in (self.sandbox.text2fa_dashboard, self.sandbox.textmagic, self.sandbox.rental_api):
            simulator.fault_source.faults = Faults()

    async def clients(self, count: int, *, log: Log, seed: int) -> list[Client]:
        """Make keys for so many clients of two names."""
        engine = open_store(self.url)
        async with engine.begin() as connection:
            api_keys = [
                await keys.create_key(connection, client=name, scopes=SCOPES, label=None, now=START) for name in NAMES
            ]
        await engine.dispose()
        return [
            Client(
                number,
                api_keys[number % len(NAMES)],
                worker=self.worker,
                sandbox=self.sandbox,
                log=log,
                seed=seed,
            )
            for number in range(count)
        ]


@asynccontextmanager
async def stage(
    url: str, *, seed: int, faults: Faults, refused_share: float, is_reckless: bool = False
) -> AsyncIterator[Stage]:
    """Set the stage.

    Args:
        url: of the store, brought up to date.
        seed: decides faults and refusals.
        faults: of the sandbox.
        refused_share: how many batches the sink refuses.
        is_reckless: whether the worker makes calls again that spend money, which it must not: to see that the audit finds out.
    """
    begun = time.monotonic()
    clock = ScaledClock(speed=SPEED, start=START, monotonic=lambda: time.monotonic() - begun)
    sandbox = Sandbox(clock=clock, faults=faults, seed=seed, balance_cents=BALANCE_CENTS, calls_per_second_limit=None)
    wire = Tripwire()
    for simulator in (sandbox.text2fa_dashboard, sandbox.textmagic, sandbox.rental_api):
        simulator.app = wire.across(simulator.app)
    sink = Sink(seed=seed, refused_share=refused_share, on_batch=lambda: wire.passed("published"))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(sandbox)
        sink_url = await stack.enter_async_context(serving(sink.app, host="127.0.0.1", port=0))
        job = Job(
            control=control_settings(url),
            providers=providers_settings(sandbox.base_urls, sandbox.credentials),
            sink_url=sink_url,
            begun_at=START,
            begun_seconds=0.0,
            speed=SPEED,
            is_reckless=is_reckless,
        )
        worker = Worker(job, clock)
        wire.kill = worker.kill
        stack.callback(worker.kill)
        yield Stage(url=url, sandbox=sandbox, sink=sink, worker=worker, wire=wire)
