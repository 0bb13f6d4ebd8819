"""When to try again: pure arithmetic on what is left of the code's life.

A code is worth nothing once it has expired, so the schedule bends to its end: attempts double their distance, the last one
is drawn forward so that an answer still fits, and no attempt starts after the deadline. The default settings give:

    attempt   wait before it (s)   since the first, at the longest (s)
          1     0.00 –  0.00           0.0
          2     0.25 –  0.50           0.5
          3     0.50 –  1.00           1.5
          4     1.00 –  2.00           3.5
          5     2.00 –  4.00           7.5
          6     4.00 –  8.00          15.5
          7     8.00 – 16.00          31.5
          8    15.00 – 30.00          61.5
          9    15.00 – 30.00          91.5
         10    15.00 – 30.00         121.5

plus the time that the attempts themselves take. The window of 120 s ends the last row a little early, at 119 s, where every
draw was the longest.

The window is that of the batch: it begins with the first push, and codes of one phone or line share it, since they wait for each other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sinks.settings import RetrySettings

LAST_ATTEMPT_SECONDS = 1.0
"""What the last attempt keeps of the code's life: most subscribers answer within it, and a code needs a moment to be typed."""


def deadlines(expiries: Sequence[datetime], *, started_at: datetime, window_seconds: float) -> list[datetime]:
    """Return until when each of the codes that wait for each other may be tried again.

    None is repeated after its own end or that of the window, and each leaves a second to every code behind it, before that one's end. A
    first attempt does not ask: every code gets one while it lives.

    Args:
        expiries: of codes that are pushed one after the other, in that order.
        started_at: when the batch began.
        window_seconds: how long a batch repeats its pushes.
    """
    left = started_at + timedelta(seconds=window_seconds)
    ends: list[datetime] = []
    for expires_at in reversed(expiries):
        ends.append(min(left, expires_at))
        if expires_at > started_at:
            left = ends[-1] - timedelta(seconds=LAST_ATTEMPT_SECONDS)
    return ends[::-1]


def timeout_seconds(limit_seconds: float, *, now: datetime, deadline: datetime, expires_at: datetime) -> float:
    """Return how long an attempt may take: until the deadline, where that is past or near for a second, and not beyond the code's life."""
    until_deadline = max(LAST_ATTEMPT_SECONDS, (deadline - now).total_seconds())
    return min(limit_seconds, until_deadline, (expires_at - now).total_seconds())


def batch_limit(concurrency: int, *, timeout_seconds: float, window_seconds: float) -> int:
    """Return how many codes a batch may hold, so that each gets its first attempt in the window though the subscriber answers none.

    Args:
        concurrency: attempts that are under way at once.
        timeout_seconds: of an attempt.
        window_seconds: how long a batch repeats its pushes.
    """
    return concurrency * max(1, int(window_seconds / timeout_seconds))


def backoff_seconds(failures: int, *, retries: RetrySettings, draw: float) -> float:
    """Return the wait after so many failed attempts: doubling up to a limit, of which the draw may take off half.

    Args:
        failures: at least 1.
        retries: the first and the longest delay.
        draw: random in [0, 1): spreads out the pushes that failed together.
    """
    longest = min(retries.longest_delay_seconds, retries.first_delay_seconds * 2.0 ** (failures - 1))
    return longest * (1 + draw) / 2


def wait_seconds(
    failures: int, *, retries: RetrySettings, remaining_seconds: float, asked_seconds: float, draw: float
) -> float | None:
    """Return how long to wait for the next attempt, or None where none fits any more.

    Args:
        failures: how many attempts have failed, at least 1.
        retries: the limits of the subscription.
        remaining_seconds: from now to the deadline; may be negative.
        asked_seconds: what `Retry-After` asked for, 0 where it did not; never undercut: where it does not fit, the push is over.
        draw: random in [0, 1).
    """
    room_seconds = remaining_seconds - LAST_ATTEMPT_SECONDS
    fits = retries.first_delay_seconds <= room_seconds and asked_seconds <= room_seconds
    if failures >= retries.attempts_limit or not fits:
        return None
    return min(max(backoff_seconds(failures, retries=retries, draw=draw), asked_seconds), room_seconds)


def retry_after_seconds(value: str | None, *, now: datetime) -> float:
    """Read `Retry-After`, seconds or an HTTP date; 0 where it is absent, unreadable or past.

    Source: RFC 9110, section 10.2.3.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0.0
    # An offset of -0000 parses as naive; RFC 5322 means UTC by it.
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
