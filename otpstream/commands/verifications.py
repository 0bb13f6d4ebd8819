"""`otpstream verifications`: start, check, cancel, get, list, and the holds on prefixes, over the control plane's HTTP API."""

from typing import Annotated

import typer

from otpstream.commands.http import Json, Retry, call, given, path_of, show

_COLUMNS = ("verification_id", "state", "reason", "phone", "brand", "attempts", "requested_at", "expires_at")
_HOLD_COLUMNS = ("prefix", "action", "reason", "detail", "changed_at", "ends_at")

verifications_cli = typer.Typer(
    no_args_is_help=True,
    help="Verify phones over the HTTP API at OTPSTREAM_URL, with the key in OTPSTREAM_API_KEY (see `otpstream keys create`).",
)
holds_cli = typer.Typer(no_args_is_help=True, help="Prefixes that the fraud guard holds, and overrides.")
verifications_cli.add_typer(holds_cli, name="holds")

VerificationId = Annotated[str, typer.Argument(metavar="ID", help="Of the verification.")]
Prefix = Annotated[str, typer.Argument(help="The beginning of numbers, such as +44.")]
Why = Annotated[str, typer.Option(help="Why, for whoever finds it.")]
Duration = Annotated[float | None, typer.Option(help="For how long; left out: until it is lifted.")]


@verifications_cli.command()
def start(
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
        bool, typer.Option("--auto-complete", help="On a line of our own: check the codes of its SMS, each once.")
    ] = False,
    idempotency_key: Retry = None,
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
    show(call("POST", "/v1/verifications", body=body, idempotency_key=idempotency_key, takes_key=True), as_json=as_json)


@verifications_cli.command()
def check(
    verification_id: VerificationId,
    code: Annotated[str, typer.Argument(help="What the person typed; its zeros count.")],
    as_json: Json = False,
) -> None:
    """Check a code; exit status 1 where it is wrong."""
    checked = call("POST", path_of("v1", "verifications", verification_id, "check"), body={"code": code})
    show(checked, as_json=as_json)
    if not checked["verified"]:
        raise typer.Exit(1)


@verifications_cli.command()
def cancel(
    verification_id: VerificationId,
    schedule: Annotated[
        bool, typer.Option("--schedule", help="Where it is too early: have it cancelled as soon as may be.")
    ] = False,
    as_json: Json = False,
) -> None:
    """End a verification, not earlier than 30 s after its start."""
    show(
        call("POST", path_of("v1", "verifications", verification_id, "cancel"), body={"schedule": schedule}),
        as_json=as_json,
    )


@verifications_cli.command()
def get(verification_id: VerificationId, as_json: Json = False) -> None:
    """Show a verification as it stands now."""
    show(call("GET", path_of("v1", "verifications", verification_id)), as_json=as_json)


@verifications_cli.command("list")
def list_verifications(
    phone: Annotated[str | None, typer.Option(help="Of this phone alone, in E.164.")] = None,
    state: Annotated[str | None, typer.Option(help="In this state alone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at the most.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="`next` of the page before.")] = None,
    as_json: Json = False,
) -> None:
    """List verifications, the newest first."""
    reply = call("GET", "/v1/verifications", params=given(phone=phone, state=state, limit=limit, cursor=cursor))
    show(reply, columns=_COLUMNS, as_json=as_json)
    if not as_json and reply["next"]:
        typer.echo(f"more: --cursor {reply['next']}")


@holds_cli.command("list")
def list_holds(as_json: Json = False) -> None:
    """List what stands on prefixes."""
    show({"items": call("GET", "/v1/prefix-holds")}, columns=_HOLD_COLUMNS, as_json=as_json)


@holds_cli.command("hold")
def hold_prefix(prefix: Prefix, detail: Why, duration_seconds: Duration = None, as_json: Json = False) -> None:
    """Start no verification of a prefix."""
    body = {"action": "hold", "detail": detail, "duration_seconds": duration_seconds}
    show(call("PUT", path_of("v1", "prefix-holds", prefix), body=body), as_json=as_json)


@holds_cli.command("allow")
def allow_prefix(prefix: Prefix, detail: Why, duration_seconds: Duration = None, as_json: Json = False) -> None:
    """Start verifications of a prefix whatever its conversion is."""
    body = {"action": "allow", "detail": detail, "duration_seconds": duration_seconds}
    show(call("PUT", path_of("v1", "prefix-holds", prefix), body=body), as_json=as_json)


@holds_cli.command("lift")
def lift_prefix(prefix: Prefix) -> None:
    """Take away what stands on a prefix: its conversion counts anew."""
    call("DELETE", path_of("v1", "prefix-holds", prefix))
