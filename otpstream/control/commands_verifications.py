"""`otpstream verifications`: start, check, cancel, get, list, and the holds on prefixes, over the control plane's HTTP API."""

import json
import os
from typing import Annotated, Any, NoReturn
from urllib.parse import quote
from uuid import uuid4

import httpx
import typer
from rich.console import Console
from rich.table import Table

DEFAULT_URL = "http://127.0.0.1:8080"
_TIMEOUT_SECONDS = 180.0
"""Longer than the server asks a provider: a request that is given up here goes on there."""
_COLUMNS = ("verification_id", "state", "reason", "phone", "brand", "attempts", "requested_at", "expires_at")
_HOLD_COLUMNS = ("prefix", "action", "reason", "detail", "changed_at", "ends_at")

verifications_cli = typer.Typer(
    no_args_is_help=True,
    help="Verify phones over the HTTP API at OTPSTREAM_URL, with the key in OTPSTREAM_API_KEY (see `otpstream keys create`).",
)
holds_cli = typer.Typer(no_args_is_help=True, help="Prefixes that the fraud guard holds, and overrides.")
verifications_cli.add_typer(holds_cli, name="holds")

Json = Annotated[bool, typer.Option("--json", help="Print the reply as it came.")]
VerificationId = Annotated[str, typer.Argument(metavar="ID", help="Of the verification.")]
Prefix = Annotated[str, typer.Argument(help="The beginning of numbers, such as +44.")]
Why = Annotated[str, typer.Option(help="Why, for whoever finds it.")]
Duration = Annotated[float | None, typer.Option(help="For how long; left out: until it is lifted.")]


@verifications_cli.callback()
def connect(context: typer.Context) -> None:
    """Open the connection."""
    key = os.environ.get("OTPSTREAM_API_KEY")
    if not key:
        _fail("OTPSTREAM_API_KEY is not set: make a key with `otpstream keys create`")
    http = httpx.Client(
        base_url=os.environ.get("OTPSTREAM_URL", DEFAULT_URL),
        headers={"Authorization": f"Bearer {key}"},
        timeout=_TIMEOUT_SECONDS,
    )
    context.obj = context.with_resource(http)


