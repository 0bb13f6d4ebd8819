"""Renting over every supplier: what is on offer, what is rented, paid, listed, extended and given back."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ingest.providers.contract import Operation, RentRequest
from ingest.providers.errors import CallRefused, NotSupported
from otpstream.sandbox.wallet import Payment
from tests.conformance.systems import (
    KEEPING_RULES,
    OPERATIONS,
    RENTING,
    RULES,
    SYSTEMS,
    WINDOW_SECONDS,
    WINDOWED_RULES,
    System,
    able,
    asking,
)
from tests.conformance.world import in_virtual_time, world

every = pytest.mark.parametrize("system", SYSTEMS, ids=str)
every_renting = pytest.mark.parametrize("system", RENTING, ids=str)


def every_able(operation: Operation) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("system", able(operation), ids=str)


OVER = ("released", "expired", "cancelled", "refunded")


def cents(payments: "tuple[Payment, ...]") -> list[int]:
    return [payment.cents for payment in payments]


@every
@in_virtual_time
async def test_what_is_not_supported_says_so_and_asks_nobody(system: System) -> None:
    """It supports exactly what its document has; giving back has two names, of which a supplier knows one."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier, rental = system.of(w), await system.hold(w)
        asked = list(w.doors.calls)
        assert supplier.supports == system.can
        lacking = [one for one in OPERATIONS if one not in system.can]
        if system.can & {"reject", "cancel"}:
            lacking = [one for one in lacking if one not in ("reject", "cancel")]
        for operation in lacking:
            with pytest.raises(NotSupported):
                await asking(supplier, operation, rental)()
        assert w.doors.calls == asked


@every_renting
@in_virtual_time
async def test_a_wish_that_cannot_be_honoured_is_refused_before_it_costs(system: System) -> None:
    """No field of a request is passed over: each that does not go in is refused, and so is a request without what is needed."""
    async with world(dialect=system.dialect, **RULES) as w:
        wishes: dict[str, Any] = {"duration_days": 3, "premium": Decimal(1), "area": "AL"}
        for name in system.rents.cannot_choose_by:
            with pytest.raises(NotSupported, match=name):
                await system.of(w).rent(replace(system.rents.request, **{name: wishes[name]}))
        with pytest.raises(NotSupported):
            await system.of(w).rent(RentRequest())
        assert (w.doors.calls, system.live(w)) == ([], [])


@every_able("offers")
@in_virtual_time
async def test_offers_are_what_is_for_rent(system: System) -> None:
    """Services, countries, prices and what is left, also after some of it is gone."""
    async with world(dialect=system.dialect, **RULES) as w:
        for _ in range(2):
            reply = await system.of(w).list_offers()
            offered = [(one.service, one.country, one.price, one.available) for one in reply.read]
            assert (offered, reply.unread) == (system.offers(w.sandbox), [])
            assert all(one.name for one in reply.read)
            await system.hold(w)


@every_able("areas")
@in_virtual_time
async def test_areas_are_those_that_can_be_asked_for(system: System) -> None:
    """Each has its code and a name for people."""
    async with world(dialect=system.dialect) as w:
        reply = await system.of(w).list_areas()
        assert {one.code for one in reply.read} == system.areas
        assert reply.unread == []
        assert all(one.name for one in reply.read)


@every_renting
@in_virtual_time
async def test_what_is_rented_is_paid_once_and_known(system: System) -> None:
    """One order at the provider, one charge, and the rental tells of it what the provider knows."""
    async with world(dialect=system.dialect, **RULES) as w:
        before = system.wallet(w).balance_cents
        rented = await system.of(w).rent(system.rents.request)
        [order], rental = system.live(w), rented.rental

        assert rental.line == f"{system.name}:{order.order_id}"
        assert (rental.phone, rental.state, rental.account) == (order.phone, "active", "default")
        assert rental.ends_at == order.expires_at.replace(microsecond=0)
        assert rental.started_at is not None
        assert rental.started_at <= order.ordered_at
        assert cents(tuple(system.wallet(w).payments)) == [system.rents.price_cents]
        assert rented.price in (None, Decimal(system.rents.price_cents) / 100)
        if "balance" in system.can:
            left = await system.of(w).fetch_balance()
            assert left == Decimal(before - system.rents.price_cents) / 100


@every
@in_virtual_time
async def test_each_rental_can_be_looked_up(system: System) -> None:
    """Also where there is no call for it: under its line, with its number."""
    async with world(dialect=system.dialect, **RULES) as w:
        first, second = await system.hold(w), await system.hold(w)
        for rental in (first, second):
            current = await system.of(w).get_rental(rental)
            assert (current.line, current.phone, current.state) == (rental.line, rental.phone, "active")


@every_able("rentals")
@in_virtual_time
async def test_the_list_is_what_lives(system: System) -> None:
    """Each rental once, with its number; one that is over is no longer there."""
    async with world(dialect=system.dialect, **RULES) as w:
        first, second = await system.hold(w), await system.hold(w)
        listed = await system.of(w).list_rentals()
        assert {(one.line, one.phone, one.state) for one in listed.read} == {
            (one.line, one.phone, "active") for one in (first, second)
        }
        assert (len(listed.read), listed.unread) == (2, [])
        if system.can & {"reject", "cancel"}:
            await system.of(w).give_back(first)
            assert [one.line for one in (await system.of(w).list_rentals()).read] == [second.line]


