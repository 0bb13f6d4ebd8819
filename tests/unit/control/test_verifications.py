"""Start, check, cancel, get and list, on SQLite and on PostgreSQL."""

import asyncio
import logging
from collections import Counter
from typing import Any

import pytest
from prometheus_client import generate_latest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.store import verifications as store
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.request import RequestRefused
from otpstream.control.verifications.settings import VerificationSettings
from tests.builders import LINE, NOON, PHONE, make_message, seconds
from tests.unit.control.verifications_fakes import (
    CODE,
    WRONG,
    Fault,
    World,
    asked,
    assert_told_in_order,
)

OTHER_PHONE = "+447860021130"


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


async def started(world: World, **overrides: Any) -> str:
    """Start one and return its id."""
    return (await world.verifications.start(asked(**overrides), client="acme")).verification_id


async def refused(work: Any) -> Refusal:
    """Return what a command refuses."""
    with pytest.raises(Refusal) as refusal:
        await work
    return refusal.value


async def test_a_whole_life_is_told_in_order(world: World) -> None:
    """SMS, two voice calls, the end: each as an event at its time, under the line's key."""
    name = await started(world)
    await world.pass_seconds(301, each=1)

    events = await world.events()
    assert [(event.change, event.channel, (event.updated_at - NOON).total_seconds()) for event in events] == [
        ("requested", None, 0),
        ("started", None, 0),
        ("step", "sms", 0),
        ("step", "call", 60),
        ("step", "call", 120),
        ("expired", "call", 300),
    ]
    assert {(event.verification_id, event.key) for event in events} == {(name, LINE)}
    assert world.metric("otp_verification_changes_total", provider="textmagic", change="expired") == 1


async def test_a_phone_of_somebody_else_is_told_under_its_number(world: World) -> None:
    """Only for our own lines can an SMS come in."""
    await started(world, phone=OTHER_PHONE)
    assert {(event.key, event.line) for event in await world.events()} == {(OTHER_PHONE, None)}


async def test_success(world: World) -> None:
    """A wrong code, then the right one: verified once, and never again."""
    name = await started(world)
    world.clock.forward(10)
    wrong = await world.verifications.check(name, WRONG)
    right = await world.verifications.check(name, CODE)

    assert (wrong.state, wrong.reason, wrong.attempts) == ("started", "wrong_code", 1)
    assert (right.state, right.attempts, right.live) == ("verified", 2, False)
    assert await world.told(name) == ["requested", "started", "step", "check_failed", "verified"]
    assert (await refused(world.verifications.check(name, CODE))).kind == "over"
    assert world.verifier.calls["check"] == 2
    assert world.metric("otp_verification_verify_seconds_sum", provider="textmagic") == 10


async def test_a_live_phone_is_refused_before_the_provider_is_asked(world: World) -> None:
    """With the time until it is free; only its own client learns which verification it is."""
    name = await started(world)
    world.clock.forward(100)

    own = await refused(world.verifications.start(asked(), client="acme"))
    foreign = await refused(world.verifications.start(asked(), client="globex"))

    assert (own.kind, own.verification_id, own.retry_after_seconds) == ("phone_live", name, 200)
    assert (foreign.kind, foreign.verification_id) == ("phone_live", None)
    assert world.verifier.calls["start"] == 1
    assert world.metric("otp_verification_stopped_total", by="phone_live") == 2
    world.clock.forward(200)
    assert await started(world) != name


async def test_of_many_starts_at_once_one_goes_through(world: World) -> None:
    """Ten processes, one phone: one code."""
    others = [World(world.engine, clock=world.clock) for _ in range(10)]
    for number, other in enumerate(others):
        other.verifier.made = world.verifier.made
        other.ids_from(100 * number)
    results = await asyncio.gather(
        *(other.verifications.start(asked(), client="acme") for other in others), return_exceptions=True
    )

    kinds = Counter(result.kind if isinstance(result, Refusal) else "started" for result in results)
    assert kinds == {"started": 1, "phone_live": 9}
    assert len(world.verifier.made) == 1
    assert_told_in_order(await world.events())


