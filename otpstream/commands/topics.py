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
    """Create the topics that are missing; those that are there stay as they are."""
    settings = read_settings()
    created = topics_admin.create(
        connection(settings),
        replication_factor=replication_factor or settings.kafka.replication_factor,
        window_seconds=settings.process.window_seconds,
        partitions=partitions,
    )
    for topic, new in created:
        print(f"{'created' if new else 'was there':<10} {topic.name}")


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
        table.add_row(finding.topic.name, finding.topic.key, partitions, kept, finding.wrong or "ok")
    Console().print(table)
    if any(finding.wrong for finding in findings):
        sys.exit(1)
