"""Whatever text a client sends, on either database: an answer, and never a fault of ours."""

import asyncio
import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.control.http import Served, served

NUL, SURROGATE = "a\0b", "a\ud800b"
CURSOR = base64.urlsafe_b64encode(b"2026-03-01T12:00:00+00:00 a\0b").decode()
NO_TIME = base64.urlsafe_b64encode(b"0001-01-01T00:00:00+14:00 rent_x").decode()

REFUSED: list[tuple[str, str, dict[str, Any] | None, dict[str, str]]] = [
    ("GET", "/v1/rentals/%00", None, {}),
    ("GET", "/v1/rentals/%00/messages", None, {}),
    ("POST", "/v1/rentals/%00/cancel", None, {}),
    ("GET", "/v1/verifications/%00", None, {}),
    ("GET", "/v1/verifications?phone=%00", None, {}),
    ("GET", "/v1/offers?service=%00", None, {}),
    ("GET", "/v1/suppliers/%00/areas", None, {}),
    ("GET", f"/v1/rentals?cursor={CURSOR}", None, {}),
    ("GET", f"/v1/verifications?cursor={CURSOR}", None, {}),
    ("GET", f"/v1/rentals?cursor={NO_TIME}", None, {}),
    *(
        ("POST", "/v1/rentals", {"service": "facebook", "country": "US", field: wrong}, {})
        for field in ("service", "area", "supplier", "account", "\ud800")
        for wrong in (NUL, SURROGATE, "a" * 101, "a\nb", "\x85")
    ),
    *(("PUT", "/v1/prefix-holds/44", {"action": "hold", "detail": wrong}, {}) for wrong in (NUL, SURROGATE, "a" * 301)),
    *(
        ("POST", path, {"service": "facebook"} if path == "/v1/rentals" else None, {"Idempotency-Key": wrong})
        for path in ("/v1/rentals", "/v1/rentals/rent_x/cancel")
        for wrong in ("", NUL, "a" * 201)
    ),
]

WRONG_AT_THE_FACADE: list[tuple[str, str, dict[str, Any]]] = [
    *(("GET", "/getSMS", {"rental_id": wrong}) for wrong in (NUL, "a" * 500)),
    *(("POST", "/cancelNumber", {"rental_id": wrong}) for wrong in (NUL, SURROGATE, "a" * 500)),
    *(("POST", "/rentNumber", {"country": "US", "service": wrong}) for wrong in (NUL, SURROGATE, "a" * 500)),
]


async def admin(api: Served) -> dict[str, str]:
    return await api.bearer_of("root", ["admin"])


async def test_text_that_no_store_takes_is_refused(store_url: str) -> None:
    """By its field, and nothing is rented."""
    async with served(store_url) as api:
        bearer = await admin(api)
        for method, path, body, headers in REFUSED:
            content = None if body is None else json.dumps(body)
            reply = await api.http.request(method, path, content=content, headers={**bearer, **headers})
            asked = (method, path, body, headers)
            assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json"), asked
        assert api.supplier.charges == []


async def test_text_that_no_store_takes_rents_nothing_at_the_four_endpoints(store_url: str) -> None:
    """And the partner hears just that."""
    async with served(store_url) as api:
        key = await api.key("partner")
        for method, path, fields in WRONG_AT_THE_FACADE:
            given = {"api_key": key, **fields}
            where = {"params": given} if method == "GET" else {"content": json.dumps(given)}
            reply = await api.http.request(method, path, **where)
            assert (reply.status_code, reply.json()["error"]) == (400, "invalid_request"), fields
            assert "nothing was rented" in reply.json()["message"]
        assert api.supplier.charges == []


ANY = st.text(st.characters(exclude_categories=()), max_size=250)


