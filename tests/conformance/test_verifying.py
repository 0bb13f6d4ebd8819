"""The verifier: every workflow and language, the rules of its clock, and what is known when a call fails."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Literal, get_args

import pytest

from ingest.providers.contract import RentRequest, Started, VerifyRequest, Workflow
from ingest.providers.errors import CallRefused, KeyRefused, NotSupported, ProviderAway
from ingest.providers.textmagic import EARLIEST_CANCEL_SECONDS, LANGUAGES, LIFE_SECONDS
from otpstream.sandbox import ANSWER_LATE, ANSWER_LOST
from otpstream.sandbox.faults import ApiFault, ApiFaultKind
from otpstream.sandbox.textmagic.workflows import WORKFLOWS, Channel
from tests.conformance.world import World, in_virtual_time, with_keys, world
from tests.unit.ingest.virtual_time import START

PATH = "/api/v2/verify"
PHONE = "+447700900123"
REQUEST = VerifyRequest(phone=PHONE, brand="Acme")
PRICE_CENTS = 5

forms = pytest.mark.parametrize("authentication", ["basic", "headers"])
Form = Literal["basic", "headers"]


@asynccontextmanager
async def verifying(**sandbox: object) -> AsyncIterator[World]:
    async with world(calls_per_second_limit=None, **sandbox) as w:  # type: ignore[arg-type]
        yield w


def code_of(w: World, started: Started) -> str:
    return next(one.code for one in w.sandbox.textmagic.verifications if one.id == started.provider_verification_id)


def wrong(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


@forms
@in_virtual_time
async def test_a_phone_is_verified(authentication: Form) -> None:
    """Started, a wrong code, the right one: charged once, at the end; after that no code is right."""
    async with verifying(authentication=authentication) as w:
        wallet = w.sandbox.textmagic.wallet
        started = await w.verifier.start(REQUEST)
        assert started.price == Decimal(PRICE_CENTS) / 100
        assert wallet.spent_cents == 0
        code = code_of(w, started)
        assert await w.verifier.check(started.provider_verification_id, wrong(code)) is False
        assert await w.verifier.check(started.provider_verification_id, code) is True
        assert wallet.spent_cents == PRICE_CENTS
        assert await w.verifier.check(started.provider_verification_id, code) is False
        assert (wallet.spent_cents, list(w.sandbox.textmagic.live_orders)) == (PRICE_CENTS, [])


@forms
@in_virtual_time
async def test_it_is_cancelled_not_before_its_time(authentication: Form) -> None:
    """Within 30 s the refusal says that it is early; then it is over, costs nothing, and the phone is free."""
    async with verifying(authentication=authentication) as w:
        started = await w.verifier.start(REQUEST)
        w.clock.advance(EARLIEST_CANCEL_SECONDS - 1)
        with pytest.raises(CallRefused) as early:
            await w.verifier.cancel(started.provider_verification_id)
        assert (early.value.reason, early.value.retry_after_seconds) == ("early", 1)
        w.clock.advance(1)
        await w.verifier.cancel(started.provider_verification_id)
        with pytest.raises(CallRefused) as over:
            await w.verifier.cancel(started.provider_verification_id)
        assert over.value.reason in ("over", "unknown")
        assert await w.verifier.check(started.provider_verification_id, code_of(w, started)) is False
        await w.verifier.start(REQUEST)
        assert w.sandbox.textmagic.wallet.spent_cents == 0


@in_virtual_time
async def test_a_live_phone_is_409_until_it_expires() -> None:
    """To the last second; then the old code is worth nothing."""
    async with verifying() as w:
        started = await w.verifier.start(REQUEST)
        w.clock.advance(LIFE_SECONDS - 1)
        with pytest.raises(CallRefused) as live:
            await w.verifier.start(REQUEST)
        assert live.value.status == 409
        w.clock.advance(1)
        assert await w.verifier.check(started.provider_verification_id, code_of(w, started)) is False
        await w.verifier.start(REQUEST)
        assert len(w.sandbox.textmagic.live_orders) == 1


@pytest.mark.parametrize("workflow", get_args(Workflow))
@in_virtual_time
async def test_every_workflow_takes_its_steps(workflow: Workflow) -> None:
    """At 0, 60 and 120 s, all with one code, and none after the right code."""
    async with verifying() as w:
        began = w.clock()
        await w.verifier.start(VerifyRequest(phone=PHONE, brand="Acme", code_length=6, workflow=workflow))
        w.clock.advance(LIFE_SECONDS)
        steps = w.sandbox.textmagic.inbox
        assert tuple(one.channel for one in steps) == WORKFLOWS[workflow]
        assert [(one.sent_at - began).total_seconds() for one in steps] == [60 * n for n in range(len(steps))]
        assert len({one.code for one in steps}) == 1
        assert len(steps[0].code) == 6


@in_virtual_time
async def test_no_step_follows_the_right_code() -> None:
    """Nobody is called who has typed the code in."""
    async with verifying() as w:
        started = await w.verifier.start(REQUEST)
        await w.verifier.check(started.provider_verification_id, code_of(w, started))
        w.clock.advance(LIFE_SECONDS)
        assert [one.channel for one in w.sandbox.textmagic.inbox] == [Channel.SMS]


@in_virtual_time
async def test_every_language_is_taken() -> None:
    """All 24, and the text is in it; another one is refused before anybody is asked."""
    async with verifying() as w:
        assert len(LANGUAGES) == 24
        for number, language in enumerate(sorted(LANGUAGES)):
            await w.verifier.start(VerifyRequest(phone=f"+4477009002{number:02}", brand="Acme", language=language))
        assert [one.language for one in w.sandbox.textmagic.inbox] == sorted(LANGUAGES)
        for odd in (
            VerifyRequest(phone=PHONE, brand="Acme", language="xx-xx"),
            VerifyRequest(phone=PHONE, brand="Acme & Sons"),
            VerifyRequest(phone=PHONE, brand="A" * 19),
        ):
            with pytest.raises(NotSupported):
                await w.verifier.start(odd)
        assert len(w.doors.calls) == len(LANGUAGES)


@in_virtual_time
async def test_codes_keep_their_zeros_and_senders_are_handed_on() -> None:
    """A code that begins with a zero is right with it and wrong without."""
    async with verifying() as w:
        for number in range(200):
            phone = f"+447700901{number:03}"
            started = await w.verifier.start(VerifyRequest(phone=phone, brand="Acme", sender_id="ACME", country="GB"))
            code = code_of(w, started)
            if code.startswith("0"):
                break
        assert code.startswith("0")
        assert w.sandbox.textmagic.inbox[-1].sender == "ACME"
        assert await w.verifier.check(started.provider_verification_id, code.lstrip("0") or "0") is False
        assert await w.verifier.check(started.provider_verification_id, code) is True


@in_virtual_time
async def test_the_sms_comes_in_on_a_line_of_ours() -> None:
    """Where the phone was rented from a supplier, its messages hold the verification's code."""
    async with verifying() as w:
        s1 = w.supplier("text2fa-s1")
        rental = (await s1.rent(RentRequest(service="ee1fdp"))).rental
        started = await w.verifier.start(VerifyRequest(phone=rental.phone or "", brand="Acme"))
        [sms] = (await s1.list_messages(rental, since=START)).read
        assert code_of(w, started) in sms.text


