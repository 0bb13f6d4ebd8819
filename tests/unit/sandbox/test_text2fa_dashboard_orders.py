"""The rules of the dashboard's orders: S1, S2 and rentals from request to refund."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import httpx
import pytest

from otpstream.sandbox import (
    Arrivals,
    DashboardRules,
    ScaledClock,
    Text2faDashboardSimulator,
)
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.refusal import Refused
from otpstream.sandbox.text2fa_dashboard.catalogue import Kind
from tests.unit.sandbox.dashboard_client import RENT, S1, TOKEN, DashboardClient

ApiFactory = Callable[..., httpx.AsyncClient]


@pytest.fixture
def simulator(scaled_clock: ScaledClock) -> Text2faDashboardSimulator:
    return Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock, balance_cents=2_000)


@pytest.fixture
def client(simulator: Text2faDashboardSimulator, api_of: ApiFactory) -> DashboardClient:
    return DashboardClient(api_of(simulator, {"Authorization": TOKEN}, "/api/v1/"))


async def test_an_s1_number_is_requested_receives_and_completes(
    simulator: Text2faDashboardSimulator, client: DashboardClient, scaled_clock: ScaledClock
) -> None:
    """The whole life: debited with its premium, of the state asked for, its SMS and code shown, over after its time."""
    order = await client.order("request-number-s1", **S1, request_premium=10, state="AL")
    before = (await client.get("number-details-s1", order_id=order["order_id"])).json()["data"]
    simulator.deliver(str(order["number"]), "Google", "G-123456 is your code", expected_code="123456")
    after = (await client.get("number-details-s1", order_id=order["order_id"])).json()["data"]
    reserved = await client.ids("reserved-list-s1")
    scaled_clock.advance(900)

    assert order == {
        "order_id": 6,
        "type": "s1",
        "service_key": "ee1fdp",
        "service": "Google",
        "number": "+12055550100",
        "state": "AL",
        "status": "pending",
        "price": 0.6,
        "premium": 0.1,
        "created_at": "2025-06-26T08:15:00Z",
        "expires_at": "2025-06-26T08:30:00Z",
    }
    assert (before["code"], before["messages"]) == (None, [])
    assert (after["status"], after["code"]) == ("received", "123456")
    assert after["messages"] == [
        {
            "from": "Google",
            "message": "G-123456 is your code",
            "code": "123456",
            "received_at": "2025-06-26T08:15:00Z",
        }
    ]
    assert reserved == [6]
    assert await client.ids("reserved-list-s1") == []
    assert (await client.get("number-details-s1", order_id=6)).json()["data"]["status"] == "completed"
    assert (await client.get("account-details")).json()["data"]["balance"] == 19.4


@pytest.mark.parametrize(
    ("form", "area"),
    [
        ({"service_key": "xyz123"}, "202"),
        ({"key": "xyz123", "areas": 610}, "610"),
        ({"key": "xyz123", "service_key": "xyz123", "areas": "610, 205"}, "610"),
    ],
)
async def test_an_s2_number_is_requested_in_both_spellings(
    simulator: Text2faDashboardSimulator, client: DashboardClient, form: dict[str, object], area: str
) -> None:
    """`service_key`, `key` or both name the service; `areas` decides where the number is from."""
    order = await client.order("request-number-s2", **form)
    simulator.deliver(str(order["order_id"]), "Facebook", "12345", expected_code="12345")

    details = (await client.get("number-details-s2", order_id=order["order_id"])).json()["data"]

    assert str(order["number"]).startswith(f"+1{area}")
    assert (order["service_key"], details["code"]) == ("xyz123", "12345")
    assert await client.ids("reserved-list-s2") == [order["order_id"]]
    assert await client.ids("reserved-list-s1") == []
    assert simulator.wallet.spent_cents == 35


@pytest.mark.parametrize(
    ("request_path", "form", "reject_path"),
    [
        ("request-number-s1", S1 | {"request_premium": "5"}, "reject-number-s1"),
        ("request-number-s2", {"key": "xyz123"}, "reject-number-s2"),
    ],
)
async def test_a_reject_refunds_once(
    simulator: Text2faDashboardSimulator,
    client: DashboardClient,
    request_path: str,
    form: dict[str, str],
    reject_path: str,
) -> None:
    """An unused number is refunded with its premium, once, and takes in nothing more."""
    order = await client.order(request_path, **form)

    replies = [await client.post(reject_path, order_id=order["order_id"]) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [200, 409]
    assert replies[0].json()["data"]["status"] == "rejected"
    assert simulator.wallet.spent_cents == 0
    assert len(simulator.wallet.payments) == 2
    with pytest.raises(ValueError, match="no such live order"):
        simulator.deliver(str(order["number"]), "Google", "123456")


async def test_a_used_number_is_not_refunded(simulator: Text2faDashboardSimulator, client: DashboardClient) -> None:
    """After an SMS a reject is refused; the order stays."""
    order = await client.order("request-number-s1", **S1)
    simulator.deliver(str(order["order_id"]), "Google", "123456")

    reply = await client.post("reject-number-s1", order_id=order["order_id"])

    assert reply.status_code == 409
    assert (simulator.wallet.spent_cents, await client.ids("reserved-list-s1")) == (50, [order["order_id"]])


async def test_an_unused_number_expires_and_is_refunded(
    simulator: Text2faDashboardSimulator, client: DashboardClient, scaled_clock: ScaledClock
) -> None:
    """After 900 s without an SMS the money is back, and a reject comes too late."""
    order = await client.order("request-number-s2", key="xyz123")
    scaled_clock.advance(899)
    assert simulator.wallet.spent_cents == 35
    scaled_clock.advance(1)

    assert simulator.wallet.spent_cents == 0
    assert await client.ids("reserved-list-s2") == []
    assert (await client.post("reject-number-s2", order_id=order["order_id"])).status_code == 409
    assert (await client.get("number-details-s2", order_id=order["order_id"])).json()["data"]["status"] == "expired"


@pytest.mark.parametrize("release", ["reject", "expire", "complete"])
async def test_a_released_number_can_be_reused(
    simulator: Text2faDashboardSimulator, client: DashboardClient, scaled_clock: ScaledClock, release: str
) -> None:
    """Reuse gives the same number under a new order at the service's price; not while it is live, nor twice at a time."""
    first = await client.order("request-number-s1", **S1, state="CA")
    live = await client.post("reuse-number-s1", order_id=first["order_id"])
    if release == "reject":
        await client.order("reject-number-s1", order_id=first["order_id"])
    elif release == "complete":
        simulator.deliver(str(first["number"]), "Google", "111111")
    scaled_clock.advance(900)
    spent_cents = simulator.wallet.spent_cents

    second = await client.order("reuse-number-s1", order_id=first["order_id"])
    again = await client.post("reuse-number-s1", order_id=first["order_id"])
    simulator.deliver(str(first["number"]), "Google", "222222")

    assert (live.status_code, again.status_code) == (409, 409)
    assert second["number"] == first["number"]
    assert second["order_id"] != first["order_id"]
    assert simulator.wallet.spent_cents == spent_cents + 50
    details = (await client.get("number-details-s1", order_id=second["order_id"])).json()["data"]
    assert [message["message"] for message in details["messages"]] == ["222222"]


