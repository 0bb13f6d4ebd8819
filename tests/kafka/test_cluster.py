"""What `ops.kafka` promises: a real Kafka that commits, survives the loss of a broker, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from confluent_kafka import Consumer, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.cimpl import NewTopic

import ops.kafka.broker
from ops.kafka.broker import BrokerError
from ops.kafka.cluster import Cluster, ClusterError
from ops.kafka.configuration import HOST
from ops.kafka.distribution import parse_java_version
from ops.kafka.ports import PortError, find_free

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(180)]

REPOSITORY = Path(__file__).parents[2]
QUIET = {"log_level": 2}  # brokers go away on purpose here


def test_aborted_records_stay_hidden_from_a_read_committed_consumer(kafka: Cluster) -> None:
    """A transaction's records are read once it commits, and never when it aborts."""
    topic = _create_topic(kafka, partitions=1)
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers, "transactional.id": topic, **QUIET})
    producer.init_transactions(30)
    for value, finish in ((b"aborted", producer.abort_transaction), (b"committed", producer.commit_transaction)):
        producer.begin_transaction()
        producer.produce(topic, value)
        assert producer.flush(30) == 0
        finish(30)

    first, *_ = _read(kafka, topic, count=1)

    assert first == b"committed"


def test_no_topic_appears_by_being_written_to(kafka: Cluster) -> None:
    """A topic that nobody created stays unknown, so a misspelt name fails instead of filling."""
    topic = f"misspelt-{uuid.uuid4()}"
    # A topic may be on its way to this broker, so a client waits before it believes that there is none: 30 s by default.
    patience = {"topic.metadata.propagation.max.ms": 1_000}
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers, **patience, **QUIET})

    with pytest.raises(KafkaException, match="Unknown topic"):
        _produce(producer, topic, [b"lost"])

    assert topic not in _admin(kafka).list_topics(timeout=10).topics


def test_three_brokers_outlive_the_loss_of_one(kafka_cluster: Cluster) -> None:
    """With one broker killed, writes to all in-sync replicas still succeed; restarted, it is in sync again."""
    topic = _create_topic(kafka_cluster, partitions=6)
    producer = Producer({"bootstrap.servers": kafka_cluster.bootstrap_servers, "acks": "all", **QUIET})
    values = [str(number).encode() for number in range(600)]
    _produce(producer, topic, values[:200])

    kafka_cluster.kill(1)
    _produce(producer, topic, values[200:400])
    _await(lambda: _in_sync(kafka_cluster, topic) == [{0, 2}] * 6, "the killed broker to leave the in-sync replicas")
    kafka_cluster.restart(1)
    _await(lambda: _in_sync(kafka_cluster, topic) == [{0, 1, 2}] * 6, "the restarted broker to be in sync")
    _produce(producer, topic, values[400:])

    assert sorted(_read(kafka_cluster, topic, count=600)) == sorted(values)


def test_a_broker_that_fails_to_start_says_why_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A broker that ends while it starts is reported with the end of its log, and its data are removed."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(ops.kafka.broker, "BROKER_HEAP", "1k")

    with pytest.raises(BrokerError, match=r"(?s)broker 0 ended while it started.*Too small maximum heap"):
        Cluster().start()

    assert list(tmp_path.iterdir()) == []


def test_a_cluster_id_may_begin_with_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    """One random id in 64 begins with a dash; it is an id like any other, not an option of the formatting tool."""
    monkeypatch.setattr("uuid.uuid4", lambda: uuid.UUID(bytes=b"\xf8" * 16))

    with Cluster() as cluster:
        assert cluster.bootstrap_servers


def test_a_taken_port_is_named() -> None:
    """A cluster that is told a port which is taken refuses before it starts anything, and names the port."""
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]

        with pytest.raises(PortError, match=f"Port {port} is taken"):
            Cluster(port=port).start()