@forms
@in_virtual_time
async def test_a_refused_key_is_told_by_every_call(authentication: Form) -> None:
    """As the operator's business; nothing was sent to the phone."""
    async with verifying(authentication=authentication) as w:
        verifier = w.build(with_keys(w.settings, "another-key")).verifiers[0]
        for call in (verifier.start(REQUEST), verifier.check("id", "0000"), verifier.cancel("id")):
            with pytest.raises(KeyRefused) as refused:
                await call
            assert "another-key" not in str(refused.value)
        assert w.sandbox.textmagic.inbox == ()


@in_virtual_time
async def test_an_empty_account_is_a_definite_no() -> None:
    """Refused for the balance, and nothing is sent."""
    async with verifying(balance_cents=PRICE_CENTS - 1) as w:
        with pytest.raises(CallRefused) as refused:
            await w.verifier.start(REQUEST)
        assert refused.value.reason == "balance"
        assert w.sandbox.textmagic.inbox == ()


@pytest.mark.parametrize("fault", [ANSWER_LOST, ANSWER_LATE], ids=["lost", "late"])
@in_virtual_time
async def test_a_lost_answer_to_the_start_may_have_sent_a_code(fault: ApiFault) -> None:
    """Asked once; the outcome is unknown, and 409 tells that the phone is live until the code is dead."""
    async with verifying() as w:
        w.sandbox.textmagic.fault_source.force(fault, path=PATH)
        with pytest.raises(ProviderAway) as away:
            await w.verifier.start(REQUEST)
        assert away.value.sent
        assert (w.doors.calls, len(w.sandbox.textmagic.inbox)) == ([f"POST {PATH}"], 1)
        with pytest.raises(CallRefused) as live:
            await w.verifier.start(REQUEST)
        assert live.value.status == 409


@in_virtual_time
async def test_lost_answers_to_check_and_cancel_are_unknown() -> None:
    """Each was made once, and what it did stands."""
    async with verifying() as w:
        started = await w.verifier.start(REQUEST)
        name, code = started.provider_verification_id, code_of(w, started)
        w.sandbox.textmagic.fault_source.force(ANSWER_LOST, path=PATH)
        with pytest.raises(ProviderAway):
            await w.verifier.check(name, code)
        assert w.sandbox.textmagic.wallet.spent_cents == PRICE_CENTS
        other = (await w.verifier.start(REQUEST)).provider_verification_id
        w.clock.advance(EARLIEST_CANCEL_SECONDS)
        w.sandbox.textmagic.fault_source.force(ANSWER_LOST, path=f"{PATH}/{other}")
        with pytest.raises(ProviderAway):
            await w.verifier.cancel(other)
        assert list(w.sandbox.textmagic.live_orders) == []
        assert w.doors.calls.count(f"PUT {PATH}") == w.doors.calls.count(f"DELETE {PATH}/{other}") == 1


@in_virtual_time
async def test_a_broken_answer_is_unknown_and_429_a_definite_no() -> None:
    """A 503 may hide a start; 429 hides none and says how long to wait."""
    async with verifying() as w:
        faults = w.sandbox.textmagic.fault_source
        faults.force(ApiFault(kind=ApiFaultKind.ERROR, status=503), path=PATH)
        with pytest.raises(ProviderAway) as away:
            await w.verifier.start(REQUEST)
        assert away.value.sent
        faults.force(ApiFault(kind=ApiFaultKind.RATE_LIMIT, status=429, retry_after_seconds=7), path=PATH)
        with pytest.raises(ProviderAway) as limited:
            await w.verifier.start(REQUEST)
        assert (limited.value.sent, limited.value.retry_after_seconds) == (False, 7)
        assert w.sandbox.textmagic.inbox == ()
        before = w.clock()
        await w.verifier.start(REQUEST)
        assert (w.clock() - before).total_seconds() >= 7
