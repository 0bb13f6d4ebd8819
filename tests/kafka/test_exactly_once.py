"""The promise itself, on a real Kafka: whatever is killed, and whenever, nothing is lost, doubled or out of order.

What counts as that is in `tests/chaos/ledger.py`; `make chaos` runs the same for as long as one likes.
"""

import random

import pytest

from ops.kafka.cluster import Cluster
from tests.chaos import report
from tests.chaos.faults import Event, plan
from tests.chaos.report import Result
from tests.chaos.run import Options, run

pytestmark = [pytest.mark.kafka, pytest.mark.chaos, pytest.mark.timeout(300)]


def _assert_exact(result: Result, *, messages: int) -> None:
    assert report.complaints(result) == []
    assert result.exact
    assert result.messages == messages
    # The harder halves of the traffic were really there.
    assert result.revised > 0
    assert result.poison > 0


@pytest.mark.parametrize("seed", [7, 11])
def test_a_worker_that_is_killed_at_any_instant_leaves_no_trace(empty_kafka: Cluster, seed: int) -> None:
    """The only worker killed again and again under load: every message comes out exactly once and in order."""
    seconds, kills = 20.0, 7
    events = plan(random.Random(seed), slots=["0"], kills=kills, seconds=seconds)

    result = run(empty_kafka, Options(seed=seed, messages=50_000, seconds=seconds, events=events))

    _assert_exact(result, messages=50_000)
    assert result.worker_kills == kills


def test_members_may_come_and_go(empty_kafka: Cluster) -> None:
    """Workers that join, die for good, leave when told and come back under load change nothing of what comes out."""
    events = [
        Event(0, "start", "0"),
        Event(4, "start", "1"),
        Event(8, "start", "2"),
        Event(13, "kill", "0"),
        Event(22, "stop", "1"),
        Event(23, "start", "0"),
        Event(31, "start", "1"),
    ]

    result = run(empty_kafka, Options(seed=3, messages=30_000, seconds=35, events=events))

    _assert_exact(result, messages=30_000)


def test_a_zombie_commits_nothing(empty_kafka: Cluster) -> None:
    """A worker that wakes after others took its partitions over doubles nothing, wherever in its batch it had stopped."""
    events = [
        Event(0, "start", "0"),
        Event(0, "start", "1"),
        Event(6, "freeze", "0"),
        Event(15, "thaw", "0"),
        Event(19, "freeze", "1"),
        Event(32, "thaw", "1"),
    ]

    result = run(empty_kafka, Options(seed=4, messages=40_000, seconds=34, events=events))

    _assert_exact(result, messages=40_000)


def test_a_broker_may_die(kafka_cluster: Cluster) -> None:
    """One of three brokers killed and restarted under load, while workers die too, changes nothing of what comes out."""
    seconds = 30.0
    events = plan(random.Random(5), slots=["0", "1"], kills=3, seconds=seconds)

    result = run(kafka_cluster, Options(seed=5, messages=20_000, seconds=seconds, events=events, broker_kills=2))

    _assert_exact(result, messages=20_000)
    assert result.broker_kills == 2
