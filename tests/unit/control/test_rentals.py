"""Renting and what follows: nothing lost, nothing paid twice, whatever becomes of a supplier's answers."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.providers.contract import Rented, RentRequest
from ingest.providers.errors import CallRefused
from otpstream.control.rentals.offers import Order
from otpstream.control.rentals.refusals import Refusal
from otpstream.control.settings import RentalSettings
from otpstream.control.store import spending
from otpstream.control.store.keys import Client
from schemas.rentals import RentalState, State
from tests.unit.control.fakes import CLIENT, DAY, ORDER, START, Fault, ListlessSupplier, ManualClock, Supplier, World

BY_THE_DAY = Order(request=RentRequest(service="facebook", country="US", duration_days=3))


def world_of(engine: AsyncEngine, *suppliers: Supplier, clock: ManualClock, **settings: Any) -> World:
    return World(engine, clock, suppliers, settings=RentalSettings(**settings))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def world(engine: AsyncEngine, clock: ManualClock) -> World:
    return world_of(engine, Supplier(clock), clock=clock)


async def spent(world: World, client: str = "acme") -> tuple[Any, ...]:
    """Return what is reserved, spent and refunded."""
    async with world.engine.connect() as connection:
        return await spending.of_day(connection, client, DAY)


async def test_a_rental_is_active_paid_for_and_told_under_the_suppliers_line(world: World) -> None:
    """What comes of a plain rent: in SQL, in the books and on the topic."""
    rental = await world.rent()

    assert (rental.state, rental.line, rental.phone) == ("active", "fake:1", "+14155550001")
    assert (rental.price, await spent(world)) == (Decimal("0.5"), (0, Decimal("0.5"), 0))
    assert await world.told() == [("fake:1", "active")]
    assert await world.open_intents() == 0


@pytest.mark.parametrize("fault", ["lose", "garble", "hang"])
async def test_a_lost_answer_is_found_in_the_list(engine: AsyncEngine, clock: ManualClock, fault: Fault) -> None:
    """The number that was paid for becomes the rental's, and nobody rents another one."""
    world = world_of(engine, Supplier(clock), clock=clock, call_timeout_seconds=0.05)
    world.supplier.faults["rent"] = [fault]

    rental = await world.rent()
    assert rental.state == "requested"
    await world.settle()

    found = await world.now(rental)
    assert (found.state, found.line) == ("active", "fake:1")
    assert world.supplier.charges == [Decimal("0.5")]
    assert await spent(world) == (0, Decimal("0.5"), 0)
    assert await world.told() == [("fake:1", "active")]


@pytest.mark.parametrize("fault", ["away", "bug"])
async def test_a_call_that_did_nothing_is_closed_after_the_grace_period(world: World, fault: Fault) -> None:
    """The outcome is unknown until the list had time enough to show it; then the money is free again, and nothing was told."""
    world.supplier.faults["rent"] = [fault]
    rental = await world.rent()

    await world.reconciler.reconcile(world.supplier)
    assert (await world.now(rental)).state == "requested"
    assert await spent(world) == (Decimal("0.5"), 0, 0)
    await world.settle()

    assert (await world.now(rental)).state == "failed"
    assert await spent(world) == (0, 0, 0)
    assert await world.told() == []


@pytest.mark.parametrize("fault", ["refuse", "not_sent"])
async def test_a_definite_no_spends_nothing_at_once(world: World, fault: Fault) -> None:
    """Nobody has to wait for a list where the supplier has said no, or was never reached."""
    world.supplier.faults["rent"] = [fault]

    with pytest.raises(Refusal) as refusal:
        await world.rent()

    assert refusal.value.kind == ("supplier_refused" if fault == "refuse" else "supplier_away")
    assert [rental.state for rental in await world.all()] == ["failed"]
    assert await spent(world) == (0, 0, 0)
    assert await world.open_intents() == 0


async def test_an_unreadable_item_in_the_list_proves_no_absence(world: World) -> None:
    """The item that cannot be read may be the number that was paid for."""
    world.supplier.faults["rent"] = ["away"]
    rental = await world.rent()
    world.supplier.unreadable_items = 1

    await world.settle()

    assert (await world.now(rental)).state == "requested"