@verifications_cli.command()
def start(
    context: typer.Context,
    phone: Annotated[str, typer.Argument(help="+<country code><number>, or local together with --country.")],
    brand: Annotated[str, typer.Option(help="Who it is from: 1 to 18 letters and digits.")],
    country: Annotated[str | None, typer.Option(help="Of a local phone: ISO 3166-1 alpha-2.")] = None,
    code_length: Annotated[int, typer.Option(help="4 or 6.")] = 4,
    workflow: Annotated[
        str,
        typer.Option(
            help="1 SMS, call, call; 2 SMS, SMS, call; 3 call, call; 4 SMS, SMS; 5 SMS, call; 6 SMS; 7 call. One step a minute."
        ),
    ] = "1",
    language: Annotated[str | None, typer.Option(help="Such as en-gb; left out: that of the phone's country.")] = None,
    sender_id: Annotated[str | None, typer.Option(help="A sender of the account.")] = None,
    provider: Annotated[str | None, typer.Option(help="Whom to ask; left out: the first that is configured.")] = None,
    auto_complete: Annotated[
        bool, typer.Option("--auto-complete", help="On a line of our own: check the code as soon as its SMS is here.")
    ] = False,
    idempotency_key: Annotated[
        str | None,
        typer.Option(help="Of a request that got no answer, to ask for the same again without a second code."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Send a code to a phone."""
    body = {
        "phone": phone,
        "brand": brand,
        "country": country,
        "code_length": code_length,
        "workflow": workflow,
        "language": language,
        "sender_id": sender_id,
        "provider": provider,
        "auto_complete": auto_complete,
    }
    _show(_call(context, "POST", "/v1/verifications", body=body, key=idempotency_key), as_json=as_json)


@verifications_cli.command()
def check(
    context: typer.Context,
    verification_id: VerificationId,
    code: Annotated[str, typer.Argument(help="What the person typed; its zeros count.")],
    as_json: Json = False,
) -> None:
    """Check a code; exit status 1 where it is wrong."""
    checked = _call(context, "POST", _path(verification_id, "check"), body={"code": code})
    _show(checked, as_json=as_json)
    if not checked["verified"]:
        raise typer.Exit(1)


@verifications_cli.command()
def cancel(
    context: typer.Context,
    verification_id: VerificationId,
    schedule: Annotated[
        bool, typer.Option("--schedule", help="Where it is too early: have it cancelled as soon as may be.")
    ] = False,
    as_json: Json = False,
) -> None:
    """End a verification, not earlier than 30 s after its start."""
    _show(_call(context, "POST", _path(verification_id, "cancel"), body={"schedule": schedule}), as_json=as_json)


@verifications_cli.command()
def get(context: typer.Context, verification_id: VerificationId, as_json: Json = False) -> None:
    """Show a verification as it stands now."""
    _show(_call(context, "GET", _path(verification_id)), as_json=as_json)


@verifications_cli.command("list")
def list_verifications(
    context: typer.Context,
    phone: Annotated[str | None, typer.Option(help="Of this phone alone, in E.164.")] = None,
    state: Annotated[str | None, typer.Option(help="In this state alone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    as_json: Json = False,
) -> None:
    """List verifications, the newest first."""
    wanted = {"phone": phone, "state": state, "limit": limit, "cursor": cursor}
    given = {name: value for name, value in wanted.items() if value is not None}
    reply = _call(context, "GET", "/v1/verifications", params=given)
    _show(reply, columns=_COLUMNS, as_json=as_json)
    if not as_json and reply["next"]:
        typer.echo(f"more: --cursor {reply['next']}")


@holds_cli.command("list")
def list_holds(context: typer.Context, as_json: Json = False) -> None:
    """List what stands on prefixes."""
    _show({"items": _call(context, "GET", "/v1/prefix-holds")}, columns=_HOLD_COLUMNS, as_json=as_json)


@holds_cli.command("hold")
def hold_prefix(
    context: typer.Context, prefix: Prefix, detail: Why, duration_seconds: Duration = None, as_json: Json = False
) -> None:
    """Start no verification of a prefix."""
    body = {"action": "hold", "detail": detail, "duration_seconds": duration_seconds}
    _show(_call(context, "PUT", _hold_path(prefix), body=body), as_json=as_json)


@holds_cli.command("allow")
def allow_prefix(
    context: typer.Context, prefix: Prefix, detail: Why, duration_seconds: Duration = None, as_json: Json = False
) -> None:
    """Start verifications of a prefix whatever its conversion is."""
    body = {"action": "allow", "detail": detail, "duration_seconds": duration_seconds}
    _show(_call(context, "PUT", _hold_path(prefix), body=body), as_json=as_json)


@holds_cli.command("lift")
def lift_prefix(context: typer.Context, prefix: Prefix) -> None:
    """Take away what stands on a prefix: its conversion counts anew."""
    _call(context, "DELETE", _hold_path(prefix))


def _call(
    context: typer.Context, method: str, path: str, *, body: Any = None, key: str | None = None, **more: Any
) -> Any:
    """Make one request; a POST carries an idempotency key, so that it can be made again where no answer came."""
    http: httpx.Client = context.obj
    key = key or uuid4().hex
    headers = {"Idempotency-Key": key} if method == "POST" else {}
    try:
        reply = http.request(method, path, json=body, headers=headers, **more)
    except httpx.HTTPError as fault:
        again = f"; ask for the same again with --idempotency-key {key}" if path == "/v1/verifications" and body else ""
        _fail(f"no answer from {http.base_url} ({type(fault).__name__}){again}")
    if reply.status_code == httpx.codes.NO_CONTENT:
        return None
    try:
        told = reply.json()
    except ValueError:
        _fail(f"{http.base_url} answered {reply.status_code} with something else than JSON: is it otpstream's address?")
    if reply.is_error:
        _fail(_sentence(told, reply.status_code))
    return told


def _sentence(problem: Any, status: int) -> str:
    told = problem if isinstance(problem, dict) else {}
    wait_seconds = told.get("retry_after_seconds")
    name = told.get("verification_id")
    return "".join(
        [
            str(told.get("detail", f"answered {status}")),
            "" if name is None else f" (verification {name})",
            "" if wait_seconds is None else f"; ask again in {wait_seconds:.0f} seconds",
        ]
    )


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


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


def _path(verification_id: str, *more: str) -> str:
    return "/".join(["/v1/verifications", quote(verification_id, safe=""), *more])


def _hold_path(prefix: str) -> str:
    return f"/v1/prefix-holds/{quote(prefix, safe='')}"
