"""Gathers the evidence on each number of a message: what the message says, what the number looks like, which words stand around it.

A piece of evidence is a *fact*, a small tuple such as ``("left 1", CODE | AUTH)``: a word that says `code` and `verification` stands a
few characters before the number. A fact comes to one or more *features*, the names under which the scorer has learnt its weights
(`weights.json`). There are few different facts, and they come again and again, so what each one weighs is worked out once (`weighing`).

Nothing here looks at the digits themselves, apart from four that may be a year.
"""

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

from processors.extract.context import Context, Words
from processors.extract.roles import CODE_ROLE, Span
from processors.extract.signals import (
    ACCT,
    AGAINST,
    AUTH,
    COPULA,
    DATE,
    DONE,
    GRANT,
    KEYWORD,
    LAST,
    LOTTERY,
    MONEY,
    NAMES,
    OTHER,
    PHONE,
    PICKUP,
    PROMO,
    RECEIPT,
    REF,
    SECRET,
    STRONG,
    UNIT,
    USE,
    VALID,
    WORDS,
)

Fact = tuple[str | int, ...]

_SIZE_CHARACTERS: Final = 40
"""The unit that the length of a message is told in."""
WINDOW_EVENTS: Final = 10
"""How many words on either side of a number are looked at, within its own sentence."""

_PROVES: Final = AUTH | STRONG | SECRET | VALID | USE
_NOUN: Final = (
    KEYWORD | AUTH | MONEY | REF | PHONE | PROMO | LOTTERY | OTHER | LAST | ACCT | DONE | PICKUP | UNIT | DATE
)
"""What can say of a number what it is."""
_AGAINST: Final = AGAINST | RECEIPT | GRANT | UNIT | DATE
_KINDS: Final = tuple((bit, name) for bit, name in NAMES.items() if bit.bit_count() == 1)

_DISTANCES: Final = bytes([0, 0, 1, 1, *[2] * 5, *[3] * 12, 4])
"""How far a word is, by the characters between: beside, a sign or a short word between, within a phrase, further on."""
_FARTHEST: Final = len(_DISTANCES) - 1
_NEAR_CHARACTERS: Final = 12
_COMPOUND_CHARACTERS: Final = 5  # what parts two words of one compound: `código de cliente`
_LEFT: Final = tuple((f"left {distance}", f"left {distance} apart") for distance in range(5))
_RIGHT: Final = tuple((f"right {distance}", f"right {distance} apart") for distance in range(5))

_NOTHING_LEFT: Final = ("noun", "left", False, False, False, 0)
_NOTHING_RIGHT: Final = ("noun", "right", False, False, False, 0)

_NUMBER: Final = re.compile("[0-9][0-9]*")
_YEAR: Final = re.compile("19[0-9]{2}|20[0-4][0-9]")
_YEAR_DIGITS: Final = 4
_RUNS: Final = re.compile("([A-Z]+)|([a-z]+)|[0-9]+")
_COUPON: Final = re.compile("[A-Za-z]{3,}[0-9]{1,4}")
_VOWEL: Final = re.compile("[AEIOUYaeiouy]")
_VOWEL_SHARE: Final = 3  # words have a vowel in three letters or more
_ALPHANUMERIC: Final = string.ascii_letters + string.digits
_OPENING: Final = " \t([<{*\"'«“「【"
_CLOSING: Final = " \t.)]>}*\"'»”」】"
_TIES: Final = frozenset(":=：-–—＝»>→")
_TIE_CHARACTERS: Final = 3
_LARGEST_SIZE, _MOST_NUMBERS, _MOST_CANDIDATES = 6, 7, 4
_MOST_REMEMBERED: Final = 20_000


