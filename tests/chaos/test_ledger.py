"""What the kill test's ledger promises: a right stream is exact, and every single fault in it is seen."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.extract import extract
from tests.chaos import messages
from tests.chaos.faults import plan
from tests.chaos.ledger import Kind, Ledger, Verdict
from tests.chaos.reader import Pace
from tests.chaos.traffic import Record, Traffic, TrafficSettings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LINES, LATE_LINE, PER_LINE, POISON = 3, 1, 4, 2


class Seen(NamedTuple):
    """One output."""

    kind: Kind
    event: dict[str, Any]


def _output(kind: Kind, line: int, sequence: int, revision: int, *, rented: bool) -> Seen:
    event: dict[str, Any] = {
        "line": messages.line_of(line),
        "code": messages.code_of(sequence),
        "revision": revision,
        "rental_id": messages.rental_of(line) if rented else None,
    }
    return Seen(kind, event | ({"text": messages.text_of(sequence)} if kind == "message" else {}))


def _right_stream() -> list[Seen]:
    """Return the outputs that are right: line 0 is rented, line 1 becomes so late, line 2 never."""
    kinds: tuple[Kind, ...] = ("message", "code")
    first = [
        _output(kind, line, sequence, 1, rented=line == 0)
        for sequence in range(PER_LINE)
        for line in range(LINES)
        for kind in kinds
    ]
    return first + [
        _output(kind, LATE_LINE, sequence, 2, rented=True) for sequence in range(PER_LINE) for kind in kinds
    ]


def _verdict(stream: list[Seen], dead: tuple[int, ...] = tuple(range(POISON))) -> Verdict:
    ledger = Ledger()
    for line in range(LINES):
        for sequence in range(PER_LINE):
            ledger.send_message(line, sequence)
    for line in (0, LATE_LINE):
        ledger.send_rental(line)
    for _ in range(POISON):
        ledger.send_poison()
    for kind, event in stream:
        ledger.see(kind, event["line"].encode(), event)
    for index in dead:
        ledger.see_dead(messages.poison_of(index))
    return ledger.verdict()


def _counts(verdict: Verdict) -> tuple[int, int, int, int]:
    return verdict.lost, verdict.doubled, verdict.out_of_order, verdict.foreign


def test_a_right_stream_is_exact() -> None:
    """Every output once and in order is no fault."""
    assert _verdict(_right_stream()).exact


@given(at=st.integers(0, len(_right_stream()) - 1))
def test_a_missing_output_is_lost(at: int) -> None:
    """Whichever output is missing, one is lost."""
    stream = _right_stream()
    del stream[at]

    assert _verdict(stream).lost == 1


@given(at=st.integers(0, len(_right_stream()) - 1), data=st.data())
def test_a_second_copy_is_doubled(at: int, data: st.DataObject) -> None:
    """Whichever output comes again, and whenever, one is doubled and nothing else is wrong."""
    stream = _right_stream()
    stream.insert(data.draw(st.integers(at + 1, len(stream))), stream[at])

    assert _counts(_verdict(stream)) == (0, 1, 0, 0)


@given(line=st.integers(0, LINES - 1), sequence=st.integers(0, PER_LINE - 2), kind=st.sampled_from(("message", "code")))
def test_two_that_changed_places_are_out_of_order(line: int, sequence: int, kind: Kind) -> None:
    """Two neighbours of one line that changed places are one out of order."""
    stream = _right_stream()
    places = [
        at
        for at, (what, event) in enumerate(stream)
        if what == kind
        and event["line"] == messages.line_of(line)
        and event["revision"] == 1
        and event["code"] in (messages.code_of(sequence), messages.code_of(sequence + 1))
    ]
    stream[places[0]], stream[places[1]] = stream[places[1]], stream[places[0]]

    assert _counts(_verdict(stream)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    "stranger",
    [
        _output("message", 0, PER_LINE, 1, rented=True),
        _output("code", LINES, 0, 1, rented=False),
        _output("code", 2, 0, 1, rented=True),
        _output("message", 0, 0, 3, rented=True),
    ],
    ids=["a number not sent", "a line not sent", "a rental that is not", "a third revision"],
)
def test_an_output_that_nothing_accounts_for_is_foreign(stranger: Seen) -> None:
    """What nobody sent is seen."""
    assert _counts(_verdict([*_right_stream(), stranger])) == (0, 0, 0, 1)


def test_a_revision_with_nothing_new_is_doubled() -> None:
    """A message that had its rental at once must not come again."""
    assert _verdict([*_right_stream(), _output("message", 0, 0, 2, rented=True)]).doubled == 1


@pytest.mark.parametrize(
    ("dead", "counts"), [((0,), (1, 0, 0, 0)), ((0, 1, 1), (0, 1, 0, 0)), ((0, 1, 2), (0, 0, 0, 1))]
)
def test_dead_letters_are_held_to_the_poison(dead: tuple[int, ...], counts: tuple[int, int, int, int]) -> None:
    """A poison without its dead letter is lost, with two it is doubled, and a dead letter of nothing is foreign."""
    assert _counts(_verdict(_right_stream(), dead)) == counts


@given(sequence=st.integers(0, messages.CODES - 1))
def test_a_message_is_known_by_its_code_and_its_text(sequence: int) -> None:
    """The number of a message comes back from its code and from its text."""
    assert messages.sequence_of_code(messages.code_of(sequence)) == sequence
    assert messages.sequence_of_text(messages.text_of(sequence)) == sequence


def test_every_code_of_the_traffic_is_read() -> None:
    """The extraction reads the code of each message, so that one that is missing was lost on the way."""
    for sequence in range(TrafficSettings().messages_per_line):
        assert extract(messages.text_of(sequence), "Acme").code == messages.code_of(sequence)


def test_a_seed_repeats_the_traffic() -> None:
    """The same seed makes the same records."""

    def made() -> list[Record]:
        traffic = Traffic(TrafficSettings(), random.Random(5))
        return [record for _ in range(2_000) for record in traffic.step(NOW)] + list(traffic.rest())

    assert made() == made()


def test_the_traffic_holds_all_that_it_is_to_hold() -> None:
    """Messages are numbered without a gap, and copies, rentals of both kinds and poison are among them."""
    traffic = Traffic(TrafficSettings(poison_share=0.01), random.Random(5))
    records = [record for _ in range(20_000) for record in traffic.step(NOW)] + list(traffic.rest())

    sent: dict[int, int] = {}
    rented: dict[int, int] = {}
    for record in records:
        if record.message is not None:
            assert record.message.sequence == sent.get(record.message.line, 0)
            sent[record.message.line] = record.message.sequence + 1
        if record.rented_line is not None:
            rented[record.rented_line] = sent.get(record.rented_line, 0)
    extra = [one for one in records if one.message is None and one.rented_line is None and one.poison is None]
    assert sum(sent.values()) == 20_000
    assert 1_800 < len(extra) < 2_200
    assert min(rented.values()) == 0 < max(rented.values())
    assert 0 < len(rented) < len(sent)
    assert traffic.poison > 100


@given(seed=st.integers(0, 10_000), slots=st.integers(1, 4), kills=st.integers(0, 30), freezes=st.integers(0, 5))
def test_a_plan_only_asks_for_what_can_be_done(seed: int, slots: int, kills: int, freezes: int) -> None:
    """A worker is started when it is down, and killed or frozen when it is up; every kill and freeze has its end."""
    names = [str(number) for number in range(slots)]
    events = plan(random.Random(seed), slots=names, kills=kills, freezes=freezes, seconds=30)

    states = dict.fromkeys(names, "down")
    follows = {"start": ("down", "up"), "kill": ("up", "down"), "freeze": ("up", "frozen"), "thaw": ("frozen", "up")}
    for event in events:
        before, after = follows[event.action]
        assert states[event.slot] == before
        states[event.slot] = after
    assert set(states.values()) == {"up"}
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert sum(event.action == "kill" for event in events) == kills


def _stall(*moments: tuple[float, bool, bool]) -> float:
    pace = Pace()
    for now, news, waiting in moments:
        pace.tick(now, news=news, waiting=waiting)
    return pace.longest_stall


@pytest.mark.parametrize(
    ("stall", "expected"),
    [
        (lambda: _stall((0, False, True), (3, False, True), (4, True, True), (5, True, False)), 4),
        (lambda: _stall((0, True, False), (9, False, False), (10, False, True), (11, True, False)), 1),
    ],
    ids=["waiting", "idle"],
)
def test_a_stall_is_time_in_which_work_waited(stall: Callable[[], float], expected: float) -> None:
    """Time without news counts while something waits, and not while nothing does."""
    assert stall() == expected
