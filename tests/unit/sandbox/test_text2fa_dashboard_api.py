"""The 21 calls of the dashboard: authentication, forms, lists, refusals, dialects, faults."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from otpstream.sandbox import (
    ANSWER_LOST,
    BARE,
    Faults,
    ScaledClock,
    Text2faDashboardSimulator,
)
from otpstream.sandbox.text2fa_dashboard.catalogue import AREA_CODES, STATES
from tests.unit.sandbox.dashboard_client import RENT, S1, TOKEN, DashboardClient

ApiFactory = Callable[..., httpx.AsyncClient]
GETS = [
    "account-details",
    "services-s1",
    "us-states",
    "number-details-s1",
    "reserved-list-s1",
    "services-s2",
    "number-details-s2",
    "reserved-list-s2",
    "rental-service-list",
    "rental-states",
    "rental-reserve-list",
    "rental-message",
    "active-rental-numbers",
]
POSTS = [
    "request-number-s1",
    "reuse-number-s1",
    "reject-number-s1",
    "request-number-s2",
    "reject-number-s2",
    "request-rental-number",
    "renew-rental",
    "cancel-rental",
]


@pytest.fixture
def simulator(scaled_clock: ScaledClock) -> Text2faDashboardSimulator:
    return Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock, balance_cents=2_000)


@pytest.fixture
def client(simulator: Text2faDashboardSimulator, api_of: ApiFactory) -> DashboardClient:
    return DashboardClient(api_of(simulator, {"Authorization": TOKEN}, "/api/v1/"))


@pytest.mark.parametrize("path", GETS + POSTS)
@pytest.mark.parametrize("authorization", [None, f"Bearer {TOKEN}", "other", "schlüssel"])
async def test_every_call_needs_the_raw_token(
    simulator: Text2faDashboardSimulator, api_of: ApiFactory, path: str, authorization: str | None
) -> None:
    """All 21 calls exist, and without the token as the whole header each is 401 and spends nothing."""
    headers = [] if authorization is None else [(b"Authorization", authorization.encode())]
    method = "POST" if path in POSTS else "GET"
    http = api_of(simulator, None, "/api/v1/")

    denied = await http.request(method, path, data=S1 | RENT if method == "POST" else None, headers=headers)
    allowed = await http.request(method, path, data={} if method == "POST" else None, headers={"Authorization": TOKEN})

    assert (denied.status_code, denied.json()["success"]) == (401, False)
    assert allowed.status_code not in (401, 404, 405)
    assert simulator.wallet.payments == ()


def test_there_are_21_calls() -> None:
    """The tests above name as many calls as the document."""
    assert len({*GETS, *POSTS}) == 21


@pytest.mark.parametrize("path", POSTS)
async def test_bodies_are_forms(simulator: Text2faDashboardSimulator, client: DashboardClient, path: str) -> None:
    """A JSON body is refused and spends nothing."""
    reply = await client.http.post(path, json=S1 | RENT | {"order_id": "6"})

    assert reply.status_code == 415
    assert simulator.wallet.payments == ()


async def test_what_can_be_had_is_listed_with_prices(client: DashboardClient) -> None:
    """Services have keys, names, prices and what is left; the states are all there."""
    services = [(await client.get(path)).json()["data"] for path in ("services-s1", "services-s2")]
    rentals = (await client.get("rental-service-list")).json()["data"]
    states = (await client.get("us-states")).json()["data"]

    assert services[0][0] == {"service_key": "ee1fdp", "name": "Google", "price": 0.5, "available": 100}
    assert services[1][0]["service_key"] == "xyz123"
    assert rentals[0] == {"service_key": "rent123", "name": "Any service", "price_per_day": 1.2, "available": 100}
    assert {"code": "AL", "name": "Alabama"} in states
    assert len({state["code"] for state in states}) == 51
    assert (await client.get("rental-states")).json()["data"]


def test_states_and_area_codes_are_whole() -> None:
    """Every state has a name and area codes of its own; the document's examples are among them."""
    assert all(state.name and state.area_codes for state in STATES.values())
    assert len(AREA_CODES) == sum(len(state.area_codes) for state in STATES.values())
    assert (STATES["AL"].name, AREA_CODES["610"].code) == ("Alabama", "PA")


