"""One run: the storm, the settling, the audit."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from otpstream.control.migrations import upgrade
from otpstream.sandbox import Faults
from tests.kills.audit import Verdict, audit
from tests.kills.books import Provided, Stored, provided, stored
from tests.kills.clients import Asked, Client, Log
from tests.kills.process import Moment
from tests.kills.stage import Stage, stage
from tests.kills.stores import Backend, store

STORM = Faults(
    api_error_rate=0.08,
    api_error_applied_rate=0.6,
    api_rate_limit_rate=0.02,
    api_timeout_rate=0.02,
    api_timeout_applied_rate=0.5,
    hang_seconds=3.0,
    api_slow_rate=0.1,
    slow_seconds=0.1,
)
"""Answers lost, late, slow and refused."""
_REFUSED_SHARE = 0.05
_MOMENTS: tuple[Moment, ...] = ("asked", "done", "published")
_ON_SIGHT_SHARE = 0.6
_LONGEST_WAIT_FOR_SIGHT = 12
"""How many such moments pass at the most."""
_SIGHT_SECONDS = 3.0
_LONGEST_LIFE_SECONDS = 1.5
_LONGEST_DOWNTIME_SECONDS = 150.0
"""By the sandbox's clock, in one jump."""
_DOWNTIME_SHARE = 0.7
_PASSED_SECONDS = 400.0
"""Longer than anything that is open at the end of the storm may stay so."""
_TURNS = 50
_SETTLE_LOOKS = 300
_SETTLE_TRIES = 5
_LOOK_SECONDS = 0.1
_REPEATED_REQUESTS = 20


@dataclass(frozen=True, kw_only=True)
class Options:
    """One run."""

    seed: int
    kills: int
    backend: Backend
    clients: int = 12
    faults: Faults = STORM


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a run came to."""

    options: Options
    kills: Counter[str]
    """By what the worker was killed on, or at any time."""
    requests: int
    tries: int
    statuses: Counter[int]
    rentals: int
    verifications: int
    events: int
    stall_seconds: float
    verdict: Verdict
    repeated: list[str]
    """Requests that were answered otherwise when they were sent again under their key."""

    @property
    def complaints(self) -> list[str]:
        """All that is wrong."""
        errors = [f"{self.statuses[500]} requests ended in 500"] if self.statuses[500] else []
        return [*self.verdict.complaints, *self.repeated, *errors]


async def run(options: Options, *, told: Callable[[str], None] = lambda _: None) -> Result:
    """Let clients work while their control plane is killed, then hold the books to each other.

    Args:
        options: the run.
        told: is shown the progress.
    """
    with store(options.backend) as url:
        await asyncio.to_thread(upgrade, url)
        async with stage(
            url,
            seed=options.seed,
            faults=options.faults,
            refused_share=_REFUSED_SHARE,
        ) as set_stage:
            return await _Run(options, set_stage, told).result()


class _Run:
    """The parts of one run."""

    def __init__(self, options: Options, stage: Stage, told: Callable[[str], None]) -> None:
        self._options = options
        self._stage = stage
        self._told = told
        self._random = random.Random(options.seed)
        self._log = Log()
        self._kills: Counter[str] = Counter()

    async def result(self) -> Result:
        clients = await self._stage.clients(self._options.clients, log=self._log, seed=self._options.seed)
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for client in clients:
                group.create_task(client.run(stop))
            await self._storm()
            stop.set()
            self._stage.calm()
            await self._stage.worker.start()
        self._told("the storm is over")
        repeated = await self._repeat(clients[0])
        theirs, ours = await self._settled()
        return Result(
            options=self._options,
            kills=self._kills,
            requests=len(self._log.answered),
            tries=self._log.tries,
            statuses=self._log.statuses,
            rentals=sum(one.line is not None for one in ours.rentals),
            verifications=sum(one.started_at is not None for one in ours.verifications),
            events=len(self._stage.sink.records),
            stall_seconds=self._log.stall_seconds,
            verdict=audit(theirs, ours, self._stage.sink.by_key()),
            repeated=repeated,
        )

    async def _storm(self) -> None:
        """Kill the worker again and again: at any time, also while it starts, or on sight of its work."""
        for number in range(self._options.kills):
            await self._stage.worker.start()
            on_sight = self._random.random() < _ON_SIGHT_SHARE
            self._kills[await self._kill_on_sight() if on_sight else await self._kill_at_any_time()] += 1
            await _heard()
            if self._random.random() < _DOWNTIME_SHARE:
                self._stage.clock.advance(self._random.uniform(0.0, _LONGEST_DOWNTIME_SECONDS))
            self._told(f"{number + 1} kills, {len(self._log.answered)} requests")

    async def _kill_at_any_time(self) -> str:
        await asyncio.sleep(self._random.uniform(0.0, _LONGEST_LIFE_SECONDS))
        self._stage.worker.kill()
        return "any time"

    async def _kill_on_sight(self) -> str:
        moment = self._random.choice(_MOMENTS)
        self._stage.wire.arm(moment, count=self._random.randrange(1, _LONGEST_WAIT_FOR_SIGHT))
        try:
            async with asyncio.timeout(_SIGHT_SECONDS):
                await self._stage.wire.snapped.wait()
        except TimeoutError:
            self._stage.wire.disarm()
            self._stage.worker.kill()
            return "any time"
        return moment

    async def _repeat(self, client: Client) -> list[str]:
        """Send what one client was answered again under the same keys: each answer is the same, so nothing is done twice."""
        wrong: list[str] = []
        mine = [one for one in self._log.answered if one.number == client.number and one.status in (200, 201, 202)]
        for asked in self._random.sample(mine, min(len(mine), _REPEATED_REQUESTS)):
            again = await client.repeat(asked)
            if _named(again) != _named(asked):
                wrong.append(f"{asked.key} to {asked.path} was {asked.status}, and {again.status} when sent again")
        return wrong

    async def _settled(self) -> tuple[Provided, Stored]:
        """Let time pass over all that may be open, wait until it is settled and told, and read both books."""
        self._stage.worker.kill()
        await _heard()
        self._stage.clock.advance(_PASSED_SECONDS)
        for _ in range(_SETTLE_TRIES):
            await self._stage.worker.start()
            await self._quiet()
            self._stage.worker.kill()
            await _heard()
            theirs, ours = provided(self._stage.sandbox), await stored(self._stage.url)
            # What falls due by itself may have begun just then; the next worker ends it.
            if not _is_busy(ours):
                break
        return theirs, ours

    async def _quiet(self) -> None:
        await self._stage.worker.url()
        for _ in range(_SETTLE_LOOKS):
            if not _is_busy(await stored(self._stage.url)):
                return
            await asyncio.sleep(_LOOK_SECONDS)


async def _heard() -> None:
    """Let the loop take in what the worker sent before its end: no request is on its way while the clock jumps."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def _named(asked: Asked) -> object:
    return asked.status, asked.reply.get("rental_id"), asked.reply.get("verification_id")


def _is_busy(ours: Stored) -> bool:
    return (
        ours.unpublished > 0
        or any(intent.state == "open" for intent in ours.intents)
        or any(row.live for row in ours.verifications)
    )
