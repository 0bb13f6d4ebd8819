"""A call whose time ran out: a definite no where it still waited for its turn with us, else nobody knows."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import httpx
import pytest

from ingest.providers.calls import Call, Calls
from ingest.providers.settings import Text2faAccount
from ingest.providers.waiting import within
from otpstream.control.rentals import asking
from otpstream.control.verifications import calls as verifying
from tests.unit.ingest.providers.scripted import KEY, Scripted, always, clock, sleep

TIMEOUT_SECONDS = 5.0
POST = Call(name="buy", method="POST", path="/buy", form={"service": "x"})
SLOW = {"concurrent_requests": 1, "requests_per_second": 1000}
RARE = {"concurrent_requests": 9, "requests_per_second": 0.01}
QUIET = {"concurrent_requests": 9, "requests_per_second": 1000}

Work = Callable[[Calls], Awaitable[None]]


def run(work: Work, limits: Mapping[str, float], *, status: int = 200, delay_seconds: float = 0) -> Scripted:
    """Run what makes calls of an account with these limits."""
    scripted = Scripted(always(status, **{"Retry-After": "20"}), delay_seconds=delay_seconds)
    account = Text2faAccount.model_validate(
        {"api_keys": [KEY], "base_url": "https://provider.test", "request_timeout_seconds": 60, **limits}
    )

    async def main(http: httpx.AsyncClient) -> None:
        await work(
            Calls(http, provider="testing", settings=account, authorise=lambda call, _: call, clock=clock, sleep=sleep)
        )

    scripted.run(main)
    return scripted


HELD = pytest.mark.parametrize(
    ("limits", "status", "delay_seconds"),
    [(SLOW, 200, 50), (RARE, 200, 0), (QUIET, 429, 0)],
    ids=["requests at once", "requests per second", "silence"],
)
"""Accounts whose second call does not leave within the time-out."""


async def first_of(calls: Calls) -> Awaitable[object]:
    """Make the first call, whatever comes of it, so that the second has to wait."""
    first = asyncio.gather(calls.once(POST), return_exceptions=True)
    await asyncio.sleep(1)
    return first


@HELD
def test_a_call_that_never_left_is_a_definite_no(limits: dict[str, float], status: int, delay_seconds: float) -> None:
    """In verifications and rentals alike: nothing was asked, so nothing is blocked and nothing is looked for."""

    async def work(calls: Calls) -> None:
        first = await first_of(calls)
        verified = await verifying.outcome(calls.once(POST), timeout_seconds=TIMEOUT_SECONDS)
        assert isinstance(verified, verifying.No)
        assert (verified.reason, verified.may_pass) == ("provider_away", True)
        rented = await asking.ask(calls.once(POST), timeout_seconds=TIMEOUT_SECONDS)
        assert isinstance(rented, asking.Refused)
        assert rented.kind == "away"
        await first

    assert len(run(work, limits, status=status, delay_seconds=delay_seconds).requests) == 1


def test_a_call_that_left_is_of_unknown_outcome() -> None:
    """Also where another one waits behind it in the same breath."""

    async def twice(calls: Calls) -> None:
        await asyncio.gather(calls.once(POST), calls.once(POST))

    async def work(calls: Calls) -> None:
        for call in (calls.once(POST), twice(calls)):
            assert isinstance(await verifying.outcome(call, timeout_seconds=TIMEOUT_SECONDS), verifying.Unknown)
        assert isinstance(await asking.ask(calls.once(POST), timeout_seconds=TIMEOUT_SECONDS), asking.Unknown)

    assert len(run(work, SLOW, delay_seconds=50).requests) == 3


def test_a_client_that_does_not_say_how_far_it_is_may_have_sent() -> None:
    """What is not known is never taken for a no."""

    async def work(_: Calls) -> None:
        with pytest.raises(TimeoutError):
            await within(asyncio.sleep(60), timeout_seconds=TIMEOUT_SECONDS)

    run(work, QUIET)


@HELD
def test_the_end_of_the_process_is_no_answer(limits: dict[str, float], status: int, delay_seconds: float) -> None:
    """A call that is cancelled while it waits is cancelled, not refused; and its turn passes to the next."""

    async def work(calls: Calls) -> None:
        first = await first_of(calls)
        waiting = asyncio.create_task(within(calls.once(POST), timeout_seconds=TIMEOUT_SECONDS))
        await asyncio.sleep(1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await first
        await asyncio.sleep(200)
        await asyncio.gather(calls.once(POST), return_exceptions=True)

    assert len(run(work, limits, status=status, delay_seconds=delay_seconds).requests) == 2
