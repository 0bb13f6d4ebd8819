"""The composition root: the one place that knows all stages, builds them from the settings and runs them until told to stop.

Three roles, in one process or each in its own so that they scale apart: ingest (webhooks and pollers), process (the exactly-once engine, in
a thread), deliver (pushes). Every process serves /metrics, /health/live and /health/ready.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx
from faststream.kafka import KafkaBroker
from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    disable_created_metrics,
)

from ingest import app as ingest_app
from ingest import publisher
from ingest.metrics import IngestMetrics
from otpstream import cautions, kafka, topics_admin
from otpstream.embedded_broker import NOTICE, embedded_broker
from otpstream.engine_thread import GROUP, EngineThread
from otpstream.http_server import serving
from otpstream.lifetime import Lifetime
from otpstream.operations import Health, operations_app
from otpstream.rental_table import read_rentals
from otpstream.settings import Settings
from processors.metrics import ProcessMetrics
from sinks.codes import codes_router
from sinks.metrics import DeliverMetrics
from sinks.webhooks.attempt import open_session
from sinks.webhooks.deliver import Deliverer

log = logging.getLogger(__name__)

ACK_TIMEOUT_SECONDS = 5.0
"""Within this a webhook is answered, 202 or 503: providers give up on slow receivers at 10 s and more."""
PROCESS_GROUP = GROUP
_STOP_SECONDS = 30.0
"""How long the work in hand may take at the end: what containers are commonly granted."""

_STUCK_SECONDS = 60.0
"""Longer than brokers need to elect leaders anew."""


class Role(StrEnum):
    """What a process does."""

    INGEST = "ingest"
    PROCESS = "process"
    DELIVER = "deliver"


class StartError(RuntimeError):
    """A role cannot start; the text says what to do."""


@dataclass
class Running:
    """A running process."""

    base_url: str
    settings: Settings
    """As used: with the embedded broker's address where it serves."""
    registry: CollectorRegistry
    failure: asyncio.Future[BaseException]
    """Why a part cannot go on by itself; not done while all is well."""

    async def until(self, stop: asyncio.Event) -> None:
        """Wait until told to stop.

        Raises:
            StageStopped: the processing stage cannot go on by itself.
            Exception: a bug in another part.
        """
        stopping = asyncio.create_task(stop.wait())
        waited: set[asyncio.Future[Any]] = {stopping, self.failure}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if self.failure.done():
            raise self.failure.result()


@asynccontextmanager
async def running(settings: Settings, roles: frozenset[Role]) -> AsyncIterator[Running]:
    """Run roles for as long as the context lasts; the work in hand is finished at the end.

    Raises:
        ClusterAway: no broker answers.
        StartError: the topics are not as they must be.
        AddressError: the HTTP address is taken.
        EmbeddedBrokerError: no cluster is set, and the embedded broker did not start.
    """
    async with AsyncExitStack() as stack:
        embedded = settings.embedded
        if embedded:
            log.warning(NOTICE)
            settings = settings.with_bootstrap_servers(stack.enter_context(embedded_broker()))
        await asyncio.to_thread(_check_cluster, settings, embedded=embedded)
        # The time of a series' creation doubles the page and nobody asks for it.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        for collector in (GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR):
            registry.register(collector)
        parts = _Parts(settings, embedded=embedded, registry=registry, life=Lifetime(stack))
        broker = await parts.deliver() if Role.DELIVER in roles else None
        app = operations_app(broker, registry, parts.health)
        # A role that serves HTTP of its own puts it in front of what is there.
        if Role.INGEST in roles:
            app = ingest_app.mounted(await parts.ingest(), app)
        if broker is not None:
            # Only now: the application gives its brokers their context, and a handler that started before would miss it.
            await broker.start()
            stack.push_async_callback(broker.stop)
        if Role.PROCESS in roles:
            parts.process()
        base_url = await stack.enter_async_context(serving(app, host=settings.http.host, port=settings.http.port))
        log.info("%s serving on %s", ", ".join(sorted(roles)), base_url)
        yield Running(base_url, settings, registry, parts.life.failure)


def _check_cluster(settings: Settings, *, embedded: bool) -> None:
    kafka.brokers(settings.kafka)
    connection = kafka.librdkafka(settings.kafka)
    try:
        if embedded:
            topics_admin.touch(connection)
            return
        findings = topics_admin.check(connection, window_seconds=settings.process.window_seconds)
    except topics_admin.TopicsError as error:
        raise StartError(str(error)) from None
    wrong = [f"{finding.topic.name}: {finding.wrong}" for finding in findings if finding.wrong is not None]
    if wrong:
        raise StartError("the topics are not as they must be:\n  " + "\n  ".join(wrong))