async def test_a_providers_409_is_told_as_such(world: World) -> None:
    """Somebody else verifies this phone: it is refused, and its slot here is free."""
    world.verifier.start_elsewhere(PHONE)

    refusal = await refused(world.verifications.start(asked(), client="acme"))

    assert refusal.kind == "provider_live"
    [_, event] = await world.events()
    assert (event.state, event.reason) == ("refused", "provider_live")
    world.clock.forward(300)
    await started(world)


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        ("refused", "provider_refused", "provider_refused"),
        ("key", "provider_refused", "key_refused"),
        ("away", "provider_away", "provider_away"),
    ],
)
async def test_a_definite_no_frees_the_phone(world: World, fault: Fault, kind: str, reason: str) -> None:
    """At once: nothing was spent, nothing lives."""
    world.verifier.fault = fault
    refusal = await refused(world.verifications.start(asked(), client="acme"))
    world.verifier.fault = "none"

    assert refusal.kind == kind
    assert (await world.verifications.get(refusal.verification_id or "")).reason == reason
    await started(world)
    assert world.metric("otp_verification_changes_total", provider="textmagic", change="refused") == 1


@pytest.mark.parametrize("fault", ["lost", "unreadable"])
@pytest.mark.parametrize("slow", [0, 34])
async def test_an_unknown_outcome_keeps_the_slot_until_nothing_can_live(
    world: World, fault: Fault, slow: float
) -> None:
    """Whoever tries each second gets through the moment that it is safe, and no second before."""
    world.verifier.fault, world.verifier.slow_seconds = fault, slow
    first = await refused(world.verifications.start(asked(), client="acme"))
    world.verifier.fault, world.verifier.slow_seconds = "none", 0
    assert first.kind == "outcome_unknown"
    assert first.retry_after_seconds == pytest.approx(335 - slow)

    kinds = []
    for _ in range(340 - int(slow)):
        world.clock.forward(1)
        try:
            await world.verifications.start(asked(), client="acme")
        except Refusal as refusal:
            kinds.append(refusal.kind)
        else:
            break

    assert set(kinds) == {"phone_live"}
    assert len(kinds) == 334 - slow
    assert world.verifier.conflicts == 0
    assert (await world.told(first.verification_id or ""))[-2:] == ["uncertain", "expired"]


async def test_an_answer_that_is_later_than_its_claim_still_counts(world: World) -> None:
    """Another process took it for lost meanwhile: it starts all the same, and can be checked."""
    world.verifier.slow_seconds = 80
    world.verifier.during = World(world.engine, clock=world.clock).tick
    name = await started(world)
    world.verifier.slow_seconds, world.verifier.during = 0, None

    assert await world.told(name) == ["requested", "uncertain", "started", "step"]
    assert (await world.verifications.check(name, CODE)).state == "verified"


async def test_attempts_are_capped(world: World) -> None:
    """After the last one the provider is not asked any more."""
    world.settings = VerificationSettings(attempts_limit=2)
    world.restart()
    name = await started(world)
    for _ in range(2):
        await world.verifications.check(name, WRONG)

    refusal = await refused(world.verifications.check(name, CODE))

    assert refusal.kind == "attempts_exhausted"
    assert world.verifier.calls["check"] == 2
    assert (await world.verifications.get(name)).reason == "attempts_exhausted"


async def test_guesses_at_once_do_not_get_around_the_cap(world: World) -> None:
    """However many are sent together, the provider sees no more codes than attempts."""
    name = await started(world)
    await asyncio.gather(*(world.verifications.check(name, WRONG) for _ in range(30)), return_exceptions=True)
    assert world.verifier.calls["check"] <= world.settings.attempts_limit
    assert (await world.verifications.get(name)).attempts == world.verifier.calls["check"]


async def test_a_code_of_another_length_costs_no_attempt(world: World) -> None:
    """It cannot be the one, so nobody is asked."""
    name = await started(world)
    with pytest.raises(RequestRefused, match="code: must be 4 digits"):
        await world.verifications.check(name, "471100")
    assert (await world.verifications.get(name)).attempts == 0
    assert world.verifier.calls["check"] == 0


