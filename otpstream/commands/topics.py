"""`otpstream topics ...`: the topics on the cluster."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from otpstream import topics_admin
from otpstream.commands.startup import connection, read_settings

app = typer.Typer(no_args_is_help=True, help="Create or check the topics on the cluster.")


@app.command("create")
def create(
    replication_factor: Annotated[
        int | None, typer.Option(help="Replicas of each topic; default KAFKA_REPLICATION_FACTOR.")
    ] = None,
    partitions: Annotated[
        int | None, typer.Option(min=1, help="Instead of each topic's own number; joined topics must agree.")
    ] = None,
) -> None:
    """Create the topics that are missing; those that are there stay as they are, and exit status 1 says that one is wrong."""
    settings = read_settings()
    cluster = connection(settings)
    created = topics_admin.create(
        cluster,
        replication_factor=replication_factor or settings.kafka.replication_factor,
        window_seconds=settings.process.window_seconds,
        partitions=partitions,
    )
    for topic, new in created:
        print(f"{'created' if new else 'was there':<10} {topic.name}")
    # What was made a moment ago is right, and not yet known to every broker.
    were_there = {topic for topic, new in created if not new}
    if were_there:
        found = topics_admin.check(cluster, window_seconds=settings.process.window_seconds)
        _end([finding for finding in found if finding.topic in were_there])


@app.command("check")
def check() -> None:
    """Compare the cluster's topics with what otpstream needs; exit status 1 when something is wrong."""
    settings = read_settings()
    findings = topics_admin.check(connection(settings), window_seconds=settings.process.window_seconds)
    table = Table("topic", "key", "partitions", "kept", "state")
    table.columns[0].no_wrap = True
    for finding in findings:
        seconds = topics_admin.retention_seconds(finding.topic, window_seconds=settings.process.window_seconds)
        kept = "newest of each key" if seconds is None else f"{seconds // 3600} h"
        partitions = "-" if finding.partitions is None else str(finding.partitions)
        table.add_row(finding.topic.name, finding.topic.key, partitions, kept, "wrong" if finding.wrong else "ok")
    Console().print(table)
    _end(findings)


def _end(findings: list[topics_admin.Finding]) -> None:
    """Say what is wrong in lines that no table cuts, since they hold commands to copy; exit with 1 where something is."""
    wrong = [f"{finding.topic.name}: {finding.wrong}" for finding in findings if finding.wrong]
    if wrong:
        print("\n".join(wrong))
        sys.exit(1)
