"""The times that the dashboard's document leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardRules:
    """Times that the document leaves open, in seconds of the sandbox's clock."""

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
