"""A real Apache Kafka on the loopback interface, for tests, benchmarks and work at the desk; no Docker."""

import atexit
import base64
import tempfile
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

from ops.kafka import distribution, ports
from ops.kafka.broker import Broker
from ops.kafka.configuration import Node
from ops.kafka.tether import Tether

START_TIMEOUT_SECONDS = 60  # three brokers take 8 s on two cores; a busy CI machine takes its time
STOP_TIMEOUT_SECONDS = 5  # the last brokers of a stopping cluster have no quorum left to sign off with


class ClusterError(RuntimeError):
    """The cluster was asked for something that its state does not allow."""


class Cluster:
    """Brokers that are their own controllers (KRaft), started together, killed and restarted one by one.

    Used as a context manager. Data live in a temporary directory and go with the cluster. No broker outlives this
    process on Linux, however it ends.
    """

    def __init__(self, brokers: int = 1, directory: Path | None = None, *, port: int | None = None) -> None:
        """Describe a cluster; `start` starts it.

        Args:
            brokers: How many, at least 1. Topics have a replica on each, three at most; all but one must be in sync.
            directory: Where data and logs go, empty or not there yet; it stays after the stop. A temporary one if None.
            port: Where the first broker listens, the others on the ports that follow. Any free ports if None.
        """
        if brokers < 1:
            raise ValueError(f"A cluster has at least one broker, not {brokers}.")
        self.brokers = brokers
        self._directory = directory
        self._port = port
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._tether: Tether | None = None
        self._members: list[Broker] = []

    @property
    def bootstrap_servers(self) -> str:
        """The addresses of all brokers, joined by commas."""
        if not self._members:
            raise ClusterError("The cluster is not started, so it has no addresses yet.")
        return ",".join(member.node.address for member in self._members)

    def start(self) -> None:
        """Start all brokers and wait until each of them serves and knows the others.

        Raises:
            ClusterError: It is started already, or its directory is not empty.
            MissingToolError: Java or Maven is missing.
            DownloadError: Kafka's jars could not be fetched.
            PortError: A port is taken.
            BrokerError: A broker failed; the text ends with the tail of its log.
        """
        if self._members:
            raise ClusterError("The cluster is started already.")
        kafka = distribution.obtain()
        atexit.register(self.stop)
        try:
            self._tether = Tether()
            nodes = self._place_nodes(self._open_directory())
            self._members = [Broker(node, distribution=kafka, tether=self._tether) for node in nodes]
            self._bring_up(nodes)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End all brokers, at first politely, and remove the temporary directory; harmless when nothing runs."""
        for member in self._members:
            member.terminate()
        deadline = time.monotonic() + STOP_TIMEOUT_SECONDS
        for member in self._members:
            if not member.wait(max(0.0, deadline - time.monotonic())):
                member.kill()
        self._members = []
        if self._tether is not None:
            self._tether.close()
            self._tether = None
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None
        atexit.unregister(self.stop)

    def kill(self, broker_index: int) -> None:
        """End a broker at once (SIGKILL), as a crash would; its data stay for `restart`."""
        self._member(broker_index).kill()

    def restart(self, broker_index: int) -> None:
        """Start a broker again on its data and port, stopping it first if it runs, and wait until it serves.

        Raises:
            BrokerError: It did not come back; the text ends with the tail of its log.
        """
        member = self._member(broker_index)
        member.terminate()
        if not member.wait(STOP_TIMEOUT_SECONDS):
            member.kill()
        member.launch()
        member.await_serving(frozenset({broker_index}), timeout_seconds=START_TIMEOUT_SECONDS)

    def wait(self) -> None:
        """Block until every broker has ended, which none does by itself.

        Raises:
            BrokerError: They have; the text ends with the tail of the log of the first.
        """
        for member in self._members:
            member.wait()
        raise self._member(0).failure("ended by itself")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _member(self, broker_index: int) -> Broker:
        if not 0 <= broker_index < len(self._members):
            raise ClusterError(f"There is no broker {broker_index} in a running cluster of {len(self._members)}.")
        return self._members[broker_index]

    def _open_directory(self) -> Path:
        if self._directory is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="otpstream-kafka-")
            return Path(self._temporary.name)
        if self._directory.exists() and any(self._directory.iterdir()):
            raise ClusterError(f"{self._directory} is not empty: give the cluster a directory of its own.")
        return self._directory

    def _place_nodes(self, directory: Path) -> list[Node]:
        wanted = None if self._port is None else range(self._port, self._port + self.brokers)
        broker_ports = ports.find_free(self.brokers) if wanted is None else ports.require_free(wanted)
        controller_ports = ports.find_free(self.brokers, besides=frozenset(broker_ports))
        return [
            Node(index=i, broker_port=broker, controller_port=controller, directory=directory / f"broker-{i}")
            for i, (broker, controller) in enumerate(zip(broker_ports, controller_ports, strict=True))
        ]

    def _bring_up(self, nodes: list[Node]) -> None:
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        for member in self._members:
            member.begin_format(cluster_id, nodes)
        for member in self._members:
            member.finish_format()
        for member in self._members:
            member.launch()
        everyone = frozenset(range(self.brokers))
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        for member in self._members:
            member.await_serving(everyone, timeout_seconds=max(1.0, deadline - time.monotonic()))
