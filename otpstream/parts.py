"""Builds each role out of the settings and hands it what it needs: a producer, a registry, a client, a place to leave its end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import httpx
from faststream.kafka import KafkaBroker, KafkaRouter
from prometheus_client import (
    CollectorRegistry,
    Histogram,
)

from ingest import app as ingest_app
from ingest import publisher
from ingest.metrics import IngestMetrics, watch_circuits
from ingest.providers import text2fa
from ingest.providers.registry import Providers, WebhookRoute, build
from ingest.settings import PollSettings
from otpstream import cautions, kafka, logs
from otpstream.engine_thread import EngineThread
from otpstream.lifetime import Lifetime
from otpstream.operations import Check, Health
from otpstream.rental_table import RentalTable, filled, follow
from otpstream.settings import Settings
from processors.metrics import ProcessMetrics
from sinks.codes import codes_router
from sinks.metrics import DeliverMetrics
from sinks.webhooks.attempt import open_session
from sinks.webhooks.deliver import Deliverer

if TYPE_CHECKING:
    from otpstream.control.app import ControlPlane

log = logging.getLogger(__name__)

ACK_TIMEOUT_SECONDS = 5.0
"""Within this a webhook is answered, 202 or 503: providers give up on slow receivers at 10 s and more."""
_WORK_SECONDS = 20.0
"""How long the batch in hand may take at the end: twice what a push may, by default."""
_STOP_SECONDS = 25.0
"""How long all of it may take, even where no broker answers: less than the 30 s that containers are commonly granted."""
_STUCK_SECONDS = 60.0
"""Longer than brokers need to elect leaders anew."""


class StartError(RuntimeError):
    """A role cannot start; the text says what to do."""


class BoundedBroker(KafkaBroker):
    """A broker that ends in time: who reads from it is told first, and a cluster that does not answer is not waited for."""

    stop_seconds = _STOP_SECONDS
    on_stop: Callable[[], None] | None = None
    """Called before the wait for the batch in hand."""

    async def stop(self, *exc_info: Any) -> None:
        """Finish the batch in hand, leave the group and close the connections; what does not fit the time is cut off."""
        if self.on_stop is not None:
            self.on_stop()
        try:
            async with asyncio.timeout(self.stop_seconds):
                await super().stop(*exc_info)
        except TimeoutError:
            log.warning(
                "leaving Kafka took longer than %.0f s and was cut off; what was not committed comes again",
                self.stop_seconds,
            )


@dataclass
class Parts:
    """Builds the stages, one method a role, and leaves their ends with the lifetime of the process."""

    settings: Settings
    embedded: bool = field(kw_only=True)
    registry: CollectorRegistry = field(kw_only=True)
    life: Lifetime = field(kw_only=True)
    health: Health = field(default_factory=Health)
    _providers: Providers | None = field(default=None, init=False)

    @property
    def _connection(self) -> dict[str, Any]:
        return kafka.librdkafka(self.settings.kafka)

    async def providers(self) -> Providers:
        """Return what the accounts make available, built once: the parts of one account share the orders that they know."""
        if self._providers is None:
            http = await self.life.stack.enter_async_context(httpx.AsyncClient())
            self._providers = build(self.settings.accounts, http, ingest_app.utc_now, asyncio.sleep)
            watch_circuits(self.registry, self._providers.circuits)
        return self._providers

    async def ingest(self) -> list[ingest_app.Route]:
        """Start the pollers, and return the webhook routes."""
        metrics = IngestMetrics(self.registry)
        to_kafka, self.health.checks["ingest"] = await self._publisher(metrics.publish_seconds)
        providers = await self.providers()
        table = await self._rental_table([one.settings for one in providers.polled])
        pollers = ingest_app.pollers(
            providers.polled, publisher=to_kafka, metrics=metrics, known=table.rentals, managed=table.is_managed
        )
        for poller in pollers:
            self.life.in_background(poller.run(), name="poller")
        for caution in cautions.of_ingest(self.settings):
            log.warning(caution)
        return ingest_app.routes(
            [_at_its_path(webhook, self.settings) for webhook in providers.webhooks],
            publisher=to_kafka,
            metrics=metrics,
            body_timeout_seconds=self.settings.http.body_timeout_seconds,
            managed=table.is_managed,
        )

    async def _rental_table(self, polled: Sequence[PollSettings]) -> RentalTable:
        """Return the table of rentals, which is followed from then on."""
        kept_seconds = max((one.poll_lookback_seconds + one.poll_overlap_seconds for one in polled), default=0)
        table = RentalTable(kept_seconds=kept_seconds, clock=ingest_app.utc_now)
        consumer = await asyncio.to_thread(filled, table, self._connection)
        self.life.stack.callback(consumer.close)
        self.life.in_background(follow(table, consumer), name="rental table")
        return table

    async def _publisher(self, publish_seconds: Histogram) -> tuple[publisher.KafkaPublisher, Check]:
        """Start a producer; return what publishes by it, and whether the brokers answer it."""
        producer = publisher.producer(ack_timeout_seconds=ACK_TIMEOUT_SECONDS, **kafka.aiokafka(self.settings.kafka))
        await producer.start()
        self.life.stack.push_async_callback(producer.stop)
        to_kafka = publisher.KafkaPublisher(
            producer, ack_timeout_seconds=ACK_TIMEOUT_SECONDS, publish_seconds=publish_seconds
        )

        async def broker_answers() -> bool:
            await asyncio.wait_for(producer.client.fetch_all_metadata(), ACK_TIMEOUT_SECONDS)
            return True

        self.life.in_background(_watch(to_kafka, broker_answers), name="producer watch")
        return to_kafka, broker_answers

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

    async def control(self) -> tuple["ControlPlane", KafkaBroker]:
        """Start the control plane; return it, and the broker with the subscriber that feeds it, not started.

        Raises:
            StartError: the store cannot be used.
        """
        # Half of what there is to load, the names of the world's phone prefixes among it: for this role alone.
        from sqlalchemy.exc import DBAPIError

        from otpstream.control.app import control_plane
        from otpstream.control.feed import Feed, messages_router

        publish_seconds = Histogram(
            "otp_control_publish_seconds",
            "From handing records of the outbox to the producer to the acknowledgement of them all.",
            registry=self.registry,
        )
        to_kafka, broker_answers = await self._publisher(publish_seconds)
        providers = await self.providers()
        opening = control_plane(
            self.settings.control,
            suppliers=providers.suppliers,
            verifiers=providers.verifiers,
            publish=to_kafka.publish,
            registry=self.registry,
            clock=ingest_app.utc_now,
            version=version("otpstream"),
        )
        try:
            plane = await self.life.stack.enter_async_context(opening)
        except DBAPIError as fault:
            raise StartError(
                f"the store does not answer ({type(fault).__name__}): see that it runs, and that CONTROL_STORE_URL is right"
            ) from None
        self.life.in_background(plane.run(), name="control plane")

        async def is_ready() -> bool:
            return await plane.is_ready() and await broker_answers()

        self.health.checks["control"] = is_ready
        return plane, self._broker(messages_router(Feed(plane.on_messages, registry=self.registry)))

    async def deliver(self) -> KafkaBroker:
        """Return the broker with the subscriber that pushes codes, not started."""
        metrics = DeliverMetrics(self.registry)
        deliverer = None
        subscription = self.settings.subscription
        if subscription is not None:
            session = await self.life.stack.enter_async_context(open_session(concurrency=subscription.concurrency))
            deliverer = Deliverer(subscription, session=session, metrics=metrics, clock=ingest_app.utc_now)
        broker = self._broker(codes_router(deliverer=deliverer, metrics=metrics, clock=ingest_app.utc_now))
        if deliverer is not None:
            broker.on_stop = deliverer.stop

        async def broker_answers() -> bool:
            return await broker.ping(timeout=ACK_TIMEOUT_SECONDS)

        self.health.checks["deliver"] = broker_answers
        return broker

    def _broker(self, router: KafkaRouter) -> BoundedBroker:
        broker = BoundedBroker(
            kafka.servers(self.settings.kafka),
            client_id=kafka.CLIENT_ID,
            security=kafka.faststream_security(self.settings.kafka),
            graceful_timeout=_WORK_SECONDS,
            allow_auto_create_topics=False,
            acks="all",
            enable_idempotence=True,
            logger=logging.getLogger(logs.SUBSCRIBERS),
            log_level=logging.DEBUG,
        )
        broker.include_router(router)
        return broker


def _at_its_path(webhook: WebhookRoute, settings: Settings) -> WebhookRoute:
    """Let the account of the TEXT2FA_ settings have the short path, whatever its name."""
    is_lone = (webhook.provider, webhook.account) == (text2fa.PROVIDER, settings.text2fa.account)
    return webhook._replace(path=f"/webhooks/{text2fa.PROVIDER}") if is_lone and settings.text2fa.webhook else webhook


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
