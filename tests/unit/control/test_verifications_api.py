"""Verifications and holds over HTTP, and the same on the command line."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.responses import PlainTextResponse
from typer.testing import CliRunner

from otpstream.commands.verifications import verifications_cli
from otpstream.control.api.access import Access
from otpstream.control.api.app import control_api
from otpstream.control.api.idempotency import idempotent_route
from otpstream.control.api.prefix_holds import prefix_holds_router
from otpstream.control.api.verifications import verifications_router
from otpstream.control.fraud.holds import PrefixHolds
from otpstream.control.scopes import Scope
from otpstream.control.store import keys
from otpstream.control.store.engine import open_store
from otpstream.http_server import serving
from tests.builders import NOON, PHONE
from tests.unit.control.conftest import NewStore
from tests.unit.control.verifications_fakes import CODE, WRONG, Fault, World

SCOPES: dict[str, list[Scope]] = {
    "acme": ["verifications:read", "verifications:write"],
    "globex": ["verifications:read", "verifications:write"],
    "reader": ["verifications:read"],
    "renter": ["rentals:write"],
    "operator": ["admin"],
}
BODY = {"phone": PHONE, "brand": "Acme"}


@pytest.fixture
async def engine(new_sqlite: NewStore) -> AsyncIterator[AsyncEngine]:
    engine = open_store(new_sqlite())
    yield engine
    await engine.dispose()


@pytest.fixture
def world(engine: AsyncEngine) -> World:
    return World(engine)


@pytest.fixture
async def tokens(engine: AsyncEngine) -> dict[str, str]:
    async with engine.begin() as connection:
        return {
            client: await keys.create_key(connection, client=client, scopes=scopes, label=None, now=NOON)
            for client, scopes in SCOPES.items()
        }


@pytest.fixture
def app(world: World) -> FastAPI:
    access = Access(world.engine)
    route = idempotent_route(access, world.engine, clock=world.clock, in_flight_seconds=60)
    holds = PrefixHolds(world.engine, clock=world.clock)
    return control_api(
        [
            verifications_router(world.verifications, access=access, route_class=route),
            prefix_holds_router(holds, access=access),
        ],
        version="0",
    )


class Api:
    """Clients of the API."""

    def __init__(self, app: FastAPI, tokens: dict[str, str]) -> None:
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        self._tokens = tokens

    async def __call__(
        self, method: str, path: str, body: Any = None, *, client: str = "acme", **more: Any
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._tokens[client]}", **more.pop("headers", {})}
        return await self._http.request(method, f"/v1{path}", json=body, headers=headers, **more)


@pytest.fixture
def api(app: FastAPI, tokens: dict[str, str]) -> Api:
    return Api(app, tokens)


def problem(response: httpx.Response) -> tuple[int, str]:
    """Return status and kind of a problem."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    return response.status_code, response.json()["type"].removeprefix("urn:otpstream:problem:")


async def test_a_life_over_http(api: Api, world: World) -> None:
    """Start, a wrong code, the right one; seen at each step."""
    started = await api("POST", "/verifications", BODY)
    name = started.json()["verification_id"]
    assert started.status_code == 201
    assert (started.json()["state"], started.json()["price"], started.json()["step"]) == ("started", "0.05", 1)

    wrong = await api("POST", f"/verifications/{name}/check", {"code": WRONG})
    assert (wrong.status_code, wrong.json()["verified"], wrong.json()["attempts_left"]) == (200, False, 4)
    right = await api("POST", f"/verifications/{name}/check", {"code": CODE})
    assert (right.status_code, right.json()["verified"], right.json()["state"]) == (200, True, "verified")

    seen = await api("GET", f"/verifications/{name}")
    assert seen.json().items() <= right.json().items()
    listed = await api("GET", "/verifications", params={"state": "verified"})
    assert listed.json() == {"items": [seen.json()], "next": None}
    assert CODE not in started.text + wrong.text + right.text + listed.text
    assert problem(await api("POST", f"/verifications/{name}/check", {"code": CODE})) == (409, "over")


