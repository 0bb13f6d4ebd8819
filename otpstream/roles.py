"""The composition root: the one place that knows all stages, builds them from the settings and runs them until told to stop.

Four roles, in one process or each in its own so that they scale apart: ingest (webhooks and pollers), process (the exactly-once engine, in
a thread), deliver (pushes), control (rentals and verifications over HTTP). Every process serves /metrics, /health/live and /health/ready.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from faststream.kafka import KafkaBroker
from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    disable_created_metrics,
)

from ingest import app as ingest_app
from otpstream import kafka, topics_admin
from otpstream.embedded_broker import NOTICE, embedded_broker
from otpstream.http_server import serving
from otpstream.lifetime import Lifetime
from otpstream.operations import operations_app
from otpstream.parts import Parts, StartError
from otpstream.settings import Settings

log = logging.getLogger(__name__)


class Role(StrEnum):
    """What a process does."""

    INGEST = "ingest"
    PROCESS = "process"
    DELIVER = "deliver"
    CONTROL = "control"


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
        parts = Parts(settings, embedded=embedded, registry=registry, life=Lifetime(stack))
        brokers: list[KafkaBroker] = []
        if Role.DELIVER in roles:
            brokers.append(await parts.deliver())
        plane = None
        if Role.CONTROL in roles:
            plane, broker = await parts.control()
            brokers.append(broker)
        app = operations_app(brokers, registry, parts.health)
        # A role that serves HTTP of its own puts it in front of what is there.
        if plane is not None:
            app = plane.in_front_of(app)
        if Role.INGEST in roles:
            app = ingest_app.mounted(await parts.ingest(), app)
        if Role.PROCESS in roles:
            parts.process()
        # Only now: the application gives its brokers their context, and a handler that started before would miss it. All at once, since
        # a cluster lets each group wait some seconds for more members.
        for broker in brokers:
            stack.push_async_callback(broker.stop)
        await asyncio.gather(*(broker.start() for broker in brokers))
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