async def test_the_cheapest_supplier_is_asked_first_and_the_next_one_where_it_refuses(
    engine: AsyncEngine, clock: ManualClock
) -> None:
    """A refusal costs nothing, so the order goes on; an unknown outcome ends it there."""
    dear, cheap = Supplier(clock, name="dear", price=Decimal(2)), Supplier(clock, name="cheap", price=Decimal(1))
    world = world_of(engine, dear, cheap, clock=clock)
    cheap.faults["rent"] = [None, "refuse", "lose"]

    first, second, third = await world.rent(), await world.rent(), await world.rent()

    assert [first.supplier, second.supplier, third.supplier] == ["cheap", "dear", "cheap"]
    assert [first.state, second.state, third.state] == ["active", "active", "requested"]
    assert (len(cheap.charges), len(dear.charges)) == (2, 1)
    await world.settle()
    assert (await world.now(third)).line == "cheap:2"


async def test_the_cap_holds_for_calls_at_the_same_time(engine: AsyncEngine, clock: ManualClock) -> None:
    """What is reserved counts as spent, so that no two calls together pass the cap."""
    world = world_of(engine, Supplier(clock), clock=clock, spend_cap_per_day=Decimal("1.60"))

    answers = await asyncio.gather(*(world.rent() for _ in range(8)), return_exceptions=True)

    assert len(world.supplier.charges) == 3
    assert [one.kind for one in answers if isinstance(one, Refusal)] == ["spend_cap"] * 5
    assert await spent(world) == (0, Decimal("1.5"), 0)


async def test_the_clients_own_limits_go_before_the_settings(world: World) -> None:
    """A partner with a small purse and one number at a time."""
    poor = Client(name="poor", key_id="k", scopes=CLIENT.scopes, spend_cap=Decimal("0.4"))
    single = Client(name="single", key_id="k", scopes=CLIENT.scopes, live_rentals_limit=1)

    with pytest.raises(Refusal, match="day"):
        await world.rent(client=poor)
    await world.rent(client=single)
    with pytest.raises(Refusal, match="1 rentals live"):
        await world.rent(client=single)


async def test_a_refund_frees_the_cap(engine: AsyncEngine, clock: ManualClock) -> None:
    """What the supplier paid back may be spent again."""
    world = world_of(engine, Supplier(clock), clock=clock, spend_cap_per_day=Decimal("0.5"))
    rental = await world.rent()

    ended = await world.rentals.cancel(rental.rental_id, client=CLIENT)

    assert (ended.state, ended.refund) == ("refunded", Decimal("0.5"))
    assert await spent(world) == (0, Decimal("0.5"), Decimal("0.5"))
    assert (await world.rent()).state == "active"
    told = await world.told()
    assert [state for line, state in told if line == "fake:1"] == ["active", "refunded"]
    assert ("fake:2", "active") in told


@pytest.mark.parametrize("fault", ["lose", "away", "garble"])
async def test_a_number_of_unknown_return_is_returned_in_the_end(world: World, fault: Fault) -> None:
    """Giving back spends nothing, so it is asked for until the list lacks the number."""
    rental = await world.rent()
    world.supplier.faults["give_back"] = [fault]

    assert (await world.rentals.cancel(rental.rental_id, client=CLIENT)).state == "active"
    await world.settle()

    assert (await world.now(rental)).over
    assert world.supplier.live == []
    assert await world.open_intents() == 0


async def test_giving_back_waits_for_the_suppliers_window(engine: AsyncEngine, clock: ManualClock) -> None:
    """Too early it is refused with the time to wait, or noted and done in time."""
    world = world_of(engine, Supplier(clock, earliest_cancel_seconds=120), clock=clock)
    rental = await world.rent()
    clock.advance(20)

    with pytest.raises(Refusal) as refusal:
        await world.rentals.cancel(rental.rental_id, client=CLIENT)
    assert (refusal.value.kind, refusal.value.retry_after_seconds) == ("too_early", 100)
    await world.rentals.cancel(rental.rental_id, client=CLIENT, when_possible=True)
    clock.advance(99)
    await world.upkeep.due()
    assert (await world.now(rental)).live
    clock.advance(1)
    await world.upkeep.due()

    assert (await world.now(rental)).state == "refunded"


