"""The four-endpoint API as a partner meets it who knows nothing but its document."""

import asyncio
import logging
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from ingest.providers.contract import Supplier
from ingest.providers.settings import Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.client import Text2faDashboard
from ingest.providers.text2fa_dashboard.events import Events
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.suppliers import SUPPLIERS
from otpstream.control import facade as facade_module
from otpstream.control.rentals.reconciler import Reconciler
from otpstream.control.store import rental_rows
from tests.builders import make_message
from tests.unit.control.conftest import NewStore
from tests.unit.control.fakes import ALL, START, Fault, ManualClock
from tests.unit.control.http import READ_WRITE, Served, served

SMS = make_message(provider="fake", line="fake:1", sender="Facebook", text="Your code is 123456", received_at=START)


@pytest.fixture
def store_url(new_sqlite: NewStore) -> str:
    """Return the URL of a store on SQLite: what HTTP adds is the same on both databases."""
    return new_sqlite()


@pytest.fixture
async def facade(store_url: str) -> AsyncIterator[Served]:
    async with served(store_url, {"facade": {"enabled": True, "service": "facebook", "margin_percent": 20}}) as made:
        yield made


async def settled_late(facade: Served, monkeypatch: pytest.MonkeyPatch, key: str) -> httpx.Response:
    """Ask for a number whose outcome is open until all time that it may take has passed."""
    monkeypatch.setattr(facade_module, "_SETTLE_INTERVAL_SECONDS", 0.0)
    reconcile = Reconciler.reconcile

    async def later(self: Reconciler, supplier: Any) -> None:
        facade.clock.advance(120)
        await reconcile(self, supplier)

    monkeypatch.setattr(Reconciler, "reconcile", later)
    return await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})


async def test_a_partners_script(facade: Served) -> None:
    """Rent, receive, cancel: the examples of the document, field by field and type by type."""
    key, http = await facade.key("partner"), facade.http

    numbers = (await http.get("/getNumbers", params={"api_key": key, "country": "US"})).json()
    assert numbers == {
        "status": "success",
        "numbers": [{"country": "US", "country_name": "United States", "available": 9, "price_per_sms": 0.6}],
    }
    rented = (await http.post("/rentNumber", json={"api_key": key, "country": "US"})).json()
    rental_id = rented["rental_id"]
    assert rented == {
        "status": "success",
        "number": "+14155550001",
        "rental_id": rental_id,
        "expires_at": "2026-03-01T12:20:00Z",
        "country": "US",
    }
    assert (await http.get("/getSMS", params={"api_key": key, "rental_id": rental_id})).json()["messages"] == []
    facade.supplier.bring_code("fake:1")
    await facade.plane.on_messages([SMS])
    assert (await http.get("/getSMS", params={"api_key": key, "rental_id": rental_id})).json() == {
        "status": "success",
        "messages": [{"sender": "Facebook", "text": "Your code is 123456", "received_at": "2026-03-01T12:00:00Z"}],
        "number": "+14155550001",
    }
    cancelled = (await http.post("/cancelNumber", json={"api_key": key, "rental_id": rental_id})).json()
    assert cancelled == {
        "status": "success",
        "message": "Number rental cancelled successfully",
        "rental_id": rental_id,
        "refund_amount": 0.0,
    }


async def test_forms_do_as_well_as_json(facade: Served) -> None:
    """The document does not say which; and the service may be named."""
    key = await facade.key("partner")
    form = {"api_key": key, "country": "us", "service": "Facebook"}
    rented = (await facade.http.post("/rentNumber", data=form)).json()
    assert rented["status"] == "success"
    cancelled = await facade.http.post("/cancelNumber", data={"api_key": key, "rental_id": rented["rental_id"]})
    assert cancelled.json()["refund_amount"] == 0.6


async def test_a_second_cancel_tells_the_same(facade: Served) -> None:
    """Nothing is paid back twice."""
    key = await facade.key("partner")
    rented = (await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})).json()
    body = {"api_key": key, "rental_id": rented["rental_id"]}
    replies = [(await facade.http.post("/cancelNumber", json=body)).json() for _ in range(2)]
    assert replies[0] == replies[1]
    assert facade.supplier.refunds == [Decimal("0.5")]


