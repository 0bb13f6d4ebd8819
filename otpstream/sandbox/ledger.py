"""Ground truth of a run: every message that a simulator sent, what it holds, what became of its webhooks; what is live.

A demo and the tests hold the outcome of the pipeline against it, so the ledger keeps every message of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


class PushState(StrEnum):
    """Where one webhook copy stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"


@dataclass(slots=True, kw_only=True)
class Push:
    """One webhook copy on its way to one URL."""

    webhook_id: str
    state: PushState = PushState.PENDING
    attempts: int = 0
    """Requests made so far."""


@dataclass(slots=True, kw_only=True)
class SentMessage:
    """One SMS, as it was received by the provider."""

    sequence: int
    """Position in the order of sending, from 0."""
    number_id: str
    """The provider's handle of the number."""
    sender: str
    text: str = field(repr=False)
    received_at: datetime
    """When the provider says that the SMS came in: UTC, whole seconds."""
    expected_code: str | None = field(repr=False)
    """The code that a person would type in, without separators or a brand's prefix; None if there is none."""
    resend_of: int | None = None
    """Sequence of the message that this one repeats."""
    webhook_lost: bool = False
    """True if a webhook was due and is never sent."""
    webhook_duplicated: bool = False
    """True if a webhook was due and is sent twice."""
    pushes: list[Push] = field(default_factory=list)
    """Every webhook copy sent; empty if the webhook is lost or none was registered."""

    @property
    def received_at_text(self) -> str:
        """The time of receipt as the provider writes it, such as 2025-06-26T08:15:00Z."""
        return self.received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells messages apart, since the provider gives no id: number, sender, text and time of receipt."""
        return (self.number_id, self.sender, self.text, self.received_at_text)

    @property
    def delivered_pushes(self) -> int:
        """How many webhook copies were acknowledged with 2xx."""
        return sum(push.state is PushState.DELIVERED for push in self.pushes)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCounts:
    """A run in numbers; each message counts once in every field that it fits."""

    messages: int
    with_code: int
    resent: int
    webhook_lost: int
    webhook_duplicated: int
    webhook_delivered: int
    """Messages of which at least one copy was acknowledged."""
    poll_only: int
    """Messages of which no copy was acknowledged and none is still on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveOrder:
    """An order for which its client still holds a number, or a verification that still runs."""

    order_id: str
    """The provider's handle."""
    kind: str
    """What was ordered, such as "s1" or "rental"."""
    phone: str
    """E.164."""
    ordered_at: datetime
    expires_at: datetime
    paid_cents: int
    """What it has cost so far, refunds taken off."""


class Ledger:
    """Every message that a simulator sent, in the order of sending."""

    def __init__(self) -> None:
        self._messages: list[SentMessage] = []

    def __len__(self) -> int:
        return len(self._messages)

    def __iter__(self) -> Iterator[SentMessage]:
        return iter(self._messages)

    def __getitem__(self, sequence: int) -> SentMessage:
        return self._messages[sequence]

    def append(self, message: SentMessage) -> None:
        """Enter a message.

        Raises:
            ValueError: Its sequence is not the next one.
        """
        if message.sequence != len(self._messages):
            raise ValueError(f"message {message.sequence} was entered where message {len(self._messages)} is due")
        self._messages.append(message)

    def counts(self) -> LedgerCounts:
        """Sum up the run so far."""
        return LedgerCounts(
            messages=len(self._messages),
            with_code=sum(message.expected_code is not None for message in self._messages),
            resent=sum(message.resend_of is not None for message in self._messages),
            webhook_lost=sum(message.webhook_lost for message in self._messages),
            webhook_duplicated=sum(message.webhook_duplicated for message in self._messages),
            webhook_delivered=sum(message.delivered_pushes > 0 for message in self._messages),
            poll_only=sum(_poll_only(message) for message in self._messages),
        )


def _poll_only(message: SentMessage) -> bool:
    return all(push.state in (PushState.GIVEN_UP, PushState.CANCELLED) for push in message.pushes)