class LateSupplier(Supplier):
    """Takes nothing back before its time, which nobody was told of."""

    async def give_back(self, rental: RentalState) -> Rented:
        if self.clock() < START + timedelta(seconds=100):
            raise CallRefused("cancel: answered 409", status=409, reason="early", is_told=True)
        return await super().give_back(rental)


async def test_a_window_that_nobody_knew_of_is_waited_out(engine: AsyncEngine, clock: ManualClock) -> None:
    """Asked for as soon as possible it is noted, and asked again until the supplier takes it."""
    world = world_of(engine, LateSupplier(clock), clock=clock, cancel_retry_seconds=60)
    rental = await world.rent()

    with pytest.raises(Refusal) as refusal:
        await world.rentals.cancel(rental.rental_id, client=CLIENT)
    assert refusal.value.kind == "too_early"
    waiting = await world.rentals.cancel(rental.rental_id, client=CLIENT, when_possible=True)
    assert (waiting.live, waiting.cancel_at) == (True, START + timedelta(seconds=60))
    for _ in range(2):
        clock.advance(60)
        await world.upkeep.due()

    assert (await world.now(rental)).state == "refunded"


async def test_a_number_without_a_code_is_given_back_in_time(engine: AsyncEngine, clock: ManualClock) -> None:
    """Not before the setting's time, and not before the supplier takes it; a refusal is asked again."""
    world = world_of(engine, Supplier(clock, earliest_cancel_seconds=90), clock=clock, auto_cancel_seconds=60)
    world.supplier.faults["give_back"] = ["refuse"]
    rental = await world.rent()

    clock.advance(89)
    await world.upkeep.due()
    assert world.supplier.live == ["fake:1"]
    clock.advance(1)
    await world.upkeep.due()
    assert (await world.now(rental)).state == "active"
    clock.advance(60)
    await world.upkeep.due()

    assert ((await world.now(rental)).state, (await world.now(rental)).reason) == ("refunded", "no_code")


class RefundingSupplier(Supplier):
    """Says that it paid an unused number back, and not how much."""

    async def give_back(self, rental: RentalState) -> Rented:
        was = self.numbers[rental.line]
        try:
            await super().give_back(rental)
        finally:
            if was.state in ("active", "refunded"):
                self.numbers[rental.line] = was.model_copy(update={"state": "refunded"})
        return Rented(rental=self.numbers[rental.line])


@pytest.mark.parametrize("fault", [None, "lose", "garble"])
@pytest.mark.parametrize("has_code", [False, True])
async def test_a_refund_without_an_amount_is_the_price(
    engine: AsyncEngine, clock: ManualClock, fault: Fault | None, has_code: bool
) -> None:
    """Of a one-time number that no code came to, whether the answer came or not: counted once, and never where a code came."""
    world = world_of(engine, RefundingSupplier(clock), clock=clock)
    rental = await world.rent()
    if has_code:
        world.supplier.bring_code("fake:1")
        await world.reconciler.reconcile(world.supplier)
    world.supplier.faults["give_back"] = [fault]

    await world.rentals.cancel(rental.rental_id, client=CLIENT)
    await world.settle()

    assert (await world.now(rental)).state == ("cancelled" if has_code else "refunded")
    assert await spent(world) == (0, Decimal("0.5"), 0 if has_code else Decimal("0.5"))


async def test_a_refund_without_an_amount_is_never_guessed_by_the_day(engine: AsyncEngine, clock: ManualClock) -> None:
    """It may be that of the days that are left."""
    world = world_of(engine, RefundingSupplier(clock), clock=clock)
    rental = await world.rent(BY_THE_DAY)

    assert (await world.rentals.cancel(rental.rental_id, client=CLIENT)).state == "refunded"
    assert await spent(world) == (0, Decimal("0.5"), 0)


