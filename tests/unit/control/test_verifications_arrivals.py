"""SMS on our own lines meet the verification that was live when they were received."""

import asyncio

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.feed import Feed
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.settings import VerificationSettings
from schemas.events import Message
from tests.builders import LINE, NOON, PHONE, make_message, seconds
from tests.unit.control.verifications_fakes import CODE, WRONG, Fault, World, asked

OTHER_LINE = "text2fa:99"
OWN_TEXT = f"Your Acme PIN is {CODE}"
OTHER_PHONE = "+447860021130"


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


async def test_the_time_to_arrival_is_recorded(world: World) -> None:
    """From the start to the provider's receipt, with whether a code was seen; once, however often the message comes."""
    name = (await world.verifications.start(asked(), client="acme")).verification_id
    world.clock.forward(9)
    message = make_message(received_at=NOON + seconds(7), code=CODE)

    for _ in range(3):
        await world.receive(message)

    after = await world.of_message("sms-1")
    assert after is not None
    assert (after.verification_id, after.message_id, after.code_seen, after.arrival_seconds) == (name, "sms-1", True, 7)
    assert after.state == "started"
    assert await world.told(name) == ["requested", "started", "step", "sms_arrived"]
    assert world.verifier.calls["check"] == 0
    assert world.metric("otp_verification_arrival_seconds_sum", provider="textmagic") == 7


@pytest.mark.parametrize(
    "message",
    [
        make_message(line=OTHER_LINE, code=CODE),
        make_message(line=OTHER_LINE, phone="+447860021130", code=CODE),
        make_message(received_at=NOON - seconds(10), code=CODE),
        make_message(received_at=NOON + seconds(301), code=CODE),
    ],
    ids=["line", "phone", "before", "after"],
)
async def test_what_is_not_its_own_belongs_to_none(world: World, message: Message) -> None:
    """Another line, another phone, another time."""
    name = (await world.verifications.start(asked(), client="acme")).verification_id
    await world.receive(message)
    assert (await world.verifications.get(name)).message_id is None


async def test_a_phone_is_enough_where_the_line_is_another(world: World) -> None:
    """A number may have been known under another line when it was asked for."""
    await world.verifications.start(asked(), client="acme")
    await world.receive(make_message(line=OTHER_LINE, phone=PHONE, code=CODE))
    after = await world.of_message("sms-1")
    assert after is not None
    assert after.line == LINE


async def test_a_message_meets_the_verification_of_its_time(world: World) -> None:
    """Two in a row on one line: each SMS belongs to the one that lived when it was received, also where it comes late."""
    first = (await world.verifications.start(asked(), client="acme")).verification_id
    await world.pass_seconds(40)
    await world.verifications.cancel(first)
    await world.pass_seconds(20)
    second = (await world.verifications.start(asked(), client="acme")).verification_id

    for received_at, name in ((NOON + seconds(5), first), (NOON + seconds(63), second)):
        await world.receive(make_message(message_id=name, received_at=received_at, code=CODE))
        after = await world.of_message(name)
        assert after is not None
        assert after.verification_id == name
    assert (await world.told(first))[-2:] == ["cancelled", "sms_arrived"]


@pytest.mark.parametrize(("received", "number"), [(8.0, 1), (10.0, 1), (10.001, 2), (10.999, 2), (11.0, 2), (13.5, 2)])
async def test_clocks_that_differ_a_little_do_not_part_them(world: World, received: float, number: int) -> None:
    """Where both clocks agree on one, that is it; at the seam the newer one, since providers cut seconds off."""
    names = [(await world.verifications.start(asked(), client="acme")).verification_id]
    world.clock.forward(10)
    await world.verifications.check(names[0], CODE)
    world.clock.forward(1)
    names.append((await world.verifications.start(asked(), client="acme")).verification_id)

    await world.receive(make_message(received_at=NOON + seconds(received), code=CODE))

    after = await world.of_message("sms-1")
    assert after is not None
    assert after.verification_id == names[number - 1]


async def test_an_end_to_end_test_completes_by_itself(world: World) -> None:
    """Asked for with auto_complete, the code of the SMS is checked by the clock, and once, however often the SMS comes."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    world.clock.forward(4)

    for _ in range(2):
        await world.receive(make_message(received_at=NOON + seconds(3), code=CODE))
        await world.tick()
        assert (await world.verifications.get(name)).state == "verified"

    assert world.verifier.calls["check"] == 1
    assert await world.told(name) == ["requested", "started", "step", "sms_arrived", "verified"]


async def test_a_completion_survives_a_crash(world: World) -> None:
    """The process that took the SMS in is gone: of several others, one checks its code."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.receive(make_message(received_at=NOON + seconds(3), code=CODE))
    others = [World(world.engine, clock=world.clock) for _ in range(3)]
    for other in others:
        other.verifier.made = world.verifier.made

    await asyncio.gather(*(other.tick() for other in others))

    assert sum(other.verifier.calls["check"] for other in others) == 1
    assert (await world.verifications.get(name)).state == "verified"