@every_renting
@in_virtual_time
async def test_nothing_is_given_back_before_its_time(system: System) -> None:
    """Within the window the refusal says so, with the time to wait where the provider does; after it the money is back, once."""
    async with world(dialect=system.dialect, **WINDOWED_RULES) as w:
        supplier, rental = system.of(w), await system.hold(w)
        opening = system.wallet(w).balance_cents + system.wallet(w).spent_cents

        with pytest.raises(CallRefused) as early:
            await supplier.give_back(rental)
        assert early.value.reason == "early"
        assert early.value.retry_after_seconds in (None, WINDOW_SECONDS)
        assert len(system.live(w)) == 1

        w.clock.advance(WINDOW_SECONDS)
        over = await supplier.give_back(rental)
        assert over.rental.state in ("cancelled", "refunded")
        assert over.rental.ends_at is not None
        assert (system.live(w), system.wallet(w).balance_cents) == ([], opening)
        assert over.refund in (None, Decimal(-system.wallet(w).payments[-1].cents) / 100)

        again = await supplier.give_back(rental)
        assert again.rental.state in OVER
        assert system.wallet(w).balance_cents == opening


@every_renting
@in_virtual_time
async def test_a_used_number_gives_no_money_back(system: System) -> None:
    """After an SMS a number is kept by its provider's rules, or ends without a refund."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier, rental = system.of(w), await system.hold(w)
        w.sandbox.deliver(rental.phone or "", "Google", "Your code is 4711", expected_code="4711")
        assert (await supplier.get_rental(rental)).state in ("active", "code_received")
        if system.rents.refuses_used:
            with pytest.raises(CallRefused):
                await supplier.give_back(rental)
            assert len(system.live(w)) == 1
        else:
            over = await supplier.give_back(rental)
            assert (over.rental.state, over.refund or 0) == ("cancelled", 0)
            assert system.live(w) == []
        assert system.wallet(w).spent_cents == system.rents.price_cents


@every_renting
@in_virtual_time
async def test_a_rental_ends_when_it_said(system: System) -> None:
    """A number that nobody gave back is over by its own end, and the list knows."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental = await system.hold(w)
        assert rental.ends_at is not None
        w.clock.advance((rental.ends_at - w.clock()).total_seconds() + 1)
        assert system.live(w) == []
        over = await system.of(w).give_back(rental)
        assert over.rental.state in OVER
        if "rentals" in system.can:
            assert (await system.of(w).list_rentals()).read == []


@every_able("reuse")
@pytest.mark.parametrize("rules", [RULES, KEEPING_RULES], ids=["new-order", "same-order"])
@in_virtual_time
async def test_a_released_number_is_rented_again(system: System, rules: dict[str, Any]) -> None:
    """The same number, under a new order or its old one, with a start of its own, paid anew; a number that waits for its code cannot be."""
    async with world(dialect=system.dialect, **rules) as w:
        supplier, earlier = system.of(w), await system.hold(w)
        with pytest.raises(CallRefused):
            await supplier.reuse(earlier)
        await supplier.give_back(earlier)
        spent = system.wallet(w).spent_cents
        w.clock.advance(600)

        again = await supplier.reuse(earlier)

        [order] = system.live(w)
        assert (again.rental.phone, order.phone) == (earlier.phone, earlier.phone)
        assert again.rental.line == f"{system.name}:{order.order_id}"
        assert (again.rental.line == earlier.line) == (rules is KEEPING_RULES)
        assert system.wallet(w).spent_cents == spent + system.rents.price_cents
        [listed] = (await supplier.list_rentals()).read
        assert listed.line == again.rental.line
        assert listed.started_at == again.rental.started_at == order.ordered_at.replace(microsecond=0)


@every_able("reuse")
@in_virtual_time
async def test_a_number_with_its_code_is_rented_again_under_its_order(system: System) -> None:
    """Where the supplier does so: the order begins anew while its line lives, without the SMS of before, and is paid for once more."""
    async with world(dialect=system.dialect, **KEEPING_RULES) as w:
        supplier, earlier = system.of(w), await system.hold(w)
        w.sandbox.deliver(earlier.phone or "", "Google", "Your code is 4711", expected_code="4711")
        w.clock.advance(300)

        again = await supplier.reuse(earlier)

        [order], [listed] = system.live(w), (await supplier.list_rentals()).read
        assert (again.rental.line, listed.line, listed.state) == (earlier.line, earlier.line, "active")
        assert listed.started_at == order.ordered_at.replace(microsecond=0)
        assert (await supplier.list_messages(listed, since=w.clock())).read == []
        assert system.wallet(w).spent_cents == 2 * system.rents.price_cents


@every_able("renew")
@in_virtual_time
async def test_a_rental_is_extended(system: System) -> None:
    """By as many days, under the same order; paid for, and one that is over cannot be."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier, rental = system.of(w), await system.hold(w)
        spent = system.wallet(w).spent_cents

        renewed = (await supplier.renew(rental, additional_days=3)).rental

        assert renewed.line == rental.line
        assert renewed.ends_at is not None
        assert rental.ends_at is not None
        assert (renewed.ends_at - rental.ends_at).days == 3
        assert system.wallet(w).spent_cents == spent + 3 * 120
        assert (await supplier.get_rental(rental)).ends_at == renewed.ends_at
        await supplier.give_back(rental)
        with pytest.raises(CallRefused):
            await supplier.renew(rental, additional_days=3)


@every_able("renew")
@in_virtual_time
async def test_the_price_of_a_renewal_is_what_it_cost(system: System) -> None:
    """What is told as charged is what was charged, whatever the rental cost at first."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier, rental = system.of(w), await system.hold(w)
        renewed = await supplier.renew(rental, additional_days=3)
        assert renewed.price in (None, Decimal(system.wallet(w).payments[-1].cents) / 100)
