"""The control plane on the command line: `otpstream rentals ...` talks to its HTTP API, `otpstream keys ...` to its store."""

import json
from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

import typer

from otpstream.commands.http import Json, Retry, call, fail, given, path_of, show
from otpstream.control.scopes import SCOPES, Scope

_COLUMNS = ("rental_id", "state", "supplier", "phone", "service", "price", "ends_at")
_OFFER_COLUMNS = ("supplier", "service", "name", "country", "price", "is_per_day", "available")

_T = TypeVar("_T")

rentals_cli = typer.Typer(
    no_args_is_help=True,
    help="Rent numbers over the HTTP API at OTPSTREAM_URL, with the key in OTPSTREAM_API_KEY (see `otpstream keys create`).",
)

RentalId = Annotated[str, typer.Argument(help="As `rent` printed it.")]
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
    """Show what can be rented, and for how much: for one number, or for each day of it."""
    reply = call("GET", "/v1/offers", params=given(supplier=supplier, country=country, service=service))
    if not as_json and reply["unanswered"]:
        typer.echo(f"no answer from {', '.join(reply['unanswered'])}", err=True)
    show(reply, columns=_OFFER_COLUMNS, as_json=as_json)


@rentals_cli.command("suppliers")
def suppliers(as_json: Json = False) -> None:
    """Show whom numbers can be rented from, and what each can do."""
    items = [{**one, "supports": " ".join(one["supports"])} for one in call("GET", "/v1/suppliers")]
    show({"items": items}, columns=("name", "account", "supports"), as_json=as_json)


@rentals_cli.command("areas")
def areas(
    supplier: Annotated[str, typer.Argument(help="As `suppliers` shows it.")],
    as_json: Json = False,
) -> None:
    """Show the states or countries that a supplier's numbers can be asked for in."""
    items = call("GET", path_of("v1", "suppliers", supplier, "areas"))
    show({"items": items}, columns=("code", "name"), as_json=as_json)


@rentals_cli.command("spend")
def spend(as_json: Json = False) -> None:
    """Show what was spent today (UTC), and the cap."""
    show(call("GET", "/v1/spend"), as_json=as_json)


@rentals_cli.command("rent")
def rent(
    service: Annotated[str | None, typer.Option(help="Key or name, as `offers` shows it.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code, such as US.")] = None,
    area: Annotated[str | None, typer.Option(help="A state or region.")] = None,
    days: Annotated[int | None, typer.Option(help="For a rental by the day.")] = None,
    supplier: Annotated[str | None, typer.Option(help="Default: whoever is cheapest.")] = None,
    max_price: Annotated[str | None, typer.Option(help="Nothing dearer: all days, premium included.")] = None,
    premium: Annotated[str | None, typer.Option(help="On top of the price, for a better number.")] = None,
    idempotency_key: Retry = None,
    as_json: Json = False,
) -> None:
    """Rent a number."""
    body = given(
        service=service,
        country=country,
        area=area,
        duration_days=days,
        supplier=supplier,
        max_price=max_price,
        premium=premium,
    )
    reply = call("POST", "/v1/rentals", body=body, idempotency_key=idempotency_key, takes_key=True)
    _show_rented(reply, as_json=as_json)


@rentals_cli.command("reuse")
def reuse(rental_id: RentalId, idempotency_key: Retry = None, as_json: Json = False) -> None:
    """Rent the number of an earlier rental again."""
    reply = call("POST", path_of("v1", "rentals", rental_id, "reuse"), idempotency_key=idempotency_key, takes_key=True)
    _show_rented(reply, as_json=as_json)


@rentals_cli.command("renew")
def renew(
    rental_id: RentalId,
    days: Annotated[int, typer.Option(min=1, help="By how many days.")],
    idempotency_key: Retry = None,
    as_json: Json = False,
) -> None:
    """Extend a rental."""
    body = {"additional_days": days}
    show(
        call(
            "POST",
            path_of("v1", "rentals", rental_id, "renew"),
            body=body,
            idempotency_key=idempotency_key,
            takes_key=True,
        ),
        as_json=as_json,
    )


