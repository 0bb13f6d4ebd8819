"""Shows codes as they come: reads `otp.codes.v1` without joining a group, so that it takes nothing from anyone."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, OFFSET_END, Consumer, KafkaException, TopicPartition

from otpstream.terminal import printable
from schemas.events import Code, Unreadable
from schemas.topics import CODES

_REQUEST_SECONDS = 30.0
_PHONE_DIGITS_MIN = 7
"""Short codes have six digits at the most."""


def codes(kafka: Mapping[str, Any], *, from_beginning: bool, stopped: Callable[[], bool]) -> Iterator[Code]:
    """Yield every committed code, until stopped.

    Args:
        kafka: librdkafka's connection settings.
        from_beginning: also those that Kafka still keeps, not only new ones.
        stopped: asked some times a second.

    Raises:
        KafkaException: the topic cannot be read.
    """
    consumer = Consumer(
        {**kafka, "group.id": "otpstream.tail", "enable.auto.commit": False, "isolation.level": "read_committed"}
    )
    try:
        partitions = consumer.list_topics(CODES.name, timeout=_REQUEST_SECONDS).topics[CODES.name].partitions
        start = OFFSET_BEGINNING if from_beginning else OFFSET_END
        consumer.assign([TopicPartition(CODES.name, number, start) for number in partitions])
        while not stopped():
            message = consumer.poll(0.2)
            if message is None:
                continue
            error = message.error()
            if error is not None:
                raise KafkaException(error)
            try:
                yield Code.decode(message.value())
            except Unreadable:
                continue
    finally:
        consumer.close()


def masked(value: str | None, *, shown: int) -> str:
    """Hide all but the last characters: `+15551234567` with 4 is `********4567`; what is no longer than that is hidden whole."""
    if value is None:
        return "-"
    hidden = len(value) - shown if shown < len(value) else len(value)
    return "*" * hidden + value[hidden:]


def line_of(code: Code, *, show: bool) -> str:
    """Write one code as one line for people; the code itself only when asked."""
    waited_ms = (code.processed_at - code.ingested_at).total_seconds() * 1000
    secret = code.code if show else masked(code.code, shown=0)
    local = time.strftime("%H:%M:%S", time.localtime(code.received_at.timestamp()))
    phone = (code.phone or "-") if show else masked(code.phone, shown=4)
    sender = code.service or (masked(code.sender, shown=4) if _is_number(code.sender) and not show else code.sender)
    line = (
        f"{local}  {secret:<10}  {code.line:<24}  {phone:<16}  {sender:<20}  "
        f"{code.confidence:.2f}  {waited_ms:6.1f} ms  {code.rental_id or 'rental not known'}"
    )
    return printable(line)


def _is_number(sender: str) -> bool:
    """Tell a phone number, which is somebody's, from a short code or a name."""
    return sum(map(str.isdigit, sender)) >= _PHONE_DIGITS_MIN