async def test_used_up_attempts_end_nothing(api: Api, app: FastAPI) -> None:
    """Nothing is checked any more, but it lives on and its phone stays taken: so it does, and so the description says."""
    name = (await api("POST", "/verifications", BODY)).json()["verification_id"]
    for left in (4, 3, 2, 1, 0):
        wrong = await api("POST", f"/verifications/{name}/check", {"code": WRONG})
        assert (wrong.status_code, wrong.json()["attempts_left"], wrong.json()["state"]) == (200, left, "started")
    assert problem(await api("POST", f"/verifications/{name}/check", {"code": CODE})) == (409, "attempts-exhausted")
    assert problem(await api("POST", "/verifications", BODY)) == (409, "phone-live")
    described = app.openapi()["paths"]["/v1/verifications/{verification_id}/check"]["post"]["description"]
    assert "409, attempts-exhausted; it lives on" in described


async def test_a_live_phone_is_a_conflict(api: Api, world: World) -> None:
    """With the time until it is free, as a field and as a header."""
    await api("POST", "/verifications", BODY)
    world.clock.forward(100.5)
    again = await api("POST", "/verifications", BODY)
    assert problem(again) == (409, "phone-live")
    assert again.json()["retry_after_seconds"] == 199.5
    assert again.headers["Retry-After"] == "200"


async def test_a_cancel_waits_or_is_scheduled(api: Api, world: World) -> None:
    """Too early is a conflict with the time to wait; scheduled, it is accepted."""
    name = (await api("POST", "/verifications", BODY)).json()["verification_id"]
    early = await api("POST", f"/verifications/{name}/cancel")
    assert problem(early) == (409, "too-early")
    assert early.headers["Retry-After"] == "30"
    scheduled = await api("POST", f"/verifications/{name}/cancel", {"schedule": True})
    assert (scheduled.status_code, scheduled.json()["cancel_at"]) == (202, "2026-03-01T12:00:30Z")
    world.clock.forward(30)
    cancelled = await api("POST", f"/verifications/{name}/cancel")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        ("refused", 502, "provider-refused"),
        ("key", 502, "provider-refused"),
        ("away", 503, "provider-away"),
        ("lost", 504, "outcome-unknown"),
    ],
)
async def test_what_the_provider_did_is_told(api: Api, world: World, fault: Fault, status: int, kind: str) -> None:
    """A definite no, and nobody knows, are two things; both name the verification."""
    world.verifier.fault = fault
    response = await api("POST", "/verifications", BODY)
    assert problem(response) == (status, kind)
    seen = await api("GET", f"/verifications/{response.json()['verification_id']}")
    assert seen.json()["state"] == ("uncertain" if fault == "lost" else "refused")


async def test_a_providers_409_is_told_as_such(api: Api, world: World) -> None:
    """It is another conflict than ours."""
    world.verifier.start_elsewhere(PHONE)
    assert problem(await api("POST", "/verifications", BODY)) == (409, "provider-live")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phone": "07860021130"}, "body.phone"),
        ({"brand": "Ac me"}, "body.brand"),
        ({"code_length": 5}, "body.code_length"),
        ({"workflow": "9"}, "body.workflow"),
        ({"workflow": 1}, "body.workflow"),
        ({"language": "xx-xx"}, "body.language"),
        ({"country": "GB"}, "body.country"),
        ({"provider": "another"}, "body.provider"),
        ({"colour": "red"}, "body.colour"),
        ({"phone": None}, "body.phone"),
    ],
)
async def test_a_wrong_field_is_named(api: Api, world: World, change: dict[str, Any], field: str) -> None:
    """Before anybody is asked, and without the phone number."""
    response = await api("POST", "/verifications", BODY | change)
    assert problem(response) == (422, "invalid-request")
    assert [one["field"] for one in response.json()["errors"]] == [field]
    assert PHONE not in response.text
    assert "7860021130" not in response.text
    assert world.verifier.calls["start"] == 0