@rentals_cli.command("reject")
def reject(rental_id: RentalId, when_possible: WhenPossible = False, as_json: Json = False) -> None:
    """Give a number back that no code came to."""
    body = {"when_possible": when_possible}
    show(call("POST", path_of("v1", "rentals", rental_id, "reject"), body=body), as_json=as_json)


@rentals_cli.command("cancel")
def cancel(rental_id: RentalId, when_possible: WhenPossible = False, as_json: Json = False) -> None:
    """End a rental before its time."""
    body = {"when_possible": when_possible}
    show(call("POST", path_of("v1", "rentals", rental_id, "cancel"), body=body), as_json=as_json)


@rentals_cli.command("get")
def get(
    rental_id: RentalId,
    messages: Annotated[bool, typer.Option("--messages", help="Show its messages, codes in clear.")] = False,
    as_json: Json = False,
) -> None:
    """Show a rental."""
    show(call("GET", path_of("v1", "rentals", rental_id)), as_json=as_json)
    if messages:
        items = call("GET", path_of("v1", "rentals", rental_id, "messages"))
        show({"items": items}, columns=("received_at", "sender", "code", "text"), as_json=as_json)


@rentals_cli.command("list")
def listed(
    state: Annotated[list[str] | None, typer.Option(help="In this state only; may be given again.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    as_json: Json = False,
) -> None:
    """List rentals, the newest first."""
    reply = call("GET", "/v1/rentals", params=given(state=state or None, limit=limit, cursor=cursor))
    show(reply, columns=_COLUMNS, as_json=as_json)
    if not as_json and reply["next"]:
        typer.echo(f"more: --cursor {reply['next']}")


def _show_rented(rental: Any, *, as_json: bool) -> None:
    show(rental, as_json=as_json)
    if rental["state"] == "requested":
        look = f"otpstream rentals get {rental['rental_id']}"
        typer.echo(f"whether it was rented is not known yet: look with `{look}`, and order none in its place", err=True)


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
            fail("--client must be 1 to 40 of a-z, 0-9, '.', '_' and '-'")
        scopes = [_scope(one) for one in scope]
        cap, margin = _decimal(spend_cap, "--spend-cap"), _decimal(margin_percent, "--margin-percent")

        from otpstream.control import keys_admin

        def make(url: str) -> str:
            return keys_admin.create(
                url,
                client=client,
                scopes=scopes,
                label=label,
                spend_cap=cap,
                margin_percent=margin,
                live_rentals_limit=live_rentals,
            )

        typer.echo(_in_store(store_url, make))

    @app.command("list")
    def listed_keys(as_json: Json = False) -> None:
        """List all keys, without what is secret in them."""
        from otpstream.control import keys_admin

        entries = [asdict(entry) for entry in _in_store(store_url, keys_admin.entries)]
        columns = ("key_id", "client", "scopes", "label", "created_at", "revoked_at")
        show({"items": json.loads(json.dumps(entries, default=str))}, columns=columns, as_json=as_json)

    @app.command("revoke")
    def revoke(key_id: Annotated[str, typer.Argument(help="As `list` shows it: the middle part of the key.")]) -> None:
        """Revoke a key at once."""
        from otpstream.control import keys_admin

        if not _in_store(store_url, lambda url: keys_admin.revoke(url, key_id)):
            fail("there is no such key, or it was revoked before")

    return app


def _in_store(store_url: Callable[[], str], work: Callable[[str], _T]) -> _T:
    from otpstream.control.store.engine import StoreError

    try:
        return work(store_url())
    except StoreError as error:
        fail(str(error))


def _scope(word: str) -> Scope:
    scope = next((one for one in SCOPES if one == word), None)
    if scope is None:
        fail(f"--scope {word}: must be one of {', '.join(SCOPES)}")
    return scope


def _decimal(text: str | None, option: str) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        fail(f"{option} must be a number, 0 or more")
    return value
