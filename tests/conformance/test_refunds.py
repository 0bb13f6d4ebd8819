"""One-time numbers that end without an SMS are paid back, and no reply says so: what is then told and counted."""

from decimal import Decimal
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from ingest.providers.contract import RentRequest
from ingest.providers.text2fa_dashboard.events import Events
from ingest.providers.text2fa_dashboard.ordering import DashboardSupplier
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.suppliers import SUPPLIERS
from otpstream.control.app import control_plane
from otpstream.control.rentals.offers import Order
from otpstream.control.settings import ControlSettings
from otpstream.control.store import spending
from otpstream.control.store.keys import Client
from otpstream.sandbox import ANSWER_LOST
from otpstream.sandbox.faults import ApiFault
from tests.conformance.systems import RULES, System, able
from tests.conformance.test_books import acknowledge
from tests.conformance.world import World, in_virtual_time, world

CLIENT = Client(name="acme", key_id="k", scopes=frozenset({"rentals:read", "rentals:write"}))
HOUR_SECONDS = 3600
every_one_time = pytest.mark.parametrize("system", able("reject"), ids=str)


def supplier_of(w: World, system: System, *, rejects_are_refunded: bool = True) -> DashboardSupplier:
    settings = w.settings.text2fa_dashboard[0].model_copy(update={"rejects_are_refunded": rejects_are_refunded})
    return SUPPLIERS[system.name](
        system.name,
        w.dashboard,
        Events(settings, Orders()),
        settings,
        clock=w.clock,
    )


@every_one_time
@pytest.mark.parametrize(("is_set", "state"), [(True, "refunded"), (False, "cancelled")])
@in_virtual_time
async def test_a_reject_is_told_as_refunded_where_the_account_says_so(system: System, is_set: bool, state: str) -> None:
    """Without an amount; also when it is asked for again, which is refused."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier = supplier_of(w, system, rejects_are_refunded=is_set)
        rental = (await supplier.rent(system.rents.request)).rental
        for _ in range(2):
            over = await supplier.give_back(rental)
            assert (over.rental.state, over.refund) == (state, None)


@every_one_time
@pytest.mark.parametrize("has_code", [False, True])
@in_virtual_time
async def test_an_expiry_is_told_as_refunded_unless_a_code_came(system: System, has_code: bool) -> None:
    """The details of the order tell whether one did."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier = supplier_of(w, system)
        rental = (await supplier.rent(system.rents.request)).rental
        if has_code:
            w.sandbox.deliver(rental.phone or "", "Google", "Your code is 4711", expected_code="4711")
        w.clock.advance(HOUR_SECONDS)
        assert (await supplier.get_rental(rental)).state == ("code_received" if has_code else "refunded")


@in_virtual_time
async def test_a_rental_by_the_day_names_its_refund() -> None:
    """So none is taken for granted: after the refund window it ends without one."""
    system = able("renew")[0]
    async with world(dialect=system.dialect, **RULES) as w:
        supplier = supplier_of(w, system)
        rental = (await supplier.rent(system.rents.request)).rental
        w.clock.advance(HOUR_SECONDS)
        assert (await supplier.give_back(rental)).rental.state == "cancelled"


@pytest.mark.parametrize("fault", [None, ANSWER_LOST], ids=["answered", "lost"])
async def test_the_store_counts_what_came_back(fault: ApiFault | None, tmp_path: Path) -> None:
    """Rejects and expiries of both kinds: what the provider holds of our money is what counts against the cap."""
    settings = ControlSettings.model_validate({"store": {"url": f"sqlite:///{tmp_path / 'store.db'}"}})
    async with world(**RULES) as w:
        suppliers = [supplier_of(w, one) for one in able("reject")[:2]]
        async with control_plane(
            settings,
            suppliers=suppliers,
            verifiers=[],
            publish=acknowledge,
            registry=CollectorRegistry(),
            clock=w.clock,
            version="0",
        ) as plane:
            day, account = w.clock().date(), w.sandbox.text2fa_dashboard
            for system, service in (("text2fa-s1", "ee1fdp"), ("text2fa-s2", "xyz123")):
                order = Order(request=RentRequest(service=service), supplier=system)
                rejected, expiring = [await plane.rentals.rent(order, client=CLIENT) for _ in range(2)]
                if fault is not None:
                    account.fault_source.force(fault, path=f"/api/v1/reject-number-{system[-2:]}")
                await plane.rentals.reject(rejected.rental_id, client=CLIENT)
                assert (await plane.rentals.get(expiring.rental_id, client=CLIENT)).live
            w.clock.advance(HOUR_SECONDS)
            await plane.upkeep.due()
            for supplier in suppliers:
                await plane.upkeep.reconciler.reconcile(supplier)

            async with plane.engine.connect() as connection:
                reserved, spent, refunded = await spending.of_day(connection, "acme", day)
            assert (reserved, spent - refunded) == (Decimal(0), Decimal(account.wallet.spent_cents) / 100)
            assert refunded == Decimal("1.7")