async def test_a_check_whose_answer_was_lost(world: World) -> None:
    """It is told as unknown and counts as an attempt; the verification lives on."""
    name = await started(world)
    world.verifier.fault = "lost"
    assert (await refused(world.verifications.check(name, WRONG))).kind == "outcome_unknown"
    world.verifier.fault = "none"

    after = await world.verifications.get(name)
    assert (after.state, after.reason, after.attempts) == ("started", "check_unknown", 1)
    assert (await world.verifications.check(name, CODE)).state == "verified"


async def test_a_code_is_worth_nothing_after_300_s(world: World) -> None:
    """Also where no clock came by: the check itself notices."""
    name = await started(world)
    world.clock.forward(300)
    assert (await refused(world.verifications.check(name, CODE))).kind == "over"
    assert world.verifier.calls["check"] == 0
    assert (await world.told(name))[-1] == "expired"


async def test_cancel_too_early_then_in_time(world: World) -> None:
    """Refused with the seconds to wait; after that it is cancelled and the phone is free."""
    name = await started(world)
    world.clock.forward(10)
    early = await refused(world.verifications.cancel(name))
    world.clock.forward(20)

    after = await world.verifications.cancel(name)

    assert (early.kind, early.retry_after_seconds) == ("too_early", 20)
    assert after.state == "cancelled"
    assert world.verifier.calls["cancel"] == 1
    await started(world)
    assert world.verifier.conflicts == 0


async def test_a_scheduled_cancel_happens_once(world: World) -> None:
    """At 30 s, by whichever clock comes by; asked for twice, it is scheduled once."""
    name = await started(world)
    first = await world.verifications.cancel(name, schedule=True)
    again = await world.verifications.cancel(name, schedule=True)
    assert first == again
    assert first.cancel_at == NOON + seconds(30)

    await world.pass_seconds(40, each=1)

    assert world.verifier.calls["cancel"] == 1
    assert await world.told(name) == ["requested", "started", "step", "cancel_scheduled", "cancelled"]


@pytest.mark.parametrize("fault", ["lost", "away"])
async def test_a_scheduled_cancel_is_tried_until_it_is_heard(world: World, fault: Fault) -> None:
    """Whether the first one went through or not, it ends cancelled."""
    name = await started(world)
    await world.verifications.cancel(name, schedule=True)
    world.verifier.fault = fault
    await world.pass_seconds(35, each=5)
    assert (await world.verifications.get(name)).state == "started"
    world.verifier.fault = "none"
    await world.pass_seconds(15, each=5)

    assert (await world.verifications.get(name)).state == "cancelled"
    assert (await world.told(name)).count("cancelled") == 1


async def test_a_cancel_that_the_provider_refuses_is_not_asked_again(world: World) -> None:
    """It lives on and expires as any other."""
    name = await started(world)
    await world.verifications.cancel(name, schedule=True)
    world.verifier.fault = "refused"
    await world.pass_seconds(310, each=10)

    assert world.verifier.calls["cancel"] == 1
    assert (await world.verifications.get(name)).state == "expired"


async def test_clocks_in_many_processes_emit_each_event_once(world: World) -> None:
    """Five clocks look at the same instant, all the time."""
    processes = [world, *(World(world.engine, clock=world.clock) for _ in range(4))]
    for process in processes:
        process.verifier.made = world.verifier.made
    names = [await started(world, phone=f"+4478600211{number:02}") for number in range(6)]
    for name in names[:3]:
        await world.verifications.cancel(name, schedule=True)
    for _ in range(11):
        world.clock.forward(30)
        await asyncio.gather(*(process.tick() for process in processes))

    assert_told_in_order(await world.events())
    changes = Counter(event.change for event in await world.events())
    assert changes == {"requested": 6, "started": 6, "step": 12, "cancel_scheduled": 3, "cancelled": 3, "expired": 3}
    assert sum(process.verifier.calls["cancel"] for process in processes) == 3


