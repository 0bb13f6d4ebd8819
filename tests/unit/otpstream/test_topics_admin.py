"""What is created on a cluster, and what is found wrong with it."""

from types import SimpleNamespace
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from otpstream import topics_admin
from otpstream.embedded_broker import embedded_broker
from otpstream.topics_admin import TopicsError, check, configuration, create, retention_seconds, touch
from schemas.topics import CHANGELOG, CODES, DAY_SECONDS, HOUR_SECONDS, MESSAGES, RENTALS, SMS, TOPICS, Topic

WINDOW_SECONDS = DAY_SECONDS


class Answer:
    """A future that is done."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def result(self) -> Any:
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


class FakeAdmin:
    """A cluster as `AdminClient` shows it: partitions and configuration by topic."""

    partitions: dict[str, int]
    configs: dict[str, dict[str, str]]
    refusals: dict[str, int]
    wanted: list[Any]

    def list_topics(self, **_: float) -> Any:
        topics = {name: SimpleNamespace(partitions=range(count)) for name, count in self.partitions.items()}
        return SimpleNamespace(topics=topics)

    def describe_configs(self, resources: list[Any], **_: float) -> dict[Any, Answer]:
        return {resource: Answer(self._config(resource.name)) for resource in resources}

    def _config(self, topic: str) -> Any:
        if topic in self.refusals:
            return KafkaException(KafkaError(self.refusals[topic]))
        return {key: SimpleNamespace(value=value) for key, value in self.configs[topic].items()}

    def create_topics(self, wanted: list[Any], **_: float) -> dict[str, Answer]:
        self.wanted = wanted
        return {
            topic.topic: Answer(
                KafkaException(KafkaError(self.refusals[topic.topic])) if topic.topic in self.refusals else None
            )
            for topic in wanted
        }


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> FakeAdmin:
    """Make a cluster on which all is as it must be."""
    admin = FakeAdmin()
    admin.partitions = {topic.name: topic.partitions for topic in TOPICS}
    admin.configs = {topic.name: configuration(topic, window_seconds=WINDOW_SECONDS) for topic in TOPICS}
    admin.refusals = {}
    monkeypatch.setattr(topics_admin, "AdminClient", lambda _: admin)
    return admin


def wrong(window_seconds: int = WINDOW_SECONDS) -> dict[str, str]:
    return {one.topic.name: one.wrong for one in check({}, window_seconds=window_seconds) if one.wrong is not None}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_configuration_is_the_maps(topic: Topic) -> None:
    """Clean-up and retention as the map says; segments close each hour, so that what is old really goes."""
    config = configuration(topic, window_seconds=WINDOW_SECONDS)

    assert config["cleanup.policy"] == topic.cleanup
    assert config["segment.ms"] == str(HOUR_SECONDS * 1000)
    assert config.get("retention.ms") == (
        None if topic.retention_seconds is None else str(topic.retention_seconds * 1000)
    )


@pytest.mark.parametrize(("window_seconds", "kept_hours"), [(3600, 25), (24 * 3600, 25), (72 * 3600, 73)])
def test_the_changelog_is_kept_longer_than_the_window(window_seconds: int, kept_hours: int) -> None:
    """A message is remembered for the whole window even after a restart at its end; no other topic follows the window."""
    assert retention_seconds(CHANGELOG, window_seconds=window_seconds) == kept_hours * HOUR_SECONDS
    assert retention_seconds(SMS, window_seconds=window_seconds) == SMS.retention_seconds


def test_a_sound_cluster_has_no_fault(cluster: FakeAdmin) -> None:
    """What `create` makes, `check` finds right."""
    assert wrong() == {}
    assert [one.partitions for one in check({}, window_seconds=WINDOW_SECONDS)] == [
        topic.partitions for topic in TOPICS
    ]


def test_a_missing_topic_is_found(cluster: FakeAdmin) -> None:
    """With the command that makes it."""
    del cluster.partitions[CODES.name]
    assert wrong() == {CODES.name: "missing: run `otpstream topics create`"}


def test_joined_topics_that_disagree_are_found(cluster: FakeAdmin) -> None:
    """A line's messages and rentals would be in different partitions, silently; other topics may differ."""
    cluster.partitions[RENTALS.name] = 6
    cluster.partitions[CODES.name] = 6
    assert wrong() == {RENTALS.name: "6 partitions, but otp.sms.v1 has 12: joined topics must agree"}


def test_topics_that_are_there_do_not_disagree_with_one_that_is_not(cluster: FakeAdmin) -> None:
    """The missing one is the fault: it is made with whatever the command says."""
    del cluster.partitions[SMS.name]
    assert wrong() == {SMS.name: "missing: run `otpstream topics create`"}


