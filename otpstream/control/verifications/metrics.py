"""What verifications count. The providers are those that are configured, so every label is of a bounded set."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from otpstream.control.verifications.record import Verification
from schemas.verifications import Change

Guard = Literal["phone_live", "client", "phone", "prefix", "held"]
"""What stopped a start before the provider was asked: a live verification of the phone, a limit of velocity, or a hold."""

_SECONDS_BUCKETS = (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300)
"""A code lives five minutes."""


class VerificationMetrics:
    """All series of verifications, on the registry that is handed in."""

    def __init__(self, registry: CollectorRegistry, *, providers: Iterable[str]) -> None:
        """Register every series; each provider's start at 0, so that a rate has a beginning."""
        names = sorted(set(providers))
        changes = Counter(
            "otp_verification_changes_total",
            "Changes of verifications: requested, started, verified, expired, cancelled, refused and the rest.",
            ["provider", "change"],
            registry=registry,
        )
        self._changes = {
            (provider, change): changes.labels(provider, change) for provider in names for change in get_args(Change)
        }
        self._verify_seconds = Histogram(
            "otp_verification_verify_seconds",
            "From the start to the right code.",
            ["provider"],
            buckets=_SECONDS_BUCKETS,
            registry=registry,
        )
        self._arrival_seconds = Histogram(
            "otp_verification_arrival_seconds",
            "From the start to the receipt of its code on our own line; across two clocks.",
            ["provider"],
            buckets=_SECONDS_BUCKETS,
            registry=registry,
        )
        self._stopped = Counter(
            "otp_verification_stopped_total",
            "Starts that were stopped before the provider was asked: the phone lives, a limit, or a hold.",
            ["by"],
            registry=registry,
        )
        for by in get_args(Guard):
            self._stopped.labels(by)
        self._live = Gauge("otp_verification_live", "Verifications that live.", ["provider"], registry=registry)
        self._held = Gauge("otp_verification_held_prefixes", "Prefixes that are held.", registry=registry)
        self._last_tick = Gauge(
            "otp_verification_last_tick_timestamp_seconds",
            "Unix time when the clock last moved on all that was due.",
            registry=registry,
        )
        for provider in names:
            self._live.labels(provider)

    def changed(self, versions: Iterable[Verification]) -> None:
        """Count changes that are committed."""
        for version in versions:
            counter = self._changes.get((version.provider, version.change))
            if counter is not None:
                counter.inc()
            if version.change == "verified" and version.ended_at is not None and version.started_at is not None:
                taken_seconds = (version.ended_at - version.started_at).total_seconds()
                self._verify_seconds.labels(version.provider).observe(max(0.0, taken_seconds))
            if version.change == "sms_arrived" and version.code_seen and version.arrival_seconds is not None:
                self._arrival_seconds.labels(version.provider).observe(version.arrival_seconds)

    def stopped(self, by: Guard) -> None:
        """Count a start that was stopped before the provider was asked."""
        self._stopped.labels(by).inc()

    def stands(self, *, live: Mapping[str, int], held: int, at_seconds: float) -> None:
        """Note how many live and how many prefixes are held, as the store says."""
        for provider in {provider for provider, _ in self._changes}:
            self._live.labels(provider).set(live.get(provider, 0))
        self._held.set(held)
        self._last_tick.set(at_seconds)