async def test_a_client_sees_its_own_alone(world: World) -> None:
    """To another one it does not exist."""
    name = await started(world)
    for work in (
        world.verifications.get(name, client="globex"),
        world.verifications.check(name, CODE, client="globex"),
        world.verifications.cancel(name, client="globex", schedule=True),
        world.verifications.get("nobody"),
    ):
        assert (await refused(work)).kind == "not_found"
    assert await world.verifications.listed(client="globex", limit=10) == []
    assert (await world.verifications.get(name, client="acme")).attempts == 0


async def test_lists_come_in_pages(world: World) -> None:
    """Each once, the newest first, also where several were asked for at the same instant."""
    names = [await started(world, phone=f"+4478600211{number:02}") for number in range(7)]
    found: list[str] = []
    before = None
    while page := await world.verifications.listed(client="acme", before=before, limit=3):
        found += [one.verification_id for one in page]
        before = (page[-1].requested_at, page[-1].verification_id)

    assert found == names[::-1]
    [only] = await world.verifications.listed(client="acme", phone="+447860021103", limit=9)
    assert only.verification_id == names[3]
    assert await world.verifications.listed(client="acme", state="verified", limit=9) == []


async def test_fields_are_checked_before_anything_is_written(world: World) -> None:
    """An unknown provider, and a line of ours that is none."""
    with pytest.raises(RequestRefused, match="provider: must be one of textmagic"):
        await world.verifications.start(asked(), client="acme", provider="twilio")
    with pytest.raises(RequestRefused, match="auto_complete"):
        await world.verifications.start(asked(phone=OTHER_PHONE), client="acme", auto_complete=True)
    assert await world.events() == []


async def test_a_provider_that_is_not_configured_any_more(world: World) -> None:
    """Nobody can be asked: told as such, no attempt used, and the clock gives its cancel up."""
    name = await started(world)
    await world.verifications.cancel(name, schedule=True)
    world.verifier.name = "another"
    world.restart()

    assert (await refused(world.verifications.check(name, CODE))).kind == "provider_refused"
    await world.pass_seconds(310)
    after = await world.verifications.get(name)
    assert (after.state, after.attempts) == ("expired", 0)


async def test_the_store_says_how_many_live(world: World) -> None:
    """The gauge follows the store, not what this process has seen."""
    await started(world)
    await started(world, phone=OTHER_PHONE)
    world.restart()
    await world.tick()
    assert world.metric("otp_verification_live", provider="textmagic") == 2
    await world.pass_seconds(310)
    assert world.metric("otp_verification_live", provider="textmagic") == 0


async def test_messages_do_not_meet_what_was_over(world: World) -> None:
    """An SMS that was received after the end belongs to none."""
    await started(world)
    world.clock.forward(40)
    await world.pass_seconds(300)
    await world.receive(make_message(received_at=NOON + seconds(301), code=CODE))
    assert await world.of_message("sms-1") is None


async def test_neither_codes_nor_phones_are_logged_or_counted(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, on what goes well and on what does not; nor does the store ever hold a code."""
    caplog.set_level(logging.DEBUG, logger="otpstream")
    name = await started(world)
    await world.verifications.cancel(name, schedule=True)
    await world.receive(make_message(received_at=NOON, code=CODE))
    world.verifier.fault = "lost"
    await refused(world.verifications.check(name, WRONG))
    await world.pass_seconds(30)
    world.verifier.fault, world.verifier.during = "none", breaks
    await refused(world.verifications.check(name, CODE))
    async with world.engine.begin() as connection:
        stored = repr((await connection.execute(select(store.verifications))).all())

    told = caplog.text + repr([record.args for record in caplog.records])
    assert f"cancel of verification {name}" in told
    assert "a verifier failed by a bug: RuntimeError" in told
    # When a series began is told by the real clock, whose digits may be any.
    told += "".join(line for line in generate_latest(world.registry).decode().splitlines() if "_created" not in line)
    assert [secret for secret in (CODE, PHONE, PHONE[1:]) if secret in told] == []
    assert CODE not in stored


async def breaks() -> None:
    """Fail as a bug of a client does, quoting what it failed on."""
    raise RuntimeError(f"cannot check {CODE} of {PHONE}")
