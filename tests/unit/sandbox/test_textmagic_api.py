"""TextMagic verify over HTTP: authentication, validation by field, languages, rate limit."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.sandbox import ScaledClock, TextMagicSimulator
from otpstream.sandbox.textmagic.languages import LANGUAGES, language_of, write
from otpstream.sandbox.textmagic.start_request import Invalid, read_start
from tests.unit.sandbox.verify_client import HEADERS, KEY, PATH, START, USER, start

ApiFactory = Callable[..., httpx.AsyncClient]


@pytest.fixture
def simulator(scaled_clock: ScaledClock) -> TextMagicSimulator:
    return TextMagicSimulator(
        username=USER, api_key=KEY, clock=scaled_clock, balance_cents=100, calls_per_second_limit=None
    )


@pytest.fixture
def client(simulator: TextMagicSimulator, api_of: ApiFactory) -> httpx.AsyncClient:
    return api_of(simulator, HEADERS)


BASIC = base64.b64encode(f"{USER}:{KEY}".encode()).decode()


@pytest.mark.parametrize("headers", [{"Authorization": f"Basic {BASIC}"}, {"authorization": f"basic {BASIC}"}, HEADERS])
async def test_both_forms_of_authentication_are_taken(
    simulator: TextMagicSimulator, api_of: ApiFactory, headers: dict[str, str]
) -> None:
    """Basic and X-TM headers open the same door."""
    assert (await start(api_of(simulator, headers))).status_code == 201


@pytest.mark.parametrize(("method", "path"), [("POST", PATH), ("PUT", PATH), ("DELETE", f"{PATH}/x")])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-TM-Username": USER},
        {"X-TM-Username": USER, "X-TM-Key": "other"},
        {"X-TM-Username": "other", "X-TM-Key": KEY},
        {"Authorization": f"Bearer {KEY}"},
        {"Authorization": "Basic ?"},
        {"Authorization": f"Basic {base64.b64encode(b'acme').decode()}"},
    ],
)
async def test_every_call_needs_credentials(
    simulator: TextMagicSimulator, api_of: ApiFactory, method: str, path: str, headers: dict[str, str]
) -> None:
    """Without them every call is 401 in the API's own words, and sends nothing."""
    reply = await api_of(simulator, headers).request(method, path, json=START)

    assert (reply.status_code, reply.json()["code"]) == (401, 401)
    assert simulator.inbox == ()


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"phone": None}, "phone"),
        ({"phone": "hello"}, "phone"),
        ({"phone": "123"}, "phone"),
        ({"phone": "+447860021130"}, "phone"),
        ({"phone": "07860 021130", "country": "GB"}, "phone"),
        ({"phone": "07860021130"}, "phone"),
        ({"phone": "07860021130", "country": "XX"}, "country"),
        ({"brand": None}, "brand"),
        ({"brand": ""}, "brand"),
        ({"brand": "A" * 19}, "brand"),
        ({"brand": "Acme Inc."}, "brand"),
        ({"codeLength": None}, "codeLength"),
        ({"codeLength": 5}, "codeLength"),
        ({"codeLength": True}, "codeLength"),
        ({"workflowId": "8"}, "workflowId"),
        ({"language": "xx-xx"}, "language"),
    ],
)
async def test_a_bad_start_is_refused_by_field(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, fields: dict[str, object], at_fault: str
) -> None:
    """What is missing or wrong is 400 with the field named, and sends nothing."""
    reply = await start(client, **fields)

    assert reply.status_code == 400
    assert set(reply.json()) == {"code", "message", "errors"}
    assert list(reply.json()["errors"]) == [at_fault]
    assert simulator.inbox == ()


@pytest.mark.parametrize("body", [b"", b"phone=447860021130", b"[]", b"\xff"])
async def test_a_body_that_is_no_json_object_is_refused(
    simulator: TextMagicSimulator, client: httpx.AsyncClient, body: bytes
) -> None:
    """It is 400 with a common error, for start and check alike."""
    replies = [await client.request(method, PATH, content=body) for method in ("POST", "PUT")]

    assert [reply.status_code for reply in replies] == [400, 400]
    assert all("common" in reply.json()["errors"] for reply in replies)
    assert simulator.inbox == ()


@pytest.mark.parametrize("body", [{}, {"code": 1234, "verifyId": "x"}, {"code": "1234"}])
async def test_a_check_without_its_fields_is_refused(client: httpx.AsyncClient, body: dict[str, object]) -> None:
    """Code and id are strings that are required."""
    reply = await client.put(PATH, json=body)

    assert reply.status_code == 400
    assert set(reply.json()["errors"]) <= {"code", "verifyId"}


@given(st.text(max_size=30))
def test_brands_are_at_most_18_letters_and_digits(brand: str) -> None:
    """Exactly the documented brands are taken."""
    if re.fullmatch(r"[A-Za-z0-9]{1,18}", brand):
        assert read_start(START | {"brand": brand}).brand == brand
        return
    with pytest.raises(Invalid) as refusal:
        read_start(START | {"brand": brand})
    assert list(refusal.value.errors) == ["brand"]


@pytest.mark.parametrize(
    ("fields", "phone", "language"),
    [
        ({"phone": "33612345678"}, "+33612345678", "fr-fr"),
        ({"phone": "0612345678", "country": "fr"}, "+33612345678", "fr-fr"),
        ({"phone": "2025550100", "country": "US"}, "+12025550100", "en-us"),
        ({"phone": "12025550100", "country": "US"}, "+12025550100", "en-us"),
        ({"phone": "4915123456789", "language": "ja-jp"}, "+4915123456789", "ja-jp"),
        ({"phone": "36201234567"}, "+36201234567", "en-us"),
    ],
)
def test_phones_become_e164_and_decide_the_language(fields: dict[str, object], phone: str, language: str) -> None:
    """International and local numbers are read alike; the language follows the number unless it is named."""
    request = read_start(START | fields)

    assert (request.phone, request.language, request.workflow_id) == (phone, language, "1")


def test_there_are_24_languages() -> None:
    """Each can be written in, with brand and code in its text, and names its country's own language."""
    assert len(LANGUAGES) == 24
    assert all("Acme" in write(language, brand="Acme", code="0042") for language in LANGUAGES)
    assert all("0042" in write(language, brand="Acme", code="0042") for language in LANGUAGES)
    assert {language_of(language[3:].upper()) for language in LANGUAGES} == LANGUAGES - {"es-us"}


async def test_a_burst_beyond_20_a_second_is_429(scaled_clock: ScaledClock, api_of: ApiFactory) -> None:
    """What exceeds the limit is 429 with Retry-After in the API's own words, and starts nothing."""
    simulator = TextMagicSimulator(username=USER, api_key=KEY, clock=scaled_clock)
    client = api_of(simulator, HEADERS)

    replies = await asyncio.gather(*(start(client, phone=f"4478600{n:05d}") for n in range(60)))

    refused = [reply for reply in replies if reply.status_code == 429]
    assert 0 < len(refused) <= 40
    assert all(reply.headers["Retry-After"] == "1" and reply.json()["code"] == 429 for reply in refused)
    assert len(simulator.verifications) == 60 - len(refused) >= 20


@pytest.mark.parametrize(("method", "path", "status"), [("GET", PATH, 405), ("GET", "/api/v2/nothing", 404)])
async def test_there_are_no_other_calls(client: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    """There is no status call: other paths and methods are refused in the API's own words."""
    reply = await client.request(method, path)

    assert (reply.status_code, reply.json()["code"]) == (status, status)
