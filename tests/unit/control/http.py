"""A control plane behind HTTP, without a network."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from prometheus_client import CollectorRegistry

from ingest.providers import contract
from otpstream.control.app import ControlPlane, control_plane
from otpstream.control.scopes import Scope
from otpstream.control.settings import ControlSettings
from otpstream.control.store import keys
from tests.unit.control.fakes import START, Kafka, ManualClock, Supplier

READ_WRITE: tuple[Scope, ...] = ("rentals:read", "rentals:write")


@dataclass
class Served:
    """What a test asks, and what stands behind it."""

    http: httpx.AsyncClient
    plane: ControlPlane
    supplier: Supplier
    clock: ManualClock
    kafka: Kafka
    registry: CollectorRegistry
    bearer: dict[str, str]

    async def key(self, client: str, scopes: Iterable[Scope] = READ_WRITE, **limits: Any) -> str:
        """Make a client's key."""
        async with self.plane.engine.begin() as connection:
            key = await keys.create_key(connection, client=client, scopes=scopes, label=None, now=START)
            await keys.limit_client(connection, client, **limits)
        return key

    async def bearer_of(self, client: str, scopes: Iterable[Scope] = READ_WRITE, **limits: Any) -> dict[str, str]:
        """Make a client's key, as a header."""
        return {"Authorization": f"Bearer {await self.key(client, scopes, **limits)}"}


@asynccontextmanager
async def served(
    store_url: str,
    settings: dict[str, Any] | None = None,
    *,
    instead: Callable[[ManualClock], Sequence[contract.Supplier]] | None = None,
    **supplier: Any,
) -> AsyncIterator[Served]:
    """Serve a control plane over one supplier, or over others instead."""
    clock, kafka, registry = ManualClock(), Kafka(), CollectorRegistry()
    seller = Supplier(clock, **supplier)
    every = ControlSettings.model_validate(
        {"store": {"url": store_url}, "facade": {"enabled": True}, **(settings or {})}
    )
    async with control_plane(
        every,
        suppliers=[seller] if instead is None else instead(clock),
        verifiers=[],
        publish=kafka.publish,
        registry=registry,
        clock=clock,
        version="0",
    ) as plane:

        async def otherwise(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 418, "headers": []})
            await send({"type": "http.response.body", "body": b"somebody else's"})

        transport = httpx.ASGITransport(app=plane.in_front_of(otherwise), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
            made = Served(http, plane, seller, clock, kafka, registry, {})
            made.bearer = await made.bearer_of("acme")
            yield made
