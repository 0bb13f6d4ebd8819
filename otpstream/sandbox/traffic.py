"""Traffic for a simulator: realistic SMS over all its numbers, at a set rate, repeatable from a seed."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol

from otpstream.sandbox.ledger import SentMessage
from otpstream.sandbox.texts import draft

_RESEND_WINDOW = timedelta(seconds=60)  # after a minute people give up rather than ask for the same code again
_MESSAGES_PER_TURN = 32  # behind schedule, the loop is left to others after as many


class TrafficTarget(Protocol):
    """A simulator that SMS can be sent to."""

    @property
    def number_ids(self) -> Sequence[str]: ...
    def send(self, number_id: str, *, sender: str, text: str, expected_code: str | None) -> SentMessage: ...
    def resend(self, message: SentMessage) -> SentMessage: ...


async def run_traffic(
    sandbox: TrafficTarget,
    *,
    rate_per_second: float,
    total: int | None = None,
    seed: int = 0,
    code_share: float = 0.9,
    resend_share: float = 0.02,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> int:
    """Send SMS with random gaps between them, keeping the schedule even where the receivers lag behind.

    Numbers rented during the run get their share from then on.

    Args:
        sandbox: Where the SMS come in.
        rate_per_second: Mean rate, above 0.
        total: How many to send; None sends until cancelled.
        seed: Decides numbers, texts, codes and gaps.
        code_share: Probability from 0 to 1 that an SMS holds a code.
        resend_share: Probability from 0 to 1 that an earlier SMS with a code comes again instead of a new one.
        monotonic: Clock of the schedule, in seconds.
        sleep: Waits, in seconds.

    Returns:
        How many were sent.

    Raises:
        ValueError: The rate is not above 0, or no number is rented.
    """
    if rate_per_second <= 0:
        raise ValueError(f"rate_per_second must be above 0, and is {rate_per_second}")
    if not sandbox.number_ids:
        raise ValueError("there is no number to send SMS to: rent one first")
    writer = _Writer(sandbox, seed=seed, code_share=code_share, resend_share=resend_share)
    # Gaps are drawn apart from texts: the same seed then writes the same messages at any rate.
    gaps = random.Random(f"{seed}:gaps")
    due = monotonic()
    for sent in itertools.count() if total is None else range(total):
        due += gaps.expovariate(rate_per_second)
        wait_seconds = due - monotonic()
        if wait_seconds > 0:
            await sleep(wait_seconds)
        elif sent % _MESSAGES_PER_TURN == 0:
            await sleep(0)
        writer.send_next()
    return total or 0


class _Writer:
    """Decides what comes in next, and sends it."""

    def __init__(self, sandbox: TrafficTarget, *, seed: int, code_share: float, resend_share: float) -> None:
        self._sandbox = sandbox
        self._random = random.Random(f"{seed}:texts")
        self._code_share = code_share
        self._resend_share = resend_share
        self._resendable: deque[SentMessage] = deque()

    def send_next(self) -> None:
        if self._random.random() < self._resend_share and self._resendable:
            # The oldest first: most likely its gap has passed, so that the stamp need not run ahead of the clock.
            self._sandbox.resend(self._resendable.popleft())
            return
        number_id = self._random.choice(self._sandbox.number_ids)
        written = draft(self._random, code_share=self._code_share)
        message = self._sandbox.send(
            number_id, sender=written.sender, text=written.text, expected_code=written.expected_code
        )
        if message.expected_code is not None:
            self._resendable.append(message)
        while self._resendable and message.received_at - self._resendable[0].received_at > _RESEND_WINDOW:
            self._resendable.popleft()
