"""`otpstream rentals` and `otpstream keys`, as a person types them."""

import json
import os
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from typer.testing import CliRunner

from otpstream.commands import rentals as commands
from otpstream.commands.rentals import keys_cli, rentals_cli
from tests.unit.control.conftest import NewStore

RENTAL: dict[str, Any] = {
    "rental_id": "rent_1",
    "state": "active",
    "phone": "+14155550001",
    "price": "0.5",
    "refund": None,
}


class Server:
    """Answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.reply: httpx.Response | Exception = httpx.Response(200, json=RENTAL)

    def request(self, method: str, url: str, **words: Any) -> httpx.Response:
        words.pop("timeout")
        self.asked.append(httpx.Request(method, url, **words))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(httpx, "request", server.request)
    monkeypatch.setenv("OTPSTREAM_API_KEY", "otp_key")
    monkeypatch.setenv("OTPSTREAM_URL", "http://otp.test/")
    monkeypatch.setenv("COLUMNS", "200")
    return server


def run(app: Any, *args: str, status: int = 0) -> str:
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == status, result.output
    return result.output


REQUESTS = [
    (["offers", "--country", "US"], "GET", "/v1/offers?country=US", None),
    (["suppliers"], "GET", "/v1/suppliers", None),
    (["areas", "text2fa-s1"], "GET", "/v1/suppliers/text2fa-s1/areas", None),
    (["spend"], "GET", "/v1/spend", None),
    (["rent", "--service", "x", "--max-price", "1.5"], "POST", "/v1/rentals", {"service": "x", "max_price": "1.5"}),
    (["rent", "--days", "3", "--supplier", "s"], "POST", "/v1/rentals", {"duration_days": 3, "supplier": "s"}),
    (["reuse", "rent_1"], "POST", "/v1/rentals/rent_1/reuse", None),
    (["renew", "rent_1", "--days", "2"], "POST", "/v1/rentals/rent_1/renew", {"additional_days": 2}),
    (["reject", "rent_1"], "POST", "/v1/rentals/rent_1/reject", {"when_possible": False}),
    (["cancel", "rent_1", "--when-possible"], "POST", "/v1/rentals/rent_1/cancel", {"when_possible": True}),
    (["get", "rent_1"], "GET", "/v1/rentals/rent_1", None),
    (
        ["list", "--state", "active", "--state", "expired"],
        "GET",
        "/v1/rentals?state=active&state=expired&limit=50",
        None,
    ),
]


@pytest.mark.parametrize(("args", "method", "target", "body"), REQUESTS, ids=[" ".join(one[0]) for one in REQUESTS])
def test_each_command_makes_its_request(server: Server, args: list[str], method: str, target: str, body: Any) -> None:
    """With the key as a Bearer token; a POST with an idempotency key of its own."""
    if args[0] in ("offers", "list"):
        server.reply = httpx.Response(200, json={"items": [], "unanswered": [], "next": None})
    if args[0] in ("suppliers", "areas"):
        server.reply = httpx.Response(200, json=[])
    run(rentals_cli, *args)
    run(rentals_cli, *args)
    first, second = server.asked
    assert (first.method, str(first.url)) == (method, f"http://otp.test{target}")
    assert (json.loads(first.content) if first.content else None) == body
    assert first.headers["Authorization"] == "Bearer otp_key"
    keys = [request.headers.get("Idempotency-Key") for request in (first, second)]
    assert (keys[0] != keys[1]) if method == "POST" else keys == [None, None]


def test_what_may_have_been_rented_is_not_ordered_again(server: Server) -> None:
    """Whoever rented is told how to look; where it is known, nothing is added."""
    asked = ("rent", "--service", "x")
    assert "order none in its place" not in run(rentals_cli, *asked)
    server.reply = httpx.Response(202, json=RENTAL | {"state": "requested"})
    assert "rentals get rent_1`, and order none in its place" in run(rentals_cli, *asked)


def test_what_comes_is_shown(server: Server) -> None:
    """Line by line, as a table, or as it came."""
    assert "phone              +14155550001" in run(rentals_cli, "get", "rent_1")
    assert json.loads(run(rentals_cli, "get", "rent_1", "--json")) == RENTAL
    row = dict.fromkeys(commands._COLUMNS) | RENTAL
    server.reply = httpx.Response(200, json={"items": [row], "next": "abc"})
    listed = run(rentals_cli, "list")
    assert "rent_1" in listed
    assert "more: --cursor abc" in listed


def test_a_problem_is_told_in_its_own_words(server: Server) -> None:
    """And the exit status says that it failed."""
    server.reply = httpx.Response(402, json={"detail": "this would pass what may be spent"})
    assert "this would pass what may be spent" in run(rentals_cli, "rent", status=1)


def test_without_an_answer_it_says_how_to_ask_again(server: Server) -> None:
    """With the same key, so that nothing is paid twice."""
    server.reply = httpx.ReadTimeout("slow")
    told = run(rentals_cli, "rent", status=1)
    key = told.split("--idempotency-key ")[1].strip()
    server.reply = httpx.Response(201, json=RENTAL)
    run(rentals_cli, "rent", "--idempotency-key", key)
    assert [request.headers["Idempotency-Key"] for request in server.asked] == [key, key]


@pytest.mark.parametrize("reply", [httpx.Response(200, text="<html>"), httpx.Response(502, text="bad gateway")])
def test_something_else_at_the_address_is_named(server: Server, reply: httpx.Response) -> None:
    """No traceback."""
    server.reply = reply
    assert "is it otpstream's address?" in run(rentals_cli, "list", status=1)


def test_without_a_key_it_says_how_to_make_one(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked."""
    monkeypatch.delenv("OTPSTREAM_API_KEY")
    assert "otpstream keys create" in run(rentals_cli, "list", status=1)
    assert server.asked == []


