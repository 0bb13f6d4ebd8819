"""Whatever the order in which SMS, rentals and verifications reach the hop, each message ends with those that it belongs to.

A partition's true history is drawn first: lines that are rented and verified again and again, and SMS received in it. Then the order in
which the hop learns of it: of each table the records of a line in their own order, all else anyhow; how they are cut into batches; and
where the process is restarted. An SMS may come before what it belongs to or after it, but not while all that is known says that it belongs
elsewhere: between the end of a verification and the record that tells of it nobody could know better.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Change, Output
from processors.tenures import CLOCK_SKEW_SECONDS, Kind
from schemas.events import Code, Message
from schemas.topics import CODES, MESSAGES, RENTALS, SMS, VERIFICATIONS
from tests.builders import NOON, FakeRecord, make_rental, make_sms, record_of, seconds
from tests.unit.processors.verifications import make_verification, told

LINES = ["text2fa:1", "text2fa:2"]
ELSEWHERE = told(make_verification(verification_id="v-0", line="text2fa:9", phone="+14155550109"))
"""What the hop knows from the start: that there are verifications in its partition."""
LIFE_SECONDS = 300


@dataclass(frozen=True)
class Held:
    """A rental or a verification as it was: seconds since noon."""

    kind: Kind
    line: str
    holder_id: str
    starts: int
    planned: int
    ends: int

    def records(self) -> list[FakeRecord]:
        """Return what its table is told: that it began, and its end where that came before its time."""
        ends = [self.planned] if self.ends == self.planned else [self.planned, self.ends]
        if self.kind == "rental":
            return [
                record_of(
                    make_rental(
                        rental_id=self.holder_id,
                        line=self.line,
                        state="active" if place == 0 else "released",
                        started_at=NOON + seconds(self.starts),
                        ends_at=NOON + seconds(end),
                        updated_at=NOON + seconds(self.starts if place == 0 else end),
                    )
                )
                for place, end in enumerate(ends)
            ]
        return [
            told(
                make_verification(
                    verification_id=self.holder_id,
                    line=self.line,
                    state="requested" if place == 0 else "cancelled",
                    requested_at=NOON + seconds(self.starts),
                    expires_at=NOON + seconds(self.planned),
                    ended_at=None if place == 0 else NOON + seconds(end),
                )
            )
            for place, end in enumerate(ends)
        ]


@dataclass(frozen=True)
class Received:
    """An SMS, what it belongs to, and how many records of each table's line must be known before it, so that it is not taken elsewhere."""

    record: FakeRecord
    message_id: str
    line: str
    has_code: bool
    belongs: dict[Kind, str | None]
    needs: dict[Kind, int] = field(hash=False)
    told_at: dict[Kind, int | None] = field(hash=False)
    """How many records of the line are told when what it belongs to is known."""


@dataclass
class History:
    """What happened in a partition."""

    held: list[Held]
    received: list[Received]

    def tables(self) -> dict[Kind, list[tuple[str, FakeRecord]]]:
        """Return the records of each table, with their lines, in order."""
        records: dict[Kind, list[tuple[str, FakeRecord]]] = {"rental": [], "verification": []}
        for one in self.held:
            records[one.kind] += [(one.line, record) for record in one.records()]
        return records


@st.composite
def holdings(draw: st.DrawFn, kind: Kind, line: str) -> list[Held]:
    """Draw one after the other; the next may begin a second after the last one was ended."""
    held: list[Held] = []
    at = draw(st.integers(-100, 100))
    for number in range(draw(st.integers(0, 3))):
        planned = at + LIFE_SECONDS
        ends = at + draw(st.sampled_from([3, 30, LIFE_SECONDS, LIFE_SECONDS]))
        held.append(Held(kind, line, f"{kind}-{line}-{number}", at, planned, ends))
        at = ends + draw(st.sampled_from([1, 4, 50]))
    return held


def belonging(held: list[Held], at: int) -> Held | None:
    """Return what holds at a time by the clock."""
    return next((one for one in held if one.starts <= at <= one.ends), None)


def needed(held: list[Held], owner: Held | None, at: int) -> int | None:
    """Return how many records of the line must be known so that nothing else seems to hold; None where all of them are not enough."""
    count, needs = 0, 0
    for one in held:
        for end in dict.fromkeys([one.planned, one.ends]):
            count += 1
            near = one.starts - CLOCK_SKEW_SECONDS <= at <= end + CLOCK_SKEW_SECONDS
            if one is owner or not near:
                continue
            if owner is None and end == one.ends:
                return None
            if owner is None or one.starts <= at <= end:
                needs = max(needs, count + 1)
            elif one.starts < owner.starts:
                needs = max(needs, first_record(held, owner))
    return needs


