"""`python -m tests.chaos`: a long kill test, with a verdict."""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ops.kafka.cluster import Cluster
from tests.chaos import faults, report
from tests.chaos.run import Options, Progress, run

_TELL_SECONDS = 5.0


def main(
    minutes: Annotated[float, typer.Option(min=0.1, help="How long the load lasts.")] = 2.0,
    messages: Annotated[int, typer.Option(min=1, help="Unique messages over that time.")] = 100_000,
    kills: Annotated[int, typer.Option(min=0, help="kill -9 of workers, at random instants.")] = 20,
    freezes: Annotated[
        int, typer.Option(min=0, help="Workers frozen beyond their session, which wake as zombies.")
    ] = 0,
    broker_kills: Annotated[
        int | None,
        typer.Option(min=0, help="kill -9 of brokers, one at a time; default one a minute where there are three."),
    ] = None,
    brokers: Annotated[int, typer.Option(min=1, max=3, help="1, or 3 so that one may be killed.")] = 1,
    workers: Annotated[int, typer.Option(min=1, max=12, help="Processes that share the work.")] = 2,
    seed: Annotated[int | None, typer.Option(help="Decides traffic and faults; default: drawn, and shown.")] = None,
    guarantee: Annotated[str, typer.Option(help="exactly_once or at_least_once.")] = "exactly_once",
    logs: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, resolve_path=True, help="Keep the workers' logs in this directory."),
    ] = None,
) -> None:
    """Kill workers and brokers under load on a real Kafka; exit status 1 unless 0 are lost, 0 doubled and 0 out of order."""
    if guarantee not in ("exactly_once", "at_least_once"):
        raise typer.BadParameter("exactly_once or at_least_once", param_hint="--guarantee")
    if broker_kills and brokers < 3:
        raise typer.BadParameter(
            "needs --brokers 3: with fewer, nothing can be written meanwhile", param_hint="--broker-kills"
        )
    chosen = random.randrange(1_000_000) if seed is None else seed
    seconds = minutes * 60
    slots = [str(number) for number in range(workers)]
    options = Options(
        seed=chosen,
        messages=messages,
        seconds=seconds,
        events=faults.plan(random.Random(chosen), slots=slots, kills=kills, freezes=freezes, seconds=seconds),
        broker_kills=(round(minutes) if brokers == 3 else 0) if broker_kills is None else broker_kills,
        guarantee=guarantee,
        logs=logs,
    )
    console = Console()
    console.print(f"seed {chosen}: starting {brokers} broker(s)")
    with Cluster(brokers) as cluster:
        result = run(cluster, options, told=_teller(console))
    console.print(report.table(result))
    for complaint in report.complaints(result):
        console.print(complaint, style="red", markup=False)
    sys.exit(0 if result.exact else 1)


def _teller(console: Console) -> Callable[[Progress], None]:
    """Return what prints a line every few seconds."""
    last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last < _TELL_SECONDS:
            return
        last = time.monotonic()
        done = progress.done
        console.print(
            f"{progress.seconds:5.0f} s  sent {progress.sent:,}  arrived {progress.arrived:,}  "
            f"kills {done.get('kill', 0)}  freezes {done.get('freeze', 0)}  broker kills {done.get('broker', 0)}  "
            f"longest stall {progress.longest_stall_seconds:.1f} s",
            soft_wrap=True,
        )

    return tell


if __name__ == "__main__":
    typer.run(main)
