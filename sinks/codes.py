"""Reads `otp.codes.v1` in batches, pushes what the subscription wants, writes the outcomes, and only then commits.

At least once: a crash before the commit repeats the pushes of a batch, each under the same `webhook-id`.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError
from faststream.exceptions import NackMessage
from faststream.kafka import KafkaRouter
from faststream.kafka.annotations import KafkaMessage
from faststream.kafka.publisher.usecase import DefaultPublisher

from schemas import cloudevents
from schemas.dead_letters import DeadLetter
from schemas.deliveries import DeliveryOutcome
from schemas.events import Code, Unreadable
from schemas.topics import CODES, CODES_DEAD, DELIVERIES
from sinks.batches import batch_subscriber
from sinks.dead_letters import Record, letter_of
from sinks.metrics import DeliverMetrics
from sinks.webhooks.deliver import Clock, Deliverer, Sleep, Stopped

logger = logging.getLogger(__name__)

GROUP_ID = "otpstream.deliver"
SOURCE = "/otpstream/deliver"

RECORDS_LIMIT = 2000
"""Records a batch: as many pushes a crash repeats at the most. A subscription that works on few at once, or waits long, has fewer."""

POLL_INTERVAL_LIMIT_MILLISECONDS = 3_600_000
"""How long a batch may take before the group moves on without us. A dead process is known by its heartbeats, within seconds;
a batch that waits for a slow subscriber is alive, and repeating it elsewhere would only push twice."""

PAUSE_SECONDS = 1.0
"""Between two tries against a broker that does not take our writes, and before a batch that failed comes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One event on its way to Kafka."""

    publisher: DefaultPublisher
    value: bytes
    key: bytes | None
    headers: dict[str, str]
    correlation_id: str


def codes_router(
    *,
    deliverer: Deliverer | None,
    metrics: DeliverMetrics,
    clock: Clock,
    sleep: Sleep = asyncio.sleep,
    group_id: str = GROUP_ID,
    fetch_max_wait_ms: int = 5,
) -> KafkaRouter:
    """Make the router of the deliver stage.

    Args:
        deliverer: pushes to the subscription; None where there is none: the codes are then read for the metrics alone.
        metrics: counts what is read, unwanted and dead.
        clock: the time now, aware.
        sleep: waits so many seconds.
        group_id: the consumer group, shared by all that push for the same subscription.
        fetch_max_wait_ms: how long the broker may hold back an empty fetch.
    """
    router = KafkaRouter()
    outcomes = router.publisher(DELIVERIES.name, schema=DeliveryOutcome, description=DELIVERIES.holds)
    dead = router.publisher(CODES_DEAD.name, schema=DeadLetter, description=CODES_DEAD.holds)
    sink = CodesSink(deliverer=deliverer, metrics=metrics, clock=clock, sleep=sleep, outcomes=outcomes, dead=dead)

    @batch_subscriber(
        router,
        CODES,
        group_id=group_id,
        records_limit=RECORDS_LIMIT if deliverer is None else min(RECORDS_LIMIT, deliverer.batch_limit),
        fetch_max_wait_ms=fetch_max_wait_ms,
        poll_interval_limit_ms=POLL_INTERVAL_LIMIT_MILLISECONDS,
        description="Pushes every wanted code to the subscriber and writes its outcome.",
    )
    async def deliver_codes(message: KafkaMessage) -> None:
        await sink.take(message.raw_message)

    return router


class CodesSink:
    """What is done with a batch of records, FastStream aside."""

    def __init__(
        self,
        *,
        deliverer: Deliverer | None,
        metrics: DeliverMetrics,
        clock: Clock,
        sleep: Sleep,
        outcomes: DefaultPublisher,
        dead: DefaultPublisher,
    ) -> None:
        """Take what :func:`codes_router` hands in, and the two publishers."""
        self._deliverer = deliverer
        self._metrics = metrics
        self._clock = clock
        self._sleep = sleep
        self._outcomes = outcomes
        self._dead = dead

    async def take(self, records: Sequence[Record]) -> None:
        """Account for every record of a batch: delivered, expired, refused, unwanted or dead.

        Raises:
            NackMessage: the process ends before every push has its outcome; the batch is not committed and comes again.
            Exception: a fault of ours outside any one push; likewise, after a pause.
        """
        try:
            readable, letters = self._read(records)
            outcomes = await self._deliver(readable)
            await self._write([*letters, *outcomes])
        except Stopped:
            logger.info(
                "pushes wait for their retry at the end records=%d; they come again with the next start", len(records)
            )
            raise NackMessage from None
        except Exception:
            await self._sleep(PAUSE_SECONDS)
            raise

    def _read(self, records: Sequence[Record]) -> tuple[list[tuple[Record, Code]], list[Write]]:
        """Part the readable records from the dead, and count both."""
        now = self._clock()
        readable: list[tuple[Record, Code]] = []
        letters: list[Write] = []
        for record in records:
            try:
                readable.append((record, Code.decode(record.value)))
            except Unreadable as fault:
                letters.append(self._letter(letter_of(record, reason="unreadable", detail=str(fault), died_at=now)))
        self._metrics.newest_record(max(record.timestamp for record in records) / 1000)
        self._metrics.read((code for _, code in readable), now=now)
        return readable, letters

    async def _deliver(self, readable: Sequence[tuple[Record, Code]]) -> list[Write]:
        """Push what is wanted, and return what is to be written of each push."""
        deliverer = self._deliverer
        wanted = [] if deliverer is None else [(record, code) for record, code in readable if deliverer.wants(code)]
        self._metrics.unwanted(len(readable) - len(wanted))
        if deliverer is None or not wanted:
            return []
        results = await deliverer.deliver([code for _, code in wanted])
        writes: list[Write] = []
        for (record, _), result in zip(wanted, results, strict=True):
            if isinstance(result, DeliveryOutcome):
                writes.append(self._outcome(result))
            else:
                letter = letter_of(record, reason="bug", detail=result.error, died_at=self._clock())
                writes.append(self._letter(letter))
        return writes

    def _outcome(self, outcome: DeliveryOutcome) -> Write:
        headers = cloudevents.headers(
            ce_type=DeliveryOutcome.ce_type,
            source=SOURCE,
            event_id=f"{outcome.subscription}/{outcome.event_id}",
            time=outcome.finished_at,
        )
        return Write(
            publisher=self._outcomes,
            value=outcome.encode(),
            key=outcome.subscription.encode(),
            headers=_as_text(headers),
            correlation_id=outcome.message_id,
        )

    def _letter(self, letter: DeadLetter) -> Write:
        self._metrics.died()
        logger.error("record is dead source=%s reason=%s detail=%s", letter.source, letter.reason, letter.detail)
        headers = cloudevents.headers(
            ce_type=DeadLetter.ce_type, source=SOURCE, event_id=letter.dead_letter_id, time=letter.died_at
        )
        return Write(
            publisher=self._dead,
            value=letter.encode(),
            key=letter.key,
            headers=_as_text(headers),
            correlation_id=letter.dead_letter_id,
        )

    async def _write(self, writes: Sequence[Write]) -> None:
        """Write until the broker has taken everything: to fail here would repeat pushes that have succeeded.

        What is larger than the cluster allows would hold up all codes for good: it is left out, and the log says where its record is.
        The order within a batch is not kept: each outcome stands for itself.
        """
        left = list(writes)
        while left:
            answers = await asyncio.gather(*map(_publish, left), return_exceptions=True)
            refused = [(one, answer) for one, answer in zip(left, answers, strict=True) if answer is not None]
            left, kind = [], ""
            for write, fault in refused:
                if isinstance(fault, MessageSizeTooLargeError | RecordListTooLargeError):
                    logger.error(
                        "write is too large for the broker and left out id=%s bytes=%d; raise its message.max.bytes",
                        write.correlation_id,
                        len(write.value),
                    )
                elif isinstance(fault, KafkaError):
                    left.append(write)
                    kind = type(fault).__name__
                else:
                    raise fault
            if left:
                logger.warning("broker does not take writes left=%d error=%s", len(left), kind)
                await self._sleep(PAUSE_SECONDS)


async def _publish(write: Write) -> None:
    """Write one event and wait for the broker's acknowledgement; gathered, so one round trip serves the batch."""
    await write.publisher.publish(
        write.value, key=write.key, headers=write.headers, correlation_id=write.correlation_id
    )


def _as_text(headers: cloudevents.Headers) -> dict[str, str]:
    return {name: value.decode() for name, value in headers}