def first_record(held: list[Held], owner: Held) -> int:
    """Return how many records of the line are told once an owner is known."""
    before = held[: held.index(owner)]
    return 1 + sum(1 if one.ends == one.planned else 2 for one in before)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw what happened, lines side by side."""
    held: list[Held] = []
    received: list[Received] = []
    for line in LINES:
        of_line: dict[Kind, list[Held]] = {
            "rental": draw(holdings("rental", line)),
            "verification": draw(holdings("verification", line)),
        }
        held += [one for some in of_line.values() for one in some]
        edges = sorted({at for some in of_line.values() for one in some for at in (one.starts, one.ends)})
        times = st.integers(-120, 700) | (st.sampled_from(edges) if edges else st.nothing())
        for at in draw(st.lists(times, max_size=4, unique=True)):
            owners = {kind: belonging(some, at) for kind, some in of_line.items()}
            needs = {kind: needed(some, owners[kind], at) for kind, some in of_line.items()}
            if any(need is None for need in needs.values()):
                continue
            has_code = draw(st.integers(0, 4)) > 0
            message_id = f"{line}-{at}"
            sms = make_sms(
                sms_id=message_id,
                line=line,
                text=f"Your OTP is {400_000 + at}" if has_code else f"Hello, it is {_letters(at)}",
                received_at=NOON + seconds(at),
            )
            received.append(
                Received(
                    record_of(sms),
                    message_id,
                    line,
                    has_code,
                    {kind: None if one is None else one.holder_id for kind, one in owners.items()},
                    {kind: need or 0 for kind, need in needs.items()},
                    {kind: None if one is None else first_record(of_line[kind], one) for kind, one in owners.items()},
                )
            )
    return History(held, received)


def _letters(number: int) -> str:
    """Write a number in letters: another text for each, and nothing in it that looks like a code."""
    return "".join("abcdefghij"[int(digit)] if digit.isdigit() else "minus " for digit in str(number))


@dataclass
class Partition:
    """The hop at work on one partition, and what it wrote."""

    stage: Pipeline = field(default_factory=lambda: Pipeline(PipelineSettings()))
    state: State = field(default_factory=State)
    now: datetime = NOON
    table: dict[tuple[str, bytes | None], FakeRecord] = field(default_factory=dict)
    """What compaction leaves."""
    changelog: list[Change] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)

    def take(self, batch: list[FakeRecord]) -> None:
        """Process and commit a batch."""
        result = self.stage.process(self.state, batch, self.now)
        assert result.poison == []
        if batch[0].topic() in self.stage.tables:
            self.stage.apply_table(self.state, batch)
            for record in batch:
                self.table.pop((record.topic(), record.key()), None)
                self.table[record.topic(), record.key()] = record
        self.stage.apply(self.state, result.changes, self.now)
        self.changelog += result.changes
        self.outputs += result.outputs
        self.now += seconds(0.5)

    def restart(self, *, table_first: bool) -> None:
        """Go on as a new process, that knows what Kafka kept."""
        lived, self.state = self.state, State()
        for reads_table in (table_first, not table_first):
            if reads_table:
                self.stage.apply_table(self.state, list(self.table.values()))
            else:
                self.stage.apply(self.state, self.changelog, self.now)
        assert self.state == lived


@st.composite
def orders(draw: st.DrawFn) -> tuple[list[FakeRecord], dict[str, Received], set[str]]:
    """Draw a history and the order in which the hop learns of it: its records, its SMS, and which SMS came after their verification."""
    history = draw(histories())
    tables = history.tables()
    known: dict[tuple[Kind, str], int] = defaultdict(int)
    waiting, order, after = list(history.received), [ELSEWHERE], set()
    while True:
        ready = [one for one in waiting if all(known[kind, one.line] >= need for kind, need in one.needs.items())]
        choices: list[Kind | Received] = [kind for kind, records in tables.items() if records]
        choices += ready
        if not choices:
            break
        choice = draw(st.sampled_from(range(len(choices))).map(choices.__getitem__))
        if isinstance(choice, Received):
            waiting.remove(choice)
            at = choice.told_at["verification"]
            if at is not None and known["verification", choice.line] >= at:
                after.add(choice.message_id)
            order += [choice.record] * draw(st.sampled_from([1, 1, 2]))
        else:
            line, record = tables[choice].pop(0)
            known[choice, line] += 1
            order.append(record)
    assert waiting == []
    return order, {one.message_id: one for one in history.received}, after


@settings(max_examples=300)
@given(orders(), st.data())
def test_each_message_ends_with_what_it_belongs_to(
    drawn: tuple[list[FakeRecord], dict[str, Received], set[str]], data: st.DataObject
) -> None:
    """Revisions without a gap, each once and each with more than the one before, the codes' as the messages'; the last one is right."""
    order, received, after = drawn
    partition = Partition()
    batch: list[FakeRecord] = []
    for place, record in enumerate(order):
        batch.append(replace(record, offset_number=place))
        ends = place + 1 == len(order) or order[place + 1].topic() != record.topic()
        if ends or data.draw(st.booleans(), label="cut"):
            partition.take(batch)
            batch = []
            if data.draw(st.integers(0, 3), label="restart") == 0:
                partition.restart(table_first=data.draw(st.booleans(), label="table first"))

    messages: dict[str, list[Message]] = defaultdict(list)
    codes: dict[str, list[Code]] = defaultdict(list)
    for output in partition.outputs:
        if output.topic == MESSAGES.name:
            message = Message.decode(output.value)
            messages[message.message_id].append(message)
        else:
            assert output.topic == CODES.name
            code = Code.decode(output.value)
            codes[code.message_id].append(code)
    assert messages.keys() == received.keys()
    for message_id, revisions in messages.items():
        one, last = received[message_id], revisions[-1]
        assert [each.revision for each in revisions] == list(range(1, len(revisions) + 1))
        ties = [(each.rental_id is not None) + (each.verification_id is not None) for each in revisions]
        assert ties == list(range(ties[0], ties[0] + len(ties)))
        assert last.rental_id == one.belongs["rental"]
        # What has no code waits for no verification.
        verified = one.has_code or message_id in after
        assert last.verification_id == (one.belongs["verification"] if verified else None)
        told_of = [(each.revision, each.rental_id, each.verification_id, each.phone) for each in revisions]
        assert [(each.revision, each.rental_id, each.verification_id, each.phone) for each in codes[message_id]] == (
            told_of if one.has_code else []
        )
    assert {output.topic for output in partition.outputs} <= {MESSAGES.name, CODES.name}
    assert {record.topic() for record in order} <= {SMS.name, RENTALS.name, VERIFICATIONS.name}
