"""The hop as a whole: pure, nothing lost, nothing doubled, and the same state whether it lived through it or was restored."""

import copy
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors import correlate
from processors.extract import Extraction, extract
from processors.extract.recall import Recall
from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Change, Output, Poison, Result
from schemas.dead_letters import DeadLetter
from schemas.events import Code, Message
from schemas.topics import CHANGELOG, CODES, MESSAGES, OVER_KEPT_SECONDS, SMS, TOPICS
from tests.builders import (
    LINE,
    NOON,
    OTP,
    PHONE,
    TEXT,
    FakeRecord,
    make_message,
    make_rental,
    make_sms,
    record_of,
    seconds,
)
from tests.unit.processors.verifications import make_verification, told

SETTINGS = PipelineSettings(
    window_seconds=3600,
    tolerance_seconds=2,
    waiting_seconds=900,
    verification_waiting_seconds=60,
    code_life_seconds=600,
)
MODELS = {topic.name: topic.model for topic in TOPICS}
SILENT = "Hello, how are you?"
EXPIRING = f"Your code is {OTP}. It is valid for 2 minutes."


@pytest.fixture
def stage() -> Pipeline:
    """Make the hop with a short memory."""
    return Pipeline(SETTINGS)


def commit(stage: Pipeline, state: State, batch: Sequence[FakeRecord], now: datetime = NOON) -> Result:
    """Process a batch and remember it, as the engine does once the transaction is through."""
    result = stage.process(state, batch, now)
    if batch[0].topic() in stage.tables:
        stage.apply_table(state, batch)
    stage.apply(state, result.changes, now)
    return result


def sms_records(*overrides: dict[str, Any]) -> list[FakeRecord]:
    return [
        record_of(make_sms(sms_id=f"sms-{place}", **one), offset_number=place) for place, one in enumerate(overrides)
    ]


def messages(outputs: Iterable[Output]) -> list[Message]:
    return [Message.decode(output.value) for output in outputs if output.topic == MESSAGES.name]


def codes(outputs: Iterable[Output]) -> list[Code]:
    return [Code.decode(output.value) for output in outputs if output.topic == CODES.name]


def header(output: Output, name: str) -> str:
    [value] = [value for one, value in output.headers if one == name]
    return value.decode()


