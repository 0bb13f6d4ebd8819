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
    SLOW = "slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiFault:
    """The failure of one API call."""

    kind: ApiFaultKind
    status: int
    """HTTP status of the reply, if the call did not take effect."""
    retry_after_seconds: int | None = None
    """Value of the Retry-After header; None leaves the header out."""
    applied: bool = False
    """True if the call takes effect although its reply comes too late or is replaced by an error."""


ANSWER_LOST = ApiFault(kind=ApiFaultKind.ERROR, status=502, applied=True)
"""A gateway answers 502 although the call took effect: money is spent and the caller cannot know."""

ANSWER_LATE = ApiFault(kind=ApiFaultKind.TIMEOUT, status=504, applied=True)
"""The call takes effect at once and its reply is held back for `Faults.hang_seconds`: the caller runs into its time-out."""


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
    """Share of API calls answered 500, 502 or 503."""
    api_error_applied_rate: float = 0.0
    """Share of those errors that hide a call that took effect: the answer is lost; the others take no effect."""
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
    """How long a held-back reply takes; longer than the client's time-out makes it a time-out."""
    api_slow_rate: float = 0.0
    """Share of API calls that take effect and are answered in full, but after `slow_seconds`."""
    slow_seconds: float = 1.0
    """How long a slow call takes."""
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
        if self.api_error_rate + self.api_rate_limit_rate + self.api_timeout_rate + self.api_slow_rate > 1:
            raise ValueError(
                "api_error_rate, api_rate_limit_rate, api_timeout_rate and api_slow_rate add up to more than 1"
            )


@dataclass(slots=True)
class _Forced:
    fault: ApiFault
    path: str
    times: int


class FaultSource:
    """Draws the faults of one simulator from a seed.

    Args:
        faults: How often what goes wrong.
        seed: Equal seeds give equal sequences of draws, each for API calls and for webhooks.
    """

    def __init__(self, faults: Faults, *, seed: int) -> None:
        self.faults = faults
        self.api_faults_drawn: Counter[ApiFaultKind] = Counter()
        self._forced: list[_Forced] = []
        self._api_random = random.Random(f"{seed}:api")
        self._webhook_random = random.Random(f"{seed}:webhook")

    def force(self, fault: ApiFault, *, path: str, times: int = 1) -> None:
        """Let the next calls of one path fail in one way, whatever is drawn.

        Args:
            fault: What happens to them, such as `ANSWER_LOST`.
            path: The path as it stands in the URL, such as /rentNumber.
            times: How many calls fail.
        """
        self._forced.append(_Forced(fault, path, times))

    def next_api_fault(self, path: str = "") -> ApiFault | None:
        """Say how the next API call fails, or None if it succeeds.

        Args:
            path: The path of the call; only faults that are forced depend on it.
        """
        fault = self._next_forced(path) or self._draw_api_fault()
        if fault is not None:
            self.api_faults_drawn[fault.kind] += 1
        return fault

    def _next_forced(self, path: str) -> ApiFault | None:
        forced = next((forced for forced in self._forced if forced.path == path), None)
        if forced is None:
            return None
        forced.times -= 1
        if forced.times <= 0:
            self._forced.remove(forced)
        return forced.fault

    def _draw_api_fault(self) -> ApiFault | None:
        faults, draw = self.faults, self._api_random.random()
        if draw < (edge := faults.api_error_rate):
            return self._draw_error()
        if draw < (edge := edge + faults.api_rate_limit_rate):
            return ApiFault(kind=ApiFaultKind.RATE_LIMIT, status=429, retry_after_seconds=faults.retry_after_seconds)
        if draw < (edge := edge + faults.api_timeout_rate):
            applied = self._api_random.random() < faults.api_timeout_applied_rate
            return ApiFault(kind=ApiFaultKind.TIMEOUT, status=504, applied=applied)
        if draw < edge + faults.api_slow_rate:
            return ApiFault(kind=ApiFaultKind.SLOW, status=200, applied=True)
        return None

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
        applied = self._api_random.random() < self.faults.api_error_applied_rate
        return ApiFault(
            kind=ApiFaultKind.ERROR,
            status=self._api_random.choice(_ERROR_STATUSES),
            retry_after_seconds=self.faults.retry_after_seconds if with_retry_after else None,
            applied=applied,
        )

    def _draw_delay_seconds(self) -> float:
        reordered = self._webhook_random.random() < self.faults.webhook_reorder_rate
        delay_seconds = self._webhook_random.uniform(0, self.faults.webhook_reorder_max_milliseconds) / 1000
        return delay_seconds if reordered else 0.0
