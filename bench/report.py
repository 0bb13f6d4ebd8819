"""What a benchmark prints, and what it writes as JSON."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from bench import ingest, latency, restore, stage
from bench.processes import Run

_LIBRARIES = ("confluent-kafka", "aiokafka", "pydantic", "uvicorn", "uvloop", "httptools")


def stage_table(comparison: stage.Comparison) -> Table:
    """Show the hop next to the bare loop."""
    table = _table("Stage: one process over a backlog, exactly once", "", "msg/s", "CPU µs/msg", "RSS MiB", "ratio")
    for number, (bare, hop) in enumerate(zip(comparison.bare, comparison.hop, strict=True), 1):
        table.add_row(f"{number} bare copy loop", *_figures(bare), "")
        table.add_row(f"{number} hop", *_figures(hop), f"{comparison.ratios[number - 1]:.2f}", end_section=True)
    table.add_row("median bare copy loop", *_medians(comparison.bare), "")
    table.add_row("median hop", *_medians(comparison.hop), f"{comparison.ratio:.2f}", end_section=True)
    table.add_row("process and apply alone", *_figures(comparison.compute), "")
    return table


def latency_table(runs: list[latency.Latency]) -> Table:
    """Show each rate without and with the hop."""
    table = _table("Latency: produce to read_committed consumer", "msg/s", "", "p50 ms", "p99 ms", "messages")
    for run in runs:
        what = "the hop" if run.hop else "no hop at all"
        figures = (f"{run.p50_milliseconds:.1f}", f"{run.p99_milliseconds:.1f}", f"{run.read:,}")
        table.add_row(f"{run.rate_per_second:,}", what, *figures, end_section=run.hop)
    return table


def ingest_table(comparison: ingest.Comparison) -> Table:
    """Show the receiver next to the bare handler."""
    title = f"Ingest: webhooks acknowledged, {ingest.CONNECTIONS} connections"
    table = _table(title, "", "POST/s", "CPU µs/POST", "p50 ms", "p99 ms", "RSS MiB", "ratio")
    for number, (bare, receiver) in enumerate(zip(comparison.bare, comparison.receiver, strict=True), 1):
        table.add_row(f"{number} bare handler", *_served(bare), "")
        ratio = f"{comparison.ratios[number - 1]:.2f}"
        table.add_row(f"{number} receiver", *_served(receiver), ratio, end_section=True)
    table.add_row("median", "", "", "", "", "", f"{comparison.ratio:.2f}")
    return table


def restore_table(runs: list[restore.Restored]) -> Table:
    """Show how fast the state comes back, by the size of the commits that wrote it."""
    table = _table(
        "Restore: remembered messages read back", "messages a commit", "messages", "messages/s", "bytes each"
    )
    for one in runs:
        figures = (f"{one.run.messages:,}", f"{one.run.per_second:,.0f}", f"{one.bytes_per_message:.0f}")
        table.add_row(f"{one.batch_messages:,}", *figures)
    return table


def write(path: Path, results: Mapping[str, Any]) -> None:
    """Write results as JSON, with what they were measured on."""
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_average": os.getloadavg()[0],
        },
        "libraries": {name: version(name) for name in _LIBRARIES},
        "results": {name: _plain(result) for name, result in results.items()},
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [_plain(one) for one in result]
    plain = asdict(result)
    if isinstance(result, stage.Comparison | ingest.Comparison):
        plain |= {"ratios": result.ratios, "ratio": result.ratio}
    return plain


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 or not column else "right")
    return table


def _figures(run: Run) -> tuple[str, str, str]:
    return f"{run.per_second:,.0f}", f"{run.cpu_microseconds:.1f}", f"{run.rss_mib:.0f}"


def _medians(runs: list[Run]) -> tuple[str, str, str]:
    return (
        f"{median(run.per_second for run in runs):,.0f}",
        f"{median(run.cpu_microseconds for run in runs):.1f}",
        f"{median(run.rss_mib for run in runs):.0f}",
    )


def _served(served: ingest.Served) -> tuple[str, str, str, str, str]:
    answered, server = served.answered, served.server
    return (
        f"{answered.per_second:,.0f}",
        f"{server.cpu_microseconds:.0f}",
        f"{answered.p50_milliseconds:.1f}",
        f"{answered.p99_milliseconds:.1f}",
        f"{server.rss_mib:.0f}",
    )
