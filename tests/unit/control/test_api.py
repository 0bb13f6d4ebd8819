"""The control plane over HTTP: every error a problem, every POST made once per key, every client with its own rentals only."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from otpstream.control.store import idempotency, keys
from tests.builders import OTP, make_message
from tests.unit.control.conftest import NewStore
from tests.unit.control.fakes import ALL, START, Fault
from tests.unit.control.http import Served, served

RENT = {"service": "facebook", "country": "US"}


@pytest.fixture
def store_url(new_sqlite: NewStore) -> str:
    """Return the URL of a store on SQLite: what HTTP adds is the same on both databases."""
    return new_sqlite()


@pytest.fixture
async def api(store_url: str) -> AsyncIterator[Served]:
    async with served(store_url) as made:
        yield made


async def rented(api: Served, body: dict[str, Any] | None = None, *, key: str | None = None) -> dict[str, Any]:
    headers = api.bearer if key is None else {**api.bearer, "Idempotency-Key": key}
    reply = await api.http.post("/v1/rentals", json=RENT if body is None else body, headers=headers)
    assert reply.status_code == 201, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


def is_problem(reply: httpx.Response, status: int, kind: str) -> bool:
    body = reply.json()
    return (
        reply.status_code == body["status"] == status
        and reply.headers["content-type"] == "application/problem+json"
        and body["type"] == f"urn:otpstream:problem:{kind}"
        and bool(body["title"])
        and bool(body["detail"])
    )


async def test_a_rental_from_offer_to_return(api: Served) -> None:
    """The whole life, as a client sees it."""
    offers = (await api.http.get("/v1/offers", headers=api.bearer)).json()
    assert offers["items"][0] == {
        "supplier": "fake",
        "account": "default",
        "service": "facebook",
        "name": "Facebook",
        "country": "US",
        "price": "0.5",
        "is_per_day": False,
        "available": 9,
    }
    rental = await rented(api, {"service": "Facebook"})
    path = f"/v1/rentals/{rental['rental_id']}"
    assert (rental["state"], rental["phone"], rental["line"], rental["price"]) == (
        "active",
        "+14155550001",
        "fake:1",
        "0.5",
    )

    api.supplier.bring_code("fake:1")
    await api.plane.on_messages([make_message(provider="fake", line="fake:1", received_at=START)])
    assert (await api.http.get(path, headers=api.bearer)).json()["state"] == "code_received"
    [message] = (await api.http.get(f"{path}/messages", headers=api.bearer)).json()
    assert message["code"] == OTP
    assert is_problem(await api.http.post(f"{path}/reject", headers=api.bearer), 409, "code-received")

    ended = await api.http.post(f"{path}/cancel", headers=api.bearer)
    assert (ended.status_code, ended.json()["state"]) == (200, "cancelled")
    spend = (await api.http.get("/v1/spend", headers=api.bearer)).json()
    assert spend == {"reserved": "0", "spent": "0.5", "refunded": "0", "cap": None}


async def test_reuse_and_renew(api: Served) -> None:
    """A number again as a new rental; a rental by the day for longer."""
    first = await rented(api)
    await api.http.post(f"/v1/rentals/{first['rental_id']}/reject", headers=api.bearer)
    again = await api.http.post(f"/v1/rentals/{first['rental_id']}/reuse", headers=api.bearer)
    assert (again.status_code, again.json()["reused_from"]) == (201, first["rental_id"])

    days = await rented(api, {**RENT, "duration_days": 2})
    longer = await api.http.post(
        f"/v1/rentals/{days['rental_id']}/renew", json={"additional_days": 3}, headers=api.bearer
    )
    assert (days["ends_at"], longer.json()["ends_at"]) == ("2026-03-03T12:00:00Z", "2026-03-06T12:00:00Z")


async def test_an_unknown_outcome_is_accepted_and_settles(api: Served) -> None:
    """202: nobody knows yet; asked again, the rental is there, and was paid for once."""
    api.supplier.faults["rent"] = ["lose"]
    reply = await api.http.post("/v1/rentals", json=RENT, headers=api.bearer)
    assert (reply.status_code, reply.json()["state"]) == (202, "requested")
    await api.plane.upkeep.reconciler.reconcile(api.supplier)
    settled = await api.http.get(f"/v1/rentals/{reply.json()['rental_id']}", headers=api.bearer)
    assert settled.json()["state"] == "active"
    assert len(api.supplier.charges) == 1


@pytest.mark.parametrize("fault", ["lose", "away"])
async def test_an_unknown_renewal_is_accepted_and_settles(api: Served, fault: Fault) -> None:
    """202 as long as nobody knows, under the same key too; the end tells, and days are paid for once at the most."""
    days = await rented(api, {**RENT, "duration_days": 2})
    api.supplier.faults["renew"] = [fault]
    path, headers = f"/v1/rentals/{days['rental_id']}", {**api.bearer, "Idempotency-Key": "once"}
    for _ in range(2):
        reply = await api.http.post(f"{path}/renew", json={"additional_days": 3}, headers=headers)
        assert (reply.status_code, reply.json()["ends_at"]) == (202, days["ends_at"])
    for _ in range(2):
        api.clock.advance(120)
        await api.plane.upkeep.reconciler.reconcile(api.supplier)
    ends_at = "2026-03-06T12:00:00Z" if fault == "lose" else days["ends_at"]
    assert (await api.http.get(path, headers=api.bearer)).json()["ends_at"] == ends_at
    assert len(api.supplier.charges) == (2 if fault == "lose" else 1)


async def test_what_nobody_can_tell_is_a_problem_of_its_own(store_url: str) -> None:
    """A supplier without a list took the money: the retry does not hear that nothing was rented."""
    async with served(store_url, supports=ALL - {"rentals"}) as api:
        api.supplier.faults["rent"] = ["lose"]
        headers = {**api.bearer, "Idempotency-Key": "once"}
        first = await api.http.post("/v1/rentals", json=RENT, headers=headers)
        for _ in range(2):
            api.clock.advance(120)
            await api.plane.upkeep.reconciler.reconcile(api.supplier)
        async with api.plane.engine.begin() as connection:
            await idempotency.forget(connection, before=api.clock())
        reply = await api.http.post("/v1/rentals", json=RENT, headers=headers)
        assert is_problem(reply, 504, "outcome-unknown")
        assert reply.json()["rental_id"] == first.json()["rental_id"]
        assert len(api.supplier.charges) == 1


async def test_what_came_to_nothing_is_a_problem_under_its_key(api: Served) -> None:
    """The list showed no number in time: the retry hears that nothing was rented and nothing spent, and rents nothing."""
    api.supplier.faults["rent"] = ["away"]
    headers = {**api.bearer, "Idempotency-Key": "once"}
    await api.http.post("/v1/rentals", json=RENT, headers=headers)
    async with api.plane.engine.begin() as connection:
        await idempotency.forget(connection, before=START + timedelta(seconds=1))
    for _ in range(2):
        api.clock.advance(120)
        await api.plane.upkeep.reconciler.reconcile(api.supplier)
    reply = await api.http.post("/v1/rentals", json=RENT, headers=headers)
    assert is_problem(reply, 503, "not-rented")
    assert "nothing was spent" in reply.json()["detail"]
    assert api.supplier.charges == []


async def test_the_same_key_gets_the_same_answer(api: Served) -> None:
    """Byte for byte, and nothing is rented again; another request under it is refused."""
    headers = {**api.bearer, "Idempotency-Key": "once"}
    first = await api.http.post("/v1/rentals", json=RENT, headers=headers)
    second = await api.http.post("/v1/rentals", json=RENT, headers=headers)
    other = await api.http.post("/v1/rentals", json={**RENT, "area": "CA"}, headers=headers)

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert is_problem(other, 422, "idempotency-key-reused")
    assert len(api.supplier.charges) == 1


async def test_a_key_is_its_clients(api: Served) -> None:
    """Two clients may choose the same one."""
    await rented(api, key="once")
    other = await api.bearer_of("other")
    reply = await api.http.post("/v1/rentals", json=RENT, headers={**other, "Idempotency-Key": "once"})
    assert reply.status_code == 201
    assert len(api.supplier.charges) == 2


async def test_requests_at_the_same_moment_under_one_key_rent_once(api: Served) -> None:
    """One is carried out; the others hear that it is under way, or its answer."""
    headers = {**api.bearer, "Idempotency-Key": "once"}
    replies = await asyncio.gather(*(api.http.post("/v1/rentals", json=RENT, headers=headers) for _ in range(6)))
    assert len(api.supplier.charges) == 1
    for reply in replies:
        assert reply.status_code == 201 or is_problem(reply, 409, "idempotency-key-in-flight")


@pytest.mark.parametrize("fault", [None, "lose"])
async def test_a_retry_after_a_crash_rents_nothing_more(api: Served, fault: Fault | None) -> None:
    """The first request died without an answer: the key is free after a while, and leads to the rental that was paid for."""
    api.supplier.faults["rent"] = [fault]
    headers = {**api.bearer, "Idempotency-Key": "once"}
    dying = asyncio.create_task(api.http.post("/v1/rentals", json=RENT, headers=headers))
    await api.supplier.charged.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)

    early = await api.http.post("/v1/rentals", json=RENT, headers=headers)
    assert early.status_code == 201 or is_problem(early, 409, "idempotency-key-in-flight")
    api.clock.advance(200)
    await api.plane.upkeep.reconciler.reconcile(api.supplier)
    reply = await api.http.post("/v1/rentals", json=RENT, headers=headers)
    assert (reply.status_code, reply.json()["state"], reply.json()["line"]) == (201, "active", "fake:1")
    assert len(api.supplier.charges) == 1


async def test_a_refusal_is_not_remembered(api: Served) -> None:
    """Once its cap, its limit or its rental allows it, the same request goes through under the same key."""
    acme = api.bearer
    async with api.plane.engine.begin() as connection:
        await keys.limit_client(connection, "acme", spend_cap=Decimal("0.1"))
    headers = {**acme, "Idempotency-Key": "once"}
    assert is_problem(await api.http.post("/v1/rentals", json=RENT, headers=headers), 402, "spend-cap")
    async with api.plane.engine.begin() as connection:
        await keys.limit_client(connection, "acme", spend_cap=Decimal(9), live_rentals_limit=1)
    other = await rented(api)
    assert is_problem(await api.http.post("/v1/rentals", json=RENT, headers=headers), 409, "too-many-live")
    await api.http.post(f"/v1/rentals/{other['rental_id']}/cancel", headers=acme)
    for _ in range(2):
        assert (await api.http.post("/v1/rentals", json=RENT, headers=headers)).status_code == 201
    assert len(api.supplier.charges) == 2


async def test_a_fault_is_not_remembered(api: Served) -> None:
    """What failed for want of a supplier may be tried again under the same key."""
    headers = {**api.bearer, "Idempotency-Key": "once"}
    api.supplier.faults["rent"] = ["not_sent"]
    assert is_problem(await api.http.post("/v1/rentals", json=RENT, headers=headers), 503, "supplier-away")
    assert (await api.http.post("/v1/rentals", json=RENT, headers=headers)).status_code == 201


PATHS = [
    ("GET", "/v1/rentals"),
    ("GET", "/v1/rentals/x"),
    ("POST", "/v1/rentals"),
    ("GET", "/v1/offers"),
    ("GET", "/v1/spend"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer otp_000000000000_" + "a" * 43, "Basic YTpi", "otp_x"])
async def test_without_a_key_nothing_is_answered(api: Served, method: str, path: str, header: str) -> None:
    """401, with the scheme that is wanted."""
    reply = await api.http.request(method, path, json=RENT, headers={"Authorization": header} if header else {})
    assert is_problem(reply, 401, "unauthorized")
    assert reply.headers["WWW-Authenticate"] == "Bearer"


async def test_a_scope_is_needed(api: Served) -> None:
    """Who may read may not rent; who may verify may not read."""
    reader = await api.bearer_of("reader", ["rentals:read"])
    assert is_problem(await api.http.post("/v1/rentals", json=RENT, headers=reader), 403, "forbidden")
    verifier = await api.bearer_of("verifier", ["verifications:read", "verifications:write"])
    assert is_problem(await api.http.get("/v1/rentals", headers=verifier), 403, "forbidden")
    admin = await api.bearer_of("root", ["admin"])
    assert (await api.http.get("/v1/rentals", headers=admin)).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"service": ""}, "body.service"),
        ({"country": "usa"}, "body.country"),
        ({"duration_days": 0}, "body.duration_days"),
        ({"max_price": "-1"}, "body.max_price"),
        ({"servcie": "facebook"}, "body.servcie"),
        ({"cancel_after_seconds": "soon"}, "body.cancel_after_seconds"),
    ],
)
async def test_a_wrong_field_is_named(api: Served, body: dict[str, Any], field: str) -> None:
    """With what is wrong with it, and without what was sent."""
    reply = await api.http.post("/v1/rentals", json=body, headers=api.bearer)
    assert is_problem(reply, 422, "invalid-request")
    assert [one["field"] for one in reply.json()["errors"]] == [field]
    assert "soon" not in reply.text


async def test_other_mistakes_are_problems_too(api: Served) -> None:
    """Not JSON, too large, no such path, not that method, no such rental, no cursor of ours."""
    post, get = api.http.post, api.http.get
    assert is_problem(await post("/v1/rentals", content=b"{", headers=api.bearer), 422, "invalid-request")
    assert is_problem(await post("/v1/rentals", content=b"a" * 70_000, headers=api.bearer), 413, "too-large")
    assert is_problem(await get("/v1/nothing", headers=api.bearer), 404, "not-found")
    assert is_problem(await api.http.delete("/v1/rentals", headers=api.bearer), 405, "method-not-allowed")
    assert is_problem(await get("/v1/rentals/none", headers=api.bearer), 404, "not-found")
    for cursor in ("nonsense", "bm9wZQ==", "w7w="):
        assert is_problem(await get(f"/v1/rentals?cursor={cursor}", headers=api.bearer), 422, "invalid-cursor")


async def test_a_bug_of_ours_is_a_problem_without_its_text(api: Served, caplog: pytest.LogCaptureFixture) -> None:
    """What an exception quotes is nobody's business."""

    async def broken(**_: Any) -> Any:
        raise KeyError("a secret")

    object.__setattr__(api.plane.rentals, "page", broken)
    reply = await api.http.get("/v1/rentals", headers=api.bearer)
    assert is_problem(reply, 500, "bug")
    assert "secret" not in reply.text