@pytest.mark.parametrize("release", ["reject", "expire"])
def test_a_released_s1_number_waits_for_its_reuse(scaled_clock: ScaledClock, release: str) -> None:
    """Nobody else gets a number that can be reused, even where no other is left, nor after a reuse nobody could pay."""
    pool = NumberPool()
    simulator = Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock, pool=pool, balance_cents=99)
    first = simulator.account.request_s1("ee1fdp", premium_cents=49, state="AK")
    if release == "reject":
        simulator.account.reject(Kind.S1, first.id)
    scaled_clock.advance(900)
    simulator.account.request_s1("ee1fdp", premium_cents=0, state="CA")
    with pytest.raises(Refused, match="insufficient balance"):
        simulator.account.reuse(first.id)

    others = set(iter(partial(pool.take, "US", area_code="907"), None))

    assert others
    assert first.phone not in others


def test_a_number_that_nobody_could_pay_stays_for_rent(scaled_clock: ScaledClock) -> None:
    """A request beyond the balance takes no number out of the pool."""
    pool = NumberPool()
    simulator = Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock, pool=pool, balance_cents=0)
    for _ in range(3):
        with pytest.raises(Refused, match="insufficient balance"):
            simulator.account.request_s1("ee1fdp", premium_cents=0, state="AK")

    taken = list(iter(partial(pool.take, "US", area_code="907"), None))
    untouched = list(iter(partial(NumberPool().take, "US", area_code="907"), None))

    assert sorted(taken) == sorted(untouched)