async def test_each_partner_has_its_own_price_and_limit(facade: Served) -> None:
    """Set with its key; the rest as the settings say."""
    dear = await facade.key("dear", margin_percent=Decimal(100), live_rentals_limit=1)
    numbers = (await facade.http.get("/getNumbers", params={"api_key": dear})).json()["numbers"]
    assert numbers[0]["price_per_sms"] == 1.0
    body = {"api_key": dear, "country": "US"}
    assert (await facade.http.post("/rentNumber", json=body)).json()["status"] == "success"
    refused = await facade.http.post("/rentNumber", json=body)
    assert (refused.status_code, refused.json()["error"]) == (409, "too_many_live")


async def test_another_partners_rental_is_nobodys(facade: Served) -> None:
    """Neither its messages nor its end."""
    key, other = await facade.key("partner"), await facade.key("other")
    rental_id = (await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})).json()["rental_id"]
    read = await facade.http.get("/getSMS", params={"api_key": other, "rental_id": rental_id})
    ended = await facade.http.post("/cancelNumber", json={"api_key": other, "rental_id": rental_id})
    assert [read.status_code, ended.status_code] == [404, 404]
    assert facade.supplier.live == ["fake:1"]


@pytest.mark.parametrize("fault", ["lose", "garble"])
async def test_a_lost_answer_is_waited_for(facade: Served, fault: Fault) -> None:
    """The supplier's list tells what was rented, and the partner gets it."""
    key = await facade.key("partner")
    facade.supplier.faults["rent"] = [fault]
    rented = (await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})).json()
    assert (rented["status"], rented["number"]) == ("success", "+14155550001")
    assert len(facade.supplier.charges) == 1


async def test_a_number_that_turns_up_too_late_is_given_back(store_url: str) -> None:
    """The partner was told that there is none, so nobody would use it."""
    settings = {"facade": {"enabled": True, "service": "facebook", "settle_seconds": 0}}
    async with served(store_url, settings) as facade:
        key = await facade.key("partner")
        facade.supplier.faults["rent"] = ["lose"]
        reply = await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})
        assert (reply.status_code, reply.json()["error"]) == (504, "outcome_unknown")
        assert "do not ask again" in reply.json()["message"]
        assert "Retry-After" not in reply.headers
        read = {"api_key": key, "rental_id": reply.json()["rental_id"]}
        assert (await facade.http.get("/getSMS", params=read)).json()["number"] is None
        await facade.plane.upkeep.reconciler.reconcile(facade.supplier)
        await facade.plane.upkeep.due()
        assert facade.supplier.live == []


@pytest.mark.parametrize("fault", ["refuse", "not_sent"])
async def test_a_definite_no_says_that_nothing_was_rented(facade: Served, fault: Fault) -> None:
    """So a partner may ask again, or elsewhere."""
    key = await facade.key("partner")
    facade.supplier.faults["rent"] = [fault]
    reply = await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})
    assert reply.status_code == (409 if fault == "refuse" else 503)
    assert "nothing was rented and nothing was spent" in reply.json()["message"]
    assert facade.supplier.charges == []


