"""One broker: its process, its log, and whether it serves."""

import subprocess
import time
from collections import deque
from collections.abc import Sequence

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from ops.kafka.configuration import Node, render_properties
from ops.kafka.distribution import Distribution
from ops.kafka.tether import Tether

BROKER_HEAP = "512m"
FORMAT_HEAP = "128m"
FORMAT_TIMEOUT_SECONDS = 60
PROBE_TIMEOUT_SECONDS = 2
PROBE_PAUSE_SECONDS = 0.1
LOG_TAIL_LINES = 20


class BrokerError(RuntimeError):
    """A broker did not do what it was started for; the text ends with the tail of its log."""


class Broker:
    """The process of one node."""

    def __init__(self, node: Node, *, distribution: Distribution, tether: Tether) -> None:
        self.node = node
        self._distribution = distribution
        self._tether = tether
        self._properties = node.directory / "server.properties"
        self._log = node.directory / "broker.log"
        self._process: subprocess.Popen[bytes] | None = None

    def begin_format(self, cluster_id: str, nodes: Sequence[Node]) -> None:
        """Write the settings and start formatting the data directory; `finish_format` waits for it."""
        self.node.directory.mkdir(parents=True)
        self._properties.write_text(render_properties(self.node, nodes), encoding="utf-8")
        # Joined with "=": an id may begin with a dash, and would be read as an option of its own.
        arguments = ("format", f"--cluster-id={cluster_id}", f"--config={self._properties}")
        self._spawn("kafka.tools.StorageTool", *arguments, heap=FORMAT_HEAP)

    def finish_format(self) -> None:
        """Wait until the data directory is formatted.

        Raises:
            BrokerError: It could not be.
        """
        if not self.wait(FORMAT_TIMEOUT_SECONDS):
            raise self.failure(f"was not formatted within {FORMAT_TIMEOUT_SECONDS} s")
        if self._process is not None and self._process.returncode:
            raise self.failure("could not be formatted")

    def launch(self) -> None:
        """Start the broker; `await_serving` waits for it."""
        self._spawn("kafka.Kafka", str(self._properties), heap=BROKER_HEAP)

    def await_serving(self, known: frozenset[int], *, timeout_seconds: float) -> None:
        """Wait until this broker itself answers a metadata request with all of these brokers.

        Raises:
            BrokerError: It ended, or the time was up.
        """
        deadline = time.monotonic() + timeout_seconds
        while not known <= self._fetch_brokers():
            if not self.is_running:
                raise self.failure("ended while it started")
            if time.monotonic() > deadline:
                raise self.failure(f"did not serve within {timeout_seconds:.0f} s")
            time.sleep(PROBE_PAUSE_SECONDS)

    @property
    def is_running(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def terminate(self) -> None:
        """Ask it to stop (SIGTERM); `wait` tells when it did."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Wait for its end and return whether it came in time."""
        if self._process is not None:
            try:
                self._process.wait(timeout_seconds)
            except subprocess.TimeoutExpired:
                return False
        return True

    def failure(self, what: str) -> BrokerError:
        """Return the error that says what this broker did, with the end of its log."""
        return BrokerError(f"Kafka broker {self.node.index} {what}. The end of its log:\n{self._read_log_tail()}")

    def _spawn(self, main_class: str, *arguments: str, heap: str) -> None:
        command = self._distribution.command(main_class, *arguments, heap=heap)
        self._process = self._tether.spawn(command, log=self._log)

    def _fetch_brokers(self) -> frozenset[int]:
        # A client that is new knows no other broker than this one, so the answer is its own.
        client = AdminClient(
            {
                "bootstrap.servers": self.node.address,
                "reconnect.backoff.ms": 50,
                "reconnect.backoff.max.ms": 200,
                "log_level": 0,  # a refused connection is what this waits out, not news
            }
        )
        try:
            return frozenset(client.list_topics(timeout=PROBE_TIMEOUT_SECONDS).brokers)
        except KafkaException:
            return frozenset()

    def _read_log_tail(self) -> str:
        if not self._log.is_file():
            return "(it wrote none)"
        with self._log.open(encoding="utf-8", errors="replace") as lines:
            return "".join(deque(lines, maxlen=LOG_TAIL_LINES)).rstrip()
