"""The command line: `otpstream up`, `run`, `topics`, `tail`, `doctor`, `settings`, `demo`, `sandbox`."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NoReturn

import typer
from confluent_kafka import KafkaError, KafkaException
from rich.console import Console
from rich.table import Table

from otpstream import kafka, logs, tail, topics_admin
from otpstream.embedded_broker import EmbeddedBrokerError
from otpstream.http_server import AddressError
from otpstream.settings import Settings, SettingsError, leaves, load, variable

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__, rich_markup_mode=None
)
topics_app = typer.Typer(no_args_is_help=True, help="Create or check the topics on the cluster.")
app.add_typer(topics_app, name="topics")

_EXPECTED = (
    SettingsError,
    AddressError,
    EmbeddedBrokerError,
    topics_admin.TopicsError,
    KafkaException,
    OSError,
)


def main() -> NoReturn:
    """Run the command line; what goes wrong is one sentence and exit status 1, a bug 70, never a traceback."""
    from otpstream.roles import StartError
    from processors.stage import StageStopped

    try:
        app()
    except (*_EXPECTED, StartError, StageStopped) as error:
        cause = error.args[0] if error.args else error
        print(f"otpstream: {cause.str() if isinstance(cause, KafkaError) else error}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        # The traceback may quote what is secret; whoever hunts the bug asks for it.
        logging.getLogger(__name__).debug("bug", exc_info=error)
        print(f"otpstream: a bug: {type(error).__name__}. LOG_LEVEL=DEBUG shows where", file=sys.stderr)
        sys.exit(70)
    sys.exit(0)


def _settings() -> Settings:
    settings = load()
    logs.configure(settings.log.level)
    return settings


def _connection(settings: Settings) -> dict[str, Any]:
    if settings.embedded:
        raise SettingsError(
            "KAFKA_BOOTSTRAP_SERVERS is not set: name the cluster, for example KAFKA_BOOTSTRAP_SERVERS=localhost:9092. "
            "(The embedded broker of `otpstream up` prints its address at the start.)"
        )
    return kafka.librdkafka(settings.kafka)


def _run(roles: frozenset[str]) -> None:
    from otpstream.roles import Role, running

    settings = _settings()

    async def serve(stop: asyncio.Event) -> None:
        async with running(settings, frozenset(map(Role, roles))) as process:
            servers = process.settings.kafka.bootstrap_servers
            print(f"otpstream is up at {process.base_url} on Kafka {servers}. Ctrl-C stops it.", flush=True)
            await process.until(stop)

    until_signal(serve)


def until_signal(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run asynchronous work with an event that SIGINT and SIGTERM set."""

    async def wrapped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await work(stop)

    import uvloop

    uvloop.run(wrapped())


@app.command()
def up() -> None:
    """Run everything in one process: ingest, process and deliver.

    Without KAFKA_BOOTSTRAP_SERVERS an embedded broker serves: in memory, for one process, at least once.
    """
    _run(frozenset({"ingest", "process", "deliver"}))


run_app = typer.Typer(
    no_args_is_help=True, help="Run one role alone, so that each scales apart. Needs KAFKA_BOOTSTRAP_SERVERS."
)
app.add_typer(run_app, name="run")


@run_app.command("ingest")
def run_ingest() -> None:
    """Receive webhooks and poll providers onto otp.sms.v1 and otp.rentals.v1."""
    _connection(_settings())
    _run(frozenset({"ingest"}))


@run_app.command("process")
def run_process() -> None:
    """Deduplicate, extract and correlate, exactly once. Each process needs its own PROCESS_SLOT."""
    _connection(_settings())
    _run(frozenset({"process"}))


@run_app.command("deliver")
def run_deliver() -> None:
    """Push codes to the subscription as signed webhooks."""
    _connection(_settings())
    _run(frozenset({"deliver"}))


@topics_app.command("create")
def topics_create(
    replication_factor: Annotated[
        int | None, typer.Option(help="Replicas of each topic; default KAFKA_REPLICATION_FACTOR.")
    ] = None,
    partitions: Annotated[
        int | None, typer.Option(min=1, help="Instead of each topic's own number; joined topics must agree.")
    ] = None,
) -> None:
    """Create the topics that are missing; those that are there stay as they are."""
    settings = _settings()
    created = topics_admin.create(
        _connection(settings),
        replication_factor=replication_factor or settings.kafka.replication_factor,
        window_seconds=settings.process.window_seconds,
        partitions=partitions,
    )
    for topic, new in created:
        print(f"{'created' if new else 'was there':<10} {topic.name}")


@topics_app.command("check")
def topics_check() -> None:
    """Compare the cluster's topics with what otpstream needs; exit status 1 when something is wrong."""
    settings = _settings()
    findings = topics_admin.check(_connection(settings), window_seconds=settings.process.window_seconds)
    table = Table("topic", "key", "partitions", "kept", "state")
    table.columns[0].no_wrap = True
    for finding in findings:
        seconds = topics_admin.retention_seconds(finding.topic, window_seconds=settings.process.window_seconds)
        kept = "newest of each key" if seconds is None else f"{seconds // 3600} h"
        partitions = "-" if finding.partitions is None else str(finding.partitions)
        table.add_row(finding.topic.name, finding.topic.key, partitions, kept, finding.wrong or "ok")
    Console().print(table)
    if any(finding.wrong for finding in findings):
        sys.exit(1)


