"""What a run came to, as data and as a table."""

from dataclasses import dataclass

from rich.table import Table

from tests.chaos.ledger import Verdict


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a run came to.

    Attributes:
        messages: unique messages sent.
        revised: messages whose rental came later, and that went out again with it.
        poison: records that were no event.
        worker_kills: `kill -9` of workers.
        worker_freezes: workers held for longer than their session lives.
        broker_kills: `kill -9` of brokers.
        longest_stall_seconds: the longest time in which nothing new was committed while work waited.
        slowest_seconds: the longest way of one message, from its making to the reader.
        duration_seconds: from the first message to the last.
        settled: the workers took in everything that was sent, and the outputs were read to their end.
        verdict: what is wrong.
        tracebacks: worker logs that hold one.
    """

    seed: int
    guarantee: str
    messages: int
    revised: int
    poison: int
    worker_kills: int
    worker_freezes: int
    broker_kills: int
    longest_stall_seconds: float
    slowest_seconds: float
    duration_seconds: float
    settled: bool
    verdict: Verdict
    tracebacks: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether every promise was kept."""
        return self.settled and self.verdict.exact and not self.tracebacks


def table(result: Result) -> Table:
    """Return the result for people."""
    rows: dict[str, object] = {
        "guarantee": result.guarantee,
        "seed": result.seed,
        "messages": f"{result.messages:,}",
        "of those tied to their rental later": f"{result.revised:,}",
        "poison": result.poison,
        "workers killed (kill -9)": result.worker_kills,
        "workers frozen": result.worker_freezes,
        "brokers killed (kill -9)": result.broker_kills,
        "duration": f"{result.duration_seconds:.0f} s",
        "longest stall": f"{result.longest_stall_seconds:.1f} s",
        "slowest message": f"{result.slowest_seconds:.1f} s",
        "lost": result.verdict.lost,
        "doubled": result.verdict.doubled,
        "out of order": result.verdict.out_of_order,
        "foreign": result.verdict.foreign,
    }
    shown = Table("", "", title="exactly once" if result.exact else "NOT exactly once", show_header=False)
    for name, value in rows.items():
        shown.add_row(name, str(value))
    return shown


def complaints(result: Result) -> list[str]:
    """Return what is wrong, a line each; empty when nothing is."""
    lines = list(result.verdict.examples)
    if not result.settled:
        lines.append("the workers did not take in everything that was sent, or an output could not be read to its end")
    lines += [f"{name} holds a traceback" for name in result.tracebacks]
    return lines
