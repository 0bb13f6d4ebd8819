"""Two processes under one slot: the earlier one sees it, says so and goes, and nothing comes of it in the stream."""

from pathlib import Path

import pytest

from ops.kafka.cluster import Cluster
from tests.chaos import report
from tests.chaos.faults import Event
from tests.chaos.run import Options, run

pytestmark = [pytest.mark.kafka, pytest.mark.chaos, pytest.mark.timeout(300)]


def test_a_slot_that_is_claimed_twice_is_left_by_the_earlier_process(empty_kafka: Cluster, tmp_path: Path) -> None:
    """The earlier process ends by itself with exit status 1 and a sentence naming slot and setting; the stream stays exact."""
    # That it ends by itself, in time and with status 1, is what `claim` insists on.
    events = [Event(0, "start", "0"), Event(6, "claim", "0"), Event(12, "claim", "0")]

    result = run(empty_kafka, Options(seed=6, messages=20_000, seconds=16, events=events, logs=tmp_path))

    sentences = [
        line for line in (tmp_path / "worker-0.log").read_text().splitlines() if line.startswith("otpstream: ")
    ]
    assert len(sentences) == 2
    for sentence in sentences:
        assert "slot 0 of otpstream.process was claimed by another process" in sentence
        assert "PROCESS_SLOT=" in sentence
    assert report.complaints(result) == []