@pytest.mark.parametrize(
    ("path", "form", "status", "field"),
    [
        ("request-number-s1", {}, 422, "service_key"),
        ("request-number-s1", {"service_key": "xyz123"}, 422, "service_key"),
        ("request-number-s1", S1 | {"state": "XX"}, 422, "state"),
        ("request-number-s1", S1 | {"request_premium": "-1"}, 422, "request_premium"),
        ("request-number-s1", S1 | {"request_premium": "9" * 5_000}, 422, "request_premium"),
        ("request-number-s1", {"service_key": "zz0out"}, 409, None),
        ("request-number-s1", S1 | {"request_premium": "1951"}, 402, None),
        ("request-number-s2", {}, 422, "service_key"),
        ("request-number-s2", {"key": "xyz123", "service_key": "abc456"}, 422, "service_key"),
        ("request-number-s2", {"key": "xyz123", "areas": "000"}, 422, "areas"),
        ("request-number-s2", {"key": "out000"}, 409, None),
        ("request-rental-number", {"service_key": "rent123"}, 422, "duration"),
        ("request-rental-number", RENT | {"duration": "0"}, 422, "duration"),
        ("request-rental-number", RENT | {"duration": "1.5"}, 422, "duration"),
        ("request-rental-number", RENT | {"duration": "366"}, 422, "duration"),
        ("request-rental-number", RENT | {"duration": "17"}, 402, None),
        ("reuse-number-s1", {"order_id": "999"}, 404, "order_id"),
        ("reject-number-s1", {}, 422, "order_id"),
        ("reject-number-s2", {"order_id": "six"}, 404, "order_id"),
        ("renew-rental", {"order_id": "999", "additional_days": "1"}, 404, "order_id"),
        ("cancel-rental", {"order_id": "999"}, 404, "order_id"),
    ],
)
async def test_what_the_rules_do_not_allow_costs_nothing(
    simulator: Text2faDashboardSimulator,
    client: DashboardClient,
    path: str,
    form: dict[str, str],
    status: int,
    field: str | None,
) -> None:
    """Unknown keys, states, days and orders, sold-out services and prices beyond the balance spend nothing."""
    reply = await client.post(path, **form)

    assert (reply.status_code, reply.json()["success"]) == (status, False)
    assert list(reply.json().get("errors", {})) == ([] if field is None else [field])
    assert simulator.wallet.payments == ()
    assert simulator.live_orders == ()


async def test_orders_of_one_kind_are_unknown_to_the_others(
    simulator: Text2faDashboardSimulator, client: DashboardClient
) -> None:
    """An S1 order is no S2 order and no rental."""
    order_id = (await client.order("request-number-s1", **S1))["order_id"]

    replies = [
        await client.get("number-details-s2", order_id=order_id),
        await client.get("rental-message", order_id=order_id),
        await client.post("reject-number-s2", order_id=order_id),
        await client.post("cancel-rental", order_id=order_id),
    ]

    assert {reply.status_code for reply in replies} == {404}
    assert simulator.wallet.spent_cents == 50


@pytest.mark.parametrize(
    ("path", "form", "list_path", "spent_cents"),
    [
        ("request-number-s1", S1, "reserved-list-s1", 50),
        ("request-number-s2", {"key": "xyz123"}, "reserved-list-s2", 35),
        ("request-rental-number", RENT, "rental-reserve-list", 840),
    ],
)
async def test_a_lost_answer_shows_in_the_lists(
    simulator: Text2faDashboardSimulator,
    client: DashboardClient,
    path: str,
    form: dict[str, str],
    list_path: str,
    spent_cents: int,
) -> None:
    """An ambiguous request: 502, money spent, and the order to be found where live ones are listed."""
    simulator.fault_source.force(ANSWER_LOST, path=f"/api/v1/{path}")

    reply = await client.post(path, **form)

    assert (reply.status_code, reply.json()["success"]) == (502, False)
    assert [order.paid_cents for order in simulator.live_orders] == [spent_cents]
    assert await client.ids(list_path) == [6]


async def test_another_dialect_says_the_same_in_other_words(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """Bare replies have no envelope, other names, no plus sign, and refusals under 200 that only their body tells."""
    simulator = Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock, dialect=BARE)
    http = api_of(simulator, {"Authorization": TOKEN}, "/api/v1/")
    order = (await http.post("request-number-s1", data=S1 | {"state": "AL"})).json()
    simulator.deliver(str(order["id"]), "Google", "123456", expected_code="123456")

    details = (await http.get("number-details-s1", params={"order_id": order["id"]})).json()
    refused = await http.post("reject-number-s1", data={"order_id": "999"})

    assert (order["phone_number"], order["key"]) == ("12055550100", "ee1fdp")
    assert details["sms_list"] == [
        {"sender": "Google", "text": "123456", "code": "123456", "date": "2025-06-26T08:15:00Z"}
    ]
    assert (refused.status_code, refused.json()["status"]) == (200, "error")
    assert (await http.get("account-details", headers={"Authorization": "other"})).status_code == 401


async def test_unknown_paths_and_faults_are_worded_alike(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """What is not there and what a fault refuses look like the provider's other errors."""
    simulator = Text2faDashboardSimulator(token=TOKEN, clock=scaled_clock)
    client = DashboardClient(api_of(simulator, {"Authorization": TOKEN}, "/api/v1/"))
    unknown = await client.get("nothing")
    simulator.fault_source.faults = Faults(api_error_rate=1)

    failed = await client.get("us-states")

    assert (unknown.status_code, unknown.json()["success"]) == (404, False)
    assert (failed.status_code >= 500, failed.json()["success"]) == (True, False)