async def test_early_rejects_can_be_refused(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """Where the rules say so, a reject has to wait, and says how long."""
    simulator = Text2faDashboardSimulator(
        token=TOKEN, clock=scaled_clock, rules=DashboardRules(reject_not_before_seconds=60)
    )
    client = DashboardClient(api_of(simulator, {"Authorization": TOKEN}, "/api/v1/"))
    order = await client.order("request-number-s1", **S1)
    scaled_clock.advance(20)

    early = await client.post("reject-number-s1", order_id=order["order_id"])
    scaled_clock.advance(40)

    assert (early.status_code, early.headers["Retry-After"]) == (409, "40")
    assert (await client.post("reject-number-s1", order_id=order["order_id"])).status_code == 200


async def test_a_rental_is_requested_renewed_and_expires(
    simulator: Text2faDashboardSimulator, client: DashboardClient, scaled_clock: ScaledClock
) -> None:
    """Days are paid, renewed days too; its messages can be read; after the last day it is gone and not refunded."""
    order = await client.order("request-rental-number", **RENT)
    lists = [await client.ids(path) for path in ("rental-reserve-list", "active-rental-numbers")]
    scaled_clock.advance(6.5 * 86_400)
    renewed = await client.order("renew-rental", order_id=order["order_id"], additional_days=2)
    scaled_clock.advance(86_400)
    simulator.deliver(str(order["number"]), "Uber", "Your code is 4321", expected_code="4321")
    messages = (await client.get("rental-message", order_id=order["order_id"])).json()["data"]
    scaled_clock.advance(1.4 * 86_400)
    live = await client.ids("active-rental-numbers")
    scaled_clock.advance(0.1 * 86_400)

    assert (order["status"], order["price"], order["expires_at"]) == ("active", 8.4, "2025-07-03T08:15:00Z")
    assert lists == [[order["order_id"]]] * 2
    assert renewed["expires_at"] == "2025-07-05T08:15:00Z"
    assert [(message["message"], message["code"]) for message in messages] == [("Your code is 4321", "4321")]
    assert (live, await client.ids("active-rental-numbers")) == ([order["order_id"]], [])
    assert (await client.post("renew-rental", order_id=order["order_id"], additional_days=1)).status_code == 409
    assert simulator.wallet.spent_cents == 9 * 120
    assert len((await client.get("rental-message", order_id=order["order_id"])).json()["data"]) == 1


@pytest.mark.parametrize(
    ("after_seconds", "used", "status", "spent_cents"),
    [
        (119, False, 409, 840),
        (120, False, 200, 0),
        (120, True, 200, 840),
        (1_200, False, 200, 0),
        (1_201, False, 200, 840),
    ],
)
async def test_a_rental_can_be_cancelled_and_is_refunded_within_the_rules(
    simulator: Text2faDashboardSimulator,
    client: DashboardClient,
    scaled_clock: ScaledClock,
    after_seconds: float,
    used: bool,
    status: int,
    spent_cents: int,
) -> None:
    """Not before 120 s; refunded up to 1,200 s if no SMS came; released in any case."""
    order = await client.order("request-rental-number", **RENT)
    if used:
        simulator.deliver(str(order["order_id"]), "Uber", "4321")
    scaled_clock.advance(after_seconds)

    reply = await client.post("cancel-rental", order_id=order["order_id"])

    assert reply.status_code == status
    assert simulator.wallet.spent_cents == spent_cents
    if status == 200:
        assert reply.json()["data"]["refund"] == (840 - spent_cents) / 100
        assert await client.ids("rental-reserve-list") == []
        assert (await client.post("cancel-rental", order_id=order["order_id"])).status_code == 409
    else:
        assert reply.headers["Retry-After"] == "1"


async def test_a_number_may_be_assigned_later(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """Until then the order is reserved without a number, is not active, and no SMS comes in."""
    simulator = Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock, rules=DashboardRules(assignment_seconds=5))
    client = DashboardClient(api_of(simulator, {"Authorization": TOKEN}, "/api/v1/"))
    order = await client.order("request-rental-number", **RENT)
    early = [await client.ids(path) for path in ("rental-reserve-list", "active-rental-numbers")]
    with pytest.raises(ValueError, match="no such live order"):
        simulator.deliver(str(order["order_id"]), "Uber", "4321")
    scaled_clock.advance(5)

    (active,) = (await client.get("active-rental-numbers")).json()["data"]

    assert (order["number"], order["status"]) == (None, "reserved")
    assert early == [[order["order_id"]], []]
    assert active["status"] == "active"
    assert simulator.deliver(active["number"], "Uber", "4321").number_id == str(order["order_id"])


async def test_a_renewal_beyond_the_balance_changes_nothing(
    simulator: Text2faDashboardSimulator, client: DashboardClient
) -> None:
    """The rental keeps its end, and nothing is charged."""
    order = await client.order("request-rental-number", **RENT)

    reply = await client.post("renew-rental", order_id=order["order_id"], additional_days=300)

    assert reply.status_code == 402
    assert simulator.wallet.spent_cents == 840
    assert (await client.get("active-rental-numbers")).json()["data"][0]["expires_at"] == order["expires_at"]


async def test_a_service_sells_out_and_recovers(simulator: Text2faDashboardSimulator, client: DashboardClient) -> None:
    """What is ordered is not left; a reject makes room again."""
    orders = [await client.order("request-number-s1", service_key="pp4q1z") for _ in range(2)]
    sold_out = await client.post("request-number-s1", service_key="pp4q1z")
    await client.order("reject-number-s1", order_id=orders[0]["order_id"])

    assert sold_out.status_code == 409
    assert (await client.post("request-number-s1", service_key="pp4q1z")).status_code == 200
    assert simulator.wallet.spent_cents == 80


async def test_a_code_comes_by_itself(scaled_clock: ScaledClock) -> None:
    """With arrivals every kind of order gets an SMS with a code after its delay, unless it was released."""
    simulator = Text2faDashboardSimulator(
        token=TOKEN, clock=scaled_clock, arrivals=Arrivals(min_delay_seconds=5, max_delay_seconds=9)
    )
    kept = [
        simulator.account.request_s1("ee1fdp", premium_cents=0, state=None),
        simulator.account.rent("rent123", days=1),
    ]
    dropped = simulator.account.request_s2("xyz123", area_codes=[])
    simulator.account.reject(Kind.S2, dropped.id)

    scaled_clock.advance(9)

    assert {message.number_id for message in simulator.ledger} == {order.id for order in kept}
    assert all(message.expected_code for message in simulator.ledger)
