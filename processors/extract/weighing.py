"""Weighs evidence: linear sums of weights that were learnt from labelled messages (`tests/corpus/learn.py`), in log-odds.

`weights.json` holds two scales: `messages` weighs whether a message sends a code, by all its words; `numbers` weighs which of
its numbers that is. Each has a weight for every feature of the evidence, and for words that telling messages have in common
whatever they mean.
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, Final

from processors.extract.evidence import Fact, features

_MOST_REMEMBERED: Final = 200_000


class _Facts(dict[Fact, float]):
    """Maps a fact to the sum of its features' weights; remembers what it worked out."""

    def __init__(self, weights: dict[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, fact: Fact) -> float:
        weight = sum(self._weights.get(name, 0.0) for name in features(fact))
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[fact] = weight
        return weight


class Scale:
    """What was learnt about one question.

    Attributes:
        bias: what the answer starts from.
    """

    def __init__(self, learnt: dict[str, Any]) -> None:
        """Take weights as `weights.json` holds them."""
        self.bias: float = learnt["bias"]
        self.weight_of = _Facts(learnt["features"]).__getitem__
        words: dict[bytes, float] = {word.encode(): weight for word, weight in learnt["words"].items()}
        self._weight_of_word = words.get

    def weigh(self, facts: Iterable[Fact]) -> float:
        """Return what facts weigh together."""
        return sum(map(self.weight_of, facts))

    def weigh_words(self, words: Iterable[bytes]) -> float:
        """Return what the words of a message weigh together."""
        return sum(filter(None, map(self._weight_of_word, words)))


_LEARNT: Final = json.loads((files(__package__ or "") / "weights.json").read_text(encoding="utf-8"))
MESSAGES: Final = Scale(_LEARNT["messages"])
NUMBERS: Final = Scale(_LEARNT["numbers"])
