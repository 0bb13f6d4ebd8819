"""What the dashboard's document leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardRules:
    """What the document leaves open; times are in seconds of the sandbox's clock."""

    one_time_seconds: float = 900.0
    """How long a one-time number waits; unused by then, it is refunded."""
    reject_not_before_seconds: float = 0.0
    """How long a one-time number cannot be rejected."""
    rental_cancel_not_before_seconds: float = 120.0
    """How long a rental cannot be cancelled."""
    rental_refund_seconds: float = 1_200.0
    """How long the cancelling of a rental that got no SMS gives its price back."""
    assignment_seconds: float = 0.0
    """How long after a request its number becomes known."""
    reuse_keeps_order_id: bool = False
    """Whether a number that is rented again keeps its order's id, and may be so once it got an SMS; else it gets a new order."""