class TestOutputs:
    """What the hop writes."""

    @pytest.mark.parametrize("text", [TEXT, SILENT, EXPIRING, "@example.com #123456"])
    @pytest.mark.parametrize("phone", [None, PHONE])
    def test_every_output_is_its_event_whole(self, stage: Pipeline, text: str, phone: str | None) -> None:
        """At once and late, with code and without: every value has exactly its model's fields and is written as the model writes it."""
        state = stage.new_state()
        outputs = commit(stage, state, sms_records({"text": text, "phone": phone})).outputs
        outputs += commit(stage, state, [record_of(make_rental())]).outputs

        assert len(outputs) == (2 if text == SILENT else 4)
        for output in outputs:
            model = MODELS[output.topic]
            assert model is not None
            assert json.loads(output.value) == json.loads(model.decode(output.value).encode())
            assert set(json.loads(output.value)) == set(model.model_fields)
            assert header(output, "ce_type") == model.ce_type
            assert header(output, "ce_specversion") == "1.0"
            assert header(output, "ce_source") == "/otpstream/process"
            assert header(output, "ce_time") == "2026-03-01T12:00:00.000Z"

    def test_a_message_carries_what_came_in(self, stage: Pipeline) -> None:
        """Nothing of the SMS is changed on the way, and the extraction is the extractor's."""
        sms = make_sms(account="second", path="poll", text=EXPIRING, sender="Acme")

        [message] = messages(stage.process(stage.new_state(), [record_of(sms)], NOON).outputs)

        found = extract(sms.text, sms.sender)
        assert message == make_message(
            account="second",
            path="poll",
            text=EXPIRING,
            sender="Acme",
            processed_at=NOON,
            code=found.code,
            confidence=found.confidence,
            reason=found.reason,
            kind=found.kind,
            service=found.service,
            valid_seconds=120,
        )
        assert found.code == OTP

    def test_ids_are_stable_and_of_one_revision(self, stage: Pipeline) -> None:
        """Message and code of one revision share the SMS's id as `ce_id`; the later revision has its own."""
        state = stage.new_state()
        first = commit(stage, state, sms_records({})).outputs
        second = commit(stage, state, [record_of(make_rental())]).outputs

        assert [header(output, "ce_id") for output in first] == ["sms-0", "sms-0"]
        assert [header(output, "ce_id") for output in second] == ["sms-0-2", "sms-0-2"]
        assert [code.event_id for code in codes(first + second)] == ["sms-0", "sms-0-2"]

    @pytest.mark.parametrize(
        ("phone", "rented", "key"),
        [
            (None, False, LINE),
            (None, True, PHONE),
            ("+14155550199", False, "+14155550199"),
            ("+14155550199", True, "+14155550199"),
        ],
    )
    def test_codes_are_keyed_by_phone_else_line(
        self, stage: Pipeline, phone: str | None, rented: bool, key: str
    ) -> None:
        """Whoever waits for a phone finds its codes in order under one key, wherever the phone became known."""
        state = stage.new_state()
        if rented:
            commit(stage, state, [record_of(make_rental())])

        outputs = commit(stage, state, sms_records({"phone": phone})).outputs

        [code] = [output for output in outputs if output.topic == CODES.name]
        assert (code.key, code.partition) == (key.encode(), -1)

    def test_a_late_phone_moves_the_key(self, stage: Pipeline) -> None:
        """The second revision of a code is found under the phone that its rental told."""
        state = stage.new_state()
        commit(stage, state, sms_records({}))
        outputs = commit(stage, state, [record_of(make_rental())]).outputs
        assert [output.key for output in outputs if output.topic == CODES.name] == [PHONE.encode()]

    @pytest.mark.parametrize("key", [None, b"something else"])
    def test_messages_stay_in_their_partition_under_their_line(self, stage: Pipeline, key: bytes | None) -> None:
        """Order holds per line: a message goes to the partition that its SMS came from, whoever wrote the SMS."""
        state = stage.new_state()
        sms = record_of(make_sms(), partition_number=7, key_bytes=key)
        outputs = commit(stage, state, [sms]).outputs
        outputs += commit(stage, state, [record_of(make_rental(), partition_number=7)]).outputs

        places = [(output.key, output.partition) for output in outputs if output.topic == MESSAGES.name]
        assert places == [(LINE.encode(), 7)] * 2

    @pytest.mark.parametrize(("text", "life"), [(TEXT, 600), (EXPIRING, 120)])
    def test_a_code_expires_as_its_text_says(self, stage: Pipeline, text: str, life: int) -> None:
        """Counted from the receipt by the provider, not from ours; the default where the text is silent; the same in both revisions."""
        state = stage.new_state()
        outputs = commit(stage, state, sms_records({"text": text, "ingested_at": NOON + seconds(30)})).outputs
        outputs += commit(stage, state, [record_of(make_rental())], NOON + seconds(60)).outputs

        assert [code.expires_at for code in codes(outputs)] == [NOON + seconds(life)] * 2

    def test_the_oldest_receipt_of_a_batch_is_told(self, stage: Pipeline) -> None:
        """Latency is measured from the message that waited longest; a batch of nothing new has none."""
        state = stage.new_state()
        batch = sms_records(
            {"text": "a", "ingested_at": NOON + seconds(5)}, {"text": "b", "ingested_at": NOON + seconds(3)}
        )

        assert commit(stage, state, batch).oldest == NOON + seconds(3)
        assert commit(stage, state, batch).oldest is None

    def test_everything_is_tallied(self, stage: Pipeline) -> None:
        """Each record counts once under what became of it."""
        state = stage.new_state()
        batch = sms_records({}, {"path": "poll"}, {"text": SILENT, "path": "poll"})
        assert commit(stage, state, batch).tally == Counter(
            {
                ("messages", "text2fa", "webhook"): 1,
                ("messages", "text2fa", "poll"): 1,
                ("duplicates", "text2fa", "poll"): 1,
                ("extracted", "text2fa", "code"): 1,
                ("extracted", "text2fa", "silent"): 1,
                ("correlated", "text2fa", "rental", "unknown"): 2,
            }
        )
        assert commit(stage, state, [record_of(make_rental())]).tally == Counter(
            {("rentals", "text2fa", "active"): 1, ("correlated", "text2fa", "rental", "late"): 2}
        )


