"""The doctor's look at Kafka: whether it answers, has the topics as they must be, and takes transactions. Blocks."""

from typing import Any

from confluent_kafka import KafkaException, Producer

from otpstream import kafka, topics_admin
from otpstream.doctor.findings import Finding, Verdict
from otpstream.settings import GuaranteeSetting, Settings

_REQUEST_SECONDS = 10
_PROBE_TRANSACTIONAL_ID = "otpstream.doctor"


def examine_cluster(settings: Settings) -> list[Finding]:
    """Ask the cluster of the settings, which must name one."""
    connection = kafka.librdkafka(settings.kafka)
    try:
        count = kafka.brokers(settings.kafka)
    except kafka.ClusterAway as error:
        return [Finding("Kafka", Verdict.WRONG, str(error))]
    findings = [Finding("Kafka", Verdict.OK, f"{count} brokers answer" if count > 1 else "1 broker answers")]
    findings += _topics(connection, settings, brokers=count)
    if settings.process.guarantee is not GuaranteeSetting.AT_LEAST_ONCE:
        findings.append(_transactions(connection))
    return findings


def _topics(connection: dict[str, Any], settings: Settings, *, brokers: int) -> list[Finding]:
    try:
        findings = topics_admin.check(connection, window_seconds=settings.process.window_seconds)
    except topics_admin.TopicsError as error:
        return [Finding("topics", Verdict.WRONG, str(error))]
    wrong = [Finding("topics", Verdict.WRONG, f"{one.topic.name}: {one.wrong}") for one in findings if one.wrong]
    factor = settings.kafka.replication_factor
    # Topics that are there have their replicas: the setting is for those that are still to be made.
    if factor > brokers and any(one.partitions is None for one in findings):
        text = f"KAFKA_REPLICATION_FACTOR is {factor}, more than the brokers that answer: set it to {brokers}, or start more"
        wrong.insert(0, Finding("topics", Verdict.WARNING, text))
    return wrong or [Finding("topics", Verdict.OK, f"all {len(findings)} are as they must be")]


def _transactions(connection: dict[str, Any]) -> Finding:
    producer = Producer({**connection, "transactional.id": _PROBE_TRANSACTIONAL_ID})
    try:
        producer.init_transactions(_REQUEST_SECONDS)
    except KafkaException as error:
        text = (
            f"the cluster refuses transactions ({error.args[0].name()}): "
            "allow the transactional ids otpstream.*, or set PROCESS_GUARANTEE=at_least_once"
        )
        return Finding("transactions", Verdict.WRONG, text)
    return Finding("transactions", Verdict.OK, "the cluster takes them: exactly once")