async def test_no_more_is_counted_as_refunded_than_was_paid(world: World) -> None:
    """Whatever the supplier says: the cap would let a client spend what nobody has."""
    rental = await world.rent()
    world.supplier.price = Decimal(7)

    ended = await world.rentals.cancel(rental.rental_id, client=CLIENT)

    assert (ended.refund, await spent(world)) == (Decimal("0.5"), (0, Decimal("0.5"), Decimal("0.5")))


class EndingSupplier(Supplier):
    """Its numbers end after an hour, by its own clock, which may be behind ours."""

    behind_seconds = 0.0
    ends_as: State = "refunded"

    async def rent(self, request: RentRequest) -> Rented:
        rented = await super().rent(request)
        ends = rented.rental.model_copy(update={"ends_at": self.clock() + timedelta(hours=1)})
        self.numbers[ends.line] = ends
        return replace(rented, rental=ends)

    async def get_rental(self, rental: RentalState) -> RentalState:
        seen = await super().get_rental(rental)
        over = seen.ends_at is not None and self.clock() - timedelta(seconds=self.behind_seconds) >= seen.ends_at
        return seen.model_copy(update={"state": self.ends_as}) if over else seen


@pytest.mark.parametrize(
    ("ends_as", "fault", "behind_seconds", "state"),
    [
        ("refunded", None, 0, "refunded"),
        ("refunded", "away", 0, "refunded"),
        ("refunded", None, 5, "refunded"),
        ("refunded", None, 7200, "expired"),
        ("expired", None, 0, "expired"),
    ],
    ids=["refunded", "away at first", "clock behind", "never told", "not refunded"],
)
async def test_how_a_number_without_a_code_expired_is_the_suppliers_word(
    engine: AsyncEngine, clock: ManualClock, ends_as: State, fault: Fault | None, behind_seconds: float, state: str
) -> None:
    """A refund is counted once it is confirmed; where nobody confirms anything, it has expired all the same, and is paid for."""
    supplier = EndingSupplier(clock)
    supplier.ends_as, supplier.behind_seconds = ends_as, behind_seconds
    world = world_of(engine, supplier, clock=clock, auto_cancel_seconds=86_400)
    rental = await world.rent()
    supplier.faults["get"] = [fault]
    clock.advance(3600)

    for _ in range(3):
        await world.upkeep.due()
        clock.advance(world.settings.intent_grace_seconds / 2)

    assert (await world.now(rental)).state == state
    assert await spent(world) == (0, Decimal("0.5"), Decimal("0.5") if state == "refunded" else 0)


async def test_a_rental_by_the_day_is_not_given_back_by_itself(world: World) -> None:
    """Its holder may wait days for a code; it expires at its end."""
    rental = await world.rent(BY_THE_DAY)
    world.clock.advance(2 * 86_400)
    await world.upkeep.due()
    assert (await world.now(rental)).live
    world.clock.advance(86_400)
    await world.upkeep.due()

    assert (await world.now(rental)).state == "expired"
    assert await world.told() == [("fake:1", "active"), ("fake:1", "expired")]


@pytest.mark.parametrize("fault", [None, "lose", "garble"])
async def test_a_renewal_moves_the_end_once(world: World, fault: Fault | None) -> None:
    """Whether its answer came or not: paid once, and a retry under the same key pays nothing."""
    rental = await world.rent(BY_THE_DAY)
    world.supplier.faults["renew"] = [fault]

    await world.rentals.renew(rental.rental_id, additional_days=4, client=CLIENT, idempotency_key="k")
    await world.rentals.renew(rental.rental_id, additional_days=4, client=CLIENT, idempotency_key="k")
    await world.settle()

    assert (await world.now(rental)).ends_at == START + timedelta(days=7)
    assert len(world.supplier.charges) == 2
    assert await spent(world) == (0, Decimal(1), 0)


