"""The time that simulators go by; tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the time, aware of its zone."""


def utc_now() -> datetime:
    """Tell the time of the system clock in UTC."""
    return datetime.now(UTC)
