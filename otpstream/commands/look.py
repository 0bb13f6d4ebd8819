"""The commands that show how things are and change nothing: `tail`, `doctor`, `explain`, `settings`."""

import asyncio
import signal
import sys
from typing import Annotated

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from rich.console import Console

from otpstream import logs, tail
from otpstream.commands.startup import connection, read_settings, until_signal
from otpstream.settings import Settings, account_model, leaves, variable


def tail_codes(
    show_codes: Annotated[bool, typer.Option("--show-codes", help="Show codes and phone numbers in clear.")] = False,
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", help="Also those that Kafka still keeps.")
    ] = False,
    kafka_servers: Annotated[
        str | None, typer.Option("--kafka", help="host:port; default KAFKA_BOOTSTRAP_SERVERS.")
    ] = None,
) -> None:
    """Show codes as they come: time received, code (hidden unless asked), line, phone, sender, confidence, time in the pipeline, rental."""
    settings = read_settings()
    if kafka_servers is not None:
        settings = settings.with_bootstrap_servers(kafka_servers)
    cluster = connection(settings)
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    for code in tail.codes(cluster, from_beginning=from_beginning, stopped=lambda: stopped):
        print(tail.line_of(code, show=show_codes), flush=True)


def run_doctor() -> None:
    """Say what is wrong and how to mend it; exit status 1 when something is."""
    from otpstream.doctor import Verdict, examine

    settings = read_settings()
    logs.configure("CRITICAL")
    wrong = False

    async def tell(_: asyncio.Event) -> None:
        nonlocal wrong
        async for finding in examine(settings):
            wrong |= finding.verdict is Verdict.WRONG
            print(f"{finding.verdict:<8} {finding.subject:<26} {finding.text}", flush=True)

    until_signal(tell)
    sys.exit(1 if wrong else 0)


def explain_text(
    text: Annotated[str, typer.Argument(help="The SMS, in quotes; - reads it from standard input.")],
    sender: Annotated[str | None, typer.Option(help="Who sent it, where that matters.")] = None,
    *,
    pickup_codes: Annotated[bool, typer.Option(help="As with PROCESS_PICKUP_CODES.")] = False,
    card_pins: Annotated[bool, typer.Option(help="As with PROCESS_CARD_PINS.")] = False,
    initial_passwords: Annotated[bool, typer.Option(help="As with PROCESS_INITIAL_PASSWORDS.")] = True,
) -> None:
    """Show which code is read out of a text, what else could have been it, and why the winner won."""
    from otpstream.explain import report
    from processors.extract import Policy

    policy = Policy(pickup_codes=pickup_codes, card_pins=card_pins, initial_passwords=initial_passwords)
    Console().print(report(sys.stdin.read() if text == "-" else text, sender, policy))


def show_settings() -> None:
    """List every setting: its environment variable, its default and its meaning; of lists of accounts the fields of each account, too."""
    for path, field in leaves(Settings):
        _print_setting(variable(path), field)
        account = account_model(field)
        if account is not None:
            print("    A JSON list of objects, one an account, with these fields:")
            for inner, inner_field in leaves(account):
                _print_setting(".".join(inner), inner_field, indent="    ")


def _print_setting(name: str, field: FieldInfo, *, indent: str = "") -> None:
    default = "required" if field.is_required() else field.get_default(call_default_factory=True)
    if isinstance(default, SecretStr):
        # What everybody has by default is no secret.
        default = default.get_secret_value()
    shown = "" if default in (None, (), "", {}) else f" [{getattr(default, 'value', default)}]"
    print(f"{indent}{name}{shown}\n{indent}    {' '.join((field.description or '').split())}")
