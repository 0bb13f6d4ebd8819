"""What became of the SMS of a demo, by the provider's own ledger: each is looked for in `otp.messages.v1`, each code at the subscriber."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition
from rich.table import Table

from ingest.providers import text2fa
from otpstream import kafka
from otpstream.roles import Running
from otpstream.sandbox.ledger import SentMessage
from otpstream.subscriber import Subscriber
from schemas.events import Message
from schemas.topics import MESSAGES


@dataclass(frozen=True)
class Account:
    """What became of the SMS of a run."""

    sent: int
    by_webhook: int
    by_poll: int
    lost: int
    doubled: int
    codes_sent: int
    codes_read: int
    codes_delivered: int
    codes_right: int
    silent: int
    tied: int
    latencies_ms: list[float]

    @property
    def complete(self) -> bool:
        """Whether every SMS is one message, and every code read was delivered."""
        return self.lost == self.doubled == 0 and self.codes_read == self.codes_delivered


def account_of(process: Running, ledger: list[SentMessage], subscriber: Subscriber) -> Account:
    """Read the stream from its beginning, and compare; blocks.

    Args:
        process: runs all roles.
        ledger: what the provider received.
        subscriber: what was pushed.
    """
    messages = [message for message in _read_messages(process) if message.provider == text2fa.PROVIDER]
    firsts = Counter(_key(message) for message in messages if message.revision == 1)
    expected = {_sent_key(sent): sent.expected_code for sent in ledger}
    pushed = [
        (data, taken)
        for data, taken in list(subscriber.pushes.values())
        if data["revision"] == 1 and data["line"].startswith(f"{text2fa.PROVIDER}:")
    ]
    read = {
        message.message_id: _key(message) for message in messages if message.revision == 1 and message.code is not None
    }
    right = sum(
        expected.get(read[data["message_id"]]) == data["code"] for data, _ in pushed if data["message_id"] in read
    )
    return Account(
        sent=len(ledger),
        by_webhook=_ingested(process, "webhook"),
        by_poll=_ingested(process, "poll"),
        lost=sum(key not in firsts for key in expected),
        doubled=sum(firsts.values()) - len(firsts),
        codes_sent=sum(code is not None for code in expected.values()),
        codes_read=len(read),
        codes_delivered=len(pushed),
        codes_right=right,
        silent=sum(message.revision == 1 and message.code is None for message in messages),
        tied=sum(message.revision > 1 for message in messages),
        latencies_ms=sorted(taken * 1000 for _, taken in pushed),
    )


Key = tuple[str, str, str, datetime]


def _key(message: Message) -> Key:
    return message.line, message.sender, message.text, message.received_at


def _sent_key(sent: SentMessage) -> Key:
    return f"text2fa:{sent.number_id}", sent.sender, sent.text, sent.received_at.replace(microsecond=0)


def _ingested(process: Running, path: str) -> int:
    labels = {"provider": "text2fa", "path": path}
    return int(process.registry.get_sample_value("otp_ingest_messages_total", labels) or 0)


def _read_messages(process: Running) -> list[Message]:
    consumer = Consumer(
        {
            **kafka.librdkafka(process.settings.kafka),
            "group.id": "demo",
            "enable.auto.commit": False,
            "fetch.wait.max.ms": 5,
        }
    )
    messages: list[Message] = []
    try:
        partitions = consumer.list_topics(MESSAGES.name, timeout=10).topics[MESSAGES.name].partitions
        ends = {
            number: consumer.get_watermark_offsets(TopicPartition(MESSAGES.name, number), timeout=10)[1]
            for number in partitions
        }
        consumer.assign([TopicPartition(MESSAGES.name, number, OFFSET_BEGINNING) for number in partitions])
        while len(messages) < sum(ends.values()):
            messages += [Message.decode(one.value()) for one in consumer.consume(10_000, 0.2) if one.error() is None]
    finally:
        consumer.close()
    return messages


def summary(account: Account, subscriber: Subscriber, lived: list[tuple[str, str]]) -> Table:
    """Return the table that the demo ends in; `lived` are further rows."""
    copies = account.by_webhook + account.by_poll
    table = Table(
        title="Every SMS accounted for" if account.complete else "NOT every SMS is accounted for",
        title_justify="left",
        show_header=False,
    )
    rows: list[tuple[str, object]] = [
        ("SMS received by the provider", account.sent),
        ("taken in by webhook", account.by_webhook),
        ("taken in by poll", account.by_poll),
        ("duplicates dropped", copies - (account.sent - account.lost + account.doubled)),
        ("unique messages: lost / doubled", f"{account.sent - account.lost}: {account.lost} / {account.doubled}"),
        ("messages without a code", account.silent),
        ("codes read / right of those sent", f"{account.codes_read} / {account.codes_right} of {account.codes_sent}"),
        ("codes delivered, signed", account.codes_delivered),
        ("pushes repeated / with a wrong signature", f"{subscriber.repeated} / {subscriber.forged}"),
        ("tied to a rental that became known later", account.tied),
        (
            "receipt to subscriber, p50 / p99",
            f"{_quantile(account.latencies_ms, 0.5):.1f} ms / {_quantile(account.latencies_ms, 0.99):.1f} ms",
        ),
    ]
    for name, value in [*rows, *lived]:
        table.add_row(name, str(value))
    return table


def _quantile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")