async def test_what_the_list_lacks_was_not_rented(facade: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call did nothing, and once that is sure the partner hears so."""
    key = await facade.key("partner")
    facade.supplier.faults["rent"] = ["away"]
    reply = await settled_late(facade, monkeypatch, key)
    assert (reply.status_code, reply.json()["message"]) == (503, "nothing was rented and nothing was charged")


async def test_what_nobody_can_tell_is_not_told_as_nothing(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A supplier without a list took the money: the partner is not asked to try again."""
    settings = {"facade": {"enabled": True, "service": "facebook"}}
    async with served(store_url, settings, supports=ALL - {"rentals"}) as facade:
        key = await facade.key("partner")
        facade.supplier.faults["rent"] = ["lose"]
        reply = await settled_late(facade, monkeypatch, key)
        assert (reply.status_code, reply.json()["error"]) == (504, "outcome_unknown")
        assert "Retry-After" not in reply.headers
        assert len(facade.supplier.charges) == 1


async def test_a_store_that_goes_away_while_a_number_is_rented_invites_nobody_to_ask_again(
    facade: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was paid for is not written down yet, so nobody can say that it was not rented."""
    key = await facade.key("partner")

    async def away(*_: Any, **__: Any) -> None:
        raise OperationalError("", {}, OSError())

    monkeypatch.setattr(rental_rows, "settle_intent", away)
    reply = await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})
    assert (reply.status_code, reply.json()["error"]) == (504, "outcome_unknown")
    assert "Retry-After" not in reply.headers


async def test_what_is_rented_by_the_day_is_not_on_offer_here(store_url: str) -> None:
    """The four calls have no days, and its price is not one of an SMS."""
    settings = {"facade": {"enabled": True, "service": "facebook"}}
    async with served(store_url, settings, is_per_day=True) as facade:
        numbers = await facade.http.get("/getNumbers", params={"api_key": await facade.key("partner")})
        assert numbers.json() == {"status": "success", "numbers": []}


DASHBOARD = {
    "services-s1": [
        {"service_key": "ee1fdp", "name": "Facebook", "price": 0.25, "available": 12},
        {"service_key": "uu2", "name": "Telegram", "price": 0.60, "available": 1},
    ],
    "services-s2": [
        {"service_key": "s2tg", "name": "Telegram", "price": 0.40, "available": 3},
        {"service_key": "s2fr", "name": "Telegram", "price": 0.10, "available": 5, "country": "FR"},
    ],
    "rental-service-list": [{"service_key": "rent123", "name": "Telegram", "price": 0.05}],
}


def dashboard(clock: ManualClock) -> list[Supplier]:
    """Return the suppliers of a dashboard account, which take what a service costs by its list."""
    prices = {one["service_key"]: one["price"] for services in DASHBOARD.values() for one in services}

    def answer(request: httpx.Request) -> httpx.Response:
        call = request.url.path.rpartition("/")[2]
        if call.startswith("request-"):
            [key] = parse_qs(request.content.decode())["service_key"]
            return httpx.Response(200, json={"order_id": key, "number": "+14155550001", "price": prices[key]})
        return httpx.Response(200, json=DASHBOARD.get(call, []))

    account = Text2faDashboardAccount.model_validate({"api_keys": ["key"], "requests_per_second": 1000})
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    client = Text2faDashboard(http, account, clock=clock, sleep=asyncio.sleep)
    return [
        supplier(name, client, Events(account, Orders()), account, clock=clock) for name, supplier in SUPPLIERS.items()
    ]


@pytest.mark.parametrize(("service", "price"), [("facebook", 0.25), ("Telegram", 0.4), (None, 0.25)])
async def test_the_dashboards_numbers_are_rented_as_they_are_listed(
    store_url: str, service: str | None, price: float
) -> None:
    """Where its services name no country, and of several suppliers' the cheapest, at the price that was shown."""
    async with served(store_url, {"facade": {"enabled": True, "service": service}}, instead=dashboard) as facade:
        key = await facade.key("partner", [*READ_WRITE, "admin"])
        numbers = (await facade.http.get("/getNumbers", params={"api_key": key})).json()["numbers"]
        assert [(one["country"], one["price_per_sms"]) for one in numbers] == [("US", price)]
        asked = {"api_key": key, "country": "US"} | ({} if service else {"service": "Facebook"})
        rented = (await facade.http.post("/rentNumber", json=asked)).json()
        assert rented["status"] == "success", rented
        path, bearer = f"/v1/rentals/{rented['rental_id']}", {"Authorization": f"Bearer {key}"}
        rental = (await facade.http.get(path, headers=bearer)).json()
        assert float(rental["price"]) == price


async def test_a_number_that_is_assigned_later_is_waited_for(facade: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The partner gets the number itself, as the document has it, and pays once."""
    key = await facade.key("partner")
    monkeypatch.setattr(facade_module, "_SETTLE_INTERVAL_SECONDS", 0.0)
    facade.supplier.assigns_after_looks = 2
    rented = (await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})).json()
    assert (rented["status"], rented["number"]) == ("success", "+14155550001")
    assert len(facade.supplier.charges) == 1


async def test_a_number_that_is_not_assigned_in_time_is_not_lost(store_url: str) -> None:
    """No success without a number: the partner hears that it is rented, and where its number will be."""
    settings = {"facade": {"enabled": True, "service": "facebook", "settle_seconds": 0}}
    async with served(store_url, settings) as facade:
        key = await facade.key("partner")
        facade.supplier.assigns_after_looks = 1
        reply = await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})
        assert (reply.status_code, reply.json()["error"]) == (504, "being_assigned")
        await facade.plane.upkeep.reconciler.reconcile(facade.supplier)
        read = {"api_key": key, "rental_id": reply.json()["rental_id"]}
        assert (await facade.http.get("/getSMS", params=read)).json()["number"] == "+14155550001"
        assert facade.supplier.live == ["fake:1"]


ERRORS: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/getNumbers", {"country": "USA"}, 400, "invalid_request"),
    ("POST", "/rentNumber", {}, 400, "invalid_request"),
    ("POST", "/rentNumber", {"country": "GB"}, 409, "no_offer"),
    ("GET", "/getSMS", {}, 400, "invalid_request"),
    ("GET", "/getSMS", {"rental_id": "rent_x"}, 404, "not_found"),
    ("POST", "/cancelNumber", {"rental_id": "rent_x"}, 404, "not_found"),
    ("POST", "/getSMS", {}, 405, "not_served"),
]


@pytest.mark.parametrize(("method", "path", "given", "status", "error"), ERRORS)
async def test_every_error_has_a_status(
    facade: Served, method: str, path: str, given: dict[str, Any], status: int, error: str
) -> None:
    """`status` is in every reply, with a word and a sentence."""
    given = {"api_key": await facade.key("partner"), **given}
    where = {"params": given} if method == "GET" else {"json": given}
    reply = await facade.http.request(method, path, **where)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["status"], reply.json()["error"]) == (status, "error", error)
    assert reply.json()["message"]


@pytest.mark.parametrize("key", [None, "", "nonsense", "otp_000000000000_" + "a" * 43])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/getNumbers"), ("GET", "/getSMS"), ("POST", "/rentNumber"), ("POST", "/cancelNumber")]
)
async def test_without_a_key_nothing_is_answered(facade: Served, key: str | None, method: str, path: str) -> None:
    """And a key in the query of a POST is none: it would stand in somebody's log."""
    given = {"country": "US", "rental_id": "x"} | ({} if key is None else {"api_key": key})
    where = {"params": given} if method == "GET" else {"json": given, "params": {"api_key": await facade.key("p")}}
    reply = await facade.http.request(method, path, **where)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["error"]) == (401, "unauthorized")


async def test_a_key_for_reading_rents_nothing(facade: Served) -> None:
    """Scopes hold here too."""
    key = await facade.key("reader", READ_WRITE[:1])
    reply = await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})
    assert (reply.status_code, reply.json()["error"]) == (403, "forbidden")


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"a" * 70_000, b'{"api_key": {"a": 1}}', b"null"])
async def test_any_body_is_answered(facade: Served, body: bytes) -> None:
    """With a status, and never with a fault of ours."""
    reply = await facade.http.post("/rentNumber", content=body)
    assert reply.status_code in (400, 401, 413)
    assert reply.json()["status"] == "error"


async def test_too_early_a_cancel_says_when(store_url: str) -> None:
    """The supplier's window holds for partners too."""
    async with served(
        store_url, {"facade": {"enabled": True, "service": "facebook"}}, earliest_cancel_seconds=90
    ) as facade:
        key = await facade.key("partner")
        rented = (await facade.http.post("/rentNumber", json={"api_key": key, "country": "US"})).json()
        reply = await facade.http.post("/cancelNumber", json={"api_key": key, "rental_id": rented["rental_id"]})
        assert (reply.status_code, reply.json()["retry_after_seconds"]) == (409, 90)


async def test_no_log_holds_a_partners_key(facade: Served, caplog: pytest.LogCaptureFixture) -> None:
    """It stands in URLs here."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    key = await facade.key("partner")
    await facade.http.get("/getNumbers", params={"api_key": key})
    await facade.http.get("/getSMS", params={"api_key": key, "rental_id": "rent_x"})
    assert key not in caplog.text


async def test_it_is_served_only_where_it_is_enabled(store_url: str) -> None:
    """Otherwise the paths are somebody else's."""
    async with served(store_url, {"facade": {}}) as plain:
        assert (await plain.http.get("/getNumbers")).status_code == 418
