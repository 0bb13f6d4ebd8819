"""Measures what reading one message costs: `python -m bench.extract`.

Each message of our corpus is read several times and its best time counts, so that other work on the machine does not.
"""

import statistics
import sys
from time import perf_counter_ns
from typing import Final

from processors.extract import extract
from tests.corpus.measure import load

COMMON_SHORT: Final = (
    "Your OTP is 843291",
    "Your verification code is: 123456",
    "482913 is your Uber code",
    "Your Google code is 123456.",
)
REPEATS: Final = 7
LONG_CHARACTERS: Final = (4096, 16384, 65536)


def cost_microseconds(text: str, sender: str | None = None, *, repeats: int = REPEATS) -> float:
    """Return the best time of reading one message."""
    best = sys.maxsize
    for _ in range(repeats):
        start = perf_counter_ns()
        extract(text, sender)
        best = min(best, perf_counter_ns() - start)
    return best / 1000


def main() -> None:
    """Print mean and p99 per message, the common short English code, and how cost grows with length."""
    rows = [row for part in ("train", "test") for row in load(part)]
    for row in rows:
        extract(row.text, row.sender)  # words are worked out once and remembered, as in a running service
    costs = sorted(cost_microseconds(row.text, row.sender) for row in rows)
    print(
        f"corpus, {len(costs)} messages: mean {statistics.fmean(costs):.1f} µs, p50 {costs[len(costs) // 2]:.1f} µs, ",
        end="",
    )
    print(f"p99 {costs[len(costs) * 99 // 100]:.1f} µs")
    short = statistics.fmean(cost_microseconds(text, repeats=2000) for text in COMMON_SHORT)
    print(f"common short English code: {short:.1f} µs")
    for length in LONG_CHARACTERS:
        text = ("Your code 1 23-45 ref A1-B2 is not 99 USD. " * (length // 43 + 1))[:length]
        print(f"hostile text of {length} characters: {cost_microseconds(text) / 1000:.1f} ms")


if __name__ == "__main__":
    main()
