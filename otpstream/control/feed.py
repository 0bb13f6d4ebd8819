"""Reads `otp.messages.v1` into the control plane: at least once, and committed only once the store has it.

While the store is away the same records are read again and again, so nothing is passed over. What fails by itself, because it cannot be
read or because of a bug of ours, is logged, counted and left out: it stays on the topic, and all behind it goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from faststream.exceptions import NackMessage
from faststream.kafka import KafkaRouter
from faststream.kafka.annotations import KafkaMessage
from prometheus_client import CollectorRegistry, Counter

from ingest.providers.fields import CREDIBLE_YEARS
from otpstream.control.store.engine import STORE_AWAY
from schemas.events import Message, Unreadable
from schemas.topics import MESSAGES
from sinks.batches import batch_subscriber

log = logging.getLogger(__name__)

GROUP_ID = "otpstream.control"
RECORDS_LIMIT = 1000
"""Records a batch, which is one transaction."""
PAUSE_SECONDS = 1.0
"""Before what the store did not take comes again."""
_WAITED_OUT: tuple[type[Exception], ...] = (*STORE_AWAY, OSError, TimeoutError)

_EARLIEST = datetime(CREDIBLE_YEARS.start, 1, 1, tzinfo=UTC)
_LATEST = datetime(CREDIBLE_YEARS.stop - 1, 12, 31, tzinfo=UTC)

Take = Callable[[Sequence[Message]], Awaitable[None]]
"""Takes messages in, in any order and any number of times, such as `ControlPlane.on_messages`."""
Outcome = Literal["taken", "unreadable", "bug"]


class Feed:
    """What is done with a batch of records, FastStream aside.

    Args:
        take: takes messages in.
        registry: where they are counted.
        sleep: how to wait.
    """

    def __init__(
        self, take: Take, *, registry: CollectorRegistry, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._take = take
        self._sleep = sleep
        counter = Counter(
            "otp_control_messages_total",
            "Messages read from the stream, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        self._counters = {outcome: counter.labels(outcome) for outcome in get_args(Outcome)}

    async def on_records(self, values: Sequence[bytes]) -> None:
        """Take a batch in.

        Raises:
            NackMessage: the store is away: hand the whole batch in again.
        """
        messages = self._read(values)
        if not messages:
            return
        try:
            await self._take(messages)
        except _WAITED_OUT as fault:
            await self._again_later(fault)
        except Exception as fault:
            log.warning("a batch of messages fails, so each is taken by itself: %s", type(fault).__name__)
            for message in messages:
                await self._take_alone(message)
        else:
            self._counters["taken"].inc(len(messages))

    def _read(self, values: Sequence[bytes]) -> list[Message]:
        messages: list[Message] = []
        for value in values:
            try:
                messages.append(_credible(Message.decode(value)))
            except Unreadable as fault:
                log.error("a record of %s cannot be read: %s", MESSAGES.name, fault)  # noqa: TRY400
                self._counters["unreadable"].inc()
        return messages

    async def _take_alone(self, message: Message) -> None:
        try:
            await self._take([message])
        except _WAITED_OUT as fault:
            await self._again_later(fault)
        except Exception as fault:
            # A driver's text may quote the row, which holds the code.
            log.error("message %s is left out: %s", message.message_id, type(fault).__name__)  # noqa: TRY400
            self._counters["bug"].inc()
        else:
            self._counters["taken"].inc()

    async def _again_later(self, fault: BaseException) -> None:
        log.warning("messages wait for the store: %s", type(fault).__name__)
        await self._sleep(PAUSE_SECONDS)
        raise NackMessage from None


def _credible(message: Message) -> Message:
    """Return a message with the nearest credible time: reckoning with what else may be on the topic leaves the bounds of a date."""
    if message.received_at.year in CREDIBLE_YEARS:
        return message
    nearest = _EARLIEST if message.received_at.year < CREDIBLE_YEARS.start else _LATEST
    return message.model_copy(update={"received_at": nearest})


def messages_router(feed: Feed, *, fetch_max_wait_ms: int = 5) -> KafkaRouter:
    """Make the router that feeds the control plane.

    Args:
        feed: takes the records.
        fetch_max_wait_ms: how long the broker may hold back an empty fetch.
    """
    router = KafkaRouter()

    @batch_subscriber(
        router,
        MESSAGES,
        group_id=GROUP_ID,
        records_limit=RECORDS_LIMIT,
        fetch_max_wait_ms=fetch_max_wait_ms,
        description="Ties messages to rentals and verifications, for the HTTP API.",
    )
    async def take_messages(message: KafkaMessage) -> None:
        records: Sequence[Any] = message.raw_message
        await feed.on_records([record.value or b"" for record in records])

    return router
