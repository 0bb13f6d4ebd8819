"""Two records of one SMS are one message, whatever the path, the order and the hour; a text sent again later is another."""

import tracemalloc
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from processors.deduplicate import HOUR_SECONDS, Identity, Seen, forget, identify, is_known, pack, remember, unpack
from tests.builders import NOON, seconds

TOLERANCE_SECONDS = 2
CONTENTS = [
    ("text2fa:1", "Facebook", "843291"),
    ("text2fa:1", "Facebook", "843292"),
    ("text2fa:2", "Facebook", "843291"),
]


class Copy(NamedTuple):
    """One record of an SMS."""

    sms: int
    content: tuple[str, str, str]
    received_at: datetime


def identity_of(
    received_at: datetime, *, content: tuple[str, str, str] = CONTENTS[0], message_id: str | None = None
) -> Identity:
    line, sender, text = content
    return identify(
        line=line, sender=sender, text=text, received_seconds=received_at.timestamp(), provider_message_id=message_id
    )


def is_new(seen: Seen, identity: Identity, *, tolerance_seconds: int = TOLERANCE_SECONDS) -> bool:
    """Deduplicate one record, as a batch does."""
    if is_known(seen, identity, tolerance_seconds=tolerance_seconds):
        return False
    remember(seen, identity, at=NOON.timestamp())
    return True


@st.composite
def interleavings(draw: st.DrawFn) -> list[Copy]:
    """Draw SMS around the turn of an hour, each in one to four copies within the tolerance, in any order.

    The same content comes again only so late that no copy of it is within the tolerance of an earlier one.
    """
    copies: list[Copy] = []
    for content in draw(st.lists(st.sampled_from(CONTENTS), unique=True, min_size=1)):
        received_at = NOON + seconds(draw(st.integers(-10, 3)))
        for _ in range(draw(st.integers(1, 3))):
            offsets = draw(st.lists(st.integers(0, TOLERANCE_SECONDS), min_size=1, max_size=4))
            sms = len({copy.sms for copy in copies})
            copies += [Copy(sms, content, received_at + seconds(offset)) for offset in offsets]
            received_at += seconds(2 * TOLERANCE_SECONDS + draw(st.integers(1, 5000)))
    return draw(st.permutations(copies))


@given(interleavings())
def test_each_sms_is_one_message_in_any_interleaving(copies: list[Copy]) -> None:
    """However webhook and poll interleave, each SMS gives one message: its first copy; and each resend gives its own."""
    seen = Seen()

    new = [copy.sms for copy in copies if is_new(seen, identity_of(copy.received_at, content=copy.content))]

    assert sorted(new) == sorted({copy.sms for copy in copies})
    assert len(seen) == len(new)


@given(st.integers(-3 * HOUR_SECONDS, 3 * HOUR_SECONDS), st.integers(-10, 10), st.integers(0, 5))
@example(at=0, apart=-1, tolerance_seconds=1)
@example(at=-1, apart=1, tolerance_seconds=1)
@example(at=HOUR_SECONDS - 1, apart=2, tolerance_seconds=2)
def test_the_tolerance_is_exact_and_knows_no_hours(at: int, apart: int, tolerance_seconds: int) -> None:
    """Up to the tolerance apart is the same SMS, a second more is another; before or after, in one hour or across its turn."""
    seen = Seen()
    received_at = NOON + seconds(at)
    remember(seen, identity_of(received_at), at=0.0)

    known = is_known(seen, identity_of(received_at + seconds(apart)), tolerance_seconds=tolerance_seconds)

    assert known == (abs(apart) <= tolerance_seconds)


@pytest.mark.parametrize(
    "other",
    [
        ("text2fa:2", "Facebook", "843291"),
        ("text2fa:1", "Google", "843291"),
        ("text2fa:1", "Facebook", "843292"),
        ("text2fa:1", "Facebook8", "43291"),
        ("text2fa:1", "", "Facebook843291"),
    ],
)
def test_another_line_sender_or_text_is_another_sms(other: tuple[str, str, str]) -> None:
    """At the same second: what differs anywhere is new, also where only the seam between two fields moved."""
    seen = Seen()
    assert is_new(seen, identity_of(NOON))
    assert is_new(seen, identity_of(NOON, content=other))


@given(st.integers(-100_000, 100_000), st.sampled_from(CONTENTS))
def test_the_providers_id_alone_decides(apart: int, content: tuple[str, str, str]) -> None:
    """With an id on every path: the same id is the same SMS whatever else differs, another id is another whatever else agrees."""
    seen = Seen()
    assert is_new(seen, identity_of(NOON, message_id="a"))

    again = identity_of(NOON + seconds(apart), content=(CONTENTS[0][0], *content[1:]), message_id="a")
    assert not is_new(seen, again)
    assert is_new(seen, identity_of(NOON, message_id="b"))


