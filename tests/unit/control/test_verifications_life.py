"""The life of a verification on our own clock, without a store."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.providers.contract import Started, VerifyRequest, Workflow
from otpstream.control.verifications import closing, life
from otpstream.control.verifications.record import SMS_WORKFLOWS, WORKFLOW_STEPS, Verification, event_of, names_brand
from otpstream.control.verifications.refusals import Kind, Refusal
from tests.builders import LINE, NOON, PHONE, seconds

CALL_SECONDS = 35.0
WORKFLOWS: tuple[Workflow, ...] = get_args(Workflow)
DOCUMENTED = {
    "1": "sms call call",
    "2": "sms sms call",
    "3": "call call",
    "4": "sms sms",
    "5": "sms call",
    "6": "sms",
    "7": "call",
}
"""The provider's own table."""


def make_intent(workflow: Workflow = "1") -> Verification:
    return life.requested(
        VerifyRequest(phone=PHONE, brand="Acme", workflow=workflow),
        verification_id="v1",
        client="acme",
        provider="textmagic",
        account="default",
        prefix="+1",
        line=LINE,
        auto_complete=False,
        now=NOON,
        call_seconds=CALL_SECONDS,
    )


def make_started(workflow: Workflow = "1") -> Verification:
    answer = Started(provider_verification_id="p1", price=Decimal("0.05"))
    return life.started(make_intent(workflow), answer, now=NOON)[-1]


def refusal_of(act: Any, *arguments: Any, **more: Any) -> tuple[Kind, float | None]:
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **more)
    return refusal.value.kind, refusal.value.retry_after_seconds


def at(count: float) -> datetime:
    return NOON + seconds(count)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_steps_go_out_each_minute_as_documented(workflow: Workflow) -> None:
    """At 0, 60 and 120 s the channels of the provider's table, the end at 300 s, and not a second before."""
    current = make_started(workflow)
    told = [(0.0, event_of(current))]
    for second in range(1, 310):
        for version in life.advanced(current, at(second)):
            current = version
            told.append((float(second), event_of(version)))

    steps = [(second, event.channel) for second, event in told if event.change == "step"]
    assert steps == list(zip((0.0, 60.0, 120.0), DOCUMENTED[workflow].split(), strict=False))
    assert [(second, event.change) for second, event in told if event.change != "step"] == [(300.0, "expired")]


@given(st.sampled_from(WORKFLOWS), st.lists(st.floats(0, 400), max_size=12))
def test_how_often_the_clock_looks_changes_nothing(workflow: Workflow, looks: list[float]) -> None:
    """Seldom or often, late or in time: the same events in the same order, each once."""
    current, told = make_started(workflow), [1]
    for second in [*sorted(looks), 400.0]:
        versions = life.advanced(current, at(second))
        told += [version.step if version.change == "step" else 0 for version in versions]
        current = [current, *versions][-1]

    assert told == [*range(1, len(WORKFLOW_STEPS[workflow]) + 1), 0]
    assert current.sequence == 2 + len(told)
    assert life.next_at(current) is None


@given(st.sampled_from(WORKFLOWS), st.floats(0, 299), st.none() | st.floats(30, 299))
def test_the_clock_looks_again_exactly_when_something_is_due(
    workflow: Workflow, second: float, cancel: float | None
) -> None:
    """Before the time that is told nothing is due; at that time something is."""
    current = [make_started(workflow), *life.advanced(make_started(workflow), at(second))][-1]
    current = replace(current, cancel_at=None if cancel is None else at(max(cancel, second)))
    due = life.next_at(current)

    assert due is not None
    assert life.advanced(current, due - seconds(0.001)) == []
    assert life.advanced(current, due) or closing.cancel_is_due(current, due)


def test_an_answer_that_never_came_keeps_the_slot_until_nothing_can_live() -> None:
    """The call may have taken effect at its last moment; only 300 s after that the phone is free."""
    intent = make_intent()

    assert life.advanced(intent, at(CALL_SECONDS - 0.001)) == []
    [uncertain] = life.advanced(intent, at(CALL_SECONDS))
    assert (uncertain.state, uncertain.reason, uncertain.live) == ("uncertain", "start_unknown", True)
    assert life.advanced(uncertain, at(CALL_SECONDS + 299.9)) == []
    [expired] = life.advanced(uncertain, at(CALL_SECONDS + 300))
    assert (expired.state, expired.reason, expired.live) == ("expired", "start_unknown", False)


def test_a_late_answer_still_starts_it() -> None:
    """Our clock begins with the answer: never before the provider's own."""
    [uncertain] = life.advanced(make_intent(), at(40))
    answer = Started(provider_verification_id="p1", price=None)

    told = life.started(uncertain, answer, now=at(50))

    assert [version.change for version in told] == ["started", "step"]
    assert (told[0].started_at, told[0].expires_at) == (at(50), at(350))


