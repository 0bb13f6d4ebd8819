"""Builds the control plane from what is handed in: the store, the commands, the HTTP applications, and what runs behind them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.providers.contract import Supplier, Verifier
from otpstream.control import facade
from otpstream.control.api.access import Access
from otpstream.control.api.app import PATHS, control_api
from otpstream.control.api.idempotency import idempotent_route
from otpstream.control.api.prefix_holds import prefix_holds_router
from otpstream.control.api.rentals import catalogue_router, rentals_router
from otpstream.control.api.verifications import verifications_router
from otpstream.control.facade import Facade, facade_app
from otpstream.control.fraud.holds import PrefixHolds
from otpstream.control.migrations import upgrade
from otpstream.control.projection import Projection
from otpstream.control.relay import Publish, Relay
from otpstream.control.rentals.calls import RentalCalls
from otpstream.control.rentals.commands import Rentals
from otpstream.control.rentals.metrics import ControlMetrics
from otpstream.control.rentals.offers import Clock, Offers
from otpstream.control.rentals.reconciler import Reconciler
from otpstream.control.rentals.upkeep import Upkeep
from otpstream.control.settings import ControlSettings
from otpstream.control.store import rental_rows
from otpstream.control.store.engine import open_store
from otpstream.control.verifications.arrivals import Arrivals
from otpstream.control.verifications.clock import VerificationClock
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.ledger import Ledger
from otpstream.control.verifications.metrics import VerificationMetrics
from schemas.events import Message

log = logging.getLogger(__name__)

_IN_FLIGHT_SLACK_SECONDS = 60.0
"""How much longer than a call a whole request may take: several suppliers may be asked in turn."""


@dataclass(frozen=True, kw_only=True)
class ControlPlane:
    """A control plane that is built; `run` makes it live."""

    engine: AsyncEngine
    api: ASGIApp
    """Serves `/v1`, `/openapi.json` and `/docs`."""
    facade: ASGIApp | None
    """Serves the four-endpoint API; None where it is not enabled."""
    rentals: Rentals
    verifications: Verifications
    projection: Projection
    arrivals: Arrivals
    relay: Relay
    upkeep: Upkeep
    verification_clock: VerificationClock

    async def run(self) -> None:
        """Carry the outbox to Kafka, settle what is open, end what is due: until cancelled.

        Calls that a crash left open are settled first.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.relay.run())
            tasks.create_task(self.upkeep.run())
            tasks.create_task(self.verification_clock.run())

    async def on_messages(self, batch: Sequence[Message]) -> None:
        """Take in messages of `otp.messages.v1`, in any order and any number of times.

        Raises:
            sqlalchemy.exc.DBAPIError: the store is away: hand the batch in again.
        """
        await self.projection.on_messages(batch)
        await self.arrivals.on_messages(batch)

    async def is_ready(self) -> bool:
        """Tell whether the store answers."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        return True

    def in_front_of(self, otherwise: ASGIApp) -> ASGIApp:
        """Return an application that serves the control plane's paths, and hands every other one on."""

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            answerer = self._answerer(scope, otherwise)
            try:
                await answerer(scope, receive, send)
            except Exception as fault:
                if answerer is otherwise:
                    raise
                # It is answered already. A traceback may quote what is secret, so whoever hunts the bug asks for it.
                log.error("a request failed, and that is a bug: %s", type(fault).__name__)  # noqa: TRY400
                log.debug("bug", exc_info=fault)

        return app

    def _answerer(self, scope: Scope, otherwise: ASGIApp) -> ASGIApp:
        if scope["type"] != "http":
            return otherwise
        path: str = scope["path"]
        if self.facade is not None and path in facade.PATHS:
            return self.facade
        return self.api if any(path == one or (one[-1] == "/" and path.startswith(one)) for one in PATHS) else otherwise


@asynccontextmanager
async def control_plane(
    settings: ControlSettings,
    *,
    suppliers: Sequence[Supplier],
    verifiers: Sequence[Verifier],
    publish: Publish,
    registry: CollectorRegistry,
    clock: Clock,
    version: str,
) -> AsyncIterator[ControlPlane]:
    """Build the control plane, its store brought up to date; the store is closed at the end.

    Args:
        settings: of the control plane.
        suppliers: one per account that numbers can be rented from.
        verifiers: one per account that verifies phones; the first is asked where nobody says which.
        publish: to Kafka; returns once all records are acknowledged, such as `KafkaPublisher.publish`.
        registry: where metrics go.
        clock: our clock, aware.
        version: of otpstream.

    Raises:
        StoreError: the store's URL is of no database that is supported.
        sqlalchemy.exc.OperationalError: the store is away.
    """
    store_url = settings.store.url.get_secret_value()
    await asyncio.to_thread(upgrade, store_url)
    engine = open_store(store_url)
    try:
        yield _built(
            settings,
            engine,
            suppliers=suppliers,
            verifiers=verifiers,
            publish=publish,
            registry=registry,
            clock=clock,
            version=version,
        )
    finally:
        await engine.dispose()


def _built(
    settings: ControlSettings,
    engine: AsyncEngine,
    *,
    suppliers: Sequence[Supplier],
    verifiers: Sequence[Verifier],
    publish: Publish,
    registry: CollectorRegistry,
    clock: Clock,
    version: str,
) -> ControlPlane:
    metrics = ControlMetrics(registry)
    access = Access(engine)
    calls = RentalCalls(engine=engine, suppliers=suppliers, settings=settings.rentals, metrics=metrics, clock=clock)
    offers = Offers(suppliers, kept_seconds=settings.rentals.offers_kept_seconds, clock=clock)
    rentals = Rentals(calls=calls, offers=offers)
    reconciler = Reconciler(calls=calls)
    verification_metrics = VerificationMetrics(registry, providers=[one.name for one in verifiers])

    async def line_of(phone: str) -> str | None:
        async with engine.connect() as connection:
            return await rental_rows.line_of(connection, phone)

    verifications = Verifications(
        Ledger(engine, metrics=verification_metrics, clock=clock),
        verifiers,
        settings=settings.verifications,
        line_of=line_of,
    )
    longest_seconds = max(settings.rentals.call_timeout_seconds, settings.verifications.call_timeout_seconds)
    route = idempotent_route(access, engine, clock=clock, in_flight_seconds=longest_seconds + _IN_FLIGHT_SLACK_SECONDS)
    routers = [
        rentals_router(rentals, access=access, route_class=route),
        catalogue_router(rentals, access=access),
        verifications_router(verifications, access=access, route_class=route),
        prefix_holds_router(PrefixHolds(engine, clock=clock), access=access),
    ]
    served = Facade(rentals=rentals, reconciler=reconciler, access=access, settings=settings.facade)
    return ControlPlane(
        engine=engine,
        api=control_api(routers, version=version),
        facade=facade_app(served) if settings.facade.enabled else None,
        rentals=rentals,
        verifications=verifications,
        projection=Projection(engine, kept_seconds=settings.store.messages_kept_seconds, clock=clock),
        arrivals=Arrivals(verifications),
        relay=Relay(
            engine=engine,
            publish=publish,
            metrics=metrics,
            clock=clock,
            interval_seconds=settings.store.relay_interval_seconds,
        ),
        upkeep=Upkeep(rentals=rentals, reconciler=reconciler, store=settings.store),
        verification_clock=VerificationClock(verifications),
    )