async def test_a_renewal_that_did_nothing_frees_its_money(world: World) -> None:
    """The end did not move, so nothing was bought."""
    rental = await world.rent(BY_THE_DAY)
    world.supplier.faults["renew"] = ["away"]

    await world.rentals.renew(rental.rental_id, additional_days=4, client=CLIENT)
    with pytest.raises(Refusal, match="not known yet"):
        await world.rentals.renew(rental.rental_id, additional_days=4, client=CLIENT)
    await world.settle()

    assert (await world.now(rental)).ends_at == START + timedelta(days=3)
    assert await spent(world) == (0, Decimal("0.5"), 0)


@pytest.mark.parametrize("fault", [None, "lose"])
async def test_a_number_is_rented_again_as_a_new_rental(world: World, fault: Fault | None) -> None:
    """The line is the same, the rental is not, and each has its own time."""
    first = await world.rent()
    await world.rentals.cancel(first.rental_id, client=CLIENT)
    world.clock.advance(600)
    world.supplier.faults["reuse"] = [fault]

    again = await world.rentals.reuse(first.rental_id, client=CLIENT)
    await world.settle()

    found = await world.now(again)
    assert (found.state, found.line, found.reused_from) == ("active", "fake:1", first.rental_id)
    assert found.started_at == START + timedelta(seconds=600)
    assert (await world.now(first)).state == "refunded"
    assert len(world.supplier.charges) == 2


@pytest.mark.parametrize(("fault", "state"), [("lose", "active"), ("away", "failed")])
async def test_a_lost_answer_to_renting_again_is_never_taken_for_nothing_spent(
    world: World, fault: Fault, state: str
) -> None:
    """Under the line of a rental that still lives with its code: found by its new start, else nobody can tell, and it counts as spent."""
    first = await world.rent()
    world.supplier.bring_code("fake:1")
    await world.reconciler.reconcile(world.supplier)
    world.clock.advance(600)
    await world.reconciler.reconcile(world.supplier)
    assert (await world.now(first)).state == "code_received"
    world.supplier.faults["reuse"] = [fault]

    again = await world.rentals.reuse(first.rental_id, client=CLIENT)
    await world.settle()

    found = await world.now(again)
    assert (found.state, found.is_untold) == (state, fault == "away")
    assert await spent(world) == (0, Decimal(1), 0)
    assert (await world.now(first)).live == (fault == "away")


async def test_what_still_waits_for_its_code_is_not_rented_again(world: World) -> None:
    """The number is the client's already."""
    rental = await world.rent()
    with pytest.raises(Refusal) as refusal:
        await world.rentals.reuse(rental.rental_id, client=CLIENT)
    assert refusal.value.kind == "still_live"


async def test_a_supplier_without_a_list_leaves_the_money_counted(engine: AsyncEngine, clock: ManualClock) -> None:
    """Nobody can tell whether it was spent, so the cap takes it for spent; and nothing is asked again."""
    world = world_of(engine, ListlessSupplier(clock), clock=clock)
    world.supplier.faults["rent"] = ["lose"]

    rental = await world.rent()
    await world.settle()

    assert ((await world.now(rental)).state, (await world.now(rental)).reason) == ("failed", "outcome_unknown")
    assert await spent(world) == (0, Decimal("0.5"), 0)
    assert len(world.supplier.charges) == 1


async def test_a_refusal_that_sounds_like_an_end_ends_nothing_that_the_list_shows(world: World) -> None:
    """Such as `the code was already received`: the number lives on as the client's, and is no orphan."""
    rental = await world.rent()
    world.supplier.faults["give_back"] = ["away", "over"]

    await world.rentals.cancel(rental.rental_id, client=CLIENT)
    await world.settle()

    assert await world.live() == await world.all() == [await world.now(rental)]
    assert await world.open_intents() == 0


async def test_a_supplier_without_a_list_is_asked_again_to_take_a_number_back(
    engine: AsyncEngine, clock: ManualClock
) -> None:
    """It spends nothing, and says that the rental is over."""
    world = world_of(engine, ListlessSupplier(clock), clock=clock)
    rental = await world.rent()
    world.supplier.faults["give_back"] = ["away", "lose"]

    await world.rentals.cancel(rental.rental_id, client=CLIENT)
    await world.settle()

    assert (await world.now(rental)).over
    assert world.supplier.live == []
    assert await world.open_intents() == 0


