"""The messages of one rented number, and the rule for their times of receipt."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

from otpstream.sandbox.ledger import SentMessage

RESEND_GAP = timedelta(seconds=10)
"""Least distance between the stamps of two equal texts: people and apps wait at least this long before a resend, and it
keeps a resend apart from the same message told twice."""


class Inbox:
    """The latest messages of one number, newest last.

    Args:
        history_limit: How many messages are kept; the oldest leave first.
    """

    def __init__(self, *, history_limit: int) -> None:
        self._messages: deque[SentMessage] = deque(maxlen=history_limit)
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._recent: dict[tuple[str, str], datetime] = {}

    @property
    def messages(self) -> tuple[SentMessage, ...]:
        """What a poll shows, newest last."""
        return tuple(self._messages)

    def stamp(self, *, sender: str, text: str, now: datetime) -> datetime:
        """Say when a message that comes in now was received, in whole seconds.

        The stamps of a number never go back, and equal texts of one sender stand at least `RESEND_GAP` apart: a stamp may
        therefore run ahead of the clock.
        """
        received_at = max(now.replace(microsecond=0), self._latest)
        earlier = self._recent.get((sender, text))
        return received_at if earlier is None else max(received_at, earlier + RESEND_GAP)

    def append(self, message: SentMessage) -> None:
        """Take in a message that was stamped here."""
        self._messages.append(message)
        self._latest = message.received_at
        # Entered anew, so that the dictionary stays ordered by stamp and can be pruned from its front.
        self._recent.pop((message.sender, message.text), None)
        self._recent[message.sender, message.text] = message.received_at
        while (oldest := next(iter(self._recent))) and self._recent[oldest] <= self._latest - RESEND_GAP:
            del self._recent[oldest]
