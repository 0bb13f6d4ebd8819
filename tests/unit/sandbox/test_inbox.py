"""The times of receipt that a number gives its messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from otpstream.sandbox.inbox import RESEND_GAP, Inbox
from otpstream.sandbox.ledger import SentMessage

START = datetime(2025, 6, 26, 8, 15, tzinfo=UTC)

arrivals = st.lists(
    st.tuples(
        st.floats(min_value=-3, max_value=15),  # seconds since the one before; clocks may step back
        st.sampled_from(["Uber", "Google"]),
        st.sampled_from(["one", "two", "three"]),
    ),
    max_size=60,
)


def receive(inbox: Inbox, *, sequence: int, sender: str, text: str, now: datetime) -> SentMessage:
    message = SentMessage(
        sequence=sequence,
        number_id="12345",
        sender=sender,
        text=text,
        received_at=inbox.stamp(sender=sender, text=text, now=now),
        expected_code=None,
    )
    inbox.append(message)
    return message


@given(arrivals)
def test_stamps_never_make_two_messages_equal(steps: list[tuple[float, str, str]]) -> None:
    """Stamps are whole seconds, never go back, never lag the clock, and keep equal texts ten seconds apart."""
    inbox, now = Inbox(history_limit=5), START
    messages: list[SentMessage] = []
    for sequence, (gap_seconds, sender, text) in enumerate(steps):
        now += timedelta(seconds=gap_seconds)
        messages.append(receive(inbox, sequence=sequence, sender=sender, text=text, now=now))
        assert messages[-1].received_at >= now.replace(microsecond=0)

    stamps = [message.received_at for message in messages]
    assert stamps == sorted(stamps)
    assert all(stamp.microsecond == 0 for stamp in stamps)
    latest: dict[tuple[str, str], datetime] = {}
    for message in messages:
        earlier = latest.get((message.sender, message.text))
        assert earlier is None or message.received_at - earlier >= RESEND_GAP
        latest[message.sender, message.text] = message.received_at
    assert inbox.messages == tuple(messages[-5:])


def test_different_texts_may_share_a_second() -> None:
    """Only equal texts are kept apart: others that come in within one second share its stamp."""
    inbox = Inbox(history_limit=5)

    stamps = {
        receive(inbox, sequence=n, sender="Uber", text=str(n), now=START + timedelta(milliseconds=n)).received_at
        for n in range(5)
    }

    assert stamps == {START}
