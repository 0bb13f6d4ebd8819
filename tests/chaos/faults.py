"""What is done to the workers and brokers, and when: planned from a seed, then done on time."""

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from ops.kafka.cluster import Cluster
from tests.chaos.ledger import Ledger
from tests.chaos.workers import Workers

Action = Literal["start", "kill", "stop", "freeze", "thaw", "claim"]

SHORT_PAUSE_SECONDS = (0.0, 2.0)
"""A restart within the session time-out (6 s): the worker's partitions wait for it."""
LONG_PAUSE_SECONDS = (7.0, 9.0)
"""Beyond it: the others take them over, and give them back."""
LONG_PAUSE_SHARE = 0.1
FREEZE_SECONDS = (7.0, 14.0)
"""Beyond the session time-out, and in half of the cases beyond the transaction's (10 s): it wakes as a zombie."""
_LIFE_SECONDS = (0.5, 4.0)
"""How old a worker is at least when it is killed or frozen: from still starting to well at work."""
_BROKER_DOWN_SECONDS = (1.0, 8.0)
"""Around the brokers' session time-out (3 s): with and without a change of leaders."""
_IN_SYNC_SECONDS = 120.0
_PROBE_SECONDS = 0.5
_SIGHT_SECONDS = 0.002


class Event(NamedTuple):
    """One thing to do to a worker."""

    at: float
    """Seconds after the start."""
    action: Action
    slot: str


def plan(
    draw: random.Random,
    *,
    slots: Sequence[str],
    kills: int,
    freezes: int = 0,
    seconds: float,
    warm_seconds: float = 3.0,
) -> list[Event]:
    """Return the starts of all slots, and kills and freezes at random instants with their ends, in order.

    Args:
        draw: decides everything.
        slots: of the workers.
        kills: how many `kill -9`, each followed by a restart.
        freezes: how many are frozen for a while.
        seconds: over how long.
        warm_seconds: how long nothing happens at first.
    """
    events = [Event(0.0, "start", slot) for slot in slots]
    instants = [(draw.uniform(warm_seconds, seconds), "kill") for _ in range(kills)]
    instants += [(draw.uniform(warm_seconds, seconds), "freeze") for _ in range(freezes)]
    ready = [(0.0, slot) for slot in slots]
    heapq.heapify(ready)
    for wanted, what in sorted(instants):
        candidates = [one for one in ready if one[0] <= wanted] or [ready[0]]
        chosen = draw.choice(candidates)
        ready.remove(chosen)
        at, slot = max(wanted, chosen[0]), chosen[1]
        if what == "kill":
            # One worker alone has nobody to take its partitions over, so a long pause would only be a pause.
            long = len(slots) > 1 and draw.random() < LONG_PAUSE_SHARE
            pause = LONG_PAUSE_SECONDS if long else SHORT_PAUSE_SECONDS
            back = at + draw.uniform(*pause)
            events += [Event(at, "kill", slot), Event(back, "start", slot)]
        else:
            back = at + draw.uniform(*FREEZE_SECONDS)
            events += [Event(at, "freeze", slot), Event(back, "thaw", slot)]
        ready.append((back + draw.uniform(*_LIFE_SECONDS), slot))
        heapq.heapify(ready)
    return sorted(events)


def conduct(events: Sequence[Event], workers: Workers, *, done: Counter[str], stopped: Callable[[], bool]) -> None:
    """Do what is planned, each at its time from now, and look after the workers meanwhile.

    Args:
        events: in order.
        workers: to whom.
        done: where each action is counted.
        stopped: ends it early.

    Raises:
        WorkerError: one ended by itself.
    """
    started = time.monotonic()
    acts = {
        "start": workers.start,
        "kill": workers.kill,
        "stop": workers.stop,
        "freeze": workers.freeze,
        "thaw": workers.thaw,
        "claim": workers.claim,
    }
    for event in events:
        while (wait := started + event.at - time.monotonic()) > 0 and not stopped():
            time.sleep(min(wait, 0.1))
            workers.check()
        if stopped():
            return
        acts[event.action](event.slot)
        done[event.action] += 1


def kill_on_sight(
    ledger: Ledger,
    workers: Workers,
    slot: str,
    *,
    kills: int,
    seconds: float,
    done: Counter[str],
    stopped: Callable[[], bool],
) -> None:
    """Kill a worker as soon as anything that it wrote since its start is read, again and again, until something is doubled.

    Without transactions that is the moment between an output and its offset; with them, it is right after a commit.

    Args:
        ledger: tells what was read and doubled.
        workers: of which one is killed, and started again.
        slot: which.
        kills: at most so many.
        seconds: at most for so long.
        done: where each is counted.
        stopped: ends it early.
    """
    until = time.monotonic() + seconds
    for _ in range(kills):
        seen = ledger.arrived
        while ledger.arrived == seen:
            if stopped() or time.monotonic() > until:
                return
            time.sleep(_SIGHT_SECONDS)
        if ledger.wrong["doubled"]:
            return
        workers.kill(slot)
        workers.start(slot)
        done["kill"] += 1


def kill_brokers(
    draw: random.Random,
    cluster: Cluster,
    *,
    kills: int,
    seconds: float,
    done: Counter[str],
    stopped: Callable[[], bool],
) -> None:
    """Kill brokers one after the other at random instants; the next only once all replicas are in sync again."""
    started = time.monotonic()
    for at in sorted(draw.uniform(0.1 * seconds, 0.9 * seconds) for _ in range(kills)):
        while time.monotonic() < started + at and not stopped():
            time.sleep(0.1)
        if stopped():
            return
        index = draw.randrange(cluster.brokers)
        cluster.kill(index)
        done["broker"] += 1
        time.sleep(draw.uniform(*_BROKER_DOWN_SECONDS))
        cluster.restart(index)
        await_in_sync(cluster)


def await_in_sync(cluster: Cluster) -> None:
    """Wait until every replica of every partition is in sync.

    Raises:
        TimeoutError: they were not in time.
    """
    admin = AdminClient({"bootstrap.servers": cluster.bootstrap_servers, "log_level": 2})
    deadline = time.monotonic() + _IN_SYNC_SECONDS
    while not _in_sync(admin):
        if time.monotonic() > deadline:
            raise TimeoutError(f"the replicas were not in sync within {_IN_SYNC_SECONDS:.0f} s")
        time.sleep(_PROBE_SECONDS)


def _in_sync(admin: AdminClient) -> bool:
    try:
        topics = admin.list_topics(timeout=5).topics.values()
    except KafkaException:
        return False
    return all(
        len(partition.isrs) == len(partition.replicas) for topic in topics for partition in topic.partitions.values()
    )
