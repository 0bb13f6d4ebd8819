"""`python -m tests.kills`: a long storm, with a verdict."""

import asyncio
import random
import sys
import time
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

from tests.kills.report import table
from tests.kills.run import Options, run
from tests.kills.stores import Backend

_TELL_SECONDS = 5.0
_COMPLAINTS_SHOWN = 20


def main(
    kills: Annotated[int, typer.Option(min=0, help="kill -9 of the control plane, at random instants.")] = 100,
    seed: Annotated[
        int | None, typer.Option(help="Decides clients, faults and kills; default: drawn, and shown.")
    ] = None,
    store: Annotated[str, typer.Option(help="sqlite or postgresql.")] = "sqlite",
    clients: Annotated[int, typer.Option(min=1, max=90, help="How many work at the same time.")] = 12,
) -> None:
    """Kill the control plane while clients rent and verify; exit status 1 unless nothing is lost and nothing paid twice."""
    backends: dict[str, Backend] = {"sqlite": "sqlite", "postgresql": "postgresql"}
    if store not in backends:
        raise typer.BadParameter("sqlite or postgresql", param_hint="--store")
    chosen = random.randrange(1_000_000) if seed is None else seed
    console = Console()
    console.print(f"seed {chosen}, {store}")
    options = Options(seed=chosen, kills=kills, backend=backends[store], clients=clients)
    result = asyncio.run(run(options, told=_teller(console)))
    console.print(table(result))
    for complaint in result.complaints[:_COMPLAINTS_SHOWN]:
        console.print(complaint, style="red", markup=False)
    sys.exit(1 if result.complaints else 0)


def _teller(console: Console) -> Callable[[str], None]:
    """Return what prints a line every few seconds."""
    last = time.monotonic()

    def tell(progress: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _TELL_SECONDS:
            last = time.monotonic()
            console.print(progress)

    return tell


if __name__ == "__main__":
    typer.run(main)
