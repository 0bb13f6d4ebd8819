"""The dashboard's webhook: number assignment, SMS reception and rental updates, POSTed to one URL.

Source: Text2FA dashboard API documentation, "API Settings".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum

from otpstream.sandbox.faults import FaultSource
from otpstream.sandbox.ledger import Push
from otpstream.sandbox.text2fa_dashboard.dialect import Dialect, Shown
from otpstream.sandbox.webhooks import WebhookSender

_WEBHOOK_ID = "dashboard"  # there is one, set by its owner


class EventName(StrEnum):
    """What the webhook tells."""

    NUMBER_ASSIGNED = "number.assigned"
    SMS_RECEIVED = "sms.received"
    RENTAL_UPDATED = "rental.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedEvent:
    """One event that was due to the webhook."""

    name: EventName
    order_id: str
    status: str
    """The order's, at the time."""
    lost: bool
    """True if it is never sent."""
    pushes: list[Push] = field(default_factory=list)
    """Every copy sent."""


class EventPoster:
    """Posts events to the URL, if one is set.

    Args:
        sender: Sends webhooks.
        source: Decides which get lost, doubled or late.
        dialect: Words them.
    """

    def __init__(self, *, sender: WebhookSender, source: FaultSource, dialect: Dialect) -> None:
        self.url: str | None = None
        self.posted: list[PostedEvent] = []
        self._sender = sender
        self._source = source
        self._dialect = dialect

    def post(self, name: EventName, *, order_id: str, status: str, shown: Shown) -> PostedEvent | None:
        """Post an event; None without a URL.

        Raises:
            RuntimeError: The simulator is not entered.
        """
        # Drawn also without a URL: the n-th event of a seed then always has the same fate.
        plan = self._source.plan_webhook()
        if self.url is None:
            return None
        event = PostedEvent(name=name, order_id=order_id, status=status, lost=plan.lost)
        body = json.dumps(self._dialect.event(name, shown), ensure_ascii=False, separators=(",", ":")).encode()
        for delay_seconds in plan.delays_seconds:
            push = Push(webhook_id=_WEBHOOK_ID)
            self._sender.push(push, url=self.url, body=body, delay_seconds=delay_seconds)
            event.pushes.append(push)
        self.posted.append(event)
        return event
