"""What the sinks count: every series in one place, on a registry that is handed in. Labels are bounded sets."""

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import datetime
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from schemas.deliveries import DeliveryOutcome, ErrorCode, Outcome
from schemas.events import Code

LATENCY_BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""From one hop of the pipeline to the usual life of a code."""

PROVIDERS_LIMIT = 50
"""Far above the providers that anyone rents from; the rest count as `other`, so that no event can grow the series."""


class DeliverMetrics:
    """The series of the deliver stage."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register every series; those with a fixed label set start at 0, so that a rate has a beginning."""
        self._codes = Counter("otp_deliver_codes_total", "Codes read.", ["provider"], registry=registry)
        outcomes = Counter("otp_deliver_outcomes_total", "Pushes by outcome.", ["outcome"], registry=registry)
        attempts = Counter("otp_deliver_attempts_total", "Attempts by result.", ["result"], registry=registry)
        self._latency = Histogram(
            "otp_deliver_latency_seconds",
            "From our receipt of the SMS to the subscriber's 2xx.",
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self._code_latency = Histogram(
            "otp_deliver_code_latency_seconds",
            "From our receipt of the SMS to the sink's sight of the code.",
            ["provider"],
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self._dead = Counter("otp_deliver_dead_total", "Records that went to the dead-letter topic.", registry=registry)
        self._unwanted = Counter("otp_deliver_unwanted_total", "Codes that no subscription wants.", registry=registry)
        self._last_record = Gauge(
            "otp_deliver_last_record_timestamp_seconds", "Kafka's time of the newest record read.", registry=registry
        )
        self._outcomes = {outcome: outcomes.labels(outcome) for outcome in get_args(Outcome)}
        self._attempts = {code: attempts.labels(_result(code)) for code in get_args(ErrorCode)}
        self._providers: set[str] = set()

    def read(self, codes: Iterable[Code], *, now: datetime) -> None:
        """Count the codes of a batch, and how old each was when the sink saw it."""
        tally: Tally[str] = Tally()
        for code in codes:
            provider = self._bounded(code.provider)
            tally[provider] += 1
            self._code_latency.labels(provider).observe(max(0.0, (now - code.ingested_at).total_seconds()))
        for provider, count in tally.items():
            self._codes.labels(provider).inc(count)

    def newest_record(self, timestamp_seconds: float) -> None:
        """Note Kafka's time of the newest record of a batch."""
        self._last_record.set(timestamp_seconds)

    def attempted(self, error_code: ErrorCode) -> None:
        """Count one attempt; `none` is a delivery."""
        self._attempts[error_code].inc()

    def finished(self, outcome: DeliveryOutcome) -> None:
        """Count one outcome and, of a delivery, the way through the whole pipeline."""
        self._outcomes[outcome.outcome].inc()
        if outcome.outcome == "delivered":
            self._latency.observe(max(0.0, (outcome.finished_at - outcome.ingested_at).total_seconds()))

    def died(self) -> None:
        """Count one record that goes to the dead-letter topic."""
        self._dead.inc()

    def unwanted(self, count: int) -> None:
        """Count codes that no subscription wants."""
        self._unwanted.inc(count)

    def _bounded(self, provider: str) -> str:
        if provider in self._providers:
            return provider
        if len(self._providers) >= PROVIDERS_LIMIT:
            return "other"
        self._providers.add(provider)
        return provider


def _result(error_code: ErrorCode) -> str:
    return "delivered" if error_code == "none" else error_code
