"""What the control plane counts of rentals. Labels are suppliers and accounts of the settings, and words of bounded sets."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge

from ingest.providers.contract import Supplier
from otpstream.control.rentals.asking import Refused, Unknown
from otpstream.control.rentals.rental import IntentKind


class ControlMetrics:
    """The series of rentals, the outbox and balances."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._calls = Counter(
            "otp_control_calls_total",
            "Calls that change something at a supplier, by what came of them.",
            ["supplier", "operation", "result"],
            registry=registry,
        )
        self._settled = Counter(
            "otp_control_settled_total",
            "Calls of unknown outcome, by what the supplier's list told of them.",
            ["supplier", "operation", "outcome"],
            registry=registry,
        )
        self._orphans = Counter(
            "otp_control_orphans_total",
            "Rentals found at a supplier that nobody here asked for, by what became of them.",
            ["supplier", "outcome"],
            registry=registry,
        )
        self._ended = Counter(
            "otp_control_given_back_total",
            "Numbers given back by themselves, by why.",
            ["supplier", "reason"],
            registry=registry,
        )
        self._balance = Gauge(
            "otp_control_balance",
            "What is left on the account, in its currency.",
            ["supplier", "account"],
            registry=registry,
        )
        self._cap_used = Gauge(
            "otp_control_spend_cap_used_ratio",
            "How much of its cap of the day (UTC) the client has used that is nearest to it.",
            registry=registry,
        )
        self._open = Gauge(
            "otp_control_unsettled_calls",
            "Calls whose outcome is unknown, at the last look at the supplier's list.",
            ["supplier", "account"],
            registry=registry,
        )
        self._waiting = Gauge(
            "otp_control_outbox_records", "Records that Kafka has not acknowledged.", registry=registry
        )
        self._oldest = Gauge(
            "otp_control_outbox_age_seconds", "How long the oldest of them has waited.", registry=registry
        )

    def called(self, supplier: Supplier, operation: IntentKind, answer: Any) -> None:
        """Count one call by its answer."""
        result = {Refused: "refused", Unknown: "unknown"}.get(type(answer), "done")
        self._calls.labels(supplier.name, operation, result).inc()

    def settled(self, supplier: Supplier, operation: IntentKind, outcome: str) -> None:
        """Count one unknown outcome that became known: done, failed or unknown for good."""
        self._settled.labels(supplier.name, operation, outcome).inc()

    def orphan(self, supplier: Supplier, outcome: str) -> None:
        """Count one orphan: adopted or released."""
        self._orphans.labels(supplier.name, outcome).inc()

    def given_back(self, supplier: str, reason: str) -> None:
        """Count one number given back by itself."""
        self._ended.labels(supplier, reason).inc()

    def unsettled(self, supplier: Supplier, count: int) -> None:
        """Note how many calls are open."""
        self._open.labels(supplier.name, supplier.account).set(count)

    def balance(self, supplier: Supplier, amount: Decimal) -> None:
        """Note what is left on an account."""
        self._balance.labels(supplier.name, supplier.account).set(float(amount))

    def spend_cap_used(self, ratio: float) -> None:
        """Note how near the nearest client is to its cap."""
        self._cap_used.set(ratio)

    def outbox(self, count: int, oldest: datetime | None, *, clock: Callable[[], datetime]) -> None:
        """Note what waits in the outbox."""
        self._waiting.set(count)
        self._oldest.set(0.0 if oldest is None else max(0.0, (clock() - oldest).total_seconds()))
