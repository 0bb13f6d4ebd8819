"""Scores each number of a message that may be its code: the evidence on it, weighed."""

from collections.abc import Callable
from functools import partial
from math import inf
from typing import Final, NamedTuple

from processors.extract.evidence import Fact, common_facts, message_facts, number_facts
from processors.extract.letters import find_letters, may_hold_letters
from processors.extract.roles import CODE_ROLE, DOUBTFUL_ROLES, Span
from processors.extract.signals import KEYWORD
from processors.extract.spans import find_spans
from processors.extract.weighing import MESSAGES, NUMBERS

_NEVER: Final = -inf
_DOUBTFUL_DIGITS: Final = range(4, 9)


class Scored(NamedTuple):
    """A span and the sum of its evidence, in log-odds."""

    span: Span
    score: float


_scored: Callable[[tuple[Span, float]], Scored] = partial(tuple.__new__, Scored)  # a third of the price of the class


def find_weighed(spans: list[Span]) -> list[Span]:
    """Return those of the spans that may be a code.

    A number beside what may be a currency or a unit is one of them where it has the digits of a code: `koden din: 31875`.
    """
    return [span for span in spans if span.role == CODE_ROLE or _is_doubtful(span)]


def _is_doubtful(span: Span) -> bool:
    return span.role in DOUBTFUL_ROLES and len(span.code) in _DOUBTFUL_DIGITS


def judge_message(text: str, bits: int, words: list[bytes]) -> float:
    """Return how sure it is, in log-odds, that a message sends a code.

    Args:
        text: the normalised text.
        bits: what all its words say.
        words: the words themselves.
    """
    return MESSAGES.bias + MESSAGES.weigh(message_facts(text, bits)) + MESSAGES.weigh_words(words)


class Judgement:
    """The numbers of a message that may be its code, each with its score; or letters alone.

    Attributes:
        spans: all that was found, those included that cannot be a code.
        scored: what was weighed.
        facts: the evidence on each of `scored`, without that of the whole message.
        whole: likewise the evidence of the whole message, which counts the numbers that were weighed together.
    """

    __slots__ = ("facts", "scored", "spans", "whole")

    def __init__(
        self, text: str, bits: int, words: list[bytes], *, ignored: int, letters_below: float, everything: bool = False
    ) -> None:
        """Judge a message.

        Args:
            text: the normalised text.
            bits: what all its words say.
            words: the words themselves.
            ignored: kinds of words that a policy has us overlook.
            letters_below: codes of letters alone are looked for where no number has this score.
            everything: also find the spans that can be no code, for people to see.
        """
        self.spans = find_spans(text, everything=everything)
        self.scored: list[Scored] = []
        self.facts: list[list[Fact]] = []
        self.whole: list[tuple[Fact, ...]] = []
        common = NUMBERS.bias + NUMBERS.weigh_words(words)
        self._score(text, bits, find_weighed(self.spans), common, ignored)
        best = max((score for _, score in self.scored), default=_NEVER)
        if best < letters_below and bits & KEYWORD and may_hold_letters(text):
            letters = find_letters(text)
            self.spans += letters
            self._score(text, bits, letters, common, ignored)

    def _score(self, text: str, bits: int, spans: list[Span], common: float, ignored: int) -> None:
        if not spans:
            return
        whole = common_facts(text, bits, spans)
        common += NUMBERS.weigh(whole)
        for number, span in enumerate(spans):
            facts = number_facts(text, bits, spans, number, ignored=ignored)
            self.scored.append(_scored((span, common + NUMBERS.weigh(facts))))
            self.facts.append(facts)
            self.whole.append(whole)
