"""A code belongs to the verification that was live for its phone when the SMS was received: early, late, or beside a rental."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Result
from schemas.events import Code, Message
from schemas.topics import CODES, MESSAGES
from tests.builders import LINE, NOON, PHONE, TEXT, FakeRecord, make_rental, make_sms, record_of, seconds
from tests.unit.processors.verifications import make_verification, told

SETTINGS = PipelineSettings(waiting_seconds=900, verification_waiting_seconds=60)
SILENT = "Hello, how are you?"
ELSEWHERE = told(make_verification(verification_id="v-0", line="text2fa:9", phone="+14155550109"))
"""A verification of another line: from then on the partition's messages wait for theirs."""


@pytest.fixture
def stage() -> Pipeline:
    """Make the hop."""
    return Pipeline(SETTINGS)


@pytest.fixture
def state(stage: Pipeline) -> State:
    """Make the state of a partition that knows of verifications, none of them of the line."""
    state = stage.new_state()
    commit(stage, state, ELSEWHERE)
    return state


def commit(stage: Pipeline, state: State, *batch: FakeRecord, after: float = 0) -> Result:
    """Process a batch, so many seconds after noon, and remember it."""
    now = NOON + seconds(after)
    result = stage.process(state, batch, now)
    assert result.poison == []
    if batch[0].topic() in stage.tables:
        stage.apply_table(state, batch)
    stage.apply(state, result.changes, now)
    return result


def sms(**overrides: Any) -> FakeRecord:
    return record_of(make_sms(**overrides))


def told_of(result: Result) -> list[tuple[str, int, str | None, str | None]]:
    """Return what came out, and see that codes say what their messages say."""
    messages = [Message.decode(output.value) for output in result.outputs if output.topic == MESSAGES.name]
    codes = [Code.decode(output.value) for output in result.outputs if output.topic == CODES.name]
    said = [
        (one.message_id, one.revision, one.rental_id, one.verification_id, one.phone)
        for one in messages
        if one.code is not None
    ]
    assert said == [(one.message_id, one.revision, one.rental_id, one.verification_id, one.phone) for one in codes]
    return [(one.message_id, one.revision, one.rental_id, one.verification_id) for one in messages]


def test_a_verification_that_is_known_ties_at_once(stage: Pipeline, state: State) -> None:
    """Its message says so, with or without a code, and has the phone; neither waits for it."""
    commit(stage, state, told(make_verification()))
    commit(stage, state, record_of(make_rental(phone=None)))

    result = commit(stage, state, sms(), sms(sms_id="sms-2", text=SILENT))

    assert told_of(result) == [("sms-1", 1, "rental-1", "v-1"), ("sms-2", 1, "rental-1", "v-1")]
    assert Message.decode(result.outputs[0].value).phone == PHONE
    assert state.lines.waiting == {}
    assert result.tally["correlated", "text2fa", "verification", "at_once"] == 2


@pytest.mark.parametrize("rented", [True, False])
def test_a_late_verification_gives_the_next_revision(stage: Pipeline, state: State, rented: bool) -> None:
    """Of messages with a code, whether the rental is known or not; told again, as it is at each step, it gives nothing more."""
    if rented:
        commit(stage, state, record_of(make_rental()))
    first = commit(stage, state, sms(), sms(sms_id="sms-2", text=SILENT))
    late = commit(stage, state, told(make_verification(state="requested")), told(make_verification()), after=1)
    again = commit(stage, state, told(make_verification(state="verified", ended_at=NOON + seconds(2))), after=2)

    rental = "rental-1" if rented else None
    assert told_of(first) == [("sms-1", 1, rental, None), ("sms-2", 1, rental, None)]
    assert told_of(late) == [("sms-1", 2, rental, "v-1")]
    assert told_of(again) == []
    assert first.tally["correlated", "text2fa", "verification", "unknown"] == 1
    assert late.tally["correlated", "text2fa", "verification", "late"] == 1


@pytest.mark.parametrize(
    ("order", "revisions"),
    [
        (["rental", "verification"], [(2, "rental-1", None), (3, "rental-1", "v-1")]),
        (["verification", "rental"], [(2, None, "v-1"), (3, "rental-1", "v-1")]),
    ],
)
def test_both_may_be_late(
    stage: Pipeline, state: State, order: list[str], revisions: list[tuple[int, str | None, str | None]]
) -> None:
    """One after the other, in either order: each gives one revision, and then nothing waits any more."""
    records = {"rental": record_of(make_rental()), "verification": told(make_verification())}
    commit(stage, state, sms())

    results = [commit(stage, state, records[name], after=at) for at, name in enumerate(order)]

    assert [one for result in results for one in told_of(result)] == [("sms-1", *revision) for revision in revisions]
    assert state.lines.waiting == {}


@pytest.mark.parametrize(
    ("order", "seen"),
    [
        ([("verification", 60)], [2]),
        ([("verification", 60.5)], []),
        ([("rental", 60), ("verification", 120)], [2, 3]),
        ([("rental", 60.5), ("verification", 61)], [2]),
        ([("rental", 60), ("verification", 120.5)], [2]),
        ([("verification", 60), ("rental", 960)], [2, 3]),
        ([("verification", 60), ("rental", 960.5)], [2]),
    ],
)
def test_each_wait_has_its_own_end(
    stage: Pipeline, state: State, order: list[tuple[str, float]], seen: list[int]
) -> None:
    """60 s for a verification, 900 s for a rental, from the latest revision; what was over by then is not begun again."""
    records = {
        "rental": record_of(make_rental()),
        "verification": told(make_verification(expires_at=NOON + seconds(2000))),
    }
    commit(stage, state, sms())
    results = [commit(stage, state, records[name], after=at) for name, at in order]
    assert [revision for result in results for _, revision, _, _ in told_of(result)] == seen