def test_fewer_partitions_everywhere_are_well(cluster: FakeAdmin) -> None:
    """The number is the operator's; that joined topics agree is ours."""
    cluster.partitions = dict.fromkeys(cluster.partitions, 3)
    assert wrong() == {}


def test_a_table_that_is_deleted_by_time_is_found(cluster: FakeAdmin) -> None:
    """A rental would be forgotten while it lasts; and a stream that is compacted would lose messages."""
    cluster.configs[RENTALS.name]["cleanup.policy"] = "delete"
    cluster.configs[MESSAGES.name]["cleanup.policy"] = "compact"
    command = "kafka-configs.sh --bootstrap-server ADDRESS --alter --topic"
    assert wrong() == {
        RENTALS.name: "cleanup.policy is delete, and must be compact: "
        f"run `{command} otp.rentals.v1 --add-config cleanup.policy=compact`",
        MESSAGES.name: "cleanup.policy is compact, and must be delete: "
        f"run `{command} otp.messages.v1 --add-config cleanup.policy=delete`",
    }


def test_a_changelog_that_forgets_too_soon_is_found(cluster: FakeAdmin) -> None:
    """A window that was widened after the topics were made would double messages after a restart."""
    found = wrong(window_seconds=2 * DAY_SECONDS)
    assert list(found) == [CHANGELOG.name]
    assert "retention.ms is 90000000" in found[CHANGELOG.name]
    assert "PROCESS_WINDOW_SECONDS=172800" in found[CHANGELOG.name]
    assert "--topic otp.process.changelog.v1 --add-config retention.ms=176400000`" in found[CHANGELOG.name]
    cluster.configs[CHANGELOG.name]["retention.ms"] = "-1"
    assert wrong(window_seconds=2 * DAY_SECONDS) == {}


def test_create_asks_for_what_the_map_says(cluster: FakeAdmin) -> None:
    """Each topic once, with its partitions, replicas and configuration; what is there is said to be there."""
    cluster.refusals = {SMS.name: KafkaError.TOPIC_ALREADY_EXISTS}

    created = create({}, replication_factor=3, window_seconds=WINDOW_SECONDS)

    assert created == [(topic, topic is not SMS) for topic in TOPICS]
    asked = [(one.topic, one.num_partitions, one.replication_factor, one.config) for one in cluster.wanted]
    assert asked == [
        (topic.name, topic.partitions, 3, configuration(topic, window_seconds=WINDOW_SECONDS)) for topic in TOPICS
    ]


def test_create_takes_another_number_for_all(cluster: FakeAdmin) -> None:
    """Joined topics still agree."""
    create({}, replication_factor=1, window_seconds=WINDOW_SECONDS, partitions=4)
    assert {one.num_partitions for one in cluster.wanted} == {4}


def test_a_refusal_names_the_topic(cluster: FakeAdmin) -> None:
    """Neither a missing right nor a cluster too small passes for success."""
    cluster.refusals = {CODES.name: KafkaError.TOPIC_AUTHORIZATION_FAILED}
    with pytest.raises(TopicsError, match=r"otp\.codes\.v1 was not created"):
        create({}, replication_factor=3, window_seconds=WINDOW_SECONDS)
    cluster.refusals = {CODES.name: KafkaError.INVALID_REPLICATION_FACTOR}
    with pytest.raises(TopicsError, match="KAFKA_REPLICATION_FACTOR"):
        create({}, replication_factor=3, window_seconds=WINDOW_SECONDS)


def test_a_configuration_that_is_not_told_is_a_sentence(cluster: FakeAdmin) -> None:
    """A broker that does not answer in time says so; one that cannot tell at all leaves the rest to be checked."""
    cluster.refusals = {CODES.name: KafkaError._TIMED_OUT}
    with pytest.raises(TopicsError, match="the topics' configuration cannot be read: "):
        check({}, window_seconds=WINDOW_SECONDS)

    cluster.refusals = {CODES.name: KafkaError._UNSUPPORTED_FEATURE}
    cluster.partitions[RENTALS.name] = 6
    assert list(wrong()) == [RENTALS.name]


def test_the_embedded_broker_makes_what_is_touched() -> None:
    """It has no topic at first, and every one after a touch, in as many partitions each: joined topics agree."""
    with embedded_broker() as servers:
        connection: dict[str, Any] = {"bootstrap.servers": servers, "log_level": 2}
        admin = AdminClient(connection)
        assert admin.list_topics(timeout=10).topics == {}
        touch(connection)
        topics = admin.list_topics(timeout=10).topics
    assert set(topics) == {topic.name for topic in TOPICS}
    assert len({len(topic.partitions) for topic in topics.values()}) == 1
