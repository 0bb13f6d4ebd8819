"""How fast the state comes back after a restart, and how much memory a remembered message takes."""

import gc
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from confluent_kafka import Consumer

from bench import broker
from bench.processes import BenchError, Meter, Run, alone, memory_bytes
from ingest.publisher import Outgoing
from processors import deduplicate
from processors.deduplicate import HOUR_SECONDS, Identity, Seen
from processors.pipeline import Pipeline, PipelineSettings
from processors.stage.engine import collect_rarely
from processors.stage.restore import Restorer
from schemas.topics import CHANGELOG, DATA_PARTITIONS

BATCHES = (1, 50, 5_000)
"""Messages a commit: alone, under steady load, from a backlog."""
_WINDOW_HOURS = 24


@dataclass(frozen=True, kw_only=True)
class Restored:
    """One restoration of all partitions in one process."""

    batch_messages: int
    run: Run
    bytes_per_message: float


def measure(*, messages: int) -> list[Restored]:
    """Measure the restoration of so many remembered messages, written in commits of several sizes."""
    with broker.kafka() as servers:
        restored = []
        for batch in BATCHES:
            for partition in range(DATA_PARTITIONS):
                keys = messages // DATA_PARTITIONS
                broker.fill(servers, _changelog(keys, batch=batch, seed=partition), partition=partition)
            restored.append(alone(restore, servers, batch_messages=batch))
            broker.empty(servers, CHANGELOG.name)
    return restored


def _changelog(keys: int, *, batch: int, seed: int) -> Iterator[Outgoing]:
    """Yield what a partition's commits leave, a day of them: each commit's messages are of the hour in which it was made."""
    rng = random.Random(seed)
    begun = int(datetime.now(UTC).timestamp()) - _WINDOW_HOURS * HOUR_SECONDS
    for first in range(0, keys, batch):
        second = begun + _WINDOW_HOURS * HOUR_SECONDS * first // keys
        fresh = Seen()
        for _ in range(min(batch, keys - first)):
            identity = Identity(rng.getrandbits(60), second, by_id=False)
            deduplicate.remember(fresh, identity, at=second + HOUR_SECONDS)
        for value in deduplicate.pack(fresh):
            yield Outgoing(CHANGELOG.name, b"seen", value, [])


def restore(bootstrap_servers: str, *, batch_messages: int) -> Restored:
    """Restore the state of all partitions.

    Raises:
        BenchError: nothing came back.
    """
    collect_rarely()  # as the engine does
    stage: Pipeline = Pipeline(PipelineSettings())
    states = {partition: stage.new_state() for partition in range(DATA_PARTITIONS)}
    restorer: Restorer[Any] = Restorer(stage, broker.connection(bootstrap_servers), group="bench.restore")
    # Its own libraries and threads are there before the memory is looked at.
    Consumer({**broker.connection(bootstrap_servers), "group.id": "bench"}).close()
    gc.collect()
    before, meter = memory_bytes(), Meter()
    restorer.restore(states, [], now=datetime.now(UTC))
    keys = sum(len(state.seen) for state in states.values())
    if not keys:
        raise BenchError("nothing was restored")
    run = meter.stop(keys)
    restorer.close()
    gc.collect()
    return Restored(batch_messages=batch_messages, run=run, bytes_per_message=(memory_bytes() - before) / keys)