@dataclass
class _Parts:
    """Builds the stages, one method a role, and leaves their ends with the lifetime of the process."""

    settings: Settings
    embedded: bool = field(kw_only=True)
    registry: CollectorRegistry = field(kw_only=True)
    life: Lifetime = field(kw_only=True)
    health: Health = field(default_factory=Health)

    @property
    def _connection(self) -> dict[str, Any]:
        return kafka.librdkafka(self.settings.kafka)

    async def ingest(self) -> list[ingest_app.Route]:
        """Start the poller, and return the webhook routes."""
        producer = publisher.producer(ack_timeout_seconds=ACK_TIMEOUT_SECONDS, **kafka.aiokafka(self.settings.kafka))
        await producer.start()
        self.life.stack.push_async_callback(producer.stop)
        metrics = IngestMetrics(self.registry)
        to_kafka = publisher.KafkaPublisher(
            producer, ack_timeout_seconds=ACK_TIMEOUT_SECONDS, publish_seconds=metrics.publish_seconds
        )

        async def broker_answers() -> bool:
            await asyncio.wait_for(producer.client.fetch_all_metadata(), ACK_TIMEOUT_SECONDS)
            return True

        self.health.checks["ingest"] = broker_answers
        self.life.in_background(_watch(to_kafka, broker_answers), name="producer watch")
        http = await self.life.stack.enter_async_context(httpx.AsyncClient())
        known = await asyncio.to_thread(read_rentals, self._connection) if self.settings.text2fa.api_key else []
        poller = ingest_app.poller(
            self.settings.text2fa,
            http=http,
            publisher=to_kafka,
            metrics=metrics,
            known=known,
        )
        if poller is not None:
            self.life.in_background(poller.run(), name="poller")
        for caution in cautions.of_ingest(self.settings):
            log.warning(caution)
        return ingest_app.routes(
            self.settings.text2fa,
            publisher=to_kafka,
            metrics=metrics,
            body_timeout_seconds=self.settings.http.body_timeout_seconds,
        )

    def process(self) -> None:
        """Start the engine in a thread of its own."""
        engine = EngineThread(
            self.settings,
            connection=self._connection,
            embedded=self.embedded,
            metrics=ProcessMetrics(self.registry),
            life=self.life,
        )
        self.health.checks["process"] = engine.has_partitions

    async def deliver(self) -> KafkaBroker:
        """Return the broker with the subscriber that pushes codes, not started."""
        metrics = DeliverMetrics(self.registry)
        deliverer = None
        subscription = self.settings.subscription
        if subscription is not None:
            session = await self.life.stack.enter_async_context(open_session(concurrency=subscription.concurrency))
            deliverer = Deliverer(subscription, session=session, metrics=metrics, clock=ingest_app.utc_now)
        broker = KafkaBroker(
            kafka.servers(self.settings.kafka),
            client_id=kafka.CLIENT_ID,
            security=kafka.faststream_security(self.settings.kafka),
            graceful_timeout=_STOP_SECONDS,
            allow_auto_create_topics=False,
            acks="all",
            enable_idempotence=True,
            logger=logging.getLogger("faststream"),
            log_level=logging.DEBUG,
        )
        broker.include_router(codes_router(deliverer=deliverer, metrics=metrics, clock=ingest_app.utc_now))

        async def broker_answers() -> bool:
            return await broker.ping(timeout=ACK_TIMEOUT_SECONDS)

        self.health.checks["deliver"] = broker_answers
        return broker


async def _watch(to_kafka: publisher.KafkaPublisher, broker_answers: Callable[[], Awaitable[bool]]) -> None:
    """End the process when its producer is stuck for good though the brokers answer: only a new one can mend that.

    Raises:
        StartError: it is.
    """
    while True:
        await asyncio.sleep(_STUCK_SECONDS / 4)
        if to_kafka.failing_seconds < _STUCK_SECONDS:
            continue
        with suppress(Exception):
            if await broker_answers():
                break
    raise StartError(
        f"nothing could be written for {_STUCK_SECONDS:.0f} seconds though the brokers answer; start the process again"
    )