async def test_a_provider_that_never_answers_holds_up_no_message(world: World) -> None:
    """While the check of one hangs, the messages behind it are taken in; once the claim lapsed, nobody checks it again."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    feed = Feed(lambda batch: world.receive(*batch), registry=CollectorRegistry())
    hanging = asyncio.Event()

    async def hang() -> None:
        hanging.set()
        await asyncio.Event().wait()

    world.verifier.during = hang
    await feed.on_records([make_message(received_at=NOON + seconds(3), code=CODE).encode()])
    clock = asyncio.create_task(world.tick())
    await hanging.wait()
    world.verifier.during = None
    other = (await world.verifications.start(asked(phone=OTHER_PHONE), client="acme")).verification_id
    await feed.on_records([make_message(message_id="sms-2", line=OTHER_LINE, phone=OTHER_PHONE, code=CODE).encode()])
    clock.cancel()
    await world.pass_seconds(200)

    assert (await world.verifications.get(other)).message_id == "sms-2"
    assert world.verifier.calls["check"] == 1
    assert (await world.told(name))[3:] == ["sms_arrived", "check_failed", "step", "step"]


async def test_a_person_who_checks_first_is_not_outdone(world: World) -> None:
    """The clock makes the first check, or none."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.receive(make_message(received_at=NOON + seconds(3), code=CODE))
    await world.verifications.check(name, WRONG)
    await world.pass_seconds(30)
    assert world.verifier.calls["check"] == 1


async def test_a_wrong_code_is_not_tried_again(world: World) -> None:
    """What the SMS brought was no code of ours: it lives on, for a person to type the right one."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    for _ in range(2):
        await world.receive(make_message(received_at=NOON + seconds(3), code=WRONG))
        await world.pass_seconds(20)
    assert world.verifier.calls["check"] == 1
    assert (await world.verifications.check(name, CODE)).state == "verified"


@pytest.mark.parametrize("workflow", ["3", "7"])
@pytest.mark.parametrize("is_tied", [True, False])
async def test_by_calls_alone_no_sms_is_its_own(world: World, workflow: str, is_tied: bool) -> None:
    """Whatever comes is a stranger's, also where the stream says who was live: not seen, not checked."""
    start = world.verifications.start(asked(workflow=workflow), client="acme", auto_complete=True)
    name = (await start).verification_id
    tie = name if is_tied else None
    await world.receive(make_message(received_at=NOON + seconds(3), code=CODE, text=OWN_TEXT, verification_id=tie))
    await world.pass_seconds(20)

    after = await world.verifications.get(name)
    assert (after.message_id, after.code_seen, after.attempts, after.reason) == (None, False, 0, None)
    assert world.verifier.calls["check"] == 0


async def test_where_the_newest_sends_no_sms_it_is_of_the_one_before(world: World) -> None:
    """At the seam of two, the SMS belongs to the one that sends any."""
    first = (await world.verifications.start(asked(), client="acme")).verification_id
    world.clock.forward(10)
    await world.verifications.check(first, CODE)
    world.clock.forward(1)
    await world.verifications.start(asked(workflow="7"), client="acme")

    await world.receive(make_message(received_at=NOON + seconds(11), code=CODE))

    assert (await world.verifications.get(first)).message_id == "sms-1"


async def test_a_strangers_code_keeps_the_real_one_from_nothing(world: World) -> None:
    """It costs an attempt; the code that names the brand is then checked, and what is told of the arrival is told of that."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    for message_id, text, code, second in (("stranger", "Globex: 0042", WRONG, 2), ("own", OWN_TEXT, CODE, 5)):
        for _ in range(2):
            message = make_message(message_id=message_id, text=text, code=code, received_at=NOON + seconds(second))
            await world.receive(message)
            await world.pass_seconds(4, each=2)

    after = await world.verifications.get(name)
    assert (after.state, after.attempts, after.message_id, after.arrival_seconds) == ("verified", 2, "own", 5)
    assert world.verifier.calls["check"] == 2


async def test_the_brands_code_is_checked_before_others(world: World) -> None:
    """However many strangers' came before it: no attempt is spent on them."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    strangers = [make_message(message_id=f"s{number}", text="no brand", code=f"100{number}") for number in range(9)]
    await world.receive(*strangers, make_message(message_id="own", sender="ACME", text="no brand", code=CODE))
    await world.tick()

    after = await world.verifications.get(name)
    assert (after.state, after.attempts, after.message_id) == ("verified", 1, "own")


