"""What goes wrong in the sandbox, how often, and the seeded draws that decide it.

API calls and webhooks draw from separate streams: how often a client happens to poll must not change which webhooks get
lost, or a run could not be repeated from its seed.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, fields
from enum import StrEnum

_ERROR_STATUSES = (500, 502, 503)


class ApiFaultKind(StrEnum):
    """The ways in which an API call fails."""

    ERROR = "error"
    RATE_LIMIT = "rate_limit"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiFault:
    """The failure of one API call."""

    kind: ApiFaultKind
    status: int
    """HTTP status of the reply, if the call did not take effect."""
    retry_after_seconds: int | None = None
    """Value of the Retry-After header; None leaves the header out."""
    applied: bool = False
    """True if the call takes effect although its reply comes too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPlan:
    """How the webhook of one message travels."""

    delays_seconds: tuple[float, ...]
    """One entry a copy: how long that copy is held back; empty if the webhook is lost."""

    @property
    def lost(self) -> bool:
        """True if no copy is ever sent."""
        return not self.delays_seconds

    @property
    def duplicated(self) -> bool:
        """True if more than one copy is sent."""
        return len(self.delays_seconds) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How often things go wrong: every `_rate` is a probability from 0 to 1, and by default nothing does.

    Raises:
        ValueError: A rate lies outside 0 to 1, a duration is negative, or the rates of API faults add up to more than 1.
    """

    api_error_rate: float = 0.0
    """Share of API calls answered 500, 502 or 503; they take no effect."""
    api_rate_limit_rate: float = 0.0
    """Share of API calls answered 429 with Retry-After; they take no effect."""
    api_timeout_rate: float = 0.0
    """Share of API calls whose reply is held back for `hang_seconds`."""
    api_timeout_applied_rate: float = 0.5
    """Share of the held-back calls that take effect at once; the others never do and end in 504."""
    retry_after_rate: float = 0.5
    """Share of the 5xx replies that carry Retry-After."""
    retry_after_seconds: int = 1
    """Value of the Retry-After header."""
    hang_seconds: float = 60.0
    """How long a held-back reply takes; longer than the client's time-out makes it a time-out, shorter a slow call."""
    webhook_lost_rate: float = 0.0
    """Share of messages whose webhook is never sent, so that only the poll shows them."""
    webhook_duplicate_rate: float = 0.0
    """Share of messages whose webhook is sent twice."""
    webhook_reorder_rate: float = 0.0
    """Share of webhook copies that are held back, so that later ones overtake them."""
    webhook_reorder_max_milliseconds: float = 500.0
    """Longest time that a reordered copy is held back; the time is drawn evenly from 0 up to it."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value < 0:
                raise ValueError(f"{field.name} must not be negative, and is {value}")
            if field.name.endswith("_rate") and value > 1:
                raise ValueError(f"{field.name} is a probability from 0 to 1, and is {value}")
        if self.api_error_rate + self.api_rate_limit_rate + self.api_timeout_rate > 1:
            raise ValueError("api_error_rate, api_rate_limit_rate and api_timeout_rate add up to more than 1")


class FaultSource:
    """Draws the faults of one simulator from a seed.

    Args:
        faults: How often what goes wrong.
        seed: Equal seeds give equal sequences of draws, each for API calls and for webhooks.
    """

    def __init__(self, faults: Faults, *, seed: int) -> None:
        self.faults = faults
        self.api_faults_drawn: Counter[ApiFaultKind] = Counter()
        self._api_random = random.Random(f"{seed}:api")
        self._webhook_random = random.Random(f"{seed}:webhook")

    def next_api_fault(self) -> ApiFault | None:
        """Draw how the next API call fails, or None if it succeeds."""
        faults, draw = self.faults, self._api_random.random()
        fault: ApiFault | None = None
        if draw < (edge := faults.api_error_rate):
            fault = self._draw_error()
        elif draw < (edge := edge + faults.api_rate_limit_rate):
            fault = ApiFault(kind=ApiFaultKind.RATE_LIMIT, status=429, retry_after_seconds=faults.retry_after_seconds)
        elif draw < edge + faults.api_timeout_rate:
            applied = self._api_random.random() < faults.api_timeout_applied_rate
            fault = ApiFault(kind=ApiFaultKind.TIMEOUT, status=504, applied=applied)
        if fault is not None:
            self.api_faults_drawn[fault.kind] += 1
        return fault

    def plan_webhook(self) -> WebhookPlan:
        """Draw how the webhook of the next message travels."""
        faults, random_ = self.faults, self._webhook_random
        lost = random_.random() < faults.webhook_lost_rate
        duplicated = random_.random() < faults.webhook_duplicate_rate
        # Both delays are always drawn: a change of one rate then leaves the other draws as they were.
        delays_seconds = (self._draw_delay_seconds(), self._draw_delay_seconds())
        copies = 0 if lost else 2 if duplicated else 1
        return WebhookPlan(delays_seconds=delays_seconds[:copies])

    def _draw_error(self) -> ApiFault:
        with_retry_after = self._api_random.random() < self.faults.retry_after_rate
        return ApiFault(
            kind=ApiFaultKind.ERROR,
            status=self._api_random.choice(_ERROR_STATUSES),
            retry_after_seconds=self.faults.retry_after_seconds if with_retry_after else None,
        )

    def _draw_delay_seconds(self) -> float:
        reordered = self._webhook_random.random() < self.faults.webhook_reorder_rate
        delay_seconds = self._webhook_random.uniform(0, self.faults.webhook_reorder_max_milliseconds) / 1000
        return delay_seconds if reordered else 0.0