@pytest.mark.parametrize(
    ("settings", "body", "status", "kind"),
    [
        ({"rentals": {"spend_cap_per_day": "0.1"}}, RENT, 402, "spend-cap"),
        ({"rentals": {"live_rentals_limit": 1}}, RENT, 201, ""),
        ({}, {"service": "nobody-has-it"}, 409, "no-offer"),
    ],
)
async def test_refusals_are_problems(
    store_url: str, settings: dict[str, Any], body: dict[str, Any], status: int, kind: str
) -> None:
    """Each with its own type and status."""
    async with served(store_url, settings) as api:
        reply = await api.http.post("/v1/rentals", json=body, headers=api.bearer)
        assert reply.status_code == status if not kind else is_problem(reply, status, kind)


async def test_too_early_says_when(store_url: str) -> None:
    """In the body and as Retry-After; or it is done in time."""
    async with served(store_url, earliest_cancel_seconds=120) as api:
        path = f"/v1/rentals/{(await rented(api))['rental_id']}/cancel"
        reply = await api.http.post(path, headers=api.bearer)
        assert is_problem(reply, 409, "too-early")
        assert (reply.json()["retry_after_seconds"], reply.headers["Retry-After"]) == (120, "120")
        later = await api.http.post(path, json={"when_possible": True}, headers=api.bearer)
        assert (later.status_code, later.json()["cancel_at"]) == (202, "2026-03-01T12:02:00Z")