@pytest.mark.parametrize("code", ["12", 4711, "47 11x", "4711" * 10, None])
async def test_a_code_that_cannot_be_one_is_refused_unseen(api: Api, world: World, code: Any) -> None:
    """No attempt is used, and no word of it comes back."""
    name = (await api("POST", "/verifications", BODY)).json()["verification_id"]
    response = await api("POST", f"/verifications/{name}/check", {"code": code})
    assert problem(response) == (422, "invalid-request")
    assert code is None or str(code) not in response.text
    assert world.verifier.calls["check"] == 0


async def test_clients_do_not_see_each_others(api: Api) -> None:
    """Another client's does not exist; an operator sees all."""
    name = (await api("POST", "/verifications", BODY)).json()["verification_id"]
    for method, path, body in (
        ("GET", "", None),
        ("POST", "/check", {"code": CODE}),
        ("POST", "/cancel", {"schedule": True}),
    ):
        assert problem(await api(method, f"/verifications/{name}{path}", body, client="globex")) == (404, "not-found")
    assert (await api("GET", "/verifications", client="globex")).json()["items"] == []
    assert (await api("GET", f"/verifications/{name}", client="operator")).status_code == 200
    assert len((await api("GET", "/verifications", client="operator")).json()["items"]) == 1


async def test_scopes_are_asked_for(api: Api) -> None:
    """Reading, writing and overriding are three rights."""
    hold = {"action": "hold", "detail": "pumped"}
    refused = [
        await api("POST", "/verifications", BODY, client="reader"),
        await api("GET", "/verifications", client="renter"),
        await api("PUT", "/prefix-holds/44", hold, client="acme"),
        await api("DELETE", "/prefix-holds/44", client="reader"),
    ]
    assert {problem(response) for response in refused} == {(403, "forbidden")}
    assert (await api("GET", "/prefix-holds", client="reader")).status_code == 200


async def test_an_idempotency_key_sends_one_code(api: Api, world: World) -> None:
    """The same request under the same key gets the same answer, and the provider hears of it once."""
    headers = {"Idempotency-Key": "k1"}
    first, second = [await api("POST", "/verifications", BODY, headers=headers) for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json()) == (201, first.json())
    assert world.verifier.calls["start"] == 1


async def test_an_idempotency_key_outlives_an_unknown_outcome(api: Api, world: World) -> None:
    """After a 504 the same request is told how it stands, 202 while that is not known; another one under its key is refused."""
    headers = {"Idempotency-Key": "k1"}
    world.verifier.fault = "lost"
    assert problem(await api("POST", "/verifications", BODY, headers=headers)) == (504, "outcome-unknown")
    world.verifier.fault = "none"
    other = await api("POST", "/verifications", {**BODY, "brand": "Globex"}, headers=headers)
    again = await api("POST", "/verifications", BODY, headers=headers)

    assert problem(other) == (422, "idempotency-key-reused")
    assert (again.status_code, again.json()["state"]) == (202, "uncertain")
    assert world.verifier.calls["start"] == 1