def test_a_directory_in_use_is_left_alone(tmp_path: Path) -> None:
    """A cluster never writes into a directory that holds something already."""
    (tmp_path / "letter").write_text("mine")

    with pytest.raises(ClusterError, match="is not empty"):
        Cluster(directory=tmp_path).start()

    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM])
def test_the_command_stops_cleanly(stop_signal: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C and SIGTERM end the command with code 0, its broker stopped and its data removed."""
    with _command(tmp_path) as (process, port):
        process.send_signal(stop_signal)

        assert process.wait(30) == 0
        assert not _listens(port)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child's life to its parent's")
def test_no_broker_outlives_a_killed_command(tmp_path: Path) -> None:
    """A command that is killed, and so can clean nothing up, still takes its broker with it."""
    with _command(tmp_path) as (process, port):
        process.kill()
        process.wait(30)

        _await(lambda: not _listens(port), "the broker to end with the command")


def test_a_missing_java_is_one_sentence(tmp_path: Path) -> None:
    """Without Java the command ends with code 2 and says in one line what to install."""
    environment = {"PATH": str(tmp_path)}

    result = subprocess.run(
        [sys.executable, "-m", "ops.kafka", "--port", str(find_free(1)[0])],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == (
        "Kafka needs Java 17 or newer and there is none on PATH: "
        "install a Java 17 runtime (Debian: openjdk-17-jre-headless)."
    )
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("banner", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_402"', 8),
        ('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21" 2023-09-19', 21),
        ("Error: could not create the Java Virtual Machine.", None),
    ],
)
def test_java_versions_are_read(banner: str, version: int | None) -> None:
    """Java's feature release is read in its old and new notation, and is unknown when Java is broken."""
    assert parse_java_version(banner) == version


@contextmanager
def _command(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run `python -m ops.kafka` until it serves; yield its process and its port."""
    port = find_free(1)[0]
    with subprocess.Popen(
        [sys.executable, "-m", "ops.kafka", "--port", str(port)],
        cwd=REPOSITORY,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == f"export KAFKA_BOOTSTRAP_SERVERS={HOST}:{port}\n"
            assert _listens(port)
            yield process, port
        finally:
            process.kill()


def _admin(cluster: Cluster) -> AdminClient:
    return AdminClient({"bootstrap.servers": cluster.bootstrap_servers, **QUIET})


def _create_topic(cluster: Cluster, *, partitions: int) -> str:
    topic = f"cluster-{uuid.uuid4()}"
    admin = _admin(cluster)  # held until the answer is there: a client that goes away takes its requests with it
    admin.create_topics([NewTopic(topic, partitions)])[topic].result(30)
    return topic


def _produce(producer: Producer, topic: str, values: list[bytes]) -> None:
    """Produce these values; raise what any of them failed with."""
    failures: list[KafkaException] = []

    def note(error: object, _message: Message) -> None:
        if error is not None:
            failures.append(KafkaException(error))

    for value in values:
        producer.produce(topic, value, on_delivery=note)
    assert producer.flush(60) == 0
    if failures:
        raise failures[0]


def _read(cluster: Cluster, topic: str, *, count: int) -> list[bytes]:
    """Return the first committed values of a topic; fewer when they do not come within 30 seconds."""
    consumer = Consumer(
        {
            "bootstrap.servers": cluster.bootstrap_servers,
            "group.id": topic,
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            **QUIET,
        }
    )
    try:
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
        messages = consumer.consume(count, timeout=30)
    finally:
        consumer.close()
    return [message.value() or b"" for message in messages]


def _in_sync(cluster: Cluster, topic: str) -> list[set[int]]:
    """Return the in-sync replicas of each partition."""
    partitions = _admin(cluster).list_topics(topic, timeout=10).topics[topic].partitions
    return [set(partition.isrs) for partition in partitions.values()]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _await(condition: Callable[[], bool], what: str, *, timeout_seconds: float = 30) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout_seconds} s for {what}"
        time.sleep(0.1)