async def test_a_list_comes_in_pages_that_miss_and_repeat_nothing(api: Served) -> None:
    """Also of rentals of the same moment, and while new ones are rented."""
    made = []
    for number in range(7):
        made.append((await rented(api))["rental_id"])
        api.clock.advance(number % 2)
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await api.http.get("/v1/rentals", params=params, headers=api.bearer)).json()
        seen += [rental["rental_id"] for rental in page["items"]]
        if cursor is None:
            api.clock.advance(1)
            await rented(api)
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(made)
    active = await api.http.get("/v1/rentals?state=cancelled&state=expired", headers=api.bearer)
    assert active.json() == {"items": [], "next": None}


async def test_openapi_is_whole(api: Served) -> None:
    """3.1, every operation with its errors as problems, every reference resolved."""
    schema = (await api.http.get("/openapi.json")).json()
    assert schema["openapi"].startswith("3.1")
    assert {"/v1/rentals", "/v1/rentals/{rental_id}/renew", "/v1/offers", "/v1/verifications"} <= set(schema["paths"])
    for path in schema["paths"].values():
        for operation in path.values():
            assert "application/problem+json" in operation["responses"]["401"]["content"]
            assert operation["security"]

    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [one for value in part.values() for one in references(value)]
        return [one for value in part for one in references(value)] if isinstance(part, list) else []

    for reference in references(schema):
        assert reference.removeprefix("#/components/schemas/") in schema["components"]["schemas"]