async def test_a_code_that_comes_twice_is_checked_once(world: World) -> None:
    """In two messages it is one code: the second costs no attempt, and holds up nothing."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    codes = {"s1": WRONG, "s2": WRONG, "own": CODE}
    await world.receive(*(make_message(message_id=name, text="no brand", code=code) for name, code in codes.items()))
    await world.pass_seconds(10, each=1)

    after = await world.verifications.get(name)
    assert (after.state, after.attempts, world.verifier.calls["check"]) == ("verified", 2, 2)
    assert (await world.told(name))[3:] == ["sms_arrived", "check_failed", "verified"]


async def test_the_clock_checks_while_attempts_remain(engine: AsyncEngine) -> None:
    """Then it stops, and has nothing to do before the next step."""
    world = World(engine, settings=VerificationSettings(attempts_limit=2))
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.receive(*(make_message(message_id=f"s{code}", code=code) for code in ("1001", "1002", "1003", CODE)))
    await world.pass_seconds(10, each=1)

    assert world.verifier.calls["check"] == 2
    await world.receive(make_message(message_id="late", code=CODE))
    await world.tick()
    assert await world.tick() == 0
    after = await world.verifications.get(name)
    assert (after.state, after.attempts, after.reason) == ("started", 2, "attempts_exhausted")
    assert world.verifier.calls["check"] == 2


async def test_a_check_without_an_answer_leaves_the_next_code_to_the_clock(world: World) -> None:
    """The one whose outcome is unknown is not checked again."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.receive(*(make_message(message_id=f"s{code}", code=code) for code in (WRONG, CODE)))
    world.verifier.fault = "lost"
    await world.tick()
    world.verifier.fault = "none"
    await world.tick()

    after = await world.verifications.get(name)
    assert (after.state, after.attempts, world.verifier.calls["check"]) == ("verified", 2, 2)


async def test_a_code_that_the_provider_never_saw_is_checked_again(world: World) -> None:
    """Before those behind it, and it costs one attempt in all."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.receive(*(make_message(message_id=f"s{code}", code=code) for code in (CODE, WRONG)))
    world.verifier.fault = "away"
    await world.tick()
    world.verifier.fault = "none"
    await world.pass_seconds(20, each=5)

    after = await world.verifications.get(name)
    assert (after.state, after.attempts) == ("verified", 1)


async def test_an_sms_that_outruns_the_answer_waits_for_it(world: World) -> None:
    """The code is here before the provider's reply to the start: it is recorded at once and checked once it has started."""
    message = make_message(received_at=NOON + seconds(1), code=CODE, verification_id="v0001")

    async def deliver() -> None:
        world.verifier.during = None
        await world.receive(message)
        await world.tick()

    world.verifier.during = deliver
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.tick()

    assert await world.told(name) == ["requested", "sms_arrived", "started", "step", "verified"]


@pytest.mark.parametrize(
    ("fault", "reason", "checks"), [("lost", "check_unknown", 1), ("refused", "provider_refused", 1), ("away", None, 2)]
)
async def test_completing_may_fail(world: World, fault: Fault, reason: str | None, checks: int) -> None:
    """What came of it is told in the verification; only where the provider never heard of it, the clock asks again."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.receive(make_message(received_at=NOON + seconds(3), code=CODE))
    world.verifier.fault = fault
    await world.tick()
    world.verifier.fault = "none"
    await world.pass_seconds(30, each=5)

    after = await world.verifications.get(name)
    assert (after.reason, world.verifier.calls["check"]) == (reason, checks)
    assert after.state == ("started" if reason else "verified")


async def test_an_sms_that_is_kept_no_more_is_left_to_a_person(world: World) -> None:
    """Nobody is asked for a code that nobody has."""
    name = (await world.verifications.start(asked(), client="acme", auto_complete=True)).verification_id
    await world.arrivals.on_messages([make_message(received_at=NOON + seconds(3), code=CODE)])
    await world.pass_seconds(20)
    assert (await world.told(name))[3:] == ["sms_arrived", "check_failed"]
    assert world.verifier.calls["check"] == 0
    assert (await world.verifications.check(name, CODE)).state == "verified"


async def test_a_verification_that_is_not_here_is_passed_over(world: World) -> None:
    """The stream may name one of another store."""
    await world.receive(make_message(code=CODE, verification_id="elsewhere"))
    assert await world.of_message("sms-1") is None


async def test_what_was_refused_gets_no_message(world: World) -> None:
    """Nothing was sent, so nothing can have come."""
    world.verifier.fault = "refused"
    with pytest.raises(Refusal):
        await world.verifications.start(asked(), client="acme")
    await world.receive(make_message(received_at=NOON, code=CODE))
    assert await world.of_message("sms-1") is None


async def test_a_batch_is_taken_in_as_its_messages_are(world: World) -> None:
    """Those that belong to a verification are noted, in any company, and however often the batch comes."""
    name = (await world.verifications.start(asked(), client="acme")).verification_id
    world.clock.forward(5)
    batch = [
        make_message(message_id="other", line=OTHER_LINE, code=CODE),
        make_message(message_id="own", received_at=NOON + seconds(4), code=CODE),
        make_message(message_id="second", received_at=NOON + seconds(5), code=CODE),
    ]
    for _ in range(2):
        await world.receive(*batch)

    assert (await world.verifications.get(name)).message_id == "own"
    assert (await world.told(name)).count("sms_arrived") == 1
