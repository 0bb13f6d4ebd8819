"""What every supplier's client says when a call fails: of a call that spends money, whether it did so or nobody knows."""

from typing import Any

import pytest

from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway
from otpstream.sandbox import ANSWER_LATE, ANSWER_LOST
from otpstream.sandbox.faults import ApiFault, ApiFaultKind, FaultSource
from tests.conformance.systems import KEEPING_RULES, OPERATIONS, RENTING, RULES, SYSTEMS, System, able, asking
from tests.conformance.world import World, in_virtual_time, with_keys, world

every = pytest.mark.parametrize("system", SYSTEMS, ids=str)
every_renting = pytest.mark.parametrize("system", RENTING, ids=str)
lost_or_late = pytest.mark.parametrize("fault", [ANSWER_LOST, ANSWER_LATE], ids=["lost", "late"])

BROKEN = ApiFault(kind=ApiFaultKind.ERROR, status=503)
"""A 503 of a call that took no effect."""
ASKED_SECONDS = 7
LIMITED = ApiFault(kind=ApiFaultKind.RATE_LIMIT, status=429, retry_after_seconds=ASKED_SECONDS)


def faults_of(w: World, system: System) -> FaultSource:
    source: FaultSource = getattr(w.sandbox, system.provider).fault_source
    return source


def safe_path(system: System) -> str:
    """Return the path of a call that may be repeated."""
    return {"text2fa": "/v1/numbers", "rental": "/getNumbers"}.get(system.name) or f"{system.rents.list}"


def key_of(w: World, system: System) -> str:
    keys = w.sandbox.credentials
    names = {"text2fa_dashboard": "text2fa_dashboard_token", "rental_api": "rental_api_key"}
    key: str = getattr(keys, names.get(system.provider, "text2fa_api_key"))
    return key


async def ask_safely(w: World, system: System) -> None:
    await (system.of(w).list_rentals() if "rentals" in system.can else system.of(w).list_offers())


