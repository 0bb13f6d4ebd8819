"""What the processing stage counts: a batch at a time, once it is committed."""

from collections import Counter

import pytest
from prometheus_client import CollectorRegistry

from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Poison, Result
from tests.builders import NOON, make_rental, make_sms, record_of, seconds
from tests.unit.processors.verifications import make_verification, told


@pytest.fixture
def registry() -> CollectorRegistry:
    """Hold the series of one test."""
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> ProcessMetrics:
    """Count on the registry of the test."""
    return ProcessMetrics(registry)


def test_every_tally_of_the_pipeline_is_counted(registry: CollectorRegistry, metrics: ProcessMetrics) -> None:
    """Nothing that the pipeline tallies is unknown to the series, and the counts are the same."""
    stage, state = Pipeline(PipelineSettings()), State()
    tally: Counter[tuple[str, ...]] = Counter()
    sms = [
        record_of(make_sms(sms_id=str(place), text=text))
        for place, text in enumerate(["Hi", "Hi", "Your code is 843291"])
    ]
    for batch in (sms, [record_of(make_rental())], [told(make_verification())]):
        result = stage.process(state, batch, NOON)
        stage.apply(state, result.changes, NOON)
        metrics.committed(results=[result], records=len(batch), seconds=0.01, now=NOON)
        tally += result.tally

    counted: Counter[str] = Counter()
    for family in registry.collect():
        for sample in family.samples:
            if sample.name.endswith("_total"):
                counted[sample.name] += int(sample.value)
    named: Counter[str] = Counter()
    for (name, *_), count in tally.items():
        named[f"otp_process_{name}_total"] += count
    assert set(named) == {
        f"otp_process_{name}_total"
        for name in ("messages", "duplicates", "extracted", "correlated", "rentals", "verifications")
    }
    assert {name: count for name, count in counted.items() if count} == named


def test_latency_is_of_the_oldest_and_up_to_the_commit(registry: CollectorRegistry, metrics: ProcessMetrics) -> None:
    """From our receipt to the end of the commit; a receipt ahead of our clock counts as none, never as negative."""
    metrics.committed(results=[Result(oldest=NOON - seconds(2))], records=1, seconds=0.5, now=NOON)
    assert registry.get_sample_value("otp_process_latency_seconds_sum") == 2.5
    metrics.committed(results=[Result(oldest=NOON + seconds(9)), Result()], records=1, seconds=0.5, now=NOON)
    assert registry.get_sample_value("otp_process_latency_seconds_sum") == 2.5
    assert registry.get_sample_value("otp_process_latency_seconds_count") == 2


def test_poison_is_counted_by_reason(registry: CollectorRegistry, metrics: ProcessMetrics) -> None:
    """Bad bytes and bugs of ours are told apart."""
    poison = [Poison(record_of(make_sms()), reason, "") for reason in ("unreadable", "bug", "bug")]
    metrics.committed(results=[Result(poison=poison)], records=3, seconds=0.1, now=NOON)
    assert registry.get_sample_value("otp_process_dead_total", {"reason": "bug"}) == 2
    assert registry.get_sample_value("otp_process_dead_total", {"reason": "unreadable"}) == 1


def test_ready_while_partitions_are_assigned(registry: CollectorRegistry, metrics: ProcessMetrics) -> None:
    """Ready once work was given; no longer when it was taken away, and the time of the last restore stays."""
    seen = [metrics.has_partitions]
    for partitions, taken in ((3, 1.5), (0, 0.0)):
        metrics.assigned(partitions=partitions, restored_changes=10, seconds=taken)
        seen.append(metrics.has_partitions)
    assert seen == [False, True, False]
    assert registry.get_sample_value("otp_process_restore_seconds") == 1.5
    assert registry.get_sample_value("otp_process_partitions") == 0


def test_aborts_are_counted(registry: CollectorRegistry, metrics: ProcessMetrics) -> None:
    """A transaction that was processed again shows."""
    metrics.aborted(reason="timed out")
    assert registry.get_sample_value("otp_process_aborts_total") == 1
