"""What a run came to, as a table."""

from rich.table import Table

from tests.kills.run import Result


def table(result: Result) -> Table:
    """Return the result for people."""
    verdict = result.verdict
    rows: dict[str, object] = {
        "store": result.options.backend,
        "seed": result.options.seed,
        "kills (kill -9)": ", ".join(
            [f"{result.kills.total()}", *(f"{n} {at}" for at, n in sorted(result.kills.items()))]
        ),
        "requests": f"{result.requests:,} in {result.tries:,} tries",
        "rentals": f"{result.rentals:,}",
        "verifications": f"{result.verifications:,}",
        "events": f"{result.events:,}",
        "lost": len(verdict.lost),
        "paid twice": len(verdict.paid_twice),
        "orphans": len(verdict.orphaned),
        "never settled": len(verdict.open),
        "not told, or out of order": len(verdict.untold),
        "answered otherwise when repeated": len(result.repeated),
        "codes sent again under one key": len(verdict.sent_again),
        "paid back, and no reply said so": verdict.refunds_untold,
        "left open where there is no list": verdict.unlisted,
        "longest stall": f"{result.stall_seconds:.1f} s",
    }
    title = "nothing lost, nothing paid twice" if not result.complaints else "NOT as promised"
    shown = Table("", "", title=title, show_header=False)
    for name, value in rows.items():
        shown.add_row(name, str(value))
    return shown