@every
@in_virtual_time
async def test_a_refused_key_is_told_by_every_operation(system: System) -> None:
    """As the operator's business, without the key; what lives lives on."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental = await system.hold(w)
        w.turn_key(system.provider, "another-key")
        for operation in OPERATIONS:
            if operation not in system.can:
                continue
            ask = asking(system.of(w), operation, rental)
            with pytest.raises(KeyRefused) as refused:
                await (system.of(w).rent(system.rents.request) if operation == "rent" else ask())
            assert "sandbox-" not in str(refused.value)
        w.turn_key(system.provider, key_of(w, system))
        assert (await system.of(w).get_rental(rental)).state == "active"


@every_renting
@in_virtual_time
async def test_a_refused_key_spends_nothing(system: System) -> None:
    """Renting with a key that is not accepted is a definite no."""
    async with world(dialect=system.dialect, **RULES) as w:
        w.turn_key(system.provider, "another-key")
        with pytest.raises(KeyRefused):
            await system.of(w).rent(system.rents.request)
        assert (system.live(w), system.wallet(w).spent_cents) == ([], 0)


@every
@in_virtual_time
async def test_a_key_is_rotated_without_a_gap(system: System) -> None:
    """With both keys live, calls go on when the provider changes over, those that spend money included once it is known."""
    async with world(dialect=system.dialect, **RULES) as w:
        w.turn_key(system.provider, "first-key")
        rotating = w.build(with_keys(w.settings, "first-key", "second-key")).supplier(system.name, "default")
        assert rotating is not None
        ask = rotating.list_rentals if "rentals" in system.can else rotating.list_offers
        await ask()
        w.turn_key(system.provider, "second-key")
        await ask()
        if system.renting is not None:
            assert (await rotating.rent(system.renting.request)).rental.state == "active"


@every_renting
@in_virtual_time
async def test_out_of_stock_is_a_definite_no(system: System) -> None:
    """After the last number is gone, the refusal says so, and nothing is spent."""
    async with world(dialect=system.dialect, **RULES) as w:
        renting = system.rents
        for _ in range(renting.stock):
            await system.of(w).rent(renting.scarce)
        spent = system.wallet(w).spent_cents
        with pytest.raises(CallRefused) as refused:
            await system.of(w).rent(renting.scarce)
        assert refused.value.reason == "stock"
        assert (len(system.live(w)), system.wallet(w).spent_cents) == (renting.stock, spent)


@every_renting
@in_virtual_time
async def test_an_empty_account_is_a_definite_no(system: System) -> None:
    """The refusal says that it is the balance, and the number is not rented."""
    async with world(dialect=system.dialect, balance_cents=4, **RULES) as w:
        with pytest.raises(CallRefused) as refused:
            await system.of(w).rent(system.rents.request)
        assert refused.value.reason == "balance"
        assert (system.live(w), system.wallet(w).spent_cents) == ([], 0)


@every
@in_virtual_time
async def test_what_is_safe_is_asked_again(system: System) -> None:
    """Two failures pass unseen; where the provider stays away, the error says so."""
    async with world(dialect=system.dialect, **RULES) as w:
        faults_of(w, system).force(BROKEN, path=safe_path(system), times=2)
        await ask_safely(w, system)
        faults_of(w, system).force(BROKEN, path=safe_path(system), times=9)
        with pytest.raises(ProviderAway) as away:
            await ask_safely(w, system)
        assert (away.value.sent, away.value.status) == (True, 503)


@every_renting
@in_virtual_time
async def test_a_broken_answer_to_renting_leaves_it_open_and_is_not_repeated(system: System) -> None:
    """5xx may hide anything; here nothing was rented, and the list says so."""
    async with world(dialect=system.dialect, **RULES) as w:
        renting = system.rents
        faults_of(w, system).force(BROKEN, path=renting.rent)
        with pytest.raises(ProviderAway) as away:
            await system.of(w).rent(renting.request)
        assert away.value.sent
        assert w.doors.calls == [f"POST {renting.rent}"]
        assert (system.live(w), system.wallet(w).spent_cents) == ([], 0)
        if renting.list is not None:
            assert (await system.of(w).list_rentals()).read == []


@lost_or_late
@every_renting
@in_virtual_time
async def test_a_lost_answer_to_renting_is_found_in_the_list(system: System, fault: ApiFault) -> None:
    """The outcome is unknown to the caller, paid for once, and the number with its phone stands in the list."""
    async with world(dialect=system.dialect, **RULES) as w:
        renting = system.rents
        faults_of(w, system).force(fault, path=renting.rent)
        before = w.clock()
        with pytest.raises(ProviderAway) as away:
            await system.of(w).rent(renting.request)
        assert away.value.sent
        assert w.doors.calls == [f"POST {renting.rent}"]
        [order] = system.live(w)
        assert system.wallet(w).spent_cents == renting.price_cents
        if renting.list is None:
            assert "rentals" not in system.can
            return
        [found] = (await system.of(w).list_rentals()).read
        assert (found.line, found.phone, found.state) == (f"{system.name}:{order.order_id}", order.phone, "active")
        assert found.started_at is not None
        assert abs((found.started_at - before).total_seconds()) <= 1
        assert found.service in (None, renting.request.service)


@every_renting
@in_virtual_time
async def test_a_lost_answer_to_giving_back_is_settled_by_asking_again(system: System) -> None:
    """Giving back spends nothing: asked once more, the answer is that it is over, and the money came back once."""
    async with world(dialect=system.dialect, **RULES) as w:
        rental, spent = await system.hold(w), 0
        faults_of(w, system).force(ANSWER_LOST, path=system.rents.give_back)
        with pytest.raises(ProviderAway) as away:
            await system.of(w).give_back(rental)
        assert away.value.sent
        assert (await system.of(w).give_back(rental)).rental.state in ("released", "cancelled", "refunded")
        assert (system.live(w), system.wallet(w).spent_cents) == ([], spent)


@lost_or_late
@pytest.mark.parametrize("system", able("reuse"), ids=str)
@pytest.mark.parametrize("rules", [RULES, KEEPING_RULES], ids=["new-order", "same-order"])
@in_virtual_time
async def test_a_lost_answer_to_renting_again_is_found_in_the_list(
    system: System, fault: ApiFault, rules: dict[str, Any]
) -> None:
    """The number lives, under a new order or its old one, with the start of the call; it is paid for once."""
    async with world(dialect=system.dialect, **rules) as w:
        supplier, rental = system.of(w), await system.hold(w)
        await supplier.list_rentals()
        await supplier.give_back(rental)
        w.clock.advance(600)
        faults_of(w, system).force(fault, path="/api/v1/reuse-number-s1")
        with pytest.raises(ProviderAway):
            await supplier.reuse(rental)
        [found] = (await supplier.list_rentals()).read
        [order] = system.live(w)
        assert (found.phone, found.line == rental.line) == (rental.phone, rules is KEEPING_RULES)
        assert found.started_at == order.ordered_at.replace(microsecond=0)
        assert system.wallet(w).spent_cents == system.rents.price_cents


@lost_or_late
@pytest.mark.parametrize("system", able("renew"), ids=str)
@in_virtual_time
async def test_a_lost_answer_to_extending_is_found_in_the_list(system: System, fault: ApiFault) -> None:
    """The rental ends as many days later, which are paid for once."""
    async with world(dialect=system.dialect, **RULES) as w:
        supplier, rental = system.of(w), await system.hold(w)
        faults_of(w, system).force(fault, path="/api/v1/renew-rental")
        with pytest.raises(ProviderAway):
            await supplier.renew(rental, additional_days=7)
        [found] = (await supplier.list_rentals()).read
        assert found.ends_at is not None
        assert rental.ends_at is not None
        assert (found.ends_at - rental.ends_at).days == 7
        assert system.wallet(w).spent_cents == 2 * system.rents.price_cents


@every_renting
@in_virtual_time
async def test_too_many_requests_are_a_definite_no_and_then_a_silence(system: System) -> None:
    """429 on renting says that nothing was done and how long to wait; the next call keeps quiet for so long, and goes through."""
    async with world(dialect=system.dialect, **RULES) as w:
        renting = system.rents
        faults_of(w, system).force(LIMITED, path=renting.rent)
        with pytest.raises(ProviderAway) as away:
            await system.of(w).rent(renting.request)
        assert (away.value.sent, away.value.retry_after_seconds) == (False, ASKED_SECONDS)
        assert (system.live(w), system.wallet(w).spent_cents) == ([], 0)
        before = w.clock()
        await system.of(w).rent(renting.request)
        assert (w.clock() - before).total_seconds() >= ASKED_SECONDS
        assert system.wallet(w).spent_cents == renting.price_cents


@every
@in_virtual_time
async def test_too_many_requests_are_waited_out_where_it_is_safe(system: System) -> None:
    """A list is asked for again after as long as the provider said."""
    async with world(dialect=system.dialect, **RULES) as w:
        faults_of(w, system).force(LIMITED, path=safe_path(system))
        before = w.clock()
        await ask_safely(w, system)
        assert (w.clock() - before).total_seconds() >= ASKED_SECONDS
