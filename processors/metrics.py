"""What the processing stage counts: every series in one place, on a registry that is handed in. Labels are bounded sets.

Nothing is counted a message at a time: the pipeline tallies a batch, and the tally is added once the batch is committed.
"""

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from processors.stage.contract import Result

LATENCY_BUCKETS_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
BATCH_BUCKETS_RECORDS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)


class ProcessMetrics:
    """The series of the processing stage: an observer of the engine."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Register every series."""

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(name, text, labels, registry=registry)

        self._tallies = {
            "messages": counter(
                "otp_process_messages_total", "Unique messages, by the path that was first.", "provider", "path"
            ),
            "duplicates": counter(
                "otp_process_duplicates_total", "Copies dropped, by the path that was later.", "provider", "path"
            ),
            "webhook_late": counter(
                "otp_process_webhook_late_total",
                "Messages that the poll brought first and a webhook later.",
                "provider",
                "account",
            ),
            "webhook_missing": counter(
                "otp_process_webhook_missing_total",
                "Messages that the poll brought and no webhook within 15 minutes; all of an account without webhooks.",
                "provider",
                "account",
            ),
            "extracted": counter(
                "otp_process_extracted_total", "Unique messages with a code, or silent.", "provider", "outcome"
            ),
            "correlated": counter(
                "otp_process_correlated_total",
                "Messages by when what they belong to, a rental or a verification, was known: at_once, late, unknown.",
                "provider",
                "to",
                "when",
            ),
            "rentals": counter("otp_process_rentals_total", "Rental states taken in.", "provider", "state"),
            "verifications": counter(
                "otp_process_verifications_total",
                "States of verifications of our own lines taken in.",
                "provider",
                "state",
            ),
        }
        self._dead = counter("otp_process_dead_total", "Records that went to a dead-letter topic.", "reason")
        # From 0 on, so that the first ones are an increase.
        for reason in ("unreadable", "bug"):
            self._dead.labels(reason)
        self._aborts = counter("otp_process_aborts_total", "Transactions aborted and processed again.")
        self._commit = Histogram(
            "otp_process_commit_seconds",
            "From taking a batch to its commit.",
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self._batch = Histogram(
            "otp_process_batch_records", "Records a commit.", buckets=BATCH_BUCKETS_RECORDS, registry=registry
        )
        self._latency = Histogram(
            "otp_process_latency_seconds",
            "From our receipt of a batch's oldest SMS to the commit of its code.",
            buckets=LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self._partitions = Gauge("otp_process_partitions", "Partitions assigned to this process.", registry=registry)
        self._restore = Gauge(
            "otp_process_restore_seconds", "How long the last assignment took, its state included.", registry=registry
        )
        self._last = Gauge(
            "otp_process_last_commit_timestamp_seconds", "When a batch was last committed.", registry=registry
        )

        self.has_partitions = False
        """Whether this process has work: the readiness of the stage."""

    def assigned(self, *, partitions: int, restored_changes: int, seconds: float) -> None:  # noqa: ARG002 - the observer's signature
        """See :class:`processors.stage.Observer`."""
        self.has_partitions = partitions > 0
        self._partitions.set(partitions)
        if partitions:
            self._restore.set(seconds)

    def committed(self, *, results: Sequence[Result], records: int, seconds: float, now: datetime) -> None:
        """See :class:`processors.stage.Observer`."""
        self._batch.observe(records)
        self._commit.observe(seconds)
        self._last.set(now.timestamp() + seconds)
        for result in results:
            for (name, *labels), count in result.tally.items():
                self._tallies[name].labels(*labels).inc(count)
            for poison in result.poison:
                self._dead.labels(poison.reason).inc()
            if result.oldest is not None:
                self._latency.observe(max(0.0, (now - result.oldest).total_seconds() + seconds))

    def aborted(self, *, reason: str) -> None:  # noqa: ARG002
        """See :class:`processors.stage.Observer`."""
        self._aborts.inc()