async def test_suppliers_and_areas(api: Served) -> None:
    """What each can do, and where."""
    [supplier] = (await api.http.get("/v1/suppliers", headers=api.bearer)).json()
    assert (supplier["name"], "rent" in supplier["supports"]) == ("fake", True)
    areas = await api.http.get("/v1/suppliers/fake/areas", headers=api.bearer)
    assert areas.json() == [{"code": "CA", "name": "California"}]
    assert is_problem(await api.http.get("/v1/suppliers/none/areas", headers=api.bearer), 404, "not-found")


async def test_offers_of_who_answers_are_shown(api: Served) -> None:
    """And who does not is named."""
    api.supplier.faults["offers"] = ["away"]
    assert (await api.http.get("/v1/offers", headers=api.bearer)).json() == {"items": [], "unanswered": ["fake"]}


async def test_paths_of_others_are_handed_on(api: Served) -> None:
    """The control plane stands in front of webhooks and operations."""
    for path in ("/metrics", "/webhooks/text2fa", "/v1", "/v10/x"):
        assert (await api.http.get(path)).status_code == 418
    assert await api.plane.is_ready()


async def test_no_log_holds_a_key_a_phone_or_a_code(api: Served, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, on what goes well and on what does not."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    rental = await rented(api)
    await api.plane.on_messages([make_message(provider="fake", line="fake:1", received_at=START)])
    await api.http.post("/v1/rentals", json={"service": rental["phone"]}, headers=api.bearer)
    api.supplier.faults["give_back"] = ["bug"]
    await api.http.post(f"/v1/rentals/{rental['rental_id']}/cancel", headers=api.bearer)
    written = caplog.text + "".join(repr(record.__dict__) for record in caplog.records)
    secrets = (OTP, rental["phone"], api.bearer["Authorization"].split("_")[-1])
    assert [secret for secret in secrets if secret in written] == []
