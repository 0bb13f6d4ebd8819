"""The settings of a cluster's nodes, as a pure function of its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"

REPLICAS_MAXIMUM = 3  # what production runs with, however many brokers there are
INTERNAL_TOPIC_PARTITIONS = 8  # instead of 50: each costs start-up and fail-over time
SESSION_TIMEOUT_MILLISECONDS = 3_000  # instead of 9,000: how long a killed broker keeps its leaderships
HEARTBEAT_INTERVAL_MILLISECONDS = 500  # six may be missed before the session ends


@dataclass(frozen=True, slots=True)
class Node:
    """Where one combined broker and controller listens and keeps its data."""

    index: int
    broker_port: int
    controller_port: int
    directory: Path

    @property
    def address(self) -> str:
        """What clients connect to."""
        return f"{HOST}:{self.broker_port}"


def render_properties(node: Node, nodes: Sequence[Node]) -> str:
    """Return the `server.properties` of one node.

    Args:
        node: The node.
        nodes: All nodes of its cluster, itself among them.
    """
    replicas = min(len(nodes), REPLICAS_MAXIMUM)
    in_sync_minimum = max(1, replicas - 1)
    settings: dict[str, object] = {
        "process.roles": "broker,controller",
        "node.id": node.index,
        "log.dirs": (node.directory / "data").as_posix(),
        "listeners": f"PLAINTEXT://{node.address},CONTROLLER://{HOST}:{node.controller_port}",
        "advertised.listeners": f"PLAINTEXT://{node.address}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": ",".join(f"{one.index}@{HOST}:{one.controller_port}" for one in nodes),
        "broker.session.timeout.ms": SESSION_TIMEOUT_MILLISECONDS,
        "broker.heartbeat.interval.ms": HEARTBEAT_INTERVAL_MILLISECONDS,
        "auto.create.topics.enable": "false",
        "default.replication.factor": replicas,
        "min.insync.replicas": in_sync_minimum,
        "offsets.topic.num.partitions": INTERNAL_TOPIC_PARTITIONS,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.num.partitions": INTERNAL_TOPIC_PARTITIONS,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": in_sync_minimum,
        "group.initial.rebalance.delay.ms": 0,
        "log.cleaner.enable": "true",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())