def test_who_verifies_nobody_pays_nothing(stage: Pipeline) -> None:
    """Before a partition knows of any verification of a line of ours its messages wait for none."""
    state = stage.new_state()
    commit(stage, state, told(make_verification(line=None)), told(make_verification(state="held", line="text2fa:9")))
    commit(stage, state, record_of(make_rental()))
    result = commit(stage, state, sms())

    assert [change.key for change in result.changes] == [b"seen"]
    assert {key[2] for key in result.tally if key[0] == "correlated"} == {"rental"}
    assert state.lines.waiting == {}


def test_who_waits_for_a_rental_anyway_meets_the_first_verification_too(stage: Pipeline) -> None:
    """The first verification of a partition finds what is held there; a tie to the rental ends the wait where nobody verifies."""
    state = stage.new_state()
    commit(stage, state, sms(), sms(sms_id="sms-2", line="text2fa:2"))
    commit(stage, state, record_of(make_rental(line="text2fa:2")))
    result = commit(stage, state, told(make_verification()), told(make_verification(line="text2fa:2")), after=1)

    assert told_of(result) == [("sms-1", 2, None, "v-1")]


def test_a_verification_of_no_line_of_ours_is_not_for_the_join(stage: Pipeline, state: State) -> None:
    """It meets no SMS, and its tombstone, keyed by the phone, means no line."""
    commit(stage, state, sms(phone=PHONE))
    before = state.lines.waiting[LINE]["sms-1"]
    foreign = make_verification(line=None)

    result = commit(stage, state, told(foreign), told(foreign, value_bytes=None))

    assert (result.outputs, result.changes, result.tally) == ([], [], {})
    assert state.lines.waiting[LINE] == {"sms-1": before}


@pytest.mark.parametrize("sms_first", [True, False])
def test_a_code_goes_to_the_verification_that_was_live(stage: Pipeline, state: State, sms_first: bool) -> None:
    """Cancelled at 30 s, begun anew at 31 s: what the provider received at 29 s is the first one's, whenever it reaches us."""
    begun = told(make_verification(verification_id="v-1"))
    then = [
        told(make_verification(verification_id="v-1", state="cancelled", ended_at=NOON + seconds(30))),
        told(make_verification(verification_id="v-2", requested_at=NOON + seconds(31), expires_at=NOON + seconds(331))),
    ]
    early = sms(received_at=NOON + seconds(29))
    if sms_first:
        results = [commit(stage, state, early), commit(stage, state, begun, *then)]
    else:
        results = [commit(stage, state, begun, *then), commit(stage, state, early)]

    last = [one for result in results for one in told_of(result)][-1]
    assert last[3] == "v-1"


@pytest.mark.parametrize("kind", ["rental", "verification"])
def test_an_older_tenure_of_a_line_survives_a_restart(stage: Pipeline, kind: str) -> None:
    """Compaction leaves the newest record of a line alone; a late SMS of the one before still finds it."""
    lived, restored = stage.new_state(), stage.new_state()
    tenures = [
        (
            record_of(
                make_rental(rental_id=f"held-{number}", started_at=NOON + seconds(at), ends_at=NOON + seconds(at + 50))
            )
            if kind == "rental"
            else told(
                make_verification(
                    verification_id=f"held-{number}",
                    requested_at=NOON + seconds(at),
                    expires_at=NOON + seconds(at + 50),
                )
            )
        )
        for number, at in enumerate([0, 100, 200])
    ]
    changes = [change for record in tenures for change in commit(stage, lived, record).changes]

    stage.apply_table(restored, tenures[-1:])
    stage.apply(restored, changes, NOON)
    found = told_of(
        commit(
            stage,
            restored,
            *(
                sms(sms_id=str(at), text=f"{TEXT[:-1]}{at}", received_at=NOON + seconds(100 * at + 20))
                for at in range(3)
            ),
        )
    )

    assert restored.lines.known == lived.lines.known
    assert [one[2 if kind == "rental" else 3] for one in found] == ["held-0", "held-1", "held-2"]


def test_what_cannot_be_read_is_buried_under_its_own_topic(stage: Pipeline, state: State) -> None:
    """The rest of the batch is as without it."""
    batch: Sequence[FakeRecord] = [told(make_verification(), value_bytes=b"{"), told(make_verification())]
    commit(stage, state, sms())

    result = stage.process(state, batch, NOON)

    assert told_of(result) == [("sms-1", 2, None, "v-1")]
    assert [stage.bury(poison, NOON).topic for poison in result.poison] == ["otp.verifications.v1.dead"]


def test_times_across_zones_are_one_time(stage: Pipeline, state: State) -> None:
    """Providers, the control plane and this process may each write another zone."""
    zone = datetime.fromisoformat("2026-03-01T17:30:00+05:30").tzinfo
    commit(stage, state, told(make_verification(requested_at=NOON.astimezone(zone))))
    assert told_of(commit(stage, state, sms()))[0][3] == "v-1"
