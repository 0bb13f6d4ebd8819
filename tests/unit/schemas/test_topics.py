"""The map of topics is consistent with itself and with the events."""

import re

import pytest

from schemas.dead_letters import DeadLetter
from schemas.events import Event
from schemas.topics import (
    CHANGELOG,
    CO_PARTITIONED,
    CODES,
    DAY_SECONDS,
    OVER_KEPT_SECONDS,
    RENTALS,
    SMS,
    TOPICS,
    VERIFICATIONS,
    Topic,
    dead,
)

DEAD = [topic for topic in TOPICS if topic.model is DeadLetter]


def test_names_are_unique_and_kafka_takes_them() -> None:
    """No two topics share a name, and each ends in its major version."""
    names = [topic.name for topic in TOPICS]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"otp\.[a-z.]+\.v[1-9][0-9]*(\.dead)?", name) for name in names)


def test_joined_topics_have_as_many_partitions() -> None:
    """Partition n of each joined topic holds the same lines."""
    assert len({topic.partitions for topic in CO_PARTITIONED}) == 1
    assert {SMS, RENTALS, VERIFICATIONS, CHANGELOG} <= set(CO_PARTITIONED)


def test_every_topic_that_a_stage_reads_has_its_dead_letters() -> None:
    """What cannot be processed has a place to go: `<topic>.dead`, kept longer than its source."""
    assert {topic.name for topic in DEAD} == {f"{topic.name}.dead" for topic in (SMS, RENTALS, VERIFICATIONS, CODES)}
    for topic in DEAD:
        source = next(one for one in TOPICS if topic.name == f"{one.name}.dead")
        assert topic == dead(source)
        assert (topic.retention_seconds or 0) > (source.retention_seconds or 0)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_compacted_or_kept_for_a_time(topic: Topic) -> None:
    """A table keeps the newest of each key for good; everything else is kept for a time, since it holds codes."""
    assert (topic.cleanup == "compact") == (topic.retention_seconds is None)
    assert topic.retention_seconds is None or 0 < topic.retention_seconds <= 14 * DAY_SECONDS


def test_the_changelog_outlives_the_topics_that_it_guards() -> None:
    """An SMS that can still be read again is still remembered."""
    assert CHANGELOG.retention_seconds is not None
    assert SMS.retention_seconds is not None
    assert CHANGELOG.retention_seconds > SMS.retention_seconds


def test_what_is_over_is_kept_as_long_as_an_sms_of_it_may_be_read() -> None:
    """Neither does the changelog, which tells of earlier rentals of a line, end before that; tombstones need compaction."""
    assert CHANGELOG.retention_seconds is not None
    assert SMS.retention_seconds is not None
    assert SMS.retention_seconds < OVER_KEPT_SECONDS <= CHANGELOG.retention_seconds
    assert all(topic.cleanup == "compact" for topic in TOPICS if topic.has_tombstones)


def test_every_event_has_a_topic_of_its_own_version() -> None:
    """The CloudEvents type and the topic's name end in the same major version, and no two events share a type."""
    models = {topic.model for topic in TOPICS if topic.model is not None}

    assert models == set(Event.__subclasses__())
    assert len({model.ce_type for model in models}) == len(models)
    for topic in TOPICS:
        if topic.model is not None:
            version = topic.name.removesuffix(".dead").rpartition(".")[2]
            assert topic.model.ce_type.rpartition(".")[2] == version
