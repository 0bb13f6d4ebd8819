"""A control plane that is killed at any instant loses no number, pays for nothing twice, and tells everything in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ingest.providers.textmagic import LIFE_SECONDS
from otpstream.control.migrations import upgrade
from otpstream.sandbox import ANSWER_LOST, Faults
from tests.kills.audit import audit
from tests.kills.books import provided, stored
from tests.kills.clients import Log
from tests.kills.run import Options, run
from tests.kills.stage import Stage, stage
from tests.kills.stores import Backend, store

pytestmark = pytest.mark.timeout(300)

KILLS = 8
PHONE = "+447400123456"


@asynccontextmanager
async def one_stage(*, is_reckless: bool = False) -> AsyncIterator[Stage]:
    """Set a stage on SQLite where nothing fails by itself."""
    with store("sqlite") as url:
        await asyncio.to_thread(upgrade, url)
        async with stage(url, seed=1, faults=Faults(), refused_share=0, is_reckless=is_reckless) as on:
            yield on


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
async def test_a_storm_of_kills(backend: Backend, seed: int) -> None:
    """Clients that send each request again under its key get one number and one code for each, whatever happens."""
    result = await run(Options(seed=seed, kills=KILLS, backend=backend))

    assert result.complaints == []
    assert result.kills.total() == KILLS
    assert min(result.rentals, result.verifications, result.events) > 0


async def test_a_verification_is_started_once_per_key() -> None:
    """Killed while the provider was asked, a start that is sent again under its key tells of the first, however late."""
    async with one_stage() as on:
        [client] = await on.clients(1, log=Log(), seed=1)
        await on.worker.start()
        on.wire.arm("done", count=1)
        asking = asyncio.create_task(client.send("/v1/verifications", "key", {"phone": PHONE, "brand": "Acme"}))
        await on.wire.snapped.wait()
        on.clock.advance(LIFE_SECONDS + 100)
        await on.worker.start()
        await asking
        assert len(on.sandbox.textmagic.verifications) == 1


async def test_a_worker_that_repeats_what_it_paid_for_is_found_out() -> None:
    """The control: where a call without an answer is made again, the books show it."""
    async with one_stage(is_reckless=True) as on:
        on.sandbox.text2fa_dashboard.fault_source.force(ANSWER_LOST, path="/api/v1/request-number-s1")
        [client] = await on.clients(1, log=Log(), seed=1)
        await on.worker.start()
        asked = await client.send("/v1/rentals", "key", {"supplier": "text2fa-s1", "service": "ee1fdp"})
        on.worker.kill()
        verdict = audit(provided(on.sandbox), await stored(on.url), on.sink.by_key())

    assert asked.status == 201
    assert verdict.lost or verdict.orphaned
