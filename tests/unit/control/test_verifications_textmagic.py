"""Our commands through the real client against the simulated provider: what we tell by our clock is what it did by its own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.providers.settings import TextmagicAccount
from ingest.providers.textmagic import Textmagic
from otpstream.control.store import outbox
from otpstream.control.store.engine import open_store
from otpstream.control.verifications.clock import VerificationClock
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.ledger import Ledger
from otpstream.control.verifications.metrics import VerificationMetrics
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.settings import VerificationSettings
from otpstream.sandbox import ScaledClock, TextMagicSimulator
from schemas.verifications import VerificationState
from tests.builders import NOON, PHONE
from tests.unit.control.conftest import NewStore
from tests.unit.control.verifications_fakes import asked

USER, KEY = "acme", "textmagic-key"


@dataclass
class EndToEnd:
    """Our commands, and the provider behind them."""

    engine: AsyncEngine
    verifications: Verifications
    ticker: VerificationClock
    simulator: TextMagicSimulator
    clock: ScaledClock

    async def pass_seconds(self, count: int) -> None:
        """Let time pass on both sides."""
        for _ in range(count // 5):
            self.clock.advance(5)
            await self.ticker.tick(self.clock())

    async def events(self) -> list[VerificationState]:
        async with self.engine.begin() as connection:
            return [VerificationState.decode(one.value) for one in await outbox.pending(connection, limit=1000)]


@pytest.fixture
async def ends(new_sqlite: NewStore) -> AsyncIterator[EndToEnd]:
    clock = ScaledClock(speed=0, start=NOON)
    simulator = TextMagicSimulator(
        username=USER, api_key=KEY, clock=clock, balance_cents=100, calls_per_second_limit=None
    )
    account = TextmagicAccount(username=USER, api_keys=(SecretStr(KEY),))
    engine = open_store(new_sqlite())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(simulator.app)) as http:
        client = Textmagic(http, account, clock=clock, sleep=asyncio.sleep)
        ledger = Ledger(engine, metrics=VerificationMetrics(CollectorRegistry(), providers=[client.name]), clock=clock)
        verifications = Verifications(ledger, [client], settings=VerificationSettings(), line_of=_no_line)
        yield EndToEnd(engine, verifications, VerificationClock(verifications), simulator, clock)
    await engine.dispose()


async def _no_line(_: str) -> None:
    """Know no line of our own."""


async def kind_of(work: object) -> str:
    """Return the kind of refusal of a command."""
    with pytest.raises(Refusal) as refusal:
        await work  # type: ignore[misc]
    return refusal.value.kind


@pytest.mark.parametrize("workflow", list("1234567"))
async def test_our_steps_are_the_providers(ends: EndToEnd, workflow: str) -> None:
    """Each SMS and call that it sent is an event of ours, of the same channel at the same time; and both end at 300 s."""
    await ends.verifications.start(asked(workflow=workflow), client="acme")
    await ends.pass_seconds(295)
    assert await kind_of(ends.verifications.start(asked(), client="acme")) == "phone_live"
    await ends.pass_seconds(5)

    events = await ends.events()
    assert [(event.channel, event.updated_at) for event in events if event.change == "step"] == [
        ("sms" if step.channel.value == "sms" else "call", step.sent_at) for step in ends.simulator.inbox
    ]
    assert events[-1].state == "expired"
    assert (await ends.verifications.start(asked(), client="acme")).state == "started"


async def test_success_is_charged_once(ends: EndToEnd) -> None:
    """A wrong code, the right one, and the right one again."""
    name = (await ends.verifications.start(asked(code_length=6), client="acme")).verification_id
    code = ends.simulator.inbox[0].code
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")

    assert (await ends.verifications.check(name, wrong)).reason == "wrong_code"
    assert (await ends.verifications.check(name, code)).state == "verified"
    assert await kind_of(ends.verifications.check(name, code)) == "over"
    assert ends.simulator.wallet.balance_cents == 95


async def test_a_scheduled_cancel_is_taken(ends: EndToEnd) -> None:
    """At 30 s both sides are done with it, and the phone is free on both."""
    name = (await ends.verifications.start(asked(), client="acme")).verification_id
    await ends.verifications.cancel(name, schedule=True)
    await ends.pass_seconds(30)
    assert (await ends.verifications.get(name)).state == "cancelled"
    assert (await ends.verifications.start(asked(), client="acme")).state == "started"


async def test_somebody_elses_verification_is_told(ends: EndToEnd) -> None:
    """The provider's 409, and free on our side once it is on the provider's."""
    other = {"phone": PHONE.removeprefix("+"), "brand": "Other", "codeLength": 4}
    headers = {"X-TM-Username": USER, "X-TM-Key": KEY}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(ends.simulator.app), base_url="http://test") as http:
        await http.post("/api/v2/verify", json=other, headers=headers)

    assert await kind_of(ends.verifications.start(asked(), client="acme")) == "provider_live"
    await ends.pass_seconds(300)
    assert (await ends.verifications.start(asked(), client="acme")).state == "started"
