"""Reads the newest state of every rental back from `otp.rentals.v1`, so that a poller that starts knows what it said before."""

import time
from collections.abc import Mapping
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Message, TopicPartition

from schemas.events import Unreadable
from schemas.rentals import RentalState
from schemas.topics import RENTALS

_REQUEST_SECONDS = 30.0
_BATCH_RECORDS = 10_000
_BATCH_SECONDS = 0.1
"""`consume` sits out its time-out to fill a batch, and most tables are small."""


def read_rentals(kafka: Mapping[str, Any]) -> list[RentalState]:
    """Return the newest state of each line; what cannot be read has its dead letter elsewhere.

    Args:
        kafka: librdkafka's connection settings.

    Raises:
        KafkaException: the topic cannot be read.
    """
    consumer = Consumer(
        {**kafka, "group.id": "otpstream.rental-table", "enable.auto.commit": False, "enable.partition.eof": True}
    )
    try:
        partitions = consumer.list_topics(RENTALS.name, timeout=_REQUEST_SECONDS).topics[RENTALS.name].partitions
        consumer.assign([TopicPartition(RENTALS.name, number, OFFSET_BEGINNING) for number in partitions])
        return _newest(consumer, set(partitions))
    finally:
        consumer.close()


def _newest(consumer: Consumer, unread: set[int]) -> list[RentalState]:
    newest: dict[str, RentalState] = {}
    until = time.monotonic() + _REQUEST_SECONDS
    while unread:
        messages = consumer.consume(_BATCH_RECORDS, _BATCH_SECONDS)
        if messages:
            until = time.monotonic() + _REQUEST_SECONDS
        elif time.monotonic() > until:
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT, f"no end of {RENTALS.name} came"))
        for message in messages:
            error = message.error()
            if error is None:
                _take(newest, message)
            elif error.code() == KafkaError._PARTITION_EOF:
                unread.discard(message.partition() or 0)
            else:
                raise KafkaException(error)
    return list(newest.values())


def _take(newest: dict[str, RentalState], message: Message) -> None:
    line = (message.key() or b"").decode(errors="replace")
    try:
        newest[line] = RentalState.decode(message.value())
    except Unreadable:
        newest.pop(line, None)
