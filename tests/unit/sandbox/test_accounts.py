"""Numbers, money and arrivals of simulated accounts: nothing rented twice, nothing refunded twice."""

from __future__ import annotations

from collections import Counter

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.sandbox import Arrivals
from otpstream.sandbox.numbering import COUNTRIES, NumberPool
from otpstream.sandbox.wallet import NotEnoughMoney, Wallet
from tests.unit.sandbox.doubles import ManualClock


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["DE", "US", "XX"])), max_size=150))
def test_no_number_is_handed_out_twice_at_a_time(steps: list[tuple[bool, str]]) -> None:
    """Whatever is taken and given back, the numbers out are all different and of their country."""
    pool, out = NumberPool(), list[str]()
    for give_back, country in steps:
        if give_back and out:
            pool.give_back(out.pop(0))
        elif (number := pool.take(country)) is not None:
            out.append(number)
            calling_code = phonenumbers.country_code_for_region(country)
            assert number.startswith(f"+{calling_code}")
            assert phonenumbers.is_possible_number(phonenumbers.parse(number))
        else:
            assert country == "XX" or sum(taken.startswith("+49") for taken in out) == 100
        assert len(out) == len(set(out))


def test_numbers_given_back_come_again_when_the_others_are_used_up() -> None:
    """A small country runs out, and what is given back can be rented again, the longest unused first."""
    pool = NumberPool()
    numbers = [pool.take("DE") for _ in range(100)]
    assert (len(set(numbers)), pool.take("DE")) == (100, None)

    pool.give_back(numbers[7] or "")
    pool.give_back(numbers[3] or "")

    assert [pool.take("DE"), pool.take("DE"), pool.take("DE")] == [numbers[7], numbers[3], None]


def test_areas_have_numbers_of_their_own() -> None:
    """A number of an area code begins with it, and every country that is offered has numbers."""
    pool = NumberPool()

    assert str(pool.take("US", area_code="610")).startswith("+1610")
    assert all(pool.take(country) for country in COUNTRIES)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(min_value=0, max_value=60)), max_size=40),
)
def test_money_adds_up(steps: list[tuple[str, int | None]]) -> None:
    """Charges less refunds are what was spent; no refund exceeds what was paid; the balance is never overdrawn."""
    wallet, paid = Wallet(balance_cents=100, clock=ManualClock()), Counter[str]()
    for order_id, cents in steps:
        if cents is None:
            assert wallet.refund(order_id, reason="test") == paid[order_id]
            paid[order_id] = 0
        elif cents > 100 - paid.total():
            with pytest.raises(NotEnoughMoney):
                wallet.charge(order_id, cents, reason="test")
        else:
            wallet.charge(order_id, cents, reason="test")
            paid[order_id] += cents
        assert wallet.balance_cents == 100 - paid.total() == 100 - sum(payment.cents for payment in wallet.payments)
        assert {order_id: wallet.paid_cents(order_id) for order_id in "abc"} == {o: paid[o] for o in "abc"}


def test_arrivals_repeat_from_their_seed() -> None:
    """Equal seeds draw equal delays and texts, within the bounds, with a code, and for the share that is asked for."""
    draws = [Arrivals(seed=seed, min_delay_seconds=3, max_delay_seconds=5).next() for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]

    arrivals = Arrivals(seed=3, min_delay_seconds=3, max_delay_seconds=5, answered_share=0.5)
    drawn = [arrival for _ in range(400) if (arrival := arrivals.next())]

    assert 150 < len(drawn) < 250
    assert all(3 <= arrival.delay_seconds <= 5 and arrival.sms.expected_code for arrival in drawn)
