"""`otpstream up` and `otpstream run ...`: the roles, all in one process or each in its own."""

import asyncio

import typer

from otpstream.commands.startup import read_settings, require_cluster, until_signal
from otpstream.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="Run one role alone, so that each scales apart. Needs KAFKA_BOOTSTRAP_SERVERS."
)


def up() -> None:
    """Run everything in one process: ingest, process and deliver.

    Without KAFKA_BOOTSTRAP_SERVERS an embedded broker serves: in memory, for one process, at least once.
    """
    _run(read_settings(), "ingest", "process", "deliver")


@app.command("ingest")
def run_ingest() -> None:
    """Receive webhooks and poll providers onto otp.sms.v1 and otp.rentals.v1."""
    _run_alone("ingest")


@app.command("process")
def run_process() -> None:
    """Deduplicate, extract and correlate, exactly once. Each process needs its own PROCESS_SLOT."""
    _run_alone("process")


@app.command("deliver")
def run_deliver() -> None:
    """Push codes to the subscription as signed webhooks."""
    _run_alone("deliver")


def _run_alone(role: str) -> None:
    settings = read_settings()
    require_cluster(settings)
    _run(settings, role)


def _run(settings: Settings, *roles: str) -> None:
    from otpstream.roles import Role, running

    async def serve(stop: asyncio.Event) -> None:
        async with running(settings, frozenset(map(Role, roles))) as process:
            servers = process.settings.kafka.bootstrap_servers
            print(f"otpstream is up at {process.base_url} on Kafka {servers}. Ctrl-C stops it.", flush=True)
            await process.until(stop)

    until_signal(serve)