async def test_an_orphan_is_kept_under_watch(world: World) -> None:
    """A number that somebody rented elsewhere is nobody's here, told once, and ends when the supplier says so."""
    await world.supplier.rent(RentRequest())
    await world.settle()

    [orphan] = await world.all()
    assert (orphan.client, orphan.state, orphan.reason) == (None, "active", "orphan")
    await world.supplier.give_back(world.supplier.numbers["fake:1"])
    await world.settle()
    assert await world.told() == [("fake:1", "active"), ("fake:1", "cancelled")]


async def test_an_orphan_is_given_back_where_the_settings_say_so(engine: AsyncEngine, clock: ManualClock) -> None:
    """Not before the supplier takes it."""
    world = world_of(engine, Supplier(clock, earliest_cancel_seconds=60), clock=clock, orphans="release")
    await world.supplier.rent(RentRequest())
    await world.reconciler.reconcile(world.supplier)
    await world.upkeep.due()
    assert world.supplier.live == ["fake:1"]
    clock.advance(60)
    await world.upkeep.due()

    assert world.supplier.live == []
    assert [rental.over for rental in await world.all()] == [True]


async def test_a_rental_under_way_is_nobodys_orphan(world: World) -> None:
    """The list shows the number before its answer is here: it waits for whoever asked."""
    asked, answered = asyncio.Event(), asyncio.Event()
    rent = world.supplier.rent

    async def slow(request: RentRequest) -> Any:
        answer = await rent(request)
        asked.set()
        await answered.wait()
        return answer

    world.supplier.rent = slow  # type: ignore[method-assign]
    renting = asyncio.create_task(world.rent())
    await asked.wait()
    await world.reconciler.reconcile(world.supplier)
    answered.set()
    rental = await renting

    assert [(one.rental_id, one.client) for one in await world.all()] == [(rental.rental_id, "acme")]


async def test_an_answer_after_the_intent_was_closed_costs_no_number(engine: AsyncEngine, clock: ManualClock) -> None:
    """However late it is: what it rented shows in the list, and is kept."""
    world = world_of(engine, Supplier(clock), clock=clock)
    rent = world.supplier.rent

    async def late(request: RentRequest) -> Any:
        await world.settle()
        return await rent(request)

    world.supplier.rent = late  # type: ignore[method-assign]
    rental = await world.rent()
    await world.settle()

    assert rental.state == "failed"
    assert [one.line for one in await world.live()] == world.supplier.live == ["fake:1"]


async def test_a_number_that_the_list_lacks_is_released(world: World) -> None:
    """Once the list had time enough to show it, and the supplier says that it is over."""
    rental = await world.rent()
    del world.supplier.numbers["fake:1"]

    async def unknown(rental: RentalState) -> RentalState:
        raise CallRefused("fake get: answered 404", status=404, reason="unknown")

    world.supplier.get_rental = unknown  # type: ignore[method-assign]
    await world.reconciler.reconcile(world.supplier)
    assert (await world.now(rental)).live
    await world.settle()

    assert ((await world.now(rental)).state, (await world.now(rental)).reason) == ("released", "gone")


async def test_a_supplier_that_is_away_changes_nothing(world: World) -> None:
    """No list, no conclusion."""
    rental = await world.rent()
    world.supplier.faults["rentals"] = ["away"] * 4

    await world.settle()

    assert await world.now(rental) == rental


async def test_rentals_are_their_clients(world: World) -> None:
    """Another client sees none of them; an admin all."""
    rental = await world.rent()
    other = Client(name="other", key_id="k", scopes=CLIENT.scopes)
    admin = Client(name="root", key_id="k", scopes=frozenset({"admin"}))

    with pytest.raises(Refusal) as refusal:
        await world.rentals.get(rental.rental_id, client=other)
    assert refusal.value.kind == "not_found"
    assert await world.rentals.page(client=other, limit=10) == []
    assert await world.rentals.page(client=admin, limit=10) == [rental]