def values(schema: dict[str, Any], parts: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return what a client may send where this is asked for: what is, what almost is, and any text."""
    if "$ref" in schema:
        return values(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return st.one_of(*(values(one, parts) for one in schema["anyOf"]))
    if schema.get("properties") is not None:
        fields = {name: values(one, parts) | ANY for name, one in schema["properties"].items()}
        required = {name: fields.pop(name) for name in schema.get("required", [])}
        return st.fixed_dictionaries(required, optional=fields)
    told = [st.sampled_from(schema[one]) for one in ("enum", "examples") if one in schema]
    match schema.get("type"):
        case "integer":
            told.append(st.integers())
        case "number":
            told.append(st.floats(allow_nan=False))
        case "boolean":
            told.append(st.booleans())
        case "null":
            told.append(st.none())
        case "array":
            told.append(st.lists(values(schema["items"], parts), max_size=3))
        case _ if "pattern" in schema:
            told.append(st.from_regex(schema["pattern"]))
    return st.one_of(*told, ANY)


Request = tuple[str, str, dict[str, Any], dict[str, str], Any]


@st.composite
def requests(draw: st.DrawFn, schema: dict[str, Any]) -> Request:
    """Draw an operation of an OpenAPI document and all that can be sent to it."""
    parts = schema["components"]["schemas"]
    operations = [
        (method, path, operation) for path, item in schema["paths"].items() for method, operation in item.items()
    ]
    method, path, operation = draw(st.sampled_from(operations))
    queries: dict[str, Any] = {}
    headers: dict[str, str] = {}
    for parameter in operation.get("parameters", []):
        value = draw(values(parameter["schema"], parts))
        match parameter["in"]:
            case "path":
                quoted = quote(str(value).encode(errors="surrogatepass"), safe="").replace(".", "%2E")
                path = path.replace(f"{{{parameter['name']}}}", quoted or "%20")
            case "query" if value is not None:
                queries[parameter["name"]] = [
                    str(one).encode(errors="replace") for one in (value if isinstance(value, list) else [value])
                ]
            case "header" if value is not None:
                headers[parameter["name"]] = str(value).encode("latin-1", "replace").decode("latin-1")
    asked = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return method.upper(), path, queries, headers, None if asked is None else draw(values(asked, parts))


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def test_no_request_is_a_fault_of_ours(store_url: str, runner: asyncio.Runner) -> None:
    """Every operation of the API's own description, with anything in each of its parameters."""
    context = served(store_url)
    api = runner.run(context.__aenter__())
    bearer = runner.run(admin(api))
    schema = runner.run(api.http.get("/openapi.json")).json()

    @settings(max_examples=200, deadline=None)
    @given(requests(schema))
    def ask(request: Request) -> None:
        method, path, queries, headers, body = request
        sent = httpx.Headers({**bearer, **headers}, encoding="latin-1")
        content = None if body is None else json.dumps(body)
        reply = runner.run(api.http.request(method, path, params=queries, headers=sent, content=content))
        assert reply.status_code != 500

    try:
        ask()
    finally:
        runner.run(context.__aexit__(None, None, None))


def test_no_call_of_a_partner_is_a_fault_of_ours(store_url: str, runner: asyncio.Runner) -> None:
    """Nor at the four endpoints, with anything in each of their fields."""
    context = served(store_url)
    api = runner.run(context.__aenter__())
    key = runner.run(api.key("partner"))
    calls = [("GET", "/getNumbers"), ("POST", "/rentNumber"), ("GET", "/getSMS"), ("POST", "/cancelNumber")]
    fields = st.fixed_dictionaries({"country": st.just("US") | ANY, "service": ANY, "rental_id": ANY})

    @settings(max_examples=100, deadline=None)
    @given(st.sampled_from(calls), fields)
    def ask(call: tuple[str, str], given: dict[str, str]) -> None:
        method, path = call
        queries = {name: value.encode(errors="replace") for name, value in given.items()}
        where: dict[str, Any] = {"params": {**queries, "api_key": key}}
        if method == "POST":
            where = {"content": json.dumps({**given, "api_key": key})}
        reply = runner.run(api.http.request(method, path, **where))
        assert reply.status_code in (200, 400, 404, 409)

    try:
        ask()
    finally:
        runner.run(context.__aexit__(None, None, None))
