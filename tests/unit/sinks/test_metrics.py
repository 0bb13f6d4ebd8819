"""The series of the deliver stage stay few, whatever the events say."""

from datetime import timedelta

from prometheus_client import CollectorRegistry

from sinks.metrics import PROVIDERS_LIMIT, DeliverMetrics
from tests.unit.sinks.conftest import NOON, MakeCode


def test_unknown_providers_cannot_grow_the_series(
    make_code: MakeCode, metrics: DeliverMetrics, registry: CollectorRegistry
) -> None:
    """Past the limit every further provider counts as `other`, and no code goes uncounted."""
    codes = [make_code(provider=f"p{n}") for n in range(PROVIDERS_LIMIT + 30)]

    metrics.read(codes, now=NOON)
    metrics.read(codes[:5], now=NOON)

    samples = [
        sample
        for metric in registry.collect()
        if metric.name == "otp_deliver_codes"
        for sample in metric.samples
        if sample.name == "otp_deliver_codes_total"
    ]
    assert len(samples) == PROVIDERS_LIMIT + 1
    assert sum(sample.value for sample in samples) == len(codes) + 5
    assert registry.get_sample_value("otp_deliver_codes_total", {"provider": "other"}) == 30


def test_age_of_a_code_is_measured_when_it_is_read(
    make_code: MakeCode, metrics: DeliverMetrics, registry: CollectorRegistry
) -> None:
    """The latency runs from our receipt to the sink; a clock that runs backwards counts as no time."""
    codes = [make_code(ingested_at=NOON - timedelta(seconds=3)), make_code(ingested_at=NOON + timedelta(seconds=9))]

    metrics.read(codes, now=NOON)

    assert registry.get_sample_value("otp_deliver_code_latency_seconds_sum", {"provider": "text2fa"}) == 3