async def test_nothing_on_offer_asks_nobody(world: World) -> None:
    """Too dear, or unknown: no intent, no rental."""
    for order in (
        Order(request=RentRequest(service="nobody-has-it")),
        Order(request=RentRequest(service="facebook"), max_price=Decimal("0.49")),
        Order(request=RentRequest(service="facebook", premium=Decimal("0.1")), max_price=Decimal("0.5")),
        Order(request=RentRequest(service="facebook", country="GB")),
        Order(request=RentRequest()),
    ):
        with pytest.raises(Refusal) as refusal:
            await world.rent(order)
        assert refusal.value.kind == "no_offer"
    assert await world.all() == []


async def test_balances_are_shown_per_account(world: World) -> None:
    """A gauge of what is left; an account that does not answer keeps its last one."""
    world.supplier.faults["balance"] = [None, "away"]
    await world.upkeep.balance(world.supplier)
    world.supplier.balance = Decimal(7)
    await world.upkeep.balance(world.supplier)
    labels = {"supplier": "fake", "account": "default"}
    assert world.registry.get_sample_value("otp_control_balance", labels) == 100


async def test_it_shows_how_near_the_cap_is(engine: AsyncEngine, clock: ManualClock) -> None:
    """What the numbers cost of what may be spent, and nothing of it on the day after."""
    world = world_of(engine, Supplier(clock), clock=clock, spend_cap_per_day=Decimal("1.60"))
    await world.rent()
    shown = []
    for _ in range(2):
        await world.upkeep.spending()
        shown.append(world.registry.get_sample_value("otp_control_spend_cap_used_ratio"))
        clock.advance(86_400)
    assert shown == [pytest.approx(0.5 / 1.6), 0]


async def test_the_same_key_rents_once(world: World) -> None:
    """Also at the same time, and also while the outcome is unknown."""
    world.supplier.faults["rent"] = ["lose"]
    answers = await asyncio.gather(*(world.rent(ORDER, key="k") for _ in range(5)))
    await world.settle()
    answers.append(await world.rent(ORDER, key="k"))

    assert len({rental.rental_id for rental in answers}) == 1
    assert len(world.supplier.charges) == 1
    assert answers[-1].state == "active"


async def test_what_was_refused_may_be_asked_for_again_under_the_same_key(world: World) -> None:
    """Nothing was spent, so a retry is a new try."""
    world.supplier.faults["rent"] = ["not_sent"]
    with pytest.raises(Refusal):
        await world.rent(key="k")
    assert (await world.rent(key="k")).state == "active"
    assert len(world.supplier.charges) == 1


async def test_orders_at_the_same_moment_ask_for_offers_once(world: World) -> None:
    """A supplier's patience is not spent on what was just asked."""
    world.supplier.faults["offers"] = [None, "away"]
    assert len(await asyncio.gather(*(world.rent() for _ in range(5)))) == 5


async def test_a_renewal_and_a_return_at_the_same_moment_end_in_one_of_them(world: World) -> None:
    """One has the rental, the other hears that it is busy or over; nobody waits for ever."""
    for _ in range(5):
        rental = await world.rent(BY_THE_DAY)
        answers = await asyncio.gather(
            world.rentals.renew(rental.rental_id, additional_days=1, client=CLIENT),
            world.rentals.cancel(rental.rental_id, client=CLIENT),
            return_exceptions=True,
        )
        refused = [one.kind for one in answers if isinstance(one, Refusal)]
        assert len(refused) + sum(not isinstance(one, BaseException) for one in answers) == 2
        assert set(refused) <= {"busy", "not_live"}
        assert await world.open_intents() == 0


async def test_an_order_that_names_no_country_takes_the_offers(world: World) -> None:
    """Some suppliers rent in no country but a named one, and the rental says where it is."""
    [candidate] = await world.offers.candidates(Order(request=RentRequest(service="facebook")))
    assert candidate.request.country == "US"
    assert (await world.rent(Order(request=RentRequest(service="facebook")))).country == "US"
