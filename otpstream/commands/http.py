"""What the commands over HTTP share: one request to the control plane, its reply as people read it, and one sentence where it fails."""

import json
import os
from typing import Annotated, Any, NoReturn
from urllib.parse import quote
from uuid import uuid4

import httpx
import typer

DEFAULT_URL = "http://127.0.0.1:8080"
_TIMEOUT_SECONDS = 180.0
"""Longer than the server asks providers: a request that is given up here goes on there."""

Json = Annotated[bool, typer.Option("--json", help="Print the reply as it came.")]
Retry = Annotated[
    str | None,
    typer.Option(
        "--idempotency-key", help="Of a request that got no answer, to ask for the same again without paying twice."
    ),
]


def path_of(*parts: str) -> str:
    """Return the path of these parts, each of which stays one whatever is in it."""
    # A client takes `..` for a step up, though nothing in it needs quoting.
    return "".join(f"/{quote(part, safe='', errors='replace').replace('.', '%2E')}" for part in parts)


def call(
    method: str,
    path: str,
    *,
    params: dict[str, Any] | None = None,
    body: Any = None,
    idempotency_key: str | None = None,
    takes_key: bool = False,
) -> Any:
    """Make one request to OTPSTREAM_URL, with the key in OTPSTREAM_API_KEY; a POST carries an idempotency key.

    Args:
        method: of HTTP.
        path: with its leading slash.
        params: of the query.
        body: as JSON.
        idempotency_key: of an earlier request; None: a new one.
        takes_key: whether the command has an option for it, so that the same can be asked for again.

    Returns:
        The reply; None where it has no body.

    Raises:
        typer.Exit: no key, no answer, or an error as answer: one sentence is on standard error.
    """
    api_key = os.environ.get("OTPSTREAM_API_KEY")
    if not api_key:
        fail("OTPSTREAM_API_KEY is not set: make a key with `otpstream keys create`")
    if not all("!" <= character <= "~" for character in api_key):
        fail(
            "OTPSTREAM_API_KEY is no key, for it holds spaces, line ends or other letters: set it as `otpstream keys create` printed it"
        )
    if idempotency_key is not None and not (idempotency_key.isascii() and idempotency_key.isprintable()):
        fail("--idempotency-key must be ASCII letters, digits and punctuation, as it was printed")
    url = os.environ.get("OTPSTREAM_URL", DEFAULT_URL).rstrip("/")
    key = idempotency_key or uuid4().hex
    headers = {"Authorization": f"Bearer {api_key}"} | ({"Idempotency-Key": key} if method == "POST" else {})
    try:
        reply = httpx.request(method, url + path, params=params, json=body, headers=headers, timeout=_TIMEOUT_SECONDS)
    except UnicodeEncodeError:
        fail("an argument is not UTF-8, so it cannot be sent")
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        again = f"; ask for the same again with --idempotency-key {key}" if takes_key else ""
        fail(f"no answer from {url} ({type(fault).__name__}){again}")
    if reply.status_code == httpx.codes.NO_CONTENT:
        return None
    try:
        told = reply.json()
    except ValueError:
        fail(f"{url} answered {reply.status_code} with something else than JSON: is it otpstream's address?")
    if reply.is_error:
        fail(_sentence(told, reply.status_code))
    return told


def _sentence(problem: Any, status: int) -> str:
    told = problem if isinstance(problem, dict) else {}
    wait_seconds = told.get("retry_after_seconds")
    names = [f" ({kind[:-3]} {told[kind]})" for kind in ("rental_id", "verification_id") if told.get(kind)]
    detail = str(told.get("detail", f"answered {status}"))
    wrong = [f"; {one['field']}: {one['detail']}" for one in told.get("errors") or () if one["detail"] not in detail]
    wait = "" if wait_seconds is None else f"; ask again in {wait_seconds:.0f} seconds"
    return "".join([detail, *names, *wrong, wait])


def given(**values: Any) -> dict[str, Any]:
    """Leave out what was not given."""
    return {name: value for name, value in values.items() if value is not None}


def show(reply: Any, *, columns: tuple[str, ...] | None = None, as_json: bool) -> None:
    """Print a reply: as it came, or line by line, or its items as rows of a table where columns are named."""
    if as_json:
        typer.echo(json.dumps(reply, indent=2))
    elif columns is None:
        for name, value in reply.items():
            if value is not None:
                typer.echo(f"{name:<18} {_printable(value)}")
    else:
        rows = [columns, *([_printable(item[name]) for name in columns] for item in reply["items"])]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            typer.echo("  ".join(map(str.ljust, row, widths)).rstrip())


def _printable(value: Any) -> str:
    """Write a value on one line: what came from outside may hold line ends and terminal sequences."""
    text = "-" if value is None else str(value)
    return "".join(character if character.isprintable() else " " for character in text)


def fail(message: str) -> NoReturn:
    """End with one sentence on standard error and status 1."""
    typer.echo(f"otpstream: {message}", err=True)
    raise typer.Exit(1)
