"""Creates and checks the topics of `schemas/topics.py` on a cluster."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Producer
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._config import ConfigResource
from confluent_kafka.cimpl import NewTopic
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_fixed

from schemas.topics import CHANGELOG, CO_PARTITIONED, HOUR_SECONDS, TOPICS, Topic

_REQUEST_SECONDS = 30
_ATTEMPTS = 3
_SEGMENT_SECONDS = HOUR_SECONDS
"""Kafka drops whole closed segments only: without this a retention of a day would keep codes for up to a week."""


class TopicsError(RuntimeError):
    """The topics cannot be read or made; the text says why."""


@dataclass(frozen=True)
class Finding:
    """What one topic is like on the cluster."""

    topic: Topic
    partitions: int | None
    """None: it is not there."""
    wrong: str | None
    """What is wrong and how to mend it; None where all is well."""


def retention_seconds(topic: Topic, *, window_seconds: int) -> int | None:
    """Return how long a topic keeps its records: the changelog at least as long as a message is remembered, and an hour more."""
    if topic is CHANGELOG:
        return max(topic.retention_seconds or 0, window_seconds + HOUR_SECONDS)
    return topic.retention_seconds


def configuration(topic: Topic, *, window_seconds: int) -> dict[str, str]:
    """Return the topic's configuration in Kafka's words."""
    config = {"cleanup.policy": topic.cleanup, "segment.ms": str(_SEGMENT_SECONDS * 1000)}
    retention = retention_seconds(topic, window_seconds=window_seconds)
    if retention is not None:
        config["retention.ms"] = str(retention * 1000)
    return config


def create(
    kafka: Mapping[str, Any], *, replication_factor: int, window_seconds: int, partitions: int | None = None
) -> list[tuple[Topic, bool]]:
    """Create what is missing.

    Args:
        kafka: librdkafka's connection settings.
        replication_factor: replicas of each partition.
        window_seconds: how long the processors remember a message.
        partitions: instead of the map's number, for every topic.

    Returns:
        Each topic, and whether it was created now.

    Raises:
        TopicsError: the cluster refused, or is out of reach.
    """
    admin = AdminClient(dict(kafka))
    wanted = [
        NewTopic(
            topic.name,
            num_partitions=partitions or topic.partitions,
            replication_factor=replication_factor,
            config=configuration(topic, window_seconds=window_seconds),
        )
        for topic in TOPICS
    ]
    futures = admin.create_topics(wanted, operation_timeout=_REQUEST_SECONDS)
    created = []
    for topic in TOPICS:
        try:
            futures[topic.name].result()
        except KafkaException as error:
            if error.args[0].code() == KafkaError.INVALID_REPLICATION_FACTOR:
                text = f"there are fewer than {replication_factor} brokers: set KAFKA_REPLICATION_FACTOR, or pass --replication-factor"
                raise TopicsError(text) from None
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise TopicsError(f"{topic.name} was not created: {error.args[0].str()}") from None
            created.append((topic, False))
        else:
            created.append((topic, True))
    return created


def touch(kafka: Mapping[str, Any]) -> None:
    """Have the embedded broker make the topics: it takes no request to create any, but makes what is asked about.

    Raises:
        TopicsError: the broker is out of reach.
    """
    producer = Producer(dict(kafka))
    try:
        for topic in TOPICS:
            producer.list_topics(topic.name, timeout=_REQUEST_SECONDS)
    except KafkaException as error:
        raise TopicsError(f"the embedded broker does not answer: {error.args[0].str()}") from None


def check(kafka: Mapping[str, Any], *, window_seconds: int) -> list[Finding]:
    """Compare the cluster with the map.

    Raises:
        TopicsError: the cluster is out of reach.
    """
    admin = AdminClient(dict(kafka))
    try:
        there = admin.list_topics(timeout=_REQUEST_SECONDS).topics
    except KafkaException as error:
        raise TopicsError(f"the cluster does not answer: {error.args[0].str()}") from None
    partitions = {topic.name: len(there[topic.name].partitions) if topic.name in there else None for topic in TOPICS}
    configs = _configurations(admin, [topic for topic in TOPICS if topic.name in there])
    joined = partitions[CO_PARTITIONED[0].name]

    def wrong(topic: Topic) -> str | None:
        count = partitions[topic.name]
        if count is None:
            return "missing: run `otpstream topics create`"
        if topic in CO_PARTITIONED and joined is not None and count != joined:
            return f"{count} partitions, but {CO_PARTITIONED[0].name} has {joined}: joined topics must agree"
        return _misconfigured(topic, configs.get(topic.name, {}), window_seconds=window_seconds)

    return [Finding(topic, partitions[topic.name], wrong(topic)) for topic in TOPICS]


def _configurations(admin: AdminClient, topics: list[Topic]) -> dict[str, dict[str, str]]:
    resources = {topic.name: ConfigResource(ConfigResource.Type.TOPIC, topic.name) for topic in topics}
    if not resources:
        return {}

    def described() -> dict[str, dict[str, str]]:
        futures = admin.describe_configs(list(resources.values()), request_timeout=_REQUEST_SECONDS)
        return {
            name: {key: str(entry.value) for key, entry in futures[resource].result().items()}
            for name, resource in resources.items()
        }

    try:
        # A process that starts while the controller moves to another broker must not end for it.
        return Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_fixed(1),
            retry=retry_if_exception(lambda error: isinstance(error, KafkaException) and _may_pass(error.args[0])),
            reraise=True,
        )(described)
    except KafkaException as error:
        if error.args[0].code() == KafkaError._UNSUPPORTED_FEATURE:
            return {}
        raise TopicsError(f"the topics' configuration cannot be read: {error.args[0].str()}") from None


def _may_pass(error: KafkaError) -> bool:
    return bool(error.retriable()) or error.code() in (KafkaError._TIMED_OUT, KafkaError._TRANSPORT)


def _misconfigured(topic: Topic, config: Mapping[str, str], *, window_seconds: int) -> str | None:
    cleanup = config.get("cleanup.policy", topic.cleanup)
    if cleanup != topic.cleanup:
        return (
            f"cleanup.policy is {cleanup}, and must be {topic.cleanup}: {_set(topic, 'cleanup.policy', topic.cleanup)}"
        )
    wanted = retention_seconds(topic, window_seconds=window_seconds)
    retention_ms = int(config.get("retention.ms", "-1"))
    if topic is CHANGELOG and wanted is not None and 0 <= retention_ms < wanted * 1000:
        return (
            f"retention.ms is {retention_ms}, too short for PROCESS_WINDOW_SECONDS={window_seconds}: messages are forgotten while their "
            f"copies may still come. Lower PROCESS_WINDOW_SECONDS, or {_set(topic, 'retention.ms', wanted * 1000)}"
        )
    return None


def _set(topic: Topic, key: str, value: object) -> str:
    """Say how to mend one entry of a topic's configuration; nothing of ours changes a topic that is there."""
    command = f"kafka-configs.sh --bootstrap-server ADDRESS --alter --topic {topic.name} --add-config {key}={value}"
    return f"run `{command}`"
