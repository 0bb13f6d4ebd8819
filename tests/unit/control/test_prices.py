"""What days cost: held against the cap whole before they are asked for, and counted as the supplier charges them."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.providers.contract import Offer, Rented, RentRequest
from ingest.providers.replies import Reply
from otpstream.control.rentals.offers import Order
from otpstream.control.rentals.refusals import Refusal
from otpstream.control.rentals.rental import Rental
from otpstream.control.settings import RentalSettings
from schemas.rentals import RentalState
from tests.unit.control.fakes import CLIENT, Fault, ManualClock, Supplier, World
from tests.unit.control.test_rentals import spent

DAYS, MORE_DAYS = 7, 30
DAY_PRICE = Decimal("0.50")
BY_THE_DAY = Order(request=RentRequest(service="facebook", country="US", duration_days=DAYS))


class DaySupplier(Supplier):
    """Rents by the day at a price a day; its replies tell a price as `tells` says, and no end where `shows_end` is false."""

    tells: Decimal | None = None
    shows_end = True

    def __init__(self, clock: ManualClock, **words: Any) -> None:
        super().__init__(clock, is_per_day=True, **words)

    async def rent(self, request: RentRequest) -> Rented:
        return replace(await super().rent(request), price=self.tells)

    async def renew(self, rental: RentalState, *, additional_days: int) -> Rented:
        renewed = await super().renew(rental, additional_days=additional_days)
        return replace(renewed if self.shows_end else Rented(rental=rental), price=self.tells)


class SlowToOffer(DaySupplier):
    """Another process's view of a supplier, whose list of offers takes until it is let go."""

    def __init__(self, seller: DaySupplier) -> None:
        super().__init__(seller.clock)
        self.numbers, self.charges = seller.numbers, seller.charges
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:
        self.asked.set()
        await self.go_on.wait()
        return await super().list_offers(country=country)


@pytest.fixture
def seller() -> DaySupplier:
    return DaySupplier(ManualClock())


def world_of(engine: AsyncEngine, seller: DaySupplier, **settings: Any) -> World:
    return World(engine, seller.clock, [seller], settings=RentalSettings(**settings))


async def renew(world: World, rental: Rental, days: int = MORE_DAYS) -> Rental:
    return await world.rentals.renew(rental.rental_id, additional_days=days, client=CLIENT)


@pytest.mark.parametrize("fault", [None, "lose"])
@pytest.mark.parametrize("tells", [None, DAYS * DAY_PRICE, DAY_PRICE])
async def test_a_rental_by_the_day_counts_as_what_all_its_days_cost(
    engine: AsyncEngine, seller: DaySupplier, tells: Decimal | None, fault: Fault | None
) -> None:
    """Whether the answer says so, says what one day costs, says nothing or is lost."""
    world = world_of(engine, seller, spend_cap_per_day=DAYS * DAY_PRICE)
    seller.tells, seller.faults["rent"] = tells, [fault]

    rental = await world.rent(BY_THE_DAY)
    await world.settle()

    assert await spent(world) == (0, sum(seller.charges), 0)
    assert (await world.now(rental)).price == DAYS * DAY_PRICE


async def test_days_that_do_not_fit_under_the_cap_are_not_asked_for(engine: AsyncEngine, seller: DaySupplier) -> None:
    """Neither at first nor as a renewal, however small what one day costs."""
    world = world_of(engine, seller, spend_cap_per_day=(DAYS + MORE_DAYS) * DAY_PRICE - Decimal("0.01"))
    rental = await world.rent(BY_THE_DAY)

    with pytest.raises(Refusal, match="in a day"):
        await world.rent(replace(BY_THE_DAY, request=replace(BY_THE_DAY.request, duration_days=MORE_DAYS)))
    with pytest.raises(Refusal, match="in a day"):
        await renew(world, rental)

    assert seller.charges == [DAYS * DAY_PRICE]
    assert await spent(world) == (0, DAYS * DAY_PRICE, 0)


async def test_the_highest_price_is_that_of_the_whole_order(engine: AsyncEngine, seller: DaySupplier) -> None:
    """A day fits under it, seven do not."""
    world = world_of(engine, seller)
    with pytest.raises(Refusal, match="nothing on offer"):
        await world.rent(replace(BY_THE_DAY, max_price=DAYS * DAY_PRICE - Decimal("0.01")))
    assert (await world.rent(replace(BY_THE_DAY, max_price=DAYS * DAY_PRICE))).live


