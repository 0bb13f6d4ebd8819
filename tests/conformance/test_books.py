"""The control plane over the sandbox: what a call may cost is held against the client's cap before it is made."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from ingest.publisher import Outgoing
from otpstream.control.app import ControlPlane, control_plane
from otpstream.control.settings import ControlSettings
from otpstream.control.store import keys
from tests.conformance.world import World, world

DAYS = 7
PRICE_OF_A_DAY = Decimal("1.2")
RENT = {"supplier": "text2fa-rental", "service": "rent123", "duration_days": DAYS}


async def acknowledge(records: Any) -> None:
    assert all(isinstance(record, Outgoing) for record in records)


@pytest.fixture
async def sandboxed() -> AsyncIterator[World]:
    async with world() as w:
        yield w


@pytest.fixture
async def plane(sandboxed: World, tmp_path: Path) -> AsyncIterator[ControlPlane]:
    settings = ControlSettings.model_validate({"store": {"url": f"sqlite:///{tmp_path / 'store.db'}"}})
    async with control_plane(
        settings,
        suppliers=sandboxed.providers.suppliers,
        verifiers=sandboxed.providers.verifiers,
        publish=acknowledge,
        registry=CollectorRegistry(),
        clock=sandboxed.clock,
        version="0",
    ) as plane:
        yield plane


async def client(plane: ControlPlane, *, cap: Decimal) -> httpx.AsyncClient:
    """Return an HTTP client that may spend so much."""
    async with plane.engine.begin() as connection:
        key = await keys.create_key(
            connection,
            client="acme",
            scopes=["rentals:read", "rentals:write"],
            label=None,
            now=plane.rentals.calls.clock(),
        )
        await keys.limit_client(connection, "acme", spend_cap=cap)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(plane.api), base_url="http://test", headers={"Authorization": f"Bearer {key}"}
    )


async def test_the_store_counts_what_the_provider_took(plane: ControlPlane, sandboxed: World) -> None:
    """Rented, renewed by as many days, given back: spent and refunded as on the provider's statement."""
    async with await client(plane, cap=Decimal(100)) as http:
        rental = (await http.post("/v1/rentals", json=RENT)).json()
        await http.post(f"/v1/rentals/{rental['rental_id']}/renew", json={"additional_days": DAYS})
        sandboxed.clock.advance(120)
        await http.post(f"/v1/rentals/{rental['rental_id']}/cancel")
        told = (await http.get("/v1/spend")).json()

    payments = sandboxed.sandbox.text2fa_dashboard.wallet.payments
    assert [payment.cents for payment in payments] == [840, 840, -1680]
    assert {name: Decimal(told[name]) for name in ("reserved", "spent", "refunded")} == {
        "reserved": 0,
        "spent": Decimal("16.8"),
        "refunded": Decimal("16.8"),
    }


async def test_a_rental_by_the_day_is_held_against_the_cap_whole(plane: ControlPlane, sandboxed: World) -> None:
    """What all its days cost does not fit under the cap, so nobody is asked."""
    async with await client(plane, cap=2 * PRICE_OF_A_DAY) as http:
        reply = await http.post("/v1/rentals", json=RENT)

    assert reply.status_code == 402
    assert sandboxed.sandbox.text2fa_dashboard.wallet.spent_cents == 0


async def test_a_renewal_is_held_against_the_cap_whole(plane: ControlPlane, sandboxed: World) -> None:
    """A month does not fit under what is left, so nobody is asked."""
    async with await client(plane, cap=2 * DAYS * PRICE_OF_A_DAY) as http:
        rental = (await http.post("/v1/rentals", json=RENT)).json()
        reply = await http.post(f"/v1/rentals/{rental['rental_id']}/renew", json={"additional_days": 30})

    assert reply.status_code == 402
    assert sandboxed.sandbox.text2fa_dashboard.wallet.spent_cents == DAYS * 120