def test_an_id_counts_within_its_line() -> None:
    """Providers number the messages of a line: the same id on another line is another SMS, and an id is no text."""
    seen = Seen()
    assert is_new(seen, identity_of(NOON, message_id="a"))
    assert is_new(seen, identity_of(NOON, content=CONTENTS[2], message_id="a"))
    assert is_new(seen, identity_of(NOON))


def test_forgotten_by_our_clock() -> None:
    """A backlog from long ago is remembered for a whole window from when we saw it, and not a moment longer."""
    seen = Seen()
    backlog = identity_of(NOON - seconds(40 * 24 * HOUR_SECONDS))
    remember(seen, backlog, at=NOON.timestamp())

    forget(seen, before=NOON.timestamp())
    assert is_known(seen, backlog, tolerance_seconds=0)
    forget(seen, before=NOON.timestamp() + 1)
    assert not is_known(seen, backlog, tolerance_seconds=0)
    assert seen == Seen()


def test_an_hour_in_use_is_not_forgotten() -> None:
    """As long as copies of an hour still come in, all of that hour is kept."""
    seen = Seen()
    remember(seen, identity_of(NOON), at=1000.0)
    remember(seen, identity_of(NOON + seconds(60)), at=2000.0)

    forget(seen, before=1500.0)

    assert is_known(seen, identity_of(NOON), tolerance_seconds=0)


moments = st.integers(-(10**6), 10**6).map(lambda count: NOON + seconds(count))
identities = st.builds(
    identity_of,
    moments,
    content=st.tuples(st.just("text2fa:1"), st.text(max_size=3), st.text(max_size=3)),
    message_id=st.none() | st.text(max_size=3),
)


@given(st.lists(st.lists(identities, max_size=20), max_size=4))
def test_what_was_packed_comes_back(batches: list[list[Identity]]) -> None:
    """The changelog's records rebuild the state: every entry in its hour, touched when it was added."""
    live, restored = Seen(), Seen()
    for at, batch in enumerate(batches):
        fresh = Seen()
        for identity in batch:
            remember(fresh, identity, at=float(at))
            remember(live, identity, at=float(at))
        for value in pack(fresh):
            unpack(restored, value)

    assert restored == live


def test_an_unknown_layout_is_refused() -> None:
    """A changelog of a later release stops this one with a sentence, rather than being misread."""
    seen = Seen()
    remember(seen, identity_of(NOON), at=0.0)
    [value] = pack(seen)

    with pytest.raises(ValueError, match="layout 2; this release reads 1"):
        unpack(Seen(), b"\x02" + value[1:])


def changelog(*, messages: int, hours: int, batch_messages: int) -> list[bytes]:
    """Return what commits of so many messages each leave, spread evenly over hours."""
    values: list[bytes] = []
    for start in range(0, messages, batch_messages):
        fresh = Seen()
        for number in range(start, start + batch_messages):
            at = NOON + seconds(number * hours * HOUR_SECONDS // messages)
            remember(fresh, identity_of(at, content=("text2fa:1", "Facebook", str(number))), at=0.0)
        values += pack(fresh)
    return values


def bytes_a_message(values: list[bytes]) -> float:
    """Restore a changelog, and return what Python asked its allocator for: sets, integers and all."""
    seen = Seen()
    tracemalloc.start()
    try:
        for value in values:
            unpack(seen, value)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return held / len(seen)


@pytest.mark.parametrize("hours", [2, 10, 24, 40])
def test_a_remembered_message_costs_100_bytes_at_most(hours: int) -> None:
    """200,000 messages, restored from batches: what `bench restore` measures on a real Kafka, the process around it included."""
    assert bytes_a_message(changelog(messages=200_000, hours=hours, batch_messages=10_000)) <= 100


def test_a_message_that_was_committed_alone_costs_no_more() -> None:
    """The quiet hours leave millions of lone records: their integers are no larger than those of a batch."""
    alone = changelog(messages=20_000, hours=2, batch_messages=1)
    in_batches = changelog(messages=20_000, hours=2, batch_messages=10_000)

    assert bytes_a_message(alone) == pytest.approx(bytes_a_message(in_batches), abs=1)


@given(st.datetimes(timezones=st.just(UTC)), st.text(max_size=20))
def test_no_time_is_beyond_the_changelog(received_at: datetime, text: str) -> None:
    """From the year 1 to the year 9999, whatever a provider's clock says can be packed and is known again."""
    identity = identify("text2fa:1", "x", text, received_at.timestamp())
    fresh, seen = Seen(), Seen()
    remember(fresh, identity, at=0.0)
    for value in pack(fresh):
        unpack(seen, value)

    assert is_known(seen, identity, 0)
