"""Measures what reading one message costs: `python -m bench.extract`.

Each message of our corpus is read several times and its best time counts, so that other work on the machine does not.
The last lines are texts that no sender sends: dense with candidates, or long.
"""

import statistics
import sys
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
    best = sys.maxsize
    for _ in range(repeats):
        start = perf_counter_ns()
        extract(text, sender)
        best = min(best, perf_counter_ns() - start)
    return best / 1000


def remembered_microseconds(rows: list[Row]) -> float:
    """Return the mean time of a message whose wording the stage remembers."""
    recall = Recall(capacity=2 * len(rows))
    for row in rows:
        recall.extract(row.text, row.sender or "")
    return statistics.fmean(_best(recall, row) for row in rows) / 1000


def _best(recall: Recall, row: Row) -> int:
    best = sys.maxsize
    for _ in range(REPEATS):
        start = perf_counter_ns()
        recall.extract(row.text, row.sender or "")
        best = min(best, perf_counter_ns() - start)
    return best


def line(title: str, costs: list[float]) -> str:
    """Return mean, median and p99 of some messages' costs as one line."""
    costs = sorted(costs)
    middle, high = costs[len(costs) // 2], costs[len(costs) * 99 // 100]
    return (
        f"{title}, {len(costs)} messages: mean {statistics.fmean(costs):.1f} µs, p50 {middle:.1f} µs, p99 {high:.1f} µs"
    )


def main() -> None:
    """Print mean and p99 per message, the common short English code, and how cost grows with length and density."""
    rows = [row for part in ("train", "test") for row in load(part)]
    for row in rows:
        extract(row.text, row.sender)  # words are worked out once and remembered, as in a running service
    costs = [(row.code is not None, cost_microseconds(row.text, row.sender)) for row in rows]
    print(line("corpus", [cost for _, cost in costs]))
    print(line("those with a code", [cost for has_code, cost in costs if has_code]))
    short = statistics.fmean(cost_microseconds(text, repeats=2000) for text in COMMON_SHORT)
    print(f"common short English code: {short:.1f} µs")
    print(f"a wording that the stage remembers: {remembered_microseconds(rows):.1f} µs")
    for unit in DENSE:
        sizes = ((unit * (length // len(unit) + 1))[:length] for length in LONG_CHARACTERS)
        shown = ", ".join(f"{len(text) // 1024} KiB {cost_microseconds(text) / 1000:.1f} ms" for text in sizes)
        print(f"{unit!r} again and again: {shown}")


if __name__ == "__main__":
    main()
