"""The control plane on the command line: `otpstream rentals ...` talks to its HTTP API, `otpstream keys ...` to its store."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, NoReturn, TypeVar
from uuid import uuid4

import httpx
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.migrations import upgrade
from otpstream.control.store import keys
from otpstream.control.store.engine import StoreError, open_store
from otpstream.control.store.keys import SCOPES, Scope

DEFAULT_URL = "http://127.0.0.1:8080"
_TIMEOUT_SECONDS = 180.0
"""Longer than the server asks suppliers: a request that is given up here goes on there."""
_COLUMNS = ("rental_id", "state", "supplier", "phone", "service", "price", "ends_at")
_OFFER_COLUMNS = ("supplier", "service", "name", "country", "price", "available")

_T = TypeVar("_T")

rentals_cli = typer.Typer(
    no_args_is_help=True,
    help="Rent numbers over the HTTP API at OTPSTREAM_URL, with the key in OTPSTREAM_API_KEY (see `otpstream keys create`).",
)

RentalId = Annotated[str, typer.Argument(help="As `rent` printed it.")]
Json = Annotated[bool, typer.Option("--json", help="Print the reply as it came.")]
Retry = Annotated[
    str | None,
    typer.Option(
        "--idempotency-key", help="Of a request that got no answer, to ask for the same again without paying twice."
    ),
]
WhenPossible = Annotated[
    bool, typer.Option("--when-possible", help="Where it is too early, have it done as soon as it can be.")
]


@rentals_cli.command("offers")
def offers(
    supplier: Annotated[str | None, typer.Option(help="This one's only.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code, such as US.")] = None,
    service: Annotated[str | None, typer.Option(help="Key or name.")] = None,
    as_json: Json = False,
) -> None:
    """Show what can be rented, and for how much."""
    reply = _call("GET", "/v1/offers", params=_given(supplier=supplier, country=country, service=service))
    if not as_json and reply["unanswered"]:
        typer.echo(f"no answer from {', '.join(reply['unanswered'])}", err=True)
    _show(reply, columns=_OFFER_COLUMNS, as_json=as_json)


@rentals_cli.command("rent")
def rent(
    service: Annotated[str | None, typer.Option(help="Key or name, as `offers` shows it.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code, such as US.")] = None,
    area: Annotated[str | None, typer.Option(help="A state or region.")] = None,
    days: Annotated[int | None, typer.Option(help="For a rental by the day.")] = None,
    supplier: Annotated[str | None, typer.Option(help="Default: whoever is cheapest.")] = None,
    max_price: Annotated[str | None, typer.Option(help="Nothing dearer.")] = None,
    premium: Annotated[str | None, typer.Option(help="On top of the price, for a better number.")] = None,
    idempotency_key: Retry = None,
    as_json: Json = False,
) -> None:
    """Rent a number."""
    body = _given(
        service=service,
        country=country,
        area=area,
        duration_days=days,
        supplier=supplier,
        max_price=max_price,
        premium=premium,
    )
    _show(_call("POST", "/v1/rentals", body=body, key=idempotency_key), as_json=as_json)


@rentals_cli.command("reuse")
def reuse(rental_id: RentalId, idempotency_key: Retry = None, as_json: Json = False) -> None:
    """Rent the number of an earlier rental again."""
    _show(_call("POST", f"/v1/rentals/{rental_id}/reuse", key=idempotency_key), as_json=as_json)


@rentals_cli.command("renew")
def renew(
    rental_id: RentalId,
    days: Annotated[int, typer.Option(min=1, help="By how many days.")],
    idempotency_key: Retry = None,
    as_json: Json = False,
) -> None:
    """Extend a rental."""
    body = {"additional_days": days}
    _show(_call("POST", f"/v1/rentals/{rental_id}/renew", body=body, key=idempotency_key), as_json=as_json)


@rentals_cli.command("reject")
def reject(rental_id: RentalId, when_possible: WhenPossible = False, as_json: Json = False) -> None:
    """Give a number back that no code came to."""
    body = {"when_possible": when_possible}
    _show(_call("POST", f"/v1/rentals/{rental_id}/reject", body=body), as_json=as_json)


@rentals_cli.command("cancel")
def cancel(rental_id: RentalId, when_possible: WhenPossible = False, as_json: Json = False) -> None:
    """End a rental before its time."""
    body = {"when_possible": when_possible}
    _show(_call("POST", f"/v1/rentals/{rental_id}/cancel", body=body), as_json=as_json)


@rentals_cli.command("get")
def get(
    rental_id: RentalId,
    messages: Annotated[bool, typer.Option("--messages", help="Show its messages, codes in clear.")] = False,
    as_json: Json = False,
) -> None:
    """Show a rental."""
    _show(_call("GET", f"/v1/rentals/{rental_id}"), as_json=as_json)
    if messages:
        items = _call("GET", f"/v1/rentals/{rental_id}/messages")
        _show({"items": items}, columns=("received_at", "sender", "code", "text"), as_json=as_json)


@rentals_cli.command("list")
def listed(
    state: Annotated[list[str] | None, typer.Option(help="In this state only; may be given again.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    as_json: Json = False,
) -> None:
    """List rentals, the newest first."""
    reply = _call("GET", "/v1/rentals", params=_given(state=state or None, limit=limit, cursor=cursor))
    _show(reply, columns=_COLUMNS, as_json=as_json)
    if not as_json and reply["next"]:
        typer.echo(f"more: --cursor {reply['next']}")


def keys_cli(store_url: Callable[[], str]) -> typer.Typer:
    """Return the commands on API keys.

    Args:
        store_url: reads where the store is from the settings; asked only when a command runs.
    """
    app = typer.Typer(no_args_is_help=True, help="Make, list and revoke API keys, right in the store.")

    @app.command("create")
    def create(
        client: Annotated[str, typer.Option(help="Whose key: 1 to 40 of a-z, 0-9, '.', '_' and '-'.")],
        scope: Annotated[list[str], typer.Option(help=f"May be given again: {', '.join(SCOPES)}.")],
        label: Annotated[str | None, typer.Option(help="What it is for.")] = None,
        spend_cap: Annotated[str | None, typer.Option(help="What the client may spend in a UTC day.")] = None,
        margin_percent: Annotated[str | None, typer.Option(help="What the client pays on top of our prices.")] = None,
        live_rentals: Annotated[int | None, typer.Option(min=1, help="How many may live at the same time.")] = None,
    ) -> None:
        """Make a key and print it: it cannot be shown again. Limits are the client's, over all of its keys."""
        if not 1 <= len(client) <= 40 or not set(client) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-"):
            _fail("--client must be 1 to 40 of a-z, 0-9, '.', '_' and '-'")
        scopes = [_scope(one) for one in scope]
        cap, margin = _decimal(spend_cap, "--spend-cap"), _decimal(margin_percent, "--margin-percent")

        async def make(connection: AsyncConnection) -> str:
            key = await keys.create_key(connection, client=client, scopes=scopes, label=label, now=datetime.now(UTC))
            await keys.limit_client(
                connection, client, spend_cap=cap, margin_percent=margin, live_rentals_limit=live_rentals
            )
            return key

        typer.echo(_in_store(store_url, make))

    @app.command("list")
    def listed_keys(as_json: Json = False) -> None:
        """List all keys, without what is secret in them."""
        entries = [asdict(entry) for entry in _in_store(store_url, keys.list_keys)]
        columns = ("key_id", "client", "scopes", "label", "created_at", "revoked_at")
        _show({"items": json.loads(json.dumps(entries, default=str))}, columns=columns, as_json=as_json)

    @app.command("revoke")
    def revoke(key_id: Annotated[str, typer.Argument(help="As `list` shows it: the middle part of the key.")]) -> None:
        """Revoke a key at once."""
        if not _in_store(store_url, lambda connection: keys.revoke_key(connection, key_id, now=datetime.now(UTC))):
            _fail("there is no such key, or it was revoked before")

    return app