async def test_pages(api: Api) -> None:
    """Each once, the newest first."""
    names = [
        (await api("POST", "/verifications", BODY | {"phone": f"+4478600211{number:02}"})).json()["verification_id"]
        for number in range(5)
    ]
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await api("GET", "/verifications", params={"limit": 2, **cursor})).json()
        found += [one["verification_id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == names[::-1]
    assert problem(await api("GET", "/verifications", params={"cursor": "nonsense"}))[0] == 422


async def test_holds_over_http(api: Api) -> None:
    """Put, seen, felt, lifted; with or without the plus it is the same prefix."""
    put = await api(
        "PUT", "/prefix-holds/1", {"action": "hold", "detail": "pumped", "duration_seconds": 60}, client="operator"
    )
    assert put.json() == {
        "prefix": "+1",
        "action": "hold",
        "reason": "held_by_operator",
        "detail": "pumped",
        "changed_at": "2026-03-01T12:00:00Z",
        "ends_at": "2026-03-01T12:01:00Z",
    }
    assert (await api("GET", "/prefix-holds")).json() == [put.json()]
    held = await api("POST", "/verifications", BODY)
    assert problem(held) == (403, "prefix-held")
    assert held.json()["detail"] == "+1 is held: pumped"
    assert (await api("DELETE", "/prefix-holds/%2B1", client="operator")).status_code == 204
    assert problem(await api("DELETE", "/prefix-holds/1", client="operator")) == (404, "not-found")
    assert (await api("POST", "/verifications", BODY)).status_code == 201
    assert problem(await api("PUT", "/prefix-holds/x", {"action": "hold", "detail": "d"}, client="operator"))[0] == 422


async def test_every_route_is_described(app: FastAPI) -> None:
    """OpenAPI 3.1 with a sentence for each, and its problems."""
    described = app.openapi()
    assert described["openapi"].startswith("3.1")
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert len(operations) == 8
    assert all(operation["description"] for operation in operations)
    assert all({"401", "403", "422"} <= set(operation["responses"]) for operation in operations)


async def run(*arguments: str) -> tuple[int, str, str]:
    """Run a command; return exit status, output and errors."""
    result = await asyncio.to_thread(CliRunner().invoke, verifications_cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


async def test_the_command_line(
    app: FastAPI, tokens: dict[str, str], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command once, through the same API."""
    monkeypatch.setenv("OTPSTREAM_API_KEY", tokens["operator"])
    async with serving(app, host="127.0.0.1", port=0) as url:
        monkeypatch.setenv("OTPSTREAM_URL", url)
        await use_each_command()


async def use_each_command() -> None:
    status, output, _ = await run("start", PHONE, "--brand", "Acme", "--json")
    name = json.loads(output)["verification_id"]
    assert status == 0
    assert (await run("check", name, WRONG))[0] == 1
    status, _, errors = await run("cancel", name)
    assert (status, errors) == (
        1,
        f"otpstream: cannot be cancelled within 30 seconds of its start: wait, or ask for it to be scheduled (verification {name}); "
        "ask again in 30 seconds\n",
    )
    assert (await run("cancel", name, "--schedule"))[0] == 0
    status, output, _ = await run("check", name, CODE)
    assert (status, CODE in output) == (0, False)
    assert "verified" in (await run("get", name))[1]
    assert name in (await run("list", "--state", "verified"))[1]
    assert (await run("holds", "hold", "+44", "--detail", "pumped"))[0] == 0
    assert (await run("holds", "allow", "+447860", "--detail", "ours", "--duration-seconds", "60"))[0] == 0
    assert [one["prefix"] for one in json.loads((await run("holds", "list", "--json"))[1])["items"]] == [
        "+44",
        "+447860",
    ]
    assert (await run("holds", "lift", "+44"))[0] == 0
    assert (await run("holds", "lift", "+44"))[::2] == (1, "otpstream: nothing stands on +44\n")


async def test_the_command_line_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, nobody there, somebody else there: one sentence each, exit status 1, no traceback and no key."""
    monkeypatch.delenv("OTPSTREAM_API_KEY", raising=False)
    status, _, errors = await run("list")
    assert (status, "OTPSTREAM_API_KEY is not set" in errors) == (1, True)

    monkeypatch.setenv("OTPSTREAM_API_KEY", "otp_secret")
    monkeypatch.setenv("OTPSTREAM_URL", "http://127.0.0.1:1")
    status, _, errors = await run("start", PHONE, "--brand", "Acme", "--idempotency-key", "k1")
    assert status == 1
    assert (
        errors == "otpstream: no answer from http://127.0.0.1:1 (ConnectError); "
        "ask for the same again with --idempotency-key k1\n"
    )

    async with serving(PlainTextResponse("<html>"), host="127.0.0.1", port=0) as url:
        monkeypatch.setenv("OTPSTREAM_URL", url)
        status, _, errors = await run("list")
    assert (status, "something else than JSON" in errors) == (1, True)