def message_facts(text: str, bits: int) -> tuple[Fact, Fact]:
    """Return what is seen of a message as a whole, before any of its numbers is looked at."""
    return ("message", bits), ("extent", len(text) // _SIZE_CHARACTERS, len(_NUMBER.findall(text)))


class Evidence:
    """The facts of one message and of the numbers in it that may be its code.

    Attributes:
        whole: what the message as a whole says of any of them.
    """

    __slots__ = ("_bits", "_context", "_number_ends", "_number_starts", "_proven", "_spans", "_words", "whole")

    def __init__(self, context: Context, bits: int, spans: list[Span], *, ignored: int = 0) -> None:
        """Read the message.

        Args:
            context: its words, where they stand.
            bits: what all its words say, as the policy has it.
            spans: the numbers that may be its code, in order.
            ignored: kinds of words that a policy has us overlook.
        """
        self._context = context
        self._spans = spans
        self._bits = bits
        self._words = WORDS & ~ignored
        self._proven = "" if bits & _PROVES else " unproven"
        numbers = [match.span() for match in _NUMBER.finditer(context.text)]
        self._number_starts = [start for start, _ in numbers]
        self._number_ends = [end for _, end in numbers]
        self.whole: tuple[Fact, ...] = (
            ("message", bits),
            ("together", bits),
            ("extent", len(context.text) // _SIZE_CHARACTERS, len(numbers), len(spans)),
        )

    def of(self, number: int) -> list[Fact]:
        """Return the facts of one of the spans, without those of the whole message."""
        text = self._context.text
        start, end, code, kind, role = self._spans[number]
        length = len(code)
        sentence = self._context.sentence(start, end)
        words = self._context.words(sentence.start, sentence.end)
        facts: list[Fact] = []
        if self._look_left(start, words, facts):
            label = "left"
            self._look_right(end, words, facts)
        else:
            label = "right" if self._look_right(end, words, facts) else "none"
        label += self._proven
        if kind != "numeric":
            facts.append(("pattern", _pattern(code)))
        elif length == _YEAR_DIGITS and _YEAR.fullmatch(code):
            facts.append(("year",))
        if end - start > length:
            facts.append(("parted", kind, text[start + 1 : end].lstrip(_ALPHANUMERIC)[:1]))
        if role != CODE_ROLE:
            facts.append(("role", role))
        opens = "" if text[sentence.start : start].strip(_OPENING) else sentence.opens
        closes = "" if text[end : sentence.end].strip(_CLOSING) else sentence.closes
        facts += (
            ("edges", text[start - 2 if start > 2 else 0 : start], text[end : end + 2]),
            ("stands", opens, closes),
            ("shape", label, kind, length, self._rank(number)),
            ("labelled", label, self._bits),
        )
        return facts

    def _look_left(self, start: int, around: Words, facts: list[Fact]) -> bool:
        """Gather what stands before the number in its sentence; return whether a code is spoken of there."""
        starts, ends, told = around
        index = bisect_left(starts, start)
        if not index:
            facts.append(_NOTHING_LEFT)
            return False
        text, words = self._context.text, self._words
        place = bisect_right(self._number_ends, start) - 1
        number_end = self._number_ends[place] if place >= 0 else -1
        closing, noun, near, keyword = ends[index - 1], 0, False, -1
        tied = (told[index - 1] & COPULA != 0 and start - closing < _TIE_CHARACTERS) or not _TIES.isdisjoint(
            text[max(closing, start - _TIE_CHARACTERS) : start]
        )
        for position in range(index - 1, max(index - WINDOW_EVENTS, 0) - 1, -1):
            bits, closing = told[position] & words, ends[position]
            gap = start - closing
            facts.append((_LEFT[_DISTANCES[gap if gap < _FARTHEST else _FARTHEST]][number_end >= closing], bits))
            if not noun and bits & _NOUN and (number_end < closing or bits & KEYWORD):
                noun, near = bits, gap < _NEAR_CHARACTERS
            if keyword < 0 and bits & KEYWORD:
                keyword = position
        facts.append(("noun", "left", tied, near, keyword >= 0, noun))
        if keyword >= 0:
            self._look_beside(keyword, around, facts)
        return keyword >= 0

    def _look_right(self, end: int, around: Words, facts: list[Fact]) -> bool:
        """Gather what stands after the number in its sentence; return whether a code is spoken of there."""
        starts, _, told = around
        index, count = bisect_left(starts, end), len(told)
        if index == count:
            facts.append(_NOTHING_RIGHT)
            return False
        words = self._words
        place = bisect_left(self._number_starts, end)
        number_start = self._number_starts[place] if place < len(self._number_starts) else len(self._context.text)
        noun, keyword = 0, -1
        tied = told[index] & COPULA != 0 and starts[index] - end < _TIE_CHARACTERS
        for position in range(index, min(index + WINDOW_EVENTS, count)):
            bits, opening = told[position] & words, starts[position]
            gap = opening - end
            facts.append((_RIGHT[_DISTANCES[gap if gap < _FARTHEST else _FARTHEST]][number_start < opening], bits))
            if not noun and bits & _NOUN:
                noun = bits
            if keyword < 0 and bits & KEYWORD:
                keyword = position
        facts.append(("noun", "right", tied, False, keyword >= 0, noun))
        if keyword >= 0:
            self._look_beside(keyword, around, facts)
        return keyword >= 0

    def _look_beside(self, position: int, around: Words, facts: list[Fact]) -> None:
        """See which words make one compound with the label: `invite code`, `código de cliente`."""
        starts, ends, told = around
        compound = told[position]
        if position and starts[position] - ends[position - 1] <= _COMPOUND_CHARACTERS:
            facts.append(("before label", told[position - 1] & self._words))
            compound |= told[position - 1]
        position += 1
        if position < len(told) and starts[position] - ends[position - 1] <= _COMPOUND_CHARACTERS:
            facts.append(("after label", told[position] & self._words))
            compound |= told[position]
        facts.append(("compound", self._proven, compound & self._words))

    def _rank(self, number: int) -> str:
        if len(self._spans) == 1:
            return "only"
        if not number:
            return "first"
        return "last" if number == len(self._spans) - 1 else "middle"


@lru_cache(maxsize=_MOST_REMEMBERED)
def _pattern(code: str) -> str:
    """Return how letters and digits alternate in a code, with a `~` where it can be read as a word."""
    pattern = _RUNS.sub(lambda run: "A" if run[1] else "a" if run[2] else "0", code)[:5]
    if code.isalpha():
        wordlike = len(_VOWEL.findall(code)) * _VOWEL_SHARE > len(code)
    else:
        wordlike = _COUPON.fullmatch(code) is not None and _VOWEL.search(code) is not None
    return pattern + "~" * wordlike


def _classed(characters: str) -> str:
    """Return characters with one letter for all of a kind; signs stay."""
    return "".join(map(_class_of, characters))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _class_of(character: str) -> str:
    if not character.isascii():
        return "w" if character.isalpha() else character
    return "0" if character.isdigit() else "a" if character.islower() else "A" if character.isupper() else character


@lru_cache(maxsize=_MOST_REMEMBERED)
def kinds(bits: int) -> tuple[str, ...]:
    """Return the names of the kinds of evidence in some bits."""
    return tuple(name for bit, name in _KINDS if bits & bit)


def features(fact: Fact) -> Iterator[str]:
    """Yield the names of the features that a fact comes to."""
    match fact:
        case ("message", int(bits)):
            yield from (f"message {kind}" for kind in kinds(bits))
        case ("together", int(bits)):
            yield from (f"message {one} & {other}" for one, other in combinations(kinds(bits), 2))
        case ("extent", int(size), int(numbers), *candidates):
            yield from (f"size {min(size, _LARGEST_SIZE)}", f"numbers {min(numbers, _MOST_NUMBERS)}")
            yield from (f"candidates {min(int(count), _MOST_CANDIDATES)}" for count in candidates)
        case ("labelled", label, int(bits)):
            yield from (f"labelled {label} {kind}" for kind in kinds(bits))
        case ("compound", str(proven), int(bits)):
            where = "compound" + " good" * (bits & (AUTH | STRONG) != 0) + proven
            against = kinds(bits & _AGAINST)
            yield f"{where} {'doubted' if against else 'plain'}"
            yield from (f"{where} {kind}" for kind in against)
        case ("noun", side, tied, near, keyword, int(bits)):
            flags = {"tied": tied, "near": near, "keyword": keyword}
            where = " ".join(("noun", str(side), *(name for name, given in flags.items() if given)))
            yield from (f"{where} {kind}" for kind in kinds(bits) or ("nothing",))
        case (str(where), int(bits)):
            told = kinds(bits)
            yield from (f"{where} {kind}" for kind in told)
            if len(told) > 1:
                yield f"{where.partition(' ')[0]} {'+'.join(told)}"
        case _:
            yield from _features_of_looks(fact)


def _features_of_looks(fact: Fact) -> Iterator[str]:
    match fact:
        case ("edges", str(before), str(after)):
            before, after = _classed(before), _classed(after)
            yield from (f"before {before[-1:] or '^'}", f"after {after[:1] or '$'}")
            yield from (f"before {before or '^'}_", f"after _{after or '$'}")
        case ("stands", opens, closes):
            yield f"stands {opens or 'amid'} to {closes or 'amid'}"
        case ("shape", label, kind, length, rank):
            yield from (f"shape {kind} {length}", f"labelled {label} {kind} {length}", f"rank {rank}")
        case _:
            yield " ".join(map(str, fact))
