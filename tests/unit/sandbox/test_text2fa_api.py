"""The six calls of the Text2FA guide: shapes, errors, authentication."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import phonenumbers
import pytest

from otpstream.sandbox import Text2faSimulator
from otpstream.sandbox.clock import Clock

ClientFactory = Callable[..., httpx.AsyncClient]
CALLS = [
    ("GET", "/v1/numbers"),
    ("GET", "/v1/numbers/12345/messages"),
    ("POST", "/v1/webhooks"),
    ("GET", "/v1/webhooks"),
    ("DELETE", "/v1/webhooks/1"),
    ("GET", "/v1/account-details"),
]


@pytest.fixture
def simulator(clock: Clock) -> Text2faSimulator:
    return Text2faSimulator(api_key="sandbox-key", clock=clock, history_limit=3)


async def test_numbers_have_the_shape_of_the_guide(simulator: Text2faSimulator, client_of: ClientFactory) -> None:
    """Rented numbers are listed as `[{id, number, type, country}]`, ids and numbers all different and numbers valid."""
    for country in ("US", "US", "DE"):
        simulator.rent(country)

    listed = (await client_of(simulator).get("/v1/numbers")).json()

    assert listed[0] == {"id": "12345", "number": "+12025550100", "type": "non-voip", "country": "US"}
    assert [number["country"] for number in listed] == ["US", "US", "DE"]
    assert len({number["id"] for number in listed}) == len({number["number"] for number in listed}) == 3
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number["number"])) for number in listed)


async def test_a_number_rented_during_a_run_is_listed(simulator: Text2faSimulator, client_of: ClientFactory) -> None:
    """A rental shows in the next listing, also where its first SMS came in before anyone asked."""
    client = client_of(simulator)
    assert (await client.get("/v1/numbers")).json() == []

    rented = simulator.rent()
    simulator.send(rented.id, sender="Uber", text="Your code is 1234", expected_code="1234")

    assert [number["id"] for number in (await client.get("/v1/numbers")).json()] == [rented.id]
    assert len((await client.get(f"/v1/numbers/{rented.id}/messages")).json()) == 1


async def test_messages_have_the_shape_of_the_guide(simulator: Text2faSimulator, client_of: ClientFactory) -> None:
    """Messages are `[{from, message, received_at}]` in whole seconds of UTC; senders may be names."""
    rented = simulator.rent()
    simulator.send(rented.id, sender="+12135559876", text="Your OTP is 843291", expected_code="843291")
    simulator.send(rented.id, sender="Bücher", text="1234 ist Ihr Code 🔑", expected_code="1234")

    response = await client_of(simulator).get(f"/v1/numbers/{rented.id}/messages")

    assert response.json() == [
        {"from": "+12135559876", "message": "Your OTP is 843291", "received_at": "2025-06-26T08:15:00Z"},
        {"from": "Bücher", "message": "1234 ist Ihr Code 🔑", "received_at": "2025-06-26T08:15:00Z"},
    ]


async def test_messages_are_the_latest_newest_last(simulator: Text2faSimulator, client_of: ClientFactory) -> None:
    """A poll shows the bounded history of that number alone, and shows it again next time."""
    rented, other = simulator.rent(), simulator.rent()
    for n in range(5):
        simulator.send(rented.id, sender="Uber", text=f"text {n}", expected_code=None)
    simulator.send(other.id, sender="Uber", text="another number", expected_code=None)
    client = client_of(simulator)

    polls = [(await client.get(f"/v1/numbers/{rented.id}/messages")).json() for _ in range(2)]

    assert [message["message"] for message in polls[0]] == ["text 2", "text 3", "text 4"]
    assert polls[1] == polls[0]


async def test_webhooks_are_registered_listed_and_deleted(
    simulator: Text2faSimulator, client_of: ClientFactory
) -> None:
    """Each registration gets an id of its own that lists and deletes it, and that is never given again."""
    client = client_of(simulator)
    # Sent as the guide's curl example does: JSON under a form content type.
    first = await client.post(
        "/v1/webhooks",
        content='{ "url": "https://yourapp.com/text2fa-webhook" }',
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    second = await client.post("/v1/webhooks", json={"url": "http://127.0.0.1:8080/hook"})

    assert (first.status_code, second.status_code) == (201, 201)
    assert (await client.get("/v1/webhooks")).json() == [first.json(), second.json()]
    assert second.json()["url"] == "http://127.0.0.1:8080/hook"
    assert (await client.delete(f"/v1/webhooks/{second.json()['id']}")).status_code == 204
    assert (await client.delete(f"/v1/webhooks/{second.json()['id']}")).status_code == 404
    third = await client.post("/v1/webhooks", json={"url": "http://127.0.0.1:8080/hook"})
    assert (await client.get("/v1/webhooks")).json() == [first.json(), third.json()]
    assert len({reply.json()["id"] for reply in (first, second, third)}) == 3


async def test_account_details_show_the_balance(simulator: Text2faSimulator, client_of: ClientFactory) -> None:
    """The balance is in dollars and each rental takes $0.25 off it."""
    client = client_of(simulator)
    before = (await client.get("/v1/account-details")).json()
    simulator.rent()
    after = (await client.get("/v1/account-details")).json()

    assert before == {"balance": 10_000.0, "currency": "USD"}
    assert after == {"balance": 9_999.75, "currency": "USD"}


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize(
    "authorization", [None, "sandbox-key", "Bearer other", "Basic sandbox-key", "Bearer schlüssel"]
)
async def test_every_call_needs_the_bearer_key(
    simulator: Text2faSimulator, client_of: ClientFactory, method: str, path: str, authorization: str | None
) -> None:
    """Without the key as Bearer every call is 401 in JSON and changes nothing."""
    simulator.rent()
    simulator.account.register_webhook("https://example.com/kept")
    headers = [] if authorization is None else [(b"Authorization", authorization.encode())]

    reply = await client_of(simulator, key=None).request(
        method, path, headers=headers, content=b'{"url": "https://example.com/new"}'
    )

    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert "error" in reply.json()
    assert [webhook.url for webhook in simulator.account.webhooks] == ["https://example.com/kept"]


async def test_a_rotated_key_replaces_the_old_one(simulator: Text2faSimulator, client_of: ClientFactory) -> None:
    """After rotation the old key is 401 and the new one is taken."""
    simulator.account.api_key = "rotated"

    assert (await client_of(simulator).get("/v1/numbers")).status_code == 401
    assert (await client_of(simulator, key="rotated").get("/v1/numbers")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/numbers/99999/messages", 404),
        ("DELETE", "/v1/webhooks/99999", 404),
        ("GET", "/v1/nothing", 404),
        ("PUT", "/v1/webhooks", 405),
    ],
)
async def test_what_does_not_exist_is_refused_in_json(
    simulator: Text2faSimulator, client_of: ClientFactory, method: str, path: str, status: int
) -> None:
    """Unknown numbers, webhooks, paths and methods are refused with JSON."""
    reply = await client_of(simulator).request(method, path)

    assert (reply.status_code, list(reply.json())) == (status, ["error"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"url=https://example.com",
        b"\xff",
        b"[]",
        b"{}",
        b'{"url": null}',
        b'{"url": "example.com/hook"}',
        b'{"url": "ftp://example.com"}',
        b'{"url": "https://"}',
        b'{"url": "https://[::1"}',
        b'{"url": "https://example.com:99999"}',
    ],
)
async def test_a_bad_webhook_registration_is_refused(
    simulator: Text2faSimulator, client_of: ClientFactory, body: bytes
) -> None:
    """A body that is no JSON object with an absolute http(s) URL is 400 in JSON and registers nothing."""
    reply = await client_of(simulator).post("/v1/webhooks", content=body)

    assert (reply.status_code, list(reply.json())) == (400, ["error"])
    assert simulator.account.webhooks == ()


def test_rentals_that_cannot_be_had_are_refused(clock: Clock) -> None:
    """An unknown country, a country that ran out and an empty balance each end in one clear sentence."""
    simulator = Text2faSimulator(api_key="k", clock=clock, balance_cents=101 * 25)
    for _ in range(100):
        simulator.rent("DE")

    with pytest.raises(ValueError, match="no number of DE is left"):
        simulator.rent("DE")
    with pytest.raises(ValueError, match="no number of XX is left"):
        simulator.rent("XX")
    simulator.rent("FR")
    with pytest.raises(ValueError, match="does not cover a rental"):
        simulator.rent("FR")


def test_an_unrented_number_takes_no_sms(simulator: Text2faSimulator) -> None:
    """An SMS to a number that is not rented is refused and leaves no trace in the ledger."""
    with pytest.raises(ValueError, match="number 7 is not rented"):
        simulator.send("7", sender="Uber", text="Your code is 1234", expected_code="1234")

    assert len(simulator.ledger) == 0
