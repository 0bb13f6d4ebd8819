"""The embedded broker: librdkafka's own Kafka-protocol broker, which ships inside the confluent-kafka wheel, in a process of its own.

It needs nothing installed and is up at once, so a first run and most tests use it. It keeps everything in memory (at most 5 MiB or 100,000
records a partition), serves groups of one member, creates topics on first use with four partitions, and accepts transactions without
honouring them: the guarantee there is at least once. Every start says so.
"""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)

NOTICE = (
    "No KAFKA_BOOTSTRAP_SERVERS is set: the embedded broker serves. It is in memory and for one process: "
    "at-least-once, and everything is gone when it stops. Right for a first run; set KAFKA_BOOTSTRAP_SERVERS for real use."
)
_START_SECONDS = 15


class EmbeddedBrokerError(RuntimeError):
    """The embedded broker did not start."""


@contextmanager
def embedded_broker() -> Iterator[str]:
    """Run the broker for as long as the context lasts, and give its bootstrap servers.

    Raises:
        EmbeddedBrokerError: it did not come up in time.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "otpstream.embedded_broker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl-C reaches a whole process group: the broker must outlast its clients.
        start_new_session=True,
    )
    try:
        yield _bootstrap_servers(process)
    finally:
        # Its standard input is its leash: closed, by us or by our death, it ends.
        process.communicate(timeout=_START_SECONDS)


def _bootstrap_servers(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline().strip() if process.stdout is not None else ""
    if not line:
        process.kill()
        raise EmbeddedBrokerError("the embedded broker did not start; set KAFKA_BOOTSTRAP_SERVERS to use a real one")
    return line


def serve() -> None:
    """Run the broker until standard input closes; print its bootstrap servers as the first line."""
    # Imported here, since only the broker's own process needs the client that carries it.
    from confluent_kafka import Producer

    quiet = logging.getLogger("otpstream.embedded_broker.librdkafka")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    carrier = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "embedded:0"}, logger=quiet)
    brokers = carrier.list_topics(timeout=_START_SECONDS).brokers.values()
    print(",".join(f"{broker.host}:{broker.port}" for broker in brokers), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve()
