"""Whatever is called in whatever order: no money is lost or given back twice, and no number is held twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from otpstream.sandbox import RentalApiSimulator, RentalRules, ScaledClock, Text2faDashboardSimulator
from otpstream.sandbox.orders import Order
from otpstream.sandbox.refusal import Refused
from otpstream.sandbox.rental_api.account import Offer
from otpstream.sandbox.text2fa_dashboard.catalogue import Kind

dashboard_step = st.tuples(
    st.sampled_from(["s1", "s2", "rent", "reuse", "reject", "renew", "cancel", "sms", "wait"]),
    st.integers(min_value=0, max_value=11),
)


def act(simulator: Text2faDashboardSimulator, action: str, argument: int) -> None:
    """Do one thing to an account, if there is something to do it to."""
    account, orders = simulator.account, simulator.book.orders
    order = orders[argument % len(orders)] if orders else None
    if action == "wait":
        simulator.clock.advance(argument * 200)
    elif action == "s1":
        account.request_s1("pp4q1z", premium_cents=argument, state=None)
    elif action == "s2":
        account.request_s2("xyz123", area_codes=[])
    elif action == "rent":
        account.rent("rent456", days=1)
    elif order is not None:
        act_on(simulator, action, order)


def act_on(simulator: Text2faDashboardSimulator, action: str, order: Order) -> None:
    """Do one thing to an order."""
    account = simulator.account
    if action == "reuse":
        account.reuse(order.id)
    elif action == "reject":
        account.reject(Kind.S1 if order.kind == "s1" else Kind.S2, order.id)
    elif action == "renew":
        account.renew(order.id, days=1)
    elif action == "cancel":
        account.cancel(order.id)
    elif order.live:
        simulator.deliver(order.phone, "Uber", "1234")


@given(st.lists(dashboard_step, max_size=60))
def test_no_order_of_dashboard_calls_loses_or_doubles_money(steps: list[tuple[str, int]]) -> None:
    """Live numbers all differ, used orders are paid, unused one-time orders cost nothing in the end, and it adds up."""
    simulator = Text2faDashboardSimulator(token="t", clock=ScaledClock(speed=0), balance_cents=500)
    for action, argument in steps:
        try:
            act(simulator, action, argument)
        except Refused:
            continue

    live = simulator.book.live
    wallet = simulator.wallet
    assert len({order.phone for order in live}) == len(live)
    for order in simulator.book.orders:
        paid_cents = wallet.paid_cents(order.id)
        if order.live or order.inbox.messages:
            assert paid_cents >= order.price_cents > 0
        elif order.kind != Kind.RENTAL:
            assert paid_cents == 0
    assert wallet.balance_cents == 500 - sum(wallet.paid_cents(order.id) for order in simulator.book.orders) >= 0


rental_steps = st.lists(
    st.tuples(st.sampled_from(["rent", "cancel", "sms", "wait"]), st.integers(min_value=0, max_value=9)), max_size=60
)


@given(rental_steps)
def test_no_order_of_rental_calls_loses_or_doubles_money(steps: list[tuple[str, int]]) -> None:
    """Live numbers are all different; an ended order has cost its price if it was used, and nothing otherwise."""
    rules = RentalRules(offers={"DE": Offer(8, stock=5)}, cancel_not_before_seconds=60)
    simulator = RentalApiSimulator(api_key="k", clock=ScaledClock(speed=0), rules=rules, balance_cents=100)
    account, book, wallet = simulator.account, simulator.book, simulator.wallet
    for step, argument in steps:
        try:
            if step == "rent":
                account.rent("DE", service="")
            elif step == "cancel":
                account.cancel(f"rent_{12345 + argument}")
            elif step == "wait":
                simulator.clock.advance(argument * 60)
            elif book.live:
                simulator.deliver(book.live[argument % len(book.live)].phone, "Uber", "1234")
        except Refused:
            continue

    assert len({order.phone for order in book.live}) == len(book.live) <= 5
    assert all(wallet.paid_cents(order.id) == (8 if order.live or order.inbox.messages else 0) for order in book.orders)
    assert wallet.balance_cents == 100 - sum(wallet.paid_cents(order.id) for order in book.orders) >= 0
