"""`otpstream up` and `otpstream run ...`: the roles, all in one process or each in its own."""

import asyncio
from typing import Annotated

import typer

from otpstream.commands.startup import read_settings, require_cluster, until_signal
from otpstream.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="Run one role alone, so that each scales apart. Needs KAFKA_BOOTSTRAP_SERVERS."
)


def up(
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="On four simulated providers, with codes coming in: nothing real is touched."),
    ] = False,
) -> None:
    """Run everything in one process: ingest, process, deliver and control.

    Without KAFKA_BOOTSTRAP_SERVERS an embedded broker serves: in memory, for one process, at least once.
    """
    settings = read_settings()
    if sandbox:
        _run_sandboxed()
    else:
        _run(settings)


@app.command("ingest")
def run_ingest() -> None:
    """Receive webhooks and poll providers onto otp.sms.v1 and otp.rentals.v1."""
    _run_alone("ingest")


@app.command("process")
def run_process() -> None:
    """Deduplicate, extract and correlate, exactly once. Each process needs its own PROCESS_SLOT."""
    _run_alone("process")


@app.command("control")
def run_control() -> None:
    """Rent numbers and verify phones for clients over HTTP; on SQLite one process, on PostgreSQL any number."""
    _run_alone("control")


@app.command("deliver")
def run_deliver() -> None:
    """Push codes to the subscription as signed webhooks."""
    _run_alone("deliver")


def _run_alone(role: str) -> None:
    settings = read_settings()
    require_cluster(settings)
    _run(settings, only=role)


def _run_sandboxed() -> None:
    from otpstream.sandboxed import introduction, sandboxed

    async def serve(stop: asyncio.Event) -> None:
        async with sandboxed() as trial:
            print(introduction(trial), flush=True)
            await trial.process.until(stop)

    until_signal(serve)


def _run(settings: Settings, *, only: str | None = None) -> None:
    from otpstream.roles import Role, running

    roles = frozenset(Role if only is None else [Role(only)])

    async def serve(stop: asyncio.Event) -> None:
        async with running(settings, roles) as process:
            servers = process.settings.kafka.bootstrap_servers
            print(f"otpstream is up at {process.base_url} on Kafka {servers}. Ctrl-C stops it.", flush=True)
            await process.until(stop)

    until_signal(serve)