@app.command("tail")
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
    settings = _settings()
    if kafka_servers is not None:
        settings = settings.model_copy(
            update={"kafka": settings.kafka.model_copy(update={"bootstrap_servers": kafka_servers})}
        )
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    for code in tail.codes(_connection(settings), from_beginning=from_beginning, stopped=lambda: stopped):
        print(tail.line_of(code, show=show_codes), flush=True)


@app.command("doctor")
def run_doctor() -> None:
    """Say what is wrong and how to mend it; exit status 1 when something is."""
    from otpstream.doctor import Verdict, examine

    settings = _settings()
    logs.configure("CRITICAL")
    wrong = False

    async def tell(_: asyncio.Event) -> None:
        nonlocal wrong
        async for finding in examine(settings):
            wrong |= finding.verdict is Verdict.WRONG
            print(f"{finding.verdict:<8} {finding.subject:<13} {finding.text}", flush=True)

    until_signal(tell)
    sys.exit(1 if wrong else 0)


@app.command("sandbox")
def run_sandbox(
    port: Annotated[int, typer.Option(help="Where the simulated Text2FA listens.")] = 8090,
    numbers: Annotated[int, typer.Option(min=1, help="How many numbers are rented.")] = 5,
    rate_per_second: Annotated[float, typer.Option(min=0.01, help="How many SMS a second come in.")] = 1.0,
    faulty: Annotated[bool, typer.Option("--faulty", help="Lose, double and delay webhooks; let calls fail.")] = False,
    seed: Annotated[int, typer.Option(help="Decides texts, gaps and faults.")] = 1,
) -> None:
    """Serve a simulated Text2FA with SMS coming in: a provider to try otpstream on, that costs nothing."""
    from otpstream.demo import FAULTS
    from otpstream.sandbox import Faults, Text2faSimulator, run_traffic, running_sandbox

    key = "sandbox"

    async def serve(stop: asyncio.Event) -> None:
        simulator = Text2faSimulator(api_key=key, faults=FAULTS if faulty else Faults(), seed=seed)
        for _ in range(numbers):
            simulator.rent()
        async with running_sandbox(simulator, port=port) as sandbox:
            print(
                f"A simulated Text2FA serves at {sandbox.base_url}; {numbers} numbers, {rate_per_second:g} SMS/s. Ctrl-C stops it."
            )
            print(
                f"In another shell: TEXT2FA_BASE_URL={sandbox.base_url} TEXT2FA_API_KEY={key} otpstream up", flush=True
            )
            traffic = asyncio.create_task(run_traffic(simulator, rate_per_second=rate_per_second, seed=seed))
            await stop.wait()
            traffic.cancel()

    until_signal(serve)


@app.command("subscriber")
def run_subscriber(
    port: Annotated[int, typer.Option(help="Where it listens.")] = 9000,
) -> None:
    """Receive pushes, check their signatures with SUBSCRIPTION_SECRETS, and show each: a subscriber to try otpstream on."""
    from otpstream.http_server import serving
    from otpstream.subscriber import Subscriber

    settings = _settings()
    if settings.subscription is None:
        raise SettingsError(
            "SUBSCRIPTION_URL and SUBSCRIPTION_SECRETS are not set: the subscriber checks signatures with the same secret"
        )
    secret = settings.subscription.secrets[0].get_secret_value()

    def show(data: dict[str, Any], taken_seconds: float) -> None:
        print(
            f"{data['code']:<10} {data['line']:<24} {data['service'] or data['sender']:<20} {taken_seconds * 1000:.1f} ms",
            flush=True,
        )

    async def serve(stop: asyncio.Event) -> None:
        async with serving(Subscriber(secret, on_push=show).app, host="127.0.0.1", port=port) as base_url:
            print(f"A subscriber listens at {base_url}/codes. Ctrl-C stops it.", flush=True)
            await stop.wait()

    until_signal(serve)


@app.command("demo")
def run_demo(
    messages: Annotated[int, typer.Option(min=1, help="How many SMS.")] = 600,
    rate_per_second: Annotated[float, typer.Option(min=0.1, help="How many a second.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Decides texts, gaps and faults.")] = 1,
) -> None:
    """Show the whole pipeline at work on a simulated provider; exit status 1 unless every SMS is accounted for."""
    from otpstream.demo import demo

    # What the demo's faults make the log say is not news.
    logs.configure(os.environ.get("LOG_LEVEL", "CRITICAL"))
    complete = False

    async def show(_: asyncio.Event) -> None:
        nonlocal complete
        complete = await demo(messages=messages, rate_per_second=rate_per_second, seed=seed, console=Console())

    until_signal(show)
    sys.exit(0 if complete else 1)


@app.command("explain")
def explain_text(
    text: Annotated[str, typer.Argument(help="The SMS, in quotes; - reads it from standard input.")],
    sender: Annotated[str | None, typer.Option(help="Who sent it, where that matters.")] = None,
) -> None:
    """Show which code is read out of a text, what else could have been it, and why the winner won."""
    from otpstream.explain import report

    Console().print(report(sys.stdin.read() if text == "-" else text, sender))


@app.command("settings")
def show_settings() -> None:
    """List every setting: its environment variable, its default and its meaning."""
    for path, field in leaves(Settings):
        default = "required" if field.is_required() else field.get_default(call_default_factory=True)
        shown = "" if default in (None, (), "") else f" [{getattr(default, 'value', default)}]"
        print(f"{variable(path)}{shown}\n    {' '.join((field.description or '').split())}")


if __name__ == "__main__":
    main()
