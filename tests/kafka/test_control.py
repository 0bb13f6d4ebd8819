"""The control of the exactly-once tests: without transactions kills do double, and the ledger sees it."""

import pytest

from ops.kafka.cluster import Cluster
from tests.chaos.faults import Event
from tests.chaos.run import Options, run

pytestmark = [pytest.mark.kafka, pytest.mark.chaos, pytest.mark.timeout(300)]

KILLS_MAXIMUM = 15
"""One to three double something, mostly: a kill on sight falls between an output and its offset."""


def test_at_least_once_doubles_and_loses_nothing(empty_kafka: Cluster) -> None:
    """Under at_least_once a worker that is killed over its work doubles some outputs and loses none, and the verdict says so."""
    options = Options(
        seed=1,
        messages=40_000,
        seconds=20,
        events=[Event(0, "start", "0")],
        sight_kills=KILLS_MAXIMUM,
        guarantee="at_least_once",
    )

    result = run(empty_kafka, options)

    assert result.verdict.doubled > 0
    assert not result.exact
    assert result.settled
    assert result.verdict.lost == 0