@pytest.mark.parametrize(("second", "wait"), [(0, 30), (12.5, 17.5), (29.999, 0.001)])
def test_a_cancel_that_is_too_early_says_how_long_to_wait(second: float, wait: float) -> None:
    """Within 30 s of the start nobody is asked."""
    kind, wait_seconds = refusal_of(closing.cancelling, make_started(), now=at(second), call_seconds=CALL_SECONDS)
    assert kind == "too_early"
    assert wait_seconds == pytest.approx(wait)


def test_a_scheduled_cancel_is_due_at_30_s() -> None:
    """And only once it is scheduled."""
    [scheduled] = closing.cancel_scheduled(make_started(), now=at(5))

    assert closing.cancel_scheduled(scheduled, now=at(6)) == []
    assert not closing.cancel_is_due(scheduled, at(29.999))
    assert closing.cancel_is_due(scheduled, at(30))
    assert not closing.cancel_is_due(make_started(), at(200))
    claimed = closing.cancelling(scheduled, now=at(30), call_seconds=CALL_SECONDS)
    assert not closing.cancel_is_due(claimed, at(31))
    assert closing.cancelled(claimed, now=at(31)).live is False


def test_a_cancel_of_unknown_outcome_is_asked_again_later() -> None:
    """It does no harm twice, and the provider is left alone in between."""
    [scheduled] = closing.cancel_scheduled(make_started(), now=at(5))
    claimed = closing.cancelling(scheduled, now=at(30), call_seconds=CALL_SECONDS)

    lapsed = life.lapsed(claimed, now=at(31))

    assert (lapsed.change, lapsed.reason, lapsed.live) == ("cancel_failed", "cancel_unknown", True)
    assert not closing.cancel_is_due(lapsed, at(40.9))
    assert closing.cancel_is_due(lapsed, at(41))


def test_attempts_are_capped() -> None:
    """After the last one nothing is checked, however right."""
    current = make_started()
    for attempt in (1, 2, 3):
        current = closing.checking(current, attempts_limit=3, now=at(10), call_seconds=CALL_SECONDS)
        current = closing.check_failed(current, attempts_limit=3, now=at(10))
        assert current.attempts == attempt
    assert current.reason == "attempts_exhausted"
    kind, free_seconds = refusal_of(closing.checking, current, attempts_limit=3, now=at(10), call_seconds=CALL_SECONDS)
    assert (kind, free_seconds) == ("attempts_exhausted", 290)


@pytest.mark.parametrize(("reason", "attempts"), [("provider_away", 0), ("key_refused", 0), ("provider_refused", 1)])
def test_an_attempt_that_the_provider_never_saw_is_given_back(reason: Any, attempts: int) -> None:
    """Its own fault or ours must not lock a person out; what it saw counts."""
    claimed = closing.checking(make_started(), attempts_limit=3, now=at(10), call_seconds=CALL_SECONDS)
    assert closing.check_refused(claimed, reason=reason, detail="no", now=at(11)).attempts == attempts


def commands() -> list[Any]:
    return [
        lambda one: closing.checking(one, attempts_limit=3, now=at(60), call_seconds=CALL_SECONDS),
        lambda one: closing.cancelling(one, now=at(60), call_seconds=CALL_SECONDS),
        lambda one: closing.cancel_scheduled(one, now=at(60)),
    ]


@pytest.mark.parametrize("command", commands())
def test_it_is_used_once(command: Any) -> None:
    """What is over, for whatever reason, is neither checked nor cancelled."""
    current = make_started()
    refused = life.refused(make_intent(), reason="provider_refused", detail="no", now=NOON)
    held = life.held(make_intent(), reason="conversion_collapsed", detail="0 of 50")
    [*_, expired] = life.advanced(current, at(300))
    for over in (closing.verified(current, now=NOON), closing.cancelled(current, now=NOON), expired, refused, held):
        assert refusal_of(command, over)[0] == "over"


@pytest.mark.parametrize("command", commands())
def test_one_call_at_a_time(command: Any) -> None:
    """While the provider is being asked, and while nobody knows whether it started, nothing else is asked."""
    checking = closing.checking(make_started(), attempts_limit=3, now=at(50), call_seconds=CALL_SECONDS)
    assert refusal_of(command, checking) == ("busy", 25)
    assert refusal_of(command, make_intent())[0] == "not_started"
    [uncertain] = life.advanced(make_intent(), at(CALL_SECONDS))
    assert refusal_of(command, uncertain) == ("not_started", 275)