class TestLateRental:
    """A rental that becomes known after its SMS."""

    def test_each_waiting_message_goes_out_once_more(self, stage: Pipeline) -> None:
        """Exactly one second revision each, tied; telling the rental again adds nothing."""
        state = stage.new_state()
        commit(stage, state, sms_records({}, {"text": SILENT}, {"line": "text2fa:2"}))

        late = commit(stage, state, [record_of(make_rental())])
        again = commit(stage, state, [record_of(make_rental())])

        assert [(one.message_id, one.revision, one.rental_id) for one in messages(late.outputs)] == [
            ("sms-0", 2, "rental-1"),
            ("sms-1", 2, "rental-1"),
        ]
        assert [(one.message_id, one.revision, one.rental_id) for one in codes(late.outputs)] == [
            ("sms-0", 2, "rental-1")
        ]
        assert again.outputs == []
        assert list(state.lines.waiting) == ["text2fa:2"]

    def test_told_twice_in_one_batch_is_told_once(self, stage: Pipeline) -> None:
        """`requested` and `active` of one rental, or two rentals that both would take it, in one batch: one second revision."""
        state = stage.new_state()
        commit(stage, state, sms_records({}))
        batch = [
            record_of(make_rental(state="requested")),
            record_of(make_rental()),
            record_of(make_rental(rental_id="r-2")),
        ]

        result = commit(stage, state, batch)

        assert [(one.revision, one.rental_id) for one in messages(result.outputs)] == [(2, "rental-1")]
        assert len(codes(result.outputs)) == 1
        assert result.tally["correlated", "text2fa", "rental", "late"] == 1
        assert state.lines.waiting == {}

    def test_a_rental_that_is_known_ties_at_once(self, stage: Pipeline) -> None:
        """No second revision is needed, and nothing waits."""
        state = stage.new_state()
        commit(stage, state, [record_of(make_rental())])

        result = commit(stage, state, sms_records({}))

        assert [(one.revision, one.rental_id, one.phone) for one in messages(result.outputs)] == [
            (1, "rental-1", PHONE)
        ]
        assert state.lines.waiting == {}

    def test_a_message_waits_no_longer_than_told(self, stage: Pipeline) -> None:
        """Past `waiting_seconds` a rental finds nothing to tie."""
        state = stage.new_state()
        commit(stage, state, sms_records({}))
        commit(stage, state, sms_records({"text": SILENT}), NOON + seconds(SETTINGS.waiting_seconds + 1))

        late = commit(stage, state, [record_of(make_rental())], NOON + seconds(SETTINGS.waiting_seconds + 2))

        assert [one.text for one in messages(late.outputs)] == [SILENT]

    @pytest.mark.parametrize(
        ("waited", "revisions"), [(0, [2]), (SETTINGS.waiting_seconds, [2]), (SETTINGS.waiting_seconds + 1, [])]
    )
    def test_the_wait_ends_on_time_in_a_quiet_hour(self, stage: Pipeline, waited: int, revisions: list[int]) -> None:
        """By our clock, also where nothing came in since that would have let it go."""
        state = stage.new_state()
        commit(stage, state, sms_records({}))
        late = commit(stage, state, [record_of(make_rental())], NOON + seconds(waited))
        assert [one.revision for one in messages(late.outputs)] == revisions

    def test_a_bug_on_one_waiting_message_leaves_nothing_half_written(
        self, stage: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The rental is buried whole; none of its messages went out, all still wait."""
        state = stage.new_state()
        commit(stage, state, sms_records({}, {"text": SILENT}))
        sound = correlate.tied

        def fails_on_silent(waiting: Any, *arguments: Any, **named: Any) -> Message:
            if SILENT.encode() in waiting.value:
                raise RuntimeError(OTP)
            return sound(waiting, *arguments, **named)

        monkeypatch.setattr(correlate, "tied", fails_on_silent)
        result = stage.process(state, [record_of(make_rental())], NOON)

        assert ([poison.reason for poison in result.poison], result.outputs, result.changes) == (["bug"], [], [])

    def test_a_tombstone_is_no_poison(self, stage: Pipeline) -> None:
        """A deleted rental makes no output, and its line is unknown from then on."""
        state = stage.new_state()
        commit(stage, state, [record_of(make_rental())])
        result = commit(stage, state, [record_of(make_rental(), value_bytes=None)])

        assert (result.outputs, result.poison) == ([], [])
        assert state == stage.new_state()

    @pytest.mark.parametrize("is_restored", [False, True], ids=["lived", "restored"])
    def test_what_is_long_over_is_forgotten(self, stage: Pipeline, is_restored: bool) -> None:
        """One-time numbers and verified phones come and go: the last SMS that may come ties, and after that nothing is left of them."""
        begun = [
            record_of(make_rental(line=f"text2fa-s1:{number}", rental_id=f"r{number}", started_at=NOON))
            for number in range(20)
        ]
        over = [
            record_of(
                make_rental(
                    line=f"text2fa-s1:{number}",
                    rental_id=f"r{number}",
                    started_at=NOON,
                    state="expired",
                    updated_at=NOON + seconds(600),
                )
            )
            for number in range(20)
        ] + [told(make_verification(line=f"text2fa-s1:{number}")) for number in range(20)]
        state = stage.new_state()
        for record in begun + over:
            commit(stage, state, [record])
        if is_restored:
            state = stage.new_state()
            for record in over:
                stage.apply_table(state, [record])

        last = NOON + seconds(600 + OVER_KEPT_SECONDS)
        stage.apply(state, [], last)
        assert len(state.lines.known["rental"]) == 20
        late = make_sms(line="text2fa-s1:7", received_at=NOON + seconds(300))
        [output, *_] = stage.process(state, [record_of(late)], last).outputs
        assert Message.decode(output.value).rental_id == "r7"

        stage.apply(state, [], last + seconds(1))
        assert state.lines == stage.new_state().lines
        assert [known.ends for known in state.lines.known.values()] == [[], []]


BAD_VALUES = [
    None,
    b"",
    b"\xff\xfe" + OTP.encode(),
    f'{{"code": "{OTP}"}}'.encode(),
    make_sms().encode().replace(b'"webhook"', f'"{OTP}"'.encode()),
    f'"{OTP}"'.encode() * 200_000,
]


class TestPoison:
    """One message that cannot be processed."""

    @pytest.mark.parametrize("value", BAD_VALUES, ids=range(len(BAD_VALUES)))
    def test_bad_bytes_are_buried_and_the_others_go_on(self, stage: Pipeline, value: bytes | None) -> None:
        """The record becomes one dead letter, whole, with its place and no value in the detail; its neighbours are as without it."""
        good = sms_records({}, {"text": SILENT})
        bad = FakeRecord(SMS.name, value, partition_number=3, offset_number=42)

        result = stage.process(stage.new_state(), [good[0], bad, good[1]], NOON)

        assert result.outputs == stage.process(stage.new_state(), good, NOON).outputs
        [poison] = result.poison
        output = stage.bury(poison, NOON)
        letter = DeadLetter.decode(output.value)
        assert (output.topic, output.key) == ("otp.sms.v1.dead", bad.key())
        assert header(output, "ce_type") == DeadLetter.ce_type
        assert header(output, "ce_id") == letter.dead_letter_id
        assert (letter.reason, letter.stage, letter.source) == ("unreadable", "process", "otp.sms.v1/3/42")
        assert letter.key == bad.key()
        assert OTP not in letter.detail
        assert len(output.value) < 1_000_000
        if value is None or len(value) < 500_000:
            assert letter.value == value

    def test_a_bug_is_buried_and_the_others_go_on(self, stage: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
        """Our own code fails on one message: that one is buried, by the class of the exception and its place alone."""

        def fails_on_silent(self: Recall, text: str, sender: str) -> Extraction:
            if text == SILENT:
                raise RuntimeError(f"{OTP} {text}")
            return extract(text, sender)

        monkeypatch.setattr(Recall, "extract", fails_on_silent)
        state = stage.new_state()
        batch = sms_records({}, {"text": SILENT}, {"text": EXPIRING})

        result = commit(stage, state, batch)

        assert [one.text for one in messages(result.outputs)] == [TEXT, EXPIRING]
        [poison] = result.poison
        letter = DeadLetter.decode(stage.bury(poison, NOON).value)
        assert (letter.reason, letter.value, letter.key) == ("bug", batch[1].value(), batch[1].key())
        assert letter.detail.startswith("RuntimeError at tests.unit.processors.test_pipeline")
        assert OTP not in letter.detail
        assert SILENT not in letter.detail

    def test_what_was_buried_is_not_remembered(self, stage: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
        """Once the bug is mended the same message, driven again or polled again, is new."""

        def fails(self: Recall, text: str, sender: str) -> Extraction:
            raise RuntimeError

        state = stage.new_state()
        with monkeypatch.context() as patch:
            patch.setattr(Recall, "extract", fails)
            result = commit(stage, state, sms_records({}))
            assert (len(result.poison), result.outputs, result.changes) == (1, [], [])

        assert [one.text for one in messages(commit(stage, state, sms_records({})).outputs)] == [TEXT]

    def test_a_bug_on_the_first_copy_lets_the_second_through(
        self, stage: Pipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Within one batch too: a copy of what was buried is not a duplicate of anything."""
        left = [RuntimeError()]

        def fails_once(self: Recall, text: str, sender: str) -> Extraction:
            if left:
                raise left.pop()
            return extract(text, sender)

        monkeypatch.setattr(Recall, "extract", fails_once)
        result = stage.process(stage.new_state(), sms_records({}, {"path": "poll"}), NOON)

        assert len(result.poison) == 1
        assert [one.path for one in messages(result.outputs)] == ["poll"]

    @pytest.mark.parametrize("value", [b"", b"null", b'{"line": "text2fa:1"}'])
    def test_a_rental_that_cannot_be_read_is_buried(self, stage: Pipeline, value: bytes) -> None:
        """It goes to the dead letters of its own topic, and leaves what is known of its line, also after a restart."""
        state, restored = stage.new_state(), stage.new_state()
        commit(stage, state, [record_of(make_rental())])
        bad = [record_of(make_rental(), value_bytes=value)]

        result = commit(stage, state, bad)
        stage.apply_table(restored, bad)
        stage.apply(restored, result.changes, NOON)

        assert [stage.bury(poison, NOON).topic for poison in result.poison] == ["otp.rentals.v1.dead"]
        assert state == restored
        assert [one.rental_id for one in messages(commit(stage, state, sms_records({})).outputs)] == ["rental-1"]

    def test_a_time_beyond_the_calendar_is_one_poison(self, stage: Pipeline) -> None:
        """A provider's clock at the end of time must not stop the hop."""
        end = "9999-12-31T23:59:59Z"
        odd = make_sms(received_at=end, ingested_at=end)

        result = stage.process(stage.new_state(), [record_of(odd), *sms_records({})], NOON)

        assert len(messages(result.outputs)) + len(result.poison) == 2
        assert TEXT in [one.text for one in messages(result.outputs) if one.message_id == "sms-0"]

    def test_the_detail_is_cut(self, stage: Pipeline) -> None:
        """A long complaint still makes a letter that its readers can read."""
        poison = Poison(record_of(make_sms()), "unreadable", "x" * 5000)
        assert len(DeadLetter.decode(stage.bury(poison, NOON).value).detail) == 2000


LINES = ["text2fa:1", "text2fa:2"]
TEXTS = [TEXT, SILENT, EXPIRING]


@dataclass(frozen=True)
class Step:
    """One batch, and how long after the one before it."""

    records: list[FakeRecord]
    pause_seconds: int


@st.composite
def sms_batches(draw: st.DrawFn) -> list[FakeRecord]:
    """Draw SMS of few lines, texts and seconds, so that copies are common, and now and then bytes that are none."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from(LINES),
                st.sampled_from(TEXTS),
                st.integers(-6, 6),
                st.sampled_from(["webhook", "poll"]),
                st.integers(0, 9),
            ),
            min_size=1,
            max_size=8,
        )
    )
    records = []
    for line, text, at, path, luck in drawn:
        sms_id = draw(st.uuids(version=4)).hex
        sms = make_sms(sms_id=sms_id, line=line, text=text, received_at=NOON + seconds(at), path=path)
        records.append(record_of(sms, value_bytes=b"{" if luck == 0 else sms.encode()))
    return records


rental_batches = st.lists(
    st.builds(
        lambda line, rental_id, start, state, gone: record_of(
            make_rental(
                rental_id=rental_id,
                line=line,
                state=state,
                started_at=None if start is None else NOON + seconds(start),
                updated_at=NOON + seconds(5),
            ),
            **({"value_bytes": None} if gone else {}),
        ),
        st.sampled_from(LINES),
        st.sampled_from(["a", "b"]),
        st.none() | st.integers(-10, 10),
        st.sampled_from(["requested", "active", "released"]),
        st.integers(0, 9).map(lambda luck: luck == 0),
    ),
    min_size=1,
    max_size=3,
)
verification_batches = st.lists(
    st.builds(
        lambda line, number, at, state, ended, gone: told(
            make_verification(
                verification_id=f"v-{number}",
                line=line,
                state=state,
                requested_at=NOON + seconds(at),
                expires_at=NOON + seconds(at + 300),
                ended_at=None if ended is None else NOON + seconds(at + ended),
            ),
            **({"value_bytes": gone} if gone != b"kept" else {}),
        ),
        st.none() | st.sampled_from(LINES),
        st.integers(1, 6),
        st.integers(-320, 10),
        st.sampled_from(["requested", "uncertain", "verified", "refused", "held"]),
        st.none() | st.integers(0, 40),
        st.sampled_from([None, b"{", *[b"kept"] * 8]),
    ),
    min_size=1,
    max_size=4,
)
steps = st.lists(
    st.builds(Step, sms_batches() | rental_batches | verification_batches, st.integers(0, 30) | st.integers(0, 400)),
    max_size=8,
)


@dataclass
class Run:
    """A partition's life: what was written, to each topic in order."""

    stage: Pipeline = field(default_factory=lambda: Pipeline(SETTINGS))
    state: State = field(default_factory=State)
    now: datetime = NOON
    outputs: list[Output] = field(default_factory=list)
    changelog: list[Change] = field(default_factory=list)
    table: list[FakeRecord] = field(default_factory=list)
    poisoned: int = 0

    def live(self, run: Iterable[Step]) -> "Run":
        """Live through batches."""
        for step in run:
            self.now += seconds(step.pause_seconds)
            result = commit(self.stage, self.state, step.records, self.now)
            self.outputs += result.outputs
            self.changelog += result.changes
            self.poisoned += len(result.poison)
            if step.records[0].topic() in self.stage.tables:
                self.table += step.records
        return self

    def compacted(self) -> list[FakeRecord]:
        """Return what Kafka keeps of the tables: the newest record of each key."""
        return list({(record.topic(), record.key()): record for record in self.table}.values())


@given(steps)
def test_processing_is_pure(run: list[Step]) -> None:
    """An aborted batch is simply computed again: the state is left as it is, and the same input gives the same outputs."""
    stage, state = Pipeline(SETTINGS), State()
    for step in run:
        before = copy.deepcopy(state)
        first, second = (stage.process(state, step.records, NOON) for _ in range(2))
        assert state == before
        assert first == second
        commit(stage, state, step.records)


@given(steps, st.integers(1, 4), st.booleans(), st.booleans())
def test_a_restored_state_is_the_state_that_lived(
    run: list[Step], reads: int, compacted: bool, tables_first: bool
) -> None:
    """Reading back the changelog and the tables, in whatever batches and order, gives the state that lived through it all."""
    lived = Run().live(run)
    stage, restored = Pipeline(SETTINGS), State()
    table = lived.compacted() if compacted else lived.table

    for reads_tables in (tables_first, not tables_first):
        if reads_tables:
            for start in range(0, len(table), reads):
                stage.apply_table(restored, table[start : start + reads])
        else:
            for start in range(0, len(lived.changelog), reads):
                stage.apply(restored, lived.changelog[start : start + reads], lived.now)
    stage.apply(lived.state, [], lived.now)
    stage.apply(restored, [], lived.now)

    assert restored == lived.state


@given(steps, st.data())
def test_batches_may_be_cut_anywhere(run: list[Step], data: st.DataObject) -> None:
    """How records are cut into batches changes no output: nothing is lost and nothing is doubled at a seam."""
    cut: list[Step] = []
    for step in run:
        at = data.draw(st.integers(0, len(step.records)))
        parts = [part for part in (step.records[:at], step.records[at:]) if part]
        cut += [Step(part, step.pause_seconds if place == 0 else 0) for place, part in enumerate(parts)]

    whole, parted = Run().live(run), Run().live(cut)

    assert parted.outputs == whole.outputs
    assert parted.poisoned == whole.poisoned
    assert parted.state == whole.state


@given(steps)
def test_each_sms_is_accounted_for_once(run: list[Step]) -> None:
    """Every record is a message, a copy of one, or poison; each message has its revisions once, at most three, and a code or none."""
    lived = Run().live(run)
    records = [record for step in run for record in step.records if record.topic() == SMS.name]
    unread = [record for step in run for record in step.records if record.value() == b"{"]

    first = [one for one in messages(lived.outputs) if one.revision == 1]
    later = [one for one in messages(lived.outputs) if one.revision > 1]
    read = [record for record in records if record.value() != b"{"]
    assert lived.poisoned == len(unread)
    assert len({one.message_id for one in first}) == len(first) <= len(read)
    # Every readable record is within the tolerance of a message that came before it, or is one.
    assert all(any(_is_copy(record, one) for one in first) for record in read)
    for one in first:
        twins = [other for other in first if _same_content(one, other) and other is not one]
        assert all(abs(one.received_at - other.received_at) > seconds(SETTINGS.tolerance_seconds) for other in twins)
    revisions: dict[str, list[int]] = {one.message_id: [] for one in first}
    for one in messages(lived.outputs):
        revisions[one.message_id].append(one.revision)
        assert (one.rental_id is not None) + (one.verification_id is not None) >= one.revision - 1
    assert all(of_one in ([1], [1, 2], [1, 2, 3]) for of_one in revisions.values())
    expected = Counter((one.message_id, one.revision) for one in first + later if one.code is not None)
    assert Counter((one.message_id, one.revision) for one in codes(lived.outputs)) == expected


def _same_content(one: Message, other: Message) -> bool:
    return (one.line, one.sender, one.text) == (other.line, other.sender, other.text)


def _is_copy(record: FakeRecord, one: Message) -> bool:
    sms = json.loads(record.value() or b"")
    near = abs(datetime.fromisoformat(sms["received_at"]) - one.received_at) <= seconds(SETTINGS.tolerance_seconds)
    return near and (sms["line"], sms["text"]) == (one.line, one.text)


def test_the_changelog_is_read_by_kind(stage: Pipeline) -> None:
    """Changes go to the changelog's own kinds; a kind of a later release is passed over."""
    result = stage.process(stage.new_state(), sms_records({}), NOON)
    assert {change.key for change in result.changes} == {b"seen", b"waiting"}
    assert stage.changelog == CHANGELOG.name

    state = stage.new_state()
    stage.apply(state, [Change(b"new kind", b"x")], NOON)
    assert state == stage.new_state()
