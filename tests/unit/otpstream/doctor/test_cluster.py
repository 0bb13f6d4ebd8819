"""The doctor's look at Kafka: what is wrong of the topics, and whether more replicas are asked for than there can be."""

from typing import Any

import pytest

from otpstream import kafka, topics_admin
from otpstream.doctor import Finding, Verdict
from otpstream.doctor.cluster import examine_cluster
from otpstream.settings import load
from schemas.topics import SMS, TOPICS

SETTINGS: dict[str, Any] = {
    "kafka": {"bootstrap_servers": "one:9092"},
    "process": {"guarantee": "at_least_once"},
}


def examined(monkeypatch: pytest.MonkeyPatch, *, brokers: int, missing: frozenset[str] = frozenset()) -> list[Finding]:
    """Examine a cluster with the default of three replicas."""
    findings = [
        topics_admin.Finding(one, None, "missing") if one.name in missing else topics_admin.Finding(one, 12, None)
        for one in TOPICS
    ]
    monkeypatch.setattr(kafka, "brokers", lambda _: brokers)
    monkeypatch.setattr(topics_admin, "check", lambda *_, **__: findings)
    return examine_cluster(load(SETTINGS))


def test_replicas_that_cannot_be_are_told_while_a_topic_is_still_to_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the number to set."""
    found = examined(monkeypatch, brokers=1, missing=frozenset({SMS.name}))

    [warning] = [one for one in found if one.verdict is Verdict.WARNING]
    assert warning.text.startswith("KAFKA_REPLICATION_FACTOR is 3, more than the brokers that answer: set it to 1")


@pytest.mark.parametrize(("brokers", "missing"), [(1, frozenset()), (3, frozenset({SMS.name}))])
def test_replicas_that_trouble_nobody_are_not_told(
    monkeypatch: pytest.MonkeyPatch, brokers: int, missing: frozenset[str]
) -> None:
    """Topics that are there were made with another number, on purpose; and three brokers hold three replicas."""
    assert not any(
        "KAFKA_REPLICATION_FACTOR" in one.text for one in examined(monkeypatch, brokers=brokers, missing=missing)
    )
