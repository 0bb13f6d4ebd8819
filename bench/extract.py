"""Measures what reading one message costs: `python -m bench.extract`.

Each message of our corpus is read several times and its best time counts, so that other work on the machine does not. What `json.loads`
takes for the same messages is the yardstick: machines differ by factors, their ratio hardly does. The last lines are texts that no sender
sends: dense with candidates, or long.
"""

import json
import statistics
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter_ns
from typing import Final

from processors.extract import extract
from processors.extract.recall import Recall
from tests.corpus.measure import Row, load

COMMON_SHORT: Final = (
    "Your OTP is 843291",
    "Your verification code is: 123456",
    "482913 is your Uber code",
    "Your Google code is 123456.",
)
REPEATS: Final = 7
LONG_CHARACTERS: Final = (1024, 4096, 16384, 65536)
DENSE: Final = ("otp 4821 ", "Your code 1 23-45 ref A1-B2 is not 99 USD. ", "验证码1234 ")


def cost_microseconds(text: str, sender: str | None = None, *, repeats: int = REPEATS) -> float:
    """Return the best time of reading one message."""
    return best_microseconds(lambda: extract(text, sender), repeats=repeats)


def best_microseconds(call: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """Return the best time of several calls."""
    best = sys.maxsize
    for _ in range(repeats):
        start = perf_counter_ns()
        call()
        best = min(best, perf_counter_ns() - start)
    return best / 1000


def yardstick_microseconds(row: Row) -> float:
    """Return the best time that the standard library takes to read the same message as JSON."""
    event = json.dumps({"text": row.text, "sender": row.sender, "line": "text2fa:12345"})
    return best_microseconds(partial(json.loads, event))


def remembered_microseconds(rows: list[Row]) -> float:
    """Return the mean time of a message whose wording the stage remembers."""
    recall = Recall(capacity=2 * len(rows))
    for row in rows:
        recall.extract(row.text, row.sender or "")
    return statistics.fmean(best_microseconds(partial(recall.extract, row.text, row.sender or "")) for row in rows)


def line(title: str, costs: list[float]) -> str:
    """Return mean, median and p99 of some messages' costs as one line."""
    costs = sorted(costs)
    middle, high = costs[len(costs) // 2], costs[len(costs) * 99 // 100]
    return (
        f"{title}, {len(costs)} messages: mean {statistics.fmean(costs):.1f} µs, p50 {middle:.1f} µs, p99 {high:.1f} µs"
    )


def main() -> None:
    """Print mean and p99 per message, the common short English code, and how cost grows with length and density."""
    for row in load("train"):
        extract(row.text, row.sender)  # words are worked out once and remembered, as in a running service
    rows = list(load("test"))
    met = [cost_microseconds(row.text, row.sender, repeats=1) for row in rows]
    print(line("test part, each message as it is met", met))
    costs = [cost_microseconds(row.text, row.sender) for row in rows]
    print(line("test part", costs))
    print(line("those with a code", [cost for row, cost in zip(rows, costs, strict=True) if row.code is not None]))
    short = statistics.fmean(cost_microseconds(text, repeats=2000) for text in COMMON_SHORT)
    print(f"common short English code: {short:.1f} µs")
    pairs = [(cost_microseconds(row.text, row.sender), yardstick_microseconds(row)) for row in rows]
    read, loaded = map(statistics.fmean, zip(*pairs, strict=True))
    print(
        f"json.loads of the same messages, in turn with reading them: {loaded:.1f} µs to {read:.1f} µs, 1 to {read / loaded:.1f}"
    )
    print(f"a wording that the stage remembers: {remembered_microseconds(rows):.1f} µs")
    for unit in DENSE:
        sizes = ((unit * (length // len(unit) + 1))[:length] for length in LONG_CHARACTERS)
        shown = ", ".join(f"{len(text) // 1024} KiB {cost_microseconds(text) / 1000:.1f} ms" for text in sizes)
        print(f"{unit!r} again and again: {shown}")


if __name__ == "__main__":
    main()
