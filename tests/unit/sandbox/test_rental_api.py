"""The four-endpoint rental API: shapes of its document, prices, availability, expiry, refunds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import httpx
import pytest

from otpstream.sandbox import ANSWER_LOST, Arrivals, Faults, RentalApiSimulator, RentalRules, ScaledClock
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.rental_api.account import Offer

ApiFactory = Callable[..., httpx.AsyncClient]
KEY = "partner-key"
CALLS = [("GET", "/getNumbers"), ("POST", "/rentNumber"), ("GET", "/getSMS"), ("POST", "/cancelNumber")]


@pytest.fixture
def simulator(scaled_clock: ScaledClock) -> RentalApiSimulator:
    return RentalApiSimulator(api_key=KEY, clock=scaled_clock, balance_cents=1_000)


async def rent(client: httpx.AsyncClient, country: str = "US", **fields: str) -> httpx.Response:
    return await client.post("/rentNumber", json={"api_key": KEY, "country": country, **fields})


async def cancel(client: httpx.AsyncClient, rental_id: str) -> httpx.Response:
    return await client.post("/cancelNumber", json={"api_key": KEY, "rental_id": rental_id})


async def get_sms(client: httpx.AsyncClient, rental_id: str) -> httpx.Response:
    return await client.get("/getSMS", params={"api_key": KEY, "rental_id": rental_id})


async def get_numbers(client: httpx.AsyncClient, country: str | None = None) -> list[dict[str, object]]:
    params = {"api_key": KEY} | ({} if country is None else {"country": country})
    numbers: list[dict[str, object]] = (await client.get("/getNumbers", params=params)).json()["numbers"]
    return numbers


async def test_numbers_are_offered_as_documented(simulator: RentalApiSimulator, api_of: ApiFactory) -> None:
    """Countries come with name, availability and price, all or the one that is asked for."""
    client = api_of(simulator)

    offered = await get_numbers(client)

    assert offered[0] == {"country": "US", "country_name": "United States", "available": 5_000, "price_per_sms": 0.05}
    assert [entry["country"] for entry in offered] == ["US", "GB", "DE", "FR"]
    assert [entry["country"] for entry in await get_numbers(client, "GB")] == ["GB"]
    assert await get_numbers(client, "XX") == []


async def test_a_number_is_rented_receives_and_is_cancelled(simulator: RentalApiSimulator, api_of: ApiFactory) -> None:
    """The whole life in the shapes of the document; after an SMS nothing is given back."""
    client = api_of(simulator)

    rented = await rent(client, service="facebook")
    rental_id, number = rented.json()["rental_id"], rented.json()["number"]
    before = await get_sms(client, rental_id)
    simulator.deliver(number, "Facebook", "Your verification code is: 123456", expected_code="123456")
    after = await get_sms(client, rental_id)
    cancelled = await cancel(client, rental_id)

    assert rented.json() == {
        "status": "success",
        "number": "+12025550100",
        "rental_id": "rent_12345",
        "expires_at": "2025-06-26T08:35:00Z",
        "country": "US",
    }
    assert before.json() == {"status": "success", "messages": [], "number": number}
    assert after.json()["messages"] == [
        {"sender": "Facebook", "text": "Your verification code is: 123456", "received_at": "2025-06-26T08:15:00Z"}
    ]
    assert cancelled.json() == {
        "status": "success",
        "message": "Number rental cancelled successfully",
        "rental_id": rental_id,
        "refund_amount": 0.0,
    }
    assert simulator.wallet.spent_cents == 5
    assert simulator.live_orders == ()


async def test_an_unused_number_is_refunded_on_cancel_once(simulator: RentalApiSimulator, api_of: ApiFactory) -> None:
    """Cancelling before any SMS gives the whole price back; cancelling again gives nothing and says so."""
    client = api_of(simulator)
    rental_id = (await rent(client, "GB")).json()["rental_id"]

    first, second = await cancel(client, rental_id), await cancel(client, rental_id)

    assert first.json()["refund_amount"] == 0.06
    assert (second.status_code, second.json()["status"]) == (409, "error")
    assert simulator.wallet.spent_cents == 0
    assert [payment.cents for payment in simulator.wallet.payments] == [6, -6]


@pytest.mark.parametrize(("used", "spent_cents"), [(True, 5), (False, 0)])
async def test_a_rental_expires(
    simulator: RentalApiSimulator, api_of: ApiFactory, scaled_clock: ScaledClock, used: bool, spent_cents: int
) -> None:
    """After twenty minutes a number is released, refunded if unused; its messages can still be read, none comes in."""
    client = api_of(simulator)
    rental_id = (await rent(client)).json()["rental_id"]
    if used:
        simulator.deliver(rental_id, "Uber", "1234", expected_code="1234")

    scaled_clock.advance(1_199)
    assert [order.order_id for order in simulator.live_orders] == [rental_id]
    scaled_clock.advance(1)

    assert simulator.live_orders == ()
    assert simulator.wallet.spent_cents == spent_cents
    assert len((await get_sms(client, rental_id)).json()["messages"]) == used
    assert (await cancel(client, rental_id)).status_code == 409
    with pytest.raises(ValueError, match="no such live order"):
        simulator.deliver(rental_id, "Uber", "5678")


async def test_availability_falls_and_rises(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """What is rented is not for rent; when nothing is left nothing is charged; what is released can be rented again."""
    rules = RentalRules(offers={"DE": Offer(8, stock=2)})
    simulator = RentalApiSimulator(api_key=KEY, clock=scaled_clock, rules=rules)
    client = api_of(simulator)

    rented = [(await rent(client, "DE")).json() for _ in range(2)]
    refused = await rent(client, "DE")

    assert (await get_numbers(client))[0]["available"] == 0
    assert (refused.status_code, refused.json()["status"]) == (409, "error")
    assert simulator.wallet.spent_cents == 16
    assert len({one["number"] for one in rented}) == 2
    await cancel(client, rented[0]["rental_id"])
    assert (await get_numbers(client))[0]["available"] == 1
    assert (await rent(client, "DE")).status_code == 200


async def test_a_number_has_no_messages_of_its_former_renter(scaled_clock: ScaledClock) -> None:
    """A number that comes again under another rental begins empty, and the former rental gets nothing more."""
    simulator = RentalApiSimulator(
        api_key=KEY, clock=scaled_clock, rules=RentalRules(offers={"DE": Offer(8, stock=100)})
    )
    first = simulator.account.rent("DE", service="")
    simulator.deliver(first.phone, "Uber", "1111")
    simulator.account.cancel(first.id)
    others = [simulator.account.rent("DE", service="") for _ in range(100)]
    second = next(order for order in others if order.phone == first.phone)

    simulator.deliver(first.phone, "Uber", "2222")

    assert [message.text for message in first.inbox.messages] == ["1111"]
    assert [message.text for message in second.inbox.messages] == ["2222"]


async def test_a_supplier_may_refuse_early_cancels(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """Within the early-cancel window a cancel is refused with the time to wait; at its end it is taken."""
    simulator = RentalApiSimulator(api_key=KEY, clock=scaled_clock, rules=RentalRules(cancel_not_before_seconds=120))
    client = api_of(simulator)
    rental_id = (await rent(client)).json()["rental_id"]
    scaled_clock.advance(30)

    early = await cancel(client, rental_id)
    scaled_clock.advance(90)

    assert (early.status_code, early.headers["Retry-After"]) == (409, "90")
    assert (await cancel(client, rental_id)).json()["refund_amount"] == 0.05


async def test_an_empty_balance_rents_nothing(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """Without money there is no rental, and the number stays for rent."""
    pool = NumberPool()
    simulator = RentalApiSimulator(api_key=KEY, clock=scaled_clock, balance_cents=9, pool=pool)
    client = api_of(simulator)

    replies = [await rent(client, "DE") for _ in range(4)]

    assert [reply.status_code for reply in replies] == [200, 402, 402, 402]
    assert (await get_numbers(client, "DE"))[0]["available"] == 59
    assert simulator.wallet.balance_cents == 1
    assert len(list(iter(partial(pool.take, "DE"), None))) == 99


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("key", [None, "other", "schlüssel"])
async def test_every_call_needs_the_key_in_its_place(
    simulator: RentalApiSimulator, api_of: ApiFactory, method: str, path: str, key: str | None
) -> None:
    """Without the key, or with it in the query of a POST, every call is 401 with a status and changes nothing."""
    simulator.account.rent("US", service="")
    fields = {"country": "US", "rental_id": "rent_12345"} | ({} if key is None else {"api_key": key})

    reply = (
        await api_of(simulator).get(path, params=fields)
        if method == "GET"
        else await api_of(simulator).post(path, params={"api_key": KEY}, json=fields)
    )

    assert (reply.status_code, reply.json()["status"]) == (401, "error")
    assert [order.order_id for order in simulator.live_orders] == ["rent_12345"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"api_key": "partner-key"}', 400),
        (b'{"api_key": "partner-key", "country": ""}', 400),
        (b'{"api_key": "partner-key", "country": "XX"}', 400),
        (b'{"api_key": ["partner-key"], "country": "US"}', 401),
    ],
)
async def test_a_bad_request_rents_nothing(
    simulator: RentalApiSimulator, api_of: ApiFactory, body: bytes, status: int
) -> None:
    """What is missing or wrong is refused with a status and a sentence, and costs nothing."""
    reply = await api_of(simulator).post("/rentNumber", content=body)

    assert (reply.status_code, reply.json()["status"]) == (status, "error")
    assert reply.json()["message"]
    assert simulator.wallet.payments == ()


@pytest.mark.parametrize("path", ["/getSMS", "/cancelNumber", "/nothing"])
async def test_what_does_not_exist_has_a_status_too(
    simulator: RentalApiSimulator, api_of: ApiFactory, path: str
) -> None:
    """Unknown rentals and paths are 404 with status error."""
    fields = {"api_key": KEY, "rental_id": "rent_1"}
    client = api_of(simulator)

    reply = await (client.post(path, json=fields) if path == "/cancelNumber" else client.get(path, params=fields))

    assert (reply.status_code, reply.json()["status"]) == (404, "error")


async def test_a_form_is_taken_too(simulator: RentalApiSimulator, api_of: ApiFactory) -> None:
    """The document does not say how a body is written: a form rents as JSON does."""
    reply = await api_of(simulator).post("/rentNumber", data={"api_key": KEY, "country": "US"})

    assert reply.json()["status"] == "success"


async def test_a_lost_answer_has_spent_the_money(simulator: RentalApiSimulator, api_of: ApiFactory) -> None:
    """An ambiguous rent: the caller sees 502 with a status, the ledger a live order that was paid."""
    simulator.fault_source.force(ANSWER_LOST, path="/rentNumber")

    reply = await rent(api_of(simulator))

    assert (reply.status_code, reply.json()["status"]) == (502, "error")
    assert [order.paid_cents for order in simulator.live_orders] == [5]


async def test_faults_have_a_status_too(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """Errors that a fault draws look like the provider's."""
    simulator = RentalApiSimulator(api_key=KEY, clock=scaled_clock, faults=Faults(api_rate_limit_rate=1))

    reply = await rent(api_of(simulator))

    assert (reply.status_code, reply.json()["status"], reply.headers["Retry-After"]) == (429, "error", "1")
    assert simulator.live_orders == ()


async def test_a_code_comes_by_itself(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """With arrivals, a rented number gets an SMS with a code after its delay; a cancelled one does not."""
    arrivals = Arrivals(seed=1, min_delay_seconds=5, max_delay_seconds=9)
    simulator = RentalApiSimulator(api_key=KEY, clock=scaled_clock, arrivals=arrivals)
    client = api_of(simulator)
    kept, dropped = [(await rent(client)).json()["rental_id"] for _ in range(2)]
    await cancel(client, dropped)
    scaled_clock.advance(4)
    assert len(simulator.ledger) == 0

    scaled_clock.advance(5)

    assert [(message.number_id, message.expected_code is None) for message in simulator.ledger] == [(kept, False)]
    assert len((await get_sms(client, kept)).json()["messages"]) == 1
