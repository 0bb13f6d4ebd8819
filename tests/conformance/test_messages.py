"""SMS over every supplier: by poll and, where there is one, by webhook as it is posted: the same events, none missing."""

from collections import Counter
from datetime import timedelta

import pytest

from ingest.records import sms_record
from otpstream.sandbox import Faults
from schemas.events import SmsReceived
from schemas.rentals import RentalState
from tests.conformance.systems import RULES, SYSTEMS, System
from tests.conformance.world import World, in_virtual_time, world

every = pytest.mark.parametrize("system", SYSTEMS, ids=str)

Told = tuple[str, str, str, str, str, str | None]


def told(sms: SmsReceived) -> Told:
    """Return what both ways must agree on."""
    return sms.provider, sms.line, sms.sender, sms.text, sms.received_at.isoformat(), sms.provider_message_id


async def polled(w: World, system: System, *rentals: RentalState) -> list[SmsReceived]:
    """Poll all rentals of the system that are given; return the SMS as their topic has them then."""
    found: list[SmsReceived] = []
    for rental in rentals:
        reply = await system.of(w).list_messages(rental, since=w.clock() - timedelta(days=1))
        assert reply.unread == []
        found += [SmsReceived.decode(sms_record(one).value) for one in reply.read]
    return found


async def hooked(w: World, system: System) -> list[SmsReceived]:
    """Read all webhooks that were posted, as SMS."""
    await w.sandbox.text2fa.drain_webhooks()
    await w.sandbox.text2fa_dashboard.drain_webhooks()
    events = [w.read_hook(system.hook or "", body) for body in w.hooks]
    return [event for event in events if isinstance(event, SmsReceived)]


@every
@in_virtual_time
async def test_an_sms_is_the_same_by_poll_and_by_webhook(system: System) -> None:
    """Line, sender, text and time agree to the letter, for texts of any script and senders of any kind."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental = await system.hold(w)
        assert await polled(w, system, rental) == []
        sent = [
            w.sandbox.deliver(rental.phone or "", sender, text, expected_code=code)
            for sender, text, code in (
                ("Facebook", "Your OTP is 004711", "004711"),
                ("+12135559876", "Ваш код: 5521 — никому не говорите\nhttps://example.test/?a=1&b=2", "5521"),
                ("32665", "人生 👍 no code", None),
            )
        ]
        by_poll = await polled(w, system, rental)

        assert [(one.sender, one.text, one.received_at) for one in by_poll] == [
            (one.sender, one.text, one.received_at) for one in sent
        ]
        assert {(one.line, one.path, one.account) for one in by_poll} == {(rental.line, "poll", "default")}
        assert len({one.sms_id for one in by_poll}) == len(sent)
        if system.hook is not None:
            assert Counter(map(told, await hooked(w, system))) == Counter(map(told, by_poll))
        assert Counter(map(told, await polled(w, system, rental))) == Counter(map(told, by_poll))


@every
@in_virtual_time
async def test_doubled_and_overtaking_webhooks_tell_of_the_same_sms(system: System) -> None:
    """However webhooks repeat and overtake each other, they bring what the poll shows; a lost one is in the poll."""
    faults = Faults(
        webhook_lost_rate=0.2,
        webhook_duplicate_rate=0.3,
        webhook_reorder_rate=0.5,
        webhook_reorder_max_milliseconds=20_000,
    )
    async with world(dialect=system.dialect, faults=faults, seed=5, **RULES) as w:
        rentals = [await system.hold(w) for _ in range(3)]
        for number in range(20):
            for rental in rentals:
                w.sandbox.deliver(rental.phone or "", "Uber", f"Your code is {number:04}")
            w.clock.advance(2)
        by_poll = Counter(map(told, await polled(w, system, *rentals)))
        assert len(by_poll) == 60
        assert set(by_poll.values()) == {1}
        if system.hook is None:
            return
        by_hook = Counter(map(told, await hooked(w, system)))
        assert set(by_hook) <= set(by_poll)
        ledger = w.sandbox.simulators[system.provider].ledger  # type: ignore[attr-defined]
        assert sorted(by_hook.values()) == sorted(len(one.pushes) for one in ledger if one.pushes)
        assert len(by_hook) < len(by_poll)
        assert max(by_hook.values()) == 2


@every
@in_virtual_time
async def test_a_text_that_comes_again_is_another_message(system: System) -> None:
    """A resend has another time of receipt, by both ways."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental = await system.hold(w)
        for _ in range(3):
            w.sandbox.deliver(rental.phone or "", "Uber", "Your code is 4711", expected_code="4711")
            w.clock.advance(30)
        by_poll = Counter(map(told, await polled(w, system, rental)))
        assert len(by_poll) == 3
        if system.hook is not None:
            assert Counter(map(told, await hooked(w, system))) == by_poll


@every
@in_virtual_time
async def test_old_messages_may_be_left_out_and_new_ones_never(system: System) -> None:
    """What was received at `since` or after is there; each rental has its own messages alone."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental, other = await system.hold(w), await system.hold(w)
        w.sandbox.deliver(rental.phone or "", "Uber", "old")
        w.clock.advance(60)
        at = w.sandbox.deliver(rental.phone or "", "Uber", "new").received_at
        w.sandbox.deliver(other.phone or "", "Uber", "of another")
        reply = await system.of(w).list_messages(rental, since=at)
        assert [one.text for one in reply.read] == ["new"]


@every
@in_virtual_time
async def test_an_sms_shows_in_the_state_of_its_rental(system: System) -> None:
    """Where the provider's own words tell of it."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental = await system.hold(w)
        w.sandbox.deliver(rental.phone or "", "Uber", "Your code is 4711", expected_code="4711")
        state = (await system.of(w).get_rental(rental)).state
        tells = system.name in ("text2fa-s1", "text2fa-s2", "rental")
        assert state == ("code_received" if tells else "active")