def _call(
    method: str, path: str, *, params: dict[str, Any] | None = None, body: Any = None, key: str | None = None
) -> Any:
    """Make one request; a POST carries an idempotency key, so that it can be made again where no answer came."""
    api_key = os.environ.get("OTPSTREAM_API_KEY")
    if not api_key:
        _fail("OTPSTREAM_API_KEY is not set: make a key with `otpstream keys create`")
    url = os.environ.get("OTPSTREAM_URL", DEFAULT_URL).rstrip("/")
    key = key or uuid4().hex
    headers = {"Authorization": f"Bearer {api_key}"} | ({"Idempotency-Key": key} if method == "POST" else {})
    try:
        reply = httpx.request(method, url + path, params=params, json=body, headers=headers, timeout=_TIMEOUT_SECONDS)
    except httpx.HTTPError as fault:
        again = f"; ask for the same again with --idempotency-key {key}" if method == "POST" else ""
        _fail(f"no answer from {url} ({type(fault).__name__}){again}")
    try:
        told = reply.json()
    except ValueError:
        _fail(f"{url} answered {reply.status_code} with something else than JSON: is it otpstream's address?")
    if reply.is_error:
        _fail(told.get("detail", f"answered {reply.status_code}"))
    return told


def _show(reply: Any, *, columns: tuple[str, ...] | None = None, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(reply, indent=2))
    elif columns is None:
        for name, value in reply.items():
            if value is not None:
                typer.echo(f"{name:<18} {value}")
    else:
        table = Table(*columns)
        table.columns[0].no_wrap = True
        for item in reply["items"]:
            table.add_row(*("" if item[name] is None else str(item[name]) for name in columns))
        Console().print(table)


def _in_store(store_url: Callable[[], str], work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
    async def run(url: str) -> _T:
        engine = open_store(url)
        try:
            async with engine.begin() as connection:
                return await work(connection)
        finally:
            await engine.dispose()

    try:
        url = store_url()
        upgrade(url)
    except StoreError as error:
        _fail(str(error))
    return asyncio.run(run(url))


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _scope(word: str) -> Scope:
    for scope in SCOPES:
        if scope == word:
            return scope
    _fail(f"--scope {word}: must be one of {', '.join(SCOPES)}")
    return None


def _decimal(text: str | None, option: str) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        _fail(f"{option} must be a number, 0 or more")
    return value


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