@pytest.mark.parametrize("fault", [None, "lose"])
@pytest.mark.parametrize("tells", [None, MORE_DAYS * DAY_PRICE, DAY_PRICE])
async def test_renewals_count_as_what_the_added_days_cost(
    engine: AsyncEngine, seller: DaySupplier, tells: Decimal | None, fault: Fault | None
) -> None:
    """Each of them, whatever the rental cost before."""
    world = world_of(engine, seller)
    rental = await world.rent(BY_THE_DAY)
    for _ in range(2):
        seller.tells, seller.faults["renew"] = tells, [fault]
        await renew(world, rental)
        await world.settle()

    assert await spent(world) == (0, sum(seller.charges), 0)
    assert (await world.now(rental)).price == sum(seller.charges) == (DAYS + 2 * MORE_DAYS) * DAY_PRICE


async def test_a_price_that_the_list_no_longer_names_is_told_by_what_the_days_before_cost(
    engine: AsyncEngine, seller: DaySupplier
) -> None:
    """The list does not answer, twice: the second renewal goes by what the rental and the first one cost."""
    world = world_of(engine, seller, offers_kept_seconds=0, spend_cap_per_day=(DAYS + 2 * MORE_DAYS) * DAY_PRICE)
    rental = await world.rent(BY_THE_DAY)
    seller.faults["offers"] = ["away"] * 3
    assert rental.price_of_a_day == DAY_PRICE

    for _ in range(2):
        await renew(world, rental)
    with pytest.raises(Refusal, match="in a day"):
        await renew(world, rental, days=1)

    assert await spent(world) == (0, sum(seller.charges), 0)


async def test_days_of_unknown_price_are_each_taken_to_cost_the_assumed_one(
    engine: AsyncEngine, seller: DaySupplier
) -> None:
    """No price is shown as if somebody had named it."""
    world = world_of(engine, seller, assumed_price=Decimal(2))
    seller.price = None

    rental = await world.rent(BY_THE_DAY)
    renewed = await renew(world, rental)

    assert await spent(world) == (0, 2 * (DAYS + MORE_DAYS), 0)
    assert (rental.price, renewed.price) == (None, None)


async def test_a_renewal_whose_answer_shows_no_later_end_ends_later_all_the_same(
    engine: AsyncEngine, seller: DaySupplier
) -> None:
    """By the days that were paid for, so that it does not expire under its holder."""
    world = world_of(engine, seller)
    rental = await world.rent(BY_THE_DAY)
    seller.shows_end = False

    renewed = await renew(world, rental)

    assert renewed.ends_at == seller.numbers["fake:1"].ends_at
    assert renewed.ends_at != rental.ends_at


async def test_a_renewal_is_not_taken_for_another_one(engine: AsyncEngine, seller: DaySupplier) -> None:
    """Asked for before another one was made, called after it, and lost without effect: its money is free again."""
    world, slow = world_of(engine, seller), SlowToOffer(seller)
    rental = await world.rent(BY_THE_DAY)
    slow.faults["renew"] = ["away"]
    other = asyncio.create_task(renew(World(engine, seller.clock, [slow]), rental, days=1))
    await slow.asked.wait()
    await renew(world, rental)
    slow.go_on.set()
    await other
    await world.settle()

    assert await spent(world) == (0, sum(seller.charges), 0)
    assert (await world.now(rental)).ends_at == seller.numbers["fake:1"].ends_at


async def test_a_number_that_is_rented_again_counts_as_what_is_on_offer(engine: AsyncEngine) -> None:
    """Not as what it cost at first, which had a premium in it."""
    seller = Supplier(ManualClock(), tells_price=False)
    world = World(engine, seller.clock, [seller])
    dear = Order(request=RentRequest(service="facebook", premium=Decimal("0.2")))
    first = await world.rent(dear)
    await world.rentals.cancel(first.rental_id, client=CLIENT)

    again = await world.rentals.reuse(first.rental_id, client=CLIENT)

    assert (first.price, again.price) == (Decimal("0.7"), Decimal("0.5"))