def test_the_clock_stands_while_a_call_is_out() -> None:
    """A code that was right at 299 s is not expired by a clock that is faster than the answer."""
    current = [make_started(), *life.advanced(make_started(), at(299))][-1]
    checking = closing.checking(current, attempts_limit=3, now=at(299), call_seconds=CALL_SECONDS)

    assert life.advanced(checking, at(320)) == []
    assert closing.verified(checking, now=at(320)).state == "verified"
    assert [one.change for one in life.advanced(checking, at(334))] == ["check_failed", "expired"]


@pytest.mark.parametrize(("code", "seen"), [("4711", True), ("471122", False), ("47a1", False), (None, False)])
def test_a_code_is_seen_where_it_has_the_right_length(code: str | None, seen: bool) -> None:
    """A code of another length, or none, came, but is not the one."""
    after = life.arrived(make_started(), message_id="sms-1", received_at=at(7), code=code, now=at(8))
    assert after is not None
    assert (after.code_seen, after.arrival_seconds, after.message_id) == (seen, 7, "sms-1")


def test_the_first_message_with_a_code_counts() -> None:
    """A greeting before it is replaced; what follows, copies included, says nothing new."""
    greeted = life.arrived(make_started(), message_id="sms-1", received_at=at(5), code=None, now=at(6))
    assert greeted is not None
    coded = life.arrived(greeted, message_id="sms-2", received_at=at(9), code="4711", now=at(10))
    assert coded is not None
    assert (coded.message_id, coded.arrival_seconds) == ("sms-2", 9)
    assert life.arrived(greeted, message_id="sms-3", received_at=at(7), code=None, now=at(8)) is None
    assert life.arrived(coded, message_id="sms-2", received_at=at(9), code="4711", now=at(11)) is None
    assert life.arrived(coded, message_id="sms-4", received_at=at(20), code="0815", now=at(21)) is None


def test_the_sms_that_names_the_brand_is_its_own() -> None:
    """It takes the place of a stranger's that came first, and no stranger's takes its place."""
    stranger = life.arrived(make_started(), message_id="sms-1", received_at=at(2), code="0815", now=at(3))
    assert stranger is not None
    own = life.arrived(stranger, message_id="sms-2", received_at=at(9), code="4711", now=at(10), brand_named=True)
    assert own is not None
    assert (own.message_id, own.code_seen, own.arrival_seconds, own.sequence) == (
        "sms-2",
        True,
        9,
        stranger.sequence + 1,
    )
    assert life.arrived(own, message_id="sms-3", received_at=at(11), code="0816", now=at(12)) is None
    assert life.arrived(own, message_id="sms-4", received_at=at(11), code="0817", now=at(12), brand_named=True) is None


def test_every_workflow_with_an_sms_begins_with_it() -> None:
    """So once the provider was asked its SMS may come."""
    assert {workflow for workflow, words in DOCUMENTED.items() if "sms" in words} == SMS_WORKFLOWS
    assert all(DOCUMENTED[workflow].startswith("sms") for workflow in SMS_WORKFLOWS)


def test_where_no_sms_is_sent_none_is_its_own() -> None:
    """By calls alone, refused or held: whatever comes is a stranger's."""
    silent = [make_started(workflow) for workflow in WORKFLOWS if workflow not in SMS_WORKFLOWS]
    silent.append(life.refused(make_intent(), reason="provider_refused", detail="no", now=NOON))
    silent.append(life.held(make_intent(), reason="conversion_collapsed", detail="0 of 50"))
    for one in silent:
        assert (
            life.arrived(one, message_id="sms-1", received_at=at(5), code="4711", now=at(6), brand_named=True) is None
        )


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        (("ACME", "4711"), True),
        (("+1", "Your acme PIN is 4711"), True),
        (("+1", "[Acme]4711"), True),
        (("+1", "Acmeのコード 4711"), True),
        (("+1", None, "AcmeBank: 4711"), False),
        (("+1", "Globex: 4711"), False),
        ((None, ""), False),
    ],
)
def test_a_brand_is_named_as_a_word(words: tuple[str | None, ...], is_named: bool) -> None:
    """In any capitals and beside any script, but not inside of another name."""
    assert names_brand("Acme", *words) is is_named


def test_an_sms_that_the_providers_clock_has_before_its_start_took_no_time() -> None:
    """Two clocks never make a negative time."""
    after = life.arrived(make_started(), message_id="sms-1", received_at=at(-2), code="4711", now=at(1))
    assert after is not None
    assert after.arrival_seconds == 0


def test_no_version_holds_a_code() -> None:
    """What is stored and told never holds it, from the start to the end."""
    coded = life.arrived(make_started(), message_id="sms-1", received_at=at(5), code="4711", now=at(6))
    assert coded is not None
    assert "4711" not in repr(coded) + event_of(coded).encode().decode()
