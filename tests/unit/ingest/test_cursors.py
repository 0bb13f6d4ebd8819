"""Cursors: every message once, however the provider's list grows."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ingest.cursors import Cursor, advanced, unpublished
from schemas.events import SmsReceived

START = datetime(2026, 1, 15, 12, 0, 0, tzinfo=UTC)
OVERLAP = timedelta(seconds=60)


def _sms(second: int, text: str = "code 1") -> SmsReceived:
    return SmsReceived(
        sms_id="id",
        provider="text2fa",
        line="text2fa:1",
        path="poll",
        sender="Bank",
        text=text,
        received_at=START + timedelta(seconds=second),
        ingested_at=START,
    )


def _poll(cursor: Cursor, messages: list[SmsReceived], *, second: int) -> tuple[Cursor, list[SmsReceived]]:
    new = unpublished(cursor, messages)
    return advanced(cursor, new, now=START + timedelta(seconds=second), overlap=OVERLAP), new


def test_two_messages_of_one_second_are_both_published() -> None:
    """A second one with the same time is not taken for old, even when it is listed later."""
    cursor, first = _poll(Cursor(START), [_sms(10, "a")], second=11)
    _, second = _poll(cursor, [_sms(10, "a"), _sms(10, "b")], second=12)

    assert [sms.text for sms in (*first, *second)] == ["a", "b"]


def test_a_message_that_turns_up_late_is_published_within_the_overlap() -> None:
    """The provider may list a message after a newer one."""
    cursor, _ = _poll(Cursor(START), [_sms(100)], second=101)

    assert [sms.text for sms in unpublished(cursor, [_sms(100), _sms(40, "late")])] == ["late"]
    assert unpublished(cursor, [_sms(39, "too late")]) == []


def test_a_date_in_the_future_does_not_hide_what_follows() -> None:
    """One wrong clock costs nothing: the floor never passes our own time."""
    cursor, _ = _poll(Cursor(START), [_sms(10**8, "from 2029")], second=100)

    assert [sms.text for sms in unpublished(cursor, [_sms(10**8, "from 2029"), _sms(101, "now")])] == ["now"]


def test_messages_are_published_oldest_first() -> None:
    """Order within a line is the order of receipt, whatever the order of the list."""
    new = unpublished(Cursor(START), [_sms(3, "c"), _sms(1, "a"), _sms(2, "b")])

    assert [sms.text for sms in new] == ["a", "b", "c"]


def test_what_was_published_long_ago_is_forgotten() -> None:
    """Memory holds the overlap, not the history."""
    cursor = Cursor(START)
    for second in range(0, 1000, 10):
        cursor, _ = _poll(cursor, [_sms(second, f"code {second}")], second=second)

    assert len(cursor.published) <= OVERLAP.total_seconds() / 10 + 1


_arrival = st.tuples(st.integers(0, 600), st.integers(0, 59), st.sampled_from("abc"))
"""When a message was received, how many seconds later it is listed, and its text."""


@given(
    arrivals=st.lists(_arrival, max_size=30, unique_by=lambda arrival: (arrival[0], arrival[2])),
    polls=st.lists(st.tuples(st.integers(0, 700), st.booleans()), max_size=30),
    order=st.randoms(use_true_random=False),
)
def test_nothing_is_lost_or_doubled(
    arrivals: list[tuple[int, int, str]], polls: list[tuple[int, bool]], order: random.Random
) -> None:
    """Any arrivals within the overlap, any order of the list, any poll times and failed publishes: each message goes out once."""
    cursor = Cursor(START)
    published: list[SmsReceived] = []
    for second, succeeds in [*sorted(polls), (1000, True)]:
        listed = [_sms(at, text) for at, delay, text in arrivals if at + delay <= second]
        order.shuffle(listed)
        following, new = _poll(cursor, listed * 2, second=second)
        if succeeds:
            cursor, published = following, published + new

    assert sorted((sms.received_at, sms.text) for sms in published) == sorted(
        (START + timedelta(seconds=at), text) for at, _, text in arrivals
    )
