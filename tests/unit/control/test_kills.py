"""A process that dies at any step of renting, renewing or giving back loses no number and pays for none twice.

Each command is killed at each of its await points in turn, on a supplier that answers and on one whose answer is lost; then another
process on the same store recovers, and the client sends its request again under the same key.
"""

import gc
import warnings
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest

from ingest.providers.contract import RentRequest
from otpstream.control.rentals.offers import Order
from otpstream.control.rentals.refusals import Refusal
from otpstream.control.settings import RentalSettings
from otpstream.control.store import spending
from otpstream.control.store.engine import open_store
from tests.unit.control.conftest import NewStore
from tests.unit.control.fakes import CLIENT, DAY, ORDER, Fault, ManualClock, Supplier, World
from tests.unit.control.kills import Killed, KilledAt

BY_THE_DAY = Order(request=RentRequest(service="facebook", country="US", duration_days=3))
POINTS_LIMIT = 200
"""Far more await points than any command has: one that reaches it never ends."""

Prepare = Callable[[World], Awaitable[Any]]
Command = Callable[[World, Any], Coroutine[Any, Any, Any]]
Check = Callable[[World, Any], Awaitable[None]]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest) -> NewStore:
    new: NewStore = request.getfixturevalue(f"new_{request.param}")
    return new


async def killed_everywhere(
    new_store: NewStore,
    *,
    prepare: Prepare,
    command: Command,
    check: Check,
    faults: dict[str, list[Fault | None]],
    every: int = 5,
) -> int:
    """Kill a command at its await points; return how many there are.

    Each statement and each call has some five of them, and the store changes only with a commit: so each fifth finds every state.
    """
    for point in range(0, POINTS_LIMIT, every):
        clock = ManualClock()
        suppliers = [Supplier(clock, name="fake"), Supplier(clock, name="dear", price=Decimal(2))]
        settings, url = RentalSettings(), new_store()
        first = World(open_store(url), clock, suppliers, settings=settings)
        prepared = await prepare(first)
        suppliers[0].faults = {operation: list(script) for operation, script in faults.items()}
        survived = False
        try:
            await KilledAt(command(first, prepared), at=point)
            survived = True
        except Killed:
            pass
        except Refusal:
            survived = True
        await first.engine.dispose()
        with warnings.catch_warnings():
            # The end of a process closes what the killed command held open, and warns nobody.
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect(1)

        second = World(open_store(url), clock, suppliers, settings=settings, kafka=first.kafka)
        clock.advance(settings.call_timeout_seconds + 20)
        await second.settle(looks=2)
        assert await second.open_intents() == 0, f"killed at {point}: a call is never settled"
        with suppress(Refusal):
            await command(second, prepared)
        await second.settle(looks=2)
        await check(second, prepared)
        await books_agree(second)
        await second.engine.dispose()
        if survived:
            return point
    raise AssertionError("the command never came to its end")


async def books_agree(world: World) -> None:
    """What lives at the supplier lives here, and what it charged is what we count; each line was told its last state."""
    assert {rental.line for rental in await world.live()} == {line for one in world.suppliers for line in one.live}
    async with world.engine.connect() as connection:
        reserved, spent, refunded = await spending.of_day(connection, "acme", DAY)
    assert reserved == 0
    assert spent == sum(charge for one in world.suppliers for charge in one.charges)
    assert refunded <= sum(refund for one in world.suppliers for refund in one.refunds)
    told = dict(await world.told())
    for rental in await world.all():
        if rental.line is not None and rental.live:
            assert told[rental.line] == rental.state


async def nothing(world: World) -> None:
    """Prepare nothing."""


@pytest.mark.parametrize(("fault", "every"), [(None, 2), ("lose", 5), ("away", 5)])
async def test_renting(new_store: NewStore, fault: Fault | None, every: int) -> None:
    """Paid for once at the most, and what was paid for is the client's."""

    async def check(world: World, prepared: None) -> None:
        assert len(world.supplier.charges) <= 1
        assert [rental.client for rental in await world.live()] == ["acme"] * len(world.supplier.charges)
        assert len(await world.all()) == 1

    points = await killed_everywhere(
        new_store,
        prepare=nothing,
        command=lambda world, _: world.rent(ORDER, key="k"),
        check=check,
        faults={"rent": [fault]},
        every=every,
    )
    assert points > 10


async def test_renting_from_the_next_supplier(new_store: NewStore) -> None:
    """A refusal and the next intent are one step: killed between two suppliers, one of them is asked and no more."""

    async def check(world: World, prepared: None) -> None:
        assert len([charge for one in world.suppliers for charge in one.charges]) <= 1
        assert len(await world.all()) <= 2

    await killed_everywhere(
        new_store,
        prepare=nothing,
        command=lambda world, _: world.rent(ORDER, key="k"),
        check=check,
        faults={"rent": ["refuse"]},
    )


@pytest.mark.parametrize("fault", [None, "lose"])
async def test_reusing(new_store: NewStore, fault: Fault | None) -> None:
    """The number is rented again once, as one new rental."""

    async def prepare(world: World) -> str:
        rental = await world.rent()
        await world.rentals.cancel(rental.rental_id, client=CLIENT)
        world.clock.advance(600)
        return rental.rental_id

    async def check(world: World, rental_id: str) -> None:
        assert len(world.supplier.charges) <= 2
        assert len(await world.all()) == 2

    await killed_everywhere(
        new_store,
        prepare=prepare,
        command=lambda world, rental_id: world.rentals.reuse(rental_id, client=CLIENT, idempotency_key="k"),
        check=check,
        faults={"reuse": [fault]},
    )


@pytest.mark.parametrize("fault", [None, "lose"])
async def test_renewing(new_store: NewStore, fault: Fault | None) -> None:
    """Extended once, and the end is the supplier's."""

    async def prepare(world: World) -> str:
        return (await world.rent(BY_THE_DAY)).rental_id

    async def check(world: World, rental_id: str) -> None:
        assert len(world.supplier.charges) <= 2
        [rental] = await world.live()
        assert rental.ends_at == world.supplier.numbers["fake:1"].ends_at

    await killed_everywhere(
        new_store,
        prepare=prepare,
        command=lambda world, rental_id: world.rentals.renew(
            rental_id, additional_days=2, client=CLIENT, idempotency_key="k"
        ),
        check=check,
        faults={"renew": [fault]},
    )


@pytest.mark.parametrize("fault", [None, "lose"])
async def test_giving_back(new_store: NewStore, fault: Fault | None) -> None:
    """In the end the number is back, and nothing more costs money."""

    async def prepare(world: World) -> str:
        return (await world.rent()).rental_id

    async def check(world: World, rental_id: str) -> None:
        assert world.supplier.live == []
        assert len(world.supplier.refunds) == 1

    await killed_everywhere(
        new_store,
        prepare=prepare,
        command=lambda world, rental_id: world.rentals.cancel(rental_id, client=CLIENT),
        check=check,
        faults={"give_back": [fault]},
    )


async def test_recovering(new_store: NewStore) -> None:
    """A process that dies while it recovers leaves the next one no less to go by."""

    async def prepare(world: World) -> None:
        world.supplier.faults["rent"] = ["lose"]
        await world.rent(ORDER, key="k")
        await world.supplier.rent(RentRequest())
        world.supplier.charges.pop()

    async def recover(world: World, _: None) -> None:
        await world.reconciler.reconcile(world.supplier)

    async def check(world: World, _: None) -> None:
        assert sorted(str(rental.client) for rental in await world.live()) == ["None", "acme"]

    await killed_everywhere(new_store, prepare=prepare, command=recover, check=check, faults={})
