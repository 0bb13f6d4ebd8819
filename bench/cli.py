"""The benchmarks of docs/performance.md, on a real Kafka; without a command, all of them.

The machine decides the absolute figures; read the ratios, which come from runs in turn.
"""

import runpy
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from confluent_kafka import KafkaException
from rich.console import Console
from rich.table import Table

from bench import ingest, latency, report, restore, stage
from bench.processes import BenchError
from ops.kafka.broker import BrokerError
from ops.kafka.distribution import DownloadError, MissingToolError
from otpstream.topics_admin import TopicsError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, help=__doc__)

_EXPECTED = (BenchError, BrokerError, DownloadError, MissingToolError, TopicsError, KafkaException, OSError)

JsonFile = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")]
Messages = Annotated[int, typer.Option(min=50_000, help="How many messages wait.")]
Pairs = Annotated[int, typer.Option(min=1, help="How often the two are measured, in turn.")]
Rates = Annotated[list[int], typer.Option("--rate", min=10, help="Messages a second; may be given several times.")]
Seconds = Annotated[float, typer.Option(min=2, help="How long each run is measured.")]

_MESSAGES, _PAIRS = 400_000, 5
_RATES, _LATENCY_SECONDS = [100, 500, 2_000], 15.0
_POST_SECONDS = 5.0
_KEYS = 3_000_000


def main() -> NoReturn:
    """Run the command line; what goes wrong is one sentence and exit status 1."""
    try:
        app()
    except _EXPECTED as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)
    sys.exit(0)


@app.callback(invoke_without_command=True)
def _by_default(context: typer.Context, json: JsonFile = None) -> None:
    if context.invoked_subcommand is None:
        run_all(json=json)


@app.command("stage")
def run_stage(messages: Messages = _MESSAGES, pairs: Pairs = _PAIRS, json: JsonFile = None) -> None:
    """Measure the processing stage against a bare copy loop."""
    comparison = stage.compare(messages=messages, pairs=pairs)
    _show(report.stage_table(comparison), json, {"stage": comparison})


@app.command("latency")
def run_latency(rate: Rates = _RATES, seconds: Seconds = _LATENCY_SECONDS, json: JsonFile = None) -> None:
    """Measure the latency of the hop, next to no hop at all."""
    runs = latency.measure(rates=rate, seconds=seconds)
    _show(report.latency_table(runs), json, {"latency": runs})


@app.command("ingest")
def run_ingest(pairs: Pairs = _PAIRS, seconds: Seconds = _POST_SECONDS, json: JsonFile = None) -> None:
    """Measure webhooks acknowledged a second against a bare handler."""
    comparison = ingest.compare(pairs=pairs, seconds=seconds)
    _show(report.ingest_table(comparison), json, {"ingest": comparison})


@app.command("restore")
def run_restore(messages: Messages = _KEYS, json: JsonFile = None) -> None:
    """Measure how fast the state comes back, and the memory that it takes."""
    runs = restore.measure(messages=messages)
    _show(report.restore_table(runs), json, {"restore": runs})


@app.command("extract", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run_extract(context: typer.Context) -> None:
    """Measure the extractor; its options are those of `python -m bench.extract`."""
    if find_spec("bench.extract") is None:
        raise BenchError("there is no benchmark of the extractor in this checkout")
    sys.argv = ["bench.extract", *context.args]
    runpy.run_module("bench.extract", run_name="__main__")


@app.command("all")
def run_all(json: JsonFile = None) -> None:
    """Measure stage, latency, ingest and restore, with the options that they have by default: some ten minutes."""
    results: dict[str, Any] = {}
    results["stage"] = comparison = stage.compare(messages=_MESSAGES, pairs=_PAIRS)
    _show(report.stage_table(comparison))
    results["latency"] = delays = latency.measure(rates=_RATES, seconds=_LATENCY_SECONDS)
    _show(report.latency_table(delays))
    results["ingest"] = webhooks = ingest.compare(pairs=_PAIRS, seconds=_POST_SECONDS)
    _show(report.ingest_table(webhooks))
    results["restore"] = restored = restore.measure(messages=_KEYS)
    _show(report.restore_table(restored), json, results)


def _show(table: Table, json: Path | None = None, results: dict[str, Any] | None = None) -> None:
    Console().print(table)
    if json is not None and results is not None:
        report.write(json, results)
