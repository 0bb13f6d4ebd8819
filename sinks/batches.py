"""How a topic is read in batches: at least once, only what is committed, each record's bytes as they came.

FastStream's own defaults lose data: it commits before the handler runs, begins at the end of a topic, and decodes before anyone can
bury what cannot be decoded. So every subscriber of ours is made here, and says the rest.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from faststream import AckPolicy
from faststream.kafka import KafkaRouter
from faststream.kafka.message import KafkaAckableMessage
from faststream.kafka.subscriber.usecase import BatchSubscriber

from schemas.topics import Topic

IDLE_MILLISECONDS = 5
"""How long an empty poll waits; FastStream then sleeps as long again, so this delays a lone record twice at the most."""

POLL_INTERVAL_LIMIT_MILLISECONDS = 300_000
"""Kafka's own default of how long a batch may take."""


def batch_subscriber(
    router: KafkaRouter,
    topic: Topic,
    *,
    group_id: str,
    records_limit: int,
    fetch_max_wait_ms: int,
    poll_interval_limit_ms: int = POLL_INTERVAL_LIMIT_MILLISECONDS,
    description: str,
) -> BatchSubscriber:
    """Subscribe to a topic; to be called with the handler, whose message holds the records of a batch as its `raw_message`.

    The batch is committed once the handler has returned. Where it raises, the batch comes again.

    Args:
        router: gets the subscriber.
        topic: what is read.
        group_id: the consumer group that shares the topic.
        records_limit: how many records a batch holds at the most.
        fetch_max_wait_ms: how long the broker may hold back an empty fetch. A real broker answers as soon as a record comes; the embedded
            one sits it out, so there this is latency.
        poll_interval_limit_ms: how long a batch may take before the group moves on without us.
        description: for AsyncAPI.
    """
    return router.subscriber(
        topic.name,
        batch=True,
        group_id=group_id,
        ack_policy=AckPolicy.NACK_ON_ERROR,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        fetch_max_wait_ms=fetch_max_wait_ms,
        batch_timeout_ms=IDLE_MILLISECONDS,
        max_records=records_limit,
        max_poll_interval_ms=poll_interval_limit_ms,
        parser=parse_batch,
        decoder=keep_bytes,
        no_reply=True,
        description=description,
    )


async def parse_batch(
    records: Sequence[Any], original: Callable[[tuple[Any, ...]], Awaitable[KafkaAckableMessage]]
) -> KafkaAckableMessage:
    """Make FastStream's message of a batch without decoding any header.

    The headers are anyone's bytes: where one is not UTF-8, FastStream's own parser raises before the handler runs, and the
    next commit passes over the whole batch. It is only asked for the message itself, which knows the consumer to commit with.
    """
    message = await original((replace(records[0], headers=()),))
    message.raw_message = tuple(records)
    message.body = [record.value or b"" for record in records]
    return message


async def keep_bytes(message: KafkaAckableMessage) -> list[bytes]:
    """Leave the decoding to the handler: a body that is not JSON must become a dead letter, not an exception."""
    return cast("list[bytes]", message.body)
