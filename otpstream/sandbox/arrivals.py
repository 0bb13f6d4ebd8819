"""SMS that come in by themselves some time after a number was rented, as when somebody signs up with it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from otpstream.sandbox.texts import Draft, draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An SMS to come."""

    delay_seconds: float
    """How long after the number was assigned, in seconds of the sandbox's clock."""
    sms: Draft


class Arrivals:
    """Decides which rented numbers get a code, and when; repeatable from a seed.

    Args:
        seed: Decides delays, texts and codes.
        min_delay_seconds: Shortest delay, in seconds of the sandbox's clock.
        max_delay_seconds: Longest delay.
        answered_share: Probability from 0 to 1 that a number gets an SMS at all.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        min_delay_seconds: float = 2.0,
        max_delay_seconds: float = 10.0,
        answered_share: float = 1.0,
    ) -> None:
        self._random = random.Random(f"{seed}:arrivals")
        self._min_delay_seconds = min_delay_seconds
        self._max_delay_seconds = max_delay_seconds
        self._answered_share = answered_share

    def next(self) -> Arrival | None:
        """Draw what comes in on the next number; None if nothing ever does."""
        answered = self._random.random() < self._answered_share
        delay_seconds = self._random.uniform(self._min_delay_seconds, self._max_delay_seconds)
        sms = draft(self._random, code_share=1.0)
        return Arrival(delay_seconds=delay_seconds, sms=sms) if answered else None
