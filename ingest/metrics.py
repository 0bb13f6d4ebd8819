"""The metrics of the ingest stage. Every label is of a bounded set; children are bound once, since a lookup costs more than the count."""

from collections.abc import Iterable
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from ingest.providers.breaker import CircuitState
from ingest.providers.registry import Circuit
from schemas.events import Path
from schemas.rentals import State

WEBHOOK_RESULTS = (
    "accepted",
    "unreadable",
    "unauthorized",
    "forbidden",
    "too_slow",
    "too_large",
    "method_not_allowed",
    "disconnected",
    "broker_away",
    "bug",
)
POLL_RESULTS = ("ok", "away", "key_refused", "refused", "unreadable", "not_supported", "broker_away", "bug")

_LATENCY_BUCKETS_SECONDS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
"""From a webhook sent at once, at the resolution of clocks that tick in seconds, to a message fetched an hour late."""
_PUBLISH_BUCKETS_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
"""From a broker next door to the longest wait for an acknowledgement."""


class IngestMetrics:
    """All metrics of the stage, on the registry that is handed in."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.messages = Counter(
            "otp_ingest_messages", "SMS published, durable on the broker.", ["provider", "path"], registry=registry
        )
        self.webhook_requests = Counter(
            "otp_ingest_webhook_requests",
            "Webhook requests by what became of them.",
            ["provider", "result"],
            registry=registry,
        )
        self.dead = Counter(
            "otp_ingest_dead",
            "Bodies and items that went to a dead-letter topic.",
            ["provider", "path"],
            registry=registry,
        )
        self.provider_latency_seconds = Histogram(
            "otp_ingest_provider_latency_seconds",
            "From the provider's receipt of an SMS to ours; across two clocks.",
            ["provider", "path"],
            buckets=_LATENCY_BUCKETS_SECONDS,
            registry=registry,
        )
        self.publish_seconds = Histogram(
            "otp_ingest_publish_seconds",
            "From handing records to the producer to the acknowledgement of them all.",
            buckets=_PUBLISH_BUCKETS_SECONDS,
            registry=registry,
        )
        self.poll_requests = Counter(
            "otp_ingest_poll_requests",
            "Calls of the poller by what became of them.",
            ["provider", "result"],
            registry=registry,
        )
        self.poll_last_success_seconds = Gauge(
            "otp_ingest_poll_last_success_timestamp_seconds",
            "Unix time when the poller of an account last fetched and published without a fault.",
            ["provider", "account"],
            registry=registry,
        )
        self.rentals = Gauge(
            "otp_ingest_rentals",
            "Rentals that the poller of an account knows, by state.",
            ["provider", "account", "state"],
            registry=registry,
        )


def watch_circuits(registry: CollectorRegistry, circuits: Iterable[Circuit]) -> None:
    """Have the registry tell, whenever it is asked, in which state the circuit breaker of each account is."""
    gauge = Gauge(
        "otp_provider_circuit",
        "1 for the state that the circuit breaker of an account is in, 0 for the others.",
        ["provider", "account", "state"],
        registry=registry,
    )

    def watch(circuit: Circuit, state: CircuitState) -> None:
        child = gauge.labels(circuit.provider, circuit.account, state)
        child.set_function(lambda: float(circuit.breaker.state == state))

    for circuit in circuits:
        for state in get_args(CircuitState):
            watch(circuit, state)


class PathMetrics:
    """The children of one provider and path."""

    def __init__(self, metrics: IngestMetrics, provider: str, path: Path) -> None:
        self.messages = metrics.messages.labels(provider, path)
        self.dead = metrics.dead.labels(provider, path)
        self.latency_seconds = metrics.provider_latency_seconds.labels(provider, path)


class WebhookMetrics(PathMetrics):
    """What the receiver of one provider counts.

    Args:
        metrics: of the stage.
        provider: whose webhooks come in; one provider may be several suppliers, and SMS are counted under the one that they name.
    """

    def __init__(self, metrics: IngestMetrics, provider: str) -> None:
        super().__init__(metrics, provider, "webhook")
        self._stage = metrics
        self._by_supplier: dict[str, PathMetrics] = {provider: self}
        self.requests = {result: metrics.webhook_requests.labels(provider, result) for result in WEBHOOK_RESULTS}

    def of(self, supplier: str) -> PathMetrics:
        """Return what is counted under a supplier, as the poller counts its SMS."""
        found = self._by_supplier.get(supplier)
        if found is None:
            found = self._by_supplier[supplier] = PathMetrics(self._stage, supplier, "webhook")
        return found


class PollMetrics(PathMetrics):
    """What the poller of one account counts."""

    def __init__(self, metrics: IngestMetrics, provider: str, account: str) -> None:
        super().__init__(metrics, provider, "poll")
        self.requests = {result: metrics.poll_requests.labels(provider, result) for result in POLL_RESULTS}
        self.last_success_seconds = metrics.poll_last_success_seconds.labels(provider, account)
        self.rentals = {state: metrics.rentals.labels(provider, account, state) for state in get_args(State)}