@pytest.mark.parametrize("key", ["otp_kéy", "otp_key\n", "otp key", "otp_key\x00"])
def test_a_key_that_is_none_is_told_by_the_setting(server: Server, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Nobody is asked, and the key is not shown."""
    monkeypatch.setattr("os.environ", {**os.environ, "OTPSTREAM_API_KEY": key})
    told = run(rentals_cli, "list", status=1)
    assert "OTPSTREAM_API_KEY is no key" in told
    assert key.strip() not in told
    assert server.asked == []


def test_an_idempotency_key_that_cannot_be_sent_is_told(server: Server) -> None:
    """By its option, before anybody is asked."""
    assert "--idempotency-key" in run(rentals_cli, "rent", "--idempotency-key", "é\n", status=1)
    assert server.asked == []


@pytest.mark.parametrize("rental_id", ["../../x", "..", "a/b", "a?b", "a#b", "%2e%2e", "é", "\udc80"])
def test_an_id_stays_one_part_of_the_path(server: Server, rental_id: str) -> None:
    """Whatever is in it, no other path is asked."""
    run(rentals_cli, "get", rental_id)
    run(rentals_cli, "cancel", rental_id)
    parts = [request.url.raw_path.decode().split("/") for request in server.asked]
    assert [(one[:3], len(one)) for one in parts] == [(["", "v1", "rentals"], 4), (["", "v1", "rentals"], 5)]
    assert all(unquote(one[3]) == rental_id.replace("\udc80", "?") for one in parts)


@pytest.fixture
def keys_app(new_sqlite: NewStore) -> Any:
    url = new_sqlite()
    return keys_cli(lambda: url)


def test_a_key_is_made_listed_and_revoked(keys_app: Any) -> None:
    """It is shown once; the list holds what tells it, and nothing that opens."""
    args = ("create", "--client", "acme", "--scope", "rentals:read", "--scope", "admin", "--spend-cap", "20")
    key = run(keys_app, *args, "--margin-percent", "7.5", "--live-rentals", "3").strip()
    _, key_id, secret = key.split("_", 2)
    [entry] = json.loads(run(keys_app, "list", "--json"))["items"]
    assert (entry["key_id"], entry["scopes"], entry["revoked_at"]) == (key_id, ["admin", "rentals:read"], None)
    assert secret not in run(keys_app, "list")
    run(keys_app, "revoke", key_id)
    assert "no such key" in run(keys_app, "revoke", key_id, status=1)
    assert json.loads(run(keys_app, "list", "--json"))["items"][0]["revoked_at"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (["--client", "Acme Inc", "--scope", "admin"], "--client"),
        (["--client", "acme", "--scope", "rentals"], "rentals:read"),
        (["--client", "acme", "--scope", "admin", "--spend-cap", "lots"], "--spend-cap"),
        (["--client", "acme", "--scope", "admin", "--margin-percent", "-1"], "--margin-percent"),
    ],
)
def test_a_wrong_option_is_named(keys_app: Any, wrong: list[str], named: str) -> None:
    """And no key is made."""
    assert named in run(keys_app, "create", *wrong, status=1)
    assert json.loads(run(keys_app, "list", "--json"))["items"] == []


def test_a_store_that_is_none_is_told_in_words() -> None:
    """With what to write instead."""
    assert "sqlite:///otpstream.db" in run(keys_cli(lambda: "mysql://x"), "list", status=1)


@pytest.mark.parametrize("url", ["postgresql://nobody:secret@127.0.0.1:1/none", "sqlite:////no/such/folder/store.db"])
def test_a_store_that_is_away_is_told_in_words(url: str) -> None:
    """Without a traceback, and without its password."""
    told = run(keys_cli(lambda: url), "list", status=1)
    assert "the store does not answer" in told
    assert "secret" not in told
