"""The composition root: the one place that knows all stages, builds them from the settings and runs them until told to stop.

Three roles, in one process or each in its own so that they scale apart: ingest (webhooks and pollers), process (the exactly-once engine, in
a thread), deliver (pushes). Every process serves /metrics, /health/live and /health/ready.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx
from faststream.asgi import AsgiFastStream, AsgiResponse, get
from faststream.asgi.types import Scope
from faststream.kafka import KafkaBroker
from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    disable_created_metrics,
    make_asgi_app,
)

from ingest import app as ingest_app
from ingest import publisher
from ingest.metrics import IngestMetrics
from otpstream import kafka, topics_admin
from otpstream.embedded_broker import NOTICE, embedded_broker
from otpstream.http_server import serving
from otpstream.rental_table import read_rentals
from otpstream.settings import GuaranteeSetting, Settings
from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings
from processors.stage import Engine, EngineSettings, Guarantee
from sinks.codes import codes_router
from sinks.metrics import DeliverMetrics
from sinks.webhooks.attempt import open_session
from sinks.webhooks.deliver import Deliverer

log = logging.getLogger(__name__)

ACK_TIMEOUT_SECONDS = 5.0
"""Within this a webhook is answered, 202 or 503: providers give up on slow receivers at 10 s and more."""
PROCESS_GROUP = "otpstream.process"
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


@dataclass
class _Health:
    """Asks every part whether it is ready."""

    checks: dict[str, Callable[[], Awaitable[bool]]] = field(default_factory=dict)

    async def unready(self) -> list[str]:
        answers = await asyncio.gather(*(check() for check in self.checks.values()), return_exceptions=True)
        return [name for name, answer in zip(self.checks, answers, strict=True) if answer is not True]


@asynccontextmanager
async def running(settings: Settings, roles: frozenset[Role]) -> AsyncIterator[Running]:
    """Run roles for as long as the context lasts; the work in hand is finished at the end.

    Raises:
        StartError: the topics are not as they must be.
        AddressError: the HTTP address is taken.
        EmbeddedBrokerError: no cluster is set, and the embedded broker did not start.
    """
    async with AsyncExitStack() as stack:
        embedded = settings.embedded
        if embedded:
            log.warning(NOTICE)
            settings = with_bootstrap_servers(settings, stack.enter_context(embedded_broker()))
        connection = kafka.librdkafka(settings.kafka)
        await asyncio.to_thread(_check_topics, connection, settings, embedded=embedded)
        # The time of a series' creation doubles the page and nobody asks for it.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        for collector in (GC_COLLECTOR, PLATFORM_COLLECTOR, PROCESS_COLLECTOR):
            registry.register(collector)
        failure: asyncio.Future[BaseException] = asyncio.get_running_loop().create_future()
        parts = _Parts(
            stack=stack, settings=settings, embedded=embedded, connection=connection, registry=registry, failure=failure
        )
        routes = await parts.ingest() if Role.INGEST in roles else []
        broker = await parts.deliver() if Role.DELIVER in roles else None
        app = ingest_app.mounted(routes, _operations_app(broker, registry, parts.health))
        if broker is not None:
            # Only now: the application gives its brokers their context, and a handler that started before would miss it.
            await broker.start()
            stack.push_async_callback(broker.stop)
        if Role.PROCESS in roles:
            parts.process()
        base_url = await stack.enter_async_context(serving(app, host=settings.http.host, port=settings.http.port))
        log.info("%s serving on %s", ", ".join(sorted(roles)), base_url)
        yield Running(base_url, settings, registry, failure)


def with_bootstrap_servers(settings: Settings, bootstrap_servers: str) -> Settings:
    """Return the settings with another cluster."""
    return settings.model_copy(
        update={"kafka": settings.kafka.model_copy(update={"bootstrap_servers": bootstrap_servers})}
    )


def _check_topics(connection: Mapping[str, Any], settings: Settings, *, embedded: bool) -> None:
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
    """Builds the stages, and leaves their ends on the stack."""

    stack: AsyncExitStack
    settings: Settings
    embedded: bool
    connection: Mapping[str, Any]
    registry: CollectorRegistry
    failure: asyncio.Future[BaseException]
    health: _Health = field(default_factory=_Health)

    async def ingest(self) -> list[ingest_app.Route]:
        """Start the poller, and return the webhook routes."""
        producer = publisher.producer(ack_timeout_seconds=ACK_TIMEOUT_SECONDS, **kafka.aiokafka(self.settings.kafka))
        await producer.start()
        self.stack.push_async_callback(producer.stop)
        metrics = IngestMetrics(self.registry)
        to_kafka = publisher.KafkaPublisher(
            producer, ack_timeout_seconds=ACK_TIMEOUT_SECONDS, publish_seconds=metrics.publish_seconds
        )

        async def broker_answers() -> bool:
            await asyncio.wait_for(producer.client.fetch_all_metadata(), ACK_TIMEOUT_SECONDS)
            return True

        self.health.checks["ingest"] = broker_answers
        self._in_background(_watch(to_kafka, broker_answers), name="producer watch")
        http = await self.stack.enter_async_context(httpx.AsyncClient())
        known = await asyncio.to_thread(read_rentals, self.connection) if self.settings.text2fa.api_key else []
        poller = ingest_app.poller(
            self.settings.text2fa,
            http=http,
            publisher=to_kafka,
            metrics=metrics,
            known=known,
        )
        if poller is not None:
            self._in_background(poller.run(), name="poller")
        routes = ingest_app.routes(self.settings.text2fa, publisher=to_kafka, metrics=metrics)
        if poller is None and not routes:
            log.warning(
                "nothing comes in: set TEXT2FA_API_KEY to poll, or TEXT2FA_WEBHOOK_HMAC_SECRETS, TEXT2FA_WEBHOOK_PATH_TOKENS or "
                "TEXT2FA_WEBHOOK_ALLOWED_NETWORKS to receive webhooks"
            )
        return routes

    def process(self) -> None:
        """Start the engine in a thread of its own."""
        settings = self.settings.process
        stage = Pipeline(
            PipelineSettings(
                window_seconds=settings.window_seconds,
                tolerance_seconds=settings.tolerance_seconds,
                waiting_seconds=settings.waiting_seconds,
                code_life_seconds=settings.code_life_seconds,
            )
        )
        metrics = ProcessMetrics(self.registry)
        engine = Engine(stage, engine_settings(self.settings, self.connection, embedded=self.embedded), metrics)
        thread = threading.Thread(
            target=self._run_engine, args=(engine, asyncio.get_running_loop()), name="engine", daemon=True
        )

        async def has_partitions() -> bool:
            return thread.is_alive() and metrics.has_partitions

        self.health.checks["process"] = has_partitions
        thread.start()
        self.stack.push_async_callback(self._stop_engine, engine, thread)

    def _run_engine(self, engine: Engine[Any], loop: asyncio.AbstractEventLoop) -> None:
        try:
            engine.run()
        except Exception as error:
            loop.call_soon_threadsafe(self._fail, error)

    async def _stop_engine(self, engine: Engine[Any], thread: threading.Thread) -> None:
        engine.stop()
        await asyncio.to_thread(thread.join, _STOP_SECONDS)

    async def deliver(self) -> KafkaBroker:
        """Return the broker with the subscriber that pushes codes, not started."""
        metrics = DeliverMetrics(self.registry)
        deliverer = None
        subscription = self.settings.subscription
        if subscription is not None:
            session = await self.stack.enter_async_context(open_session(concurrency=subscription.concurrency))
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

    def _in_background(self, work: Any, *, name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self.stack.push_async_callback(_cancelled, task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        if not self.failure.done():
            self.failure.set_result(error)


def engine_settings(settings: Settings, connection: Mapping[str, Any], *, embedded: bool) -> EngineSettings:
    """Return how the engine works, from the settings and the kind of broker."""
    chosen = settings.process.guarantee
    if chosen is GuaranteeSetting.AUTO:
        chosen = GuaranteeSetting.AT_LEAST_ONCE if embedded else GuaranteeSetting.EXACTLY_ONCE
    return EngineSettings(
        group=PROCESS_GROUP,
        slot=None if embedded else settings.process.slot,
        guarantee=Guarantee(chosen.value),
        kafka=connection,
        fetch_wait_seconds=0.005 if embedded else 0.5,
        batch_records=settings.process.batch_records,
        gather_seconds=settings.process.gather_seconds,
        poison_ratio=settings.process.poison_ratio,
        poison_minimum=settings.process.poison_minimum,
        session_timeout_seconds=settings.process.session_timeout_seconds,
        transaction_timeout_seconds=settings.process.transaction_timeout_seconds,
    )


def _operations_app(broker: KafkaBroker | None, registry: CollectorRegistry, health: _Health) -> AsgiFastStream:
    @get(include_in_schema=False)
    async def live(scope: Scope) -> AsgiResponse:  # noqa: ARG001
        return AsgiResponse(b"alive\n", 200, {"content-type": "text/plain"})

    @get(include_in_schema=False)
    async def ready(scope: Scope) -> AsgiResponse:  # noqa: ARG001
        unready = await health.unready()
        body = f"not ready: {', '.join(unready)}\n" if unready else "ready\n"
        return AsgiResponse(body.encode(), 503 if unready else 200, {"content-type": "text/plain"})

    routes: list[tuple[str, Any]] = [
        ("/health/live", live),
        ("/health/ready", ready),
        ("/metrics", make_asgi_app(registry)),
    ]
    if broker is None:
        return AsgiFastStream(asgi_routes=routes)
    return AsgiFastStream(broker, asgi_routes=routes, asyncapi_path="/asyncapi")


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


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await task
