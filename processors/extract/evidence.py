"""Gathers the evidence on each number of a message: what the message says, what the number looks like, which words stand around it.

A piece of evidence is a *fact*, a small tuple such as ``("left 1", CODE | AUTH)``: a word that says `code` and `verification` stands a
few characters before the number. A fact comes to one or more *features*, the names under which the scorer has learnt its weights
(`weights.json`). There are few different facts, and they come again and again, so what each one weighs is worked out once (`weighing`).

Nothing here looks at the digits themselves, apart from four that may be a year.
"""

import re
import string
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

from processors.extract.chunks import DASHES
from processors.extract.context import words_beside
from processors.extract.roles import CODE_ROLE, Span
from processors.extract.signals import (
    ACCT,
    AUTH,
    CODE,
    COPULA,
    DATE,
    DONE,
    KEYWORD,
    LAST,
    LOTTERY,
    MONEY,
    NAMES,
    OTHER,
    PHONE,
    PICKUP,
    PROMO,
    REF,
    SECRET,
    STRONG,
    UNIT,
    USE,
    VALID,
)

Fact = tuple[str | int, ...]

_SIZE_CHARACTERS: Final = 40
"""The unit that the length of a message is told in."""
_HALF: Final = CODE | STRONG | AUTH | USE | VALID | SECRET | COPULA | MONEY
"""Half of what is said, by frequency: the halves of a message come again more often than all of it, and are weighed from memory."""
_PROVES: Final = AUTH | STRONG | SECRET | VALID | USE
_NOUN: Final = (
    KEYWORD | AUTH | MONEY | REF | PHONE | PROMO | LOTTERY | OTHER | LAST | ACCT | DONE | PICKUP | UNIT | DATE
)
"""What can say of a number what it is."""
_KINDS: Final = tuple((bit, name) for bit, name in NAMES.items() if bit.bit_count() == 1)

_DISTANCES: Final = bytes([0, 0, 1, 1, *[2] * 5, *[3] * 12, 4])
"""How far a word is, by the characters between: beside, a sign or a short word between, within a phrase, further on."""
_FARTHEST: Final = len(_DISTANCES) - 1
_NEAR_CHARACTERS: Final = 12
_PLACES: Final = {side: tuple(f"{side} {distance}" for distance in range(5)) for side in ("left", "right")}

_NUMBER: Final = re.compile("[0-9][0-9]*")
_YEAR: Final = re.compile("19[0-9]{2}|20[0-4][0-9]")
_YEAR_DIGITS: Final = 4
_RUNS: Final = re.compile("([A-Z]+)|([a-z]+)|[0-9]+")
_COUPON: Final = re.compile("[A-Za-z]{3,}[0-9]{1,4}")
_VOWEL: Final = re.compile("[AEIOUYaeiouy]")
_VOWEL_SHARE: Final = 3  # words have a vowel in three letters or more
_ONE_DASH: Final = str.maketrans(DASHES, "-" * len(DASHES))
_ALPHANUMERIC: Final = string.ascii_letters + string.digits
_TIES: Final = frozenset(":=：-–—＝»>→")
_TIE_CHARACTERS: Final = 4
_LARGEST_SIZE, _MOST_NUMBERS, _MOST_CANDIDATES = 6, 7, 4
_MOST_REMEMBERED: Final = 20_000


def message_facts(text: str, bits: int) -> tuple[Fact, ...]:
    """Return what is seen of a message as a whole."""
    return (
        ("message", bits & _HALF),
        ("message", bits & ~_HALF),
        ("extent", len(text) // _SIZE_CHARACTERS, len(_NUMBER.findall(text))),
    )


def common_facts(text: str, bits: int, spans: list[Span]) -> tuple[Fact, ...]:
    """Return what is seen of a message as a whole that counts for each of the spans that may be its code."""
    return *message_facts(text, bits), ("together", bits), ("candidates", len(spans))


def number_facts(text: str, bits: int, spans: list[Span], number: int, *, ignored: int = 0) -> list[Fact]:
    """Return what is seen of one number and around it.

    Args:
        text: the normalised text.
        bits: what all its words say, as the policy has it.
        spans: the numbers that may be its code, in order.
        number: which of them.
        ignored: kinds of words that a policy has us overlook.
    """
    start, end, code, kind, role = spans[number]
    length = len(code)
    before, after = words_beside(text, start, end)
    left = [(start - word_end, told & ~ignored) for _, word_end, told in before]
    right = [(word_start - end, told & ~ignored) for word_start, _, told in after]
    facts: list[Fact] = []
    labelled_left = _look("left", left, text[max(0, start - _TIE_CHARACTERS) : start], facts)
    labelled_right = _look("right", right, text[end : end + _TIE_CHARACTERS], facts)
    label = "left" if labelled_left else "right" if labelled_right else "none"
    if not bits & _PROVES:
        label += " unproven"
    if kind != "numeric":
        facts.append(("pattern", _pattern(code)))
    elif length == _YEAR_DIGITS and _YEAR.fullmatch(code):
        facts.append(("year",))
    if end - start > length:
        facts.append(("parted", kind, text[start + 1 : end].lstrip(_ALPHANUMERIC)[:1].translate(_ONE_DASH)))
    if role != CODE_ROLE:
        facts.append(("role", role))
    facts += (
        ("before", text[start - 2 if start > 2 else 0 : start]),
        ("after", text[end : end + 2]),
        ("shape", label, kind, length, _rank(number, len(spans))),
        ("labelled", label, bits),
    )
    return facts


def _look(side: str, words: list[tuple[int, int]], beside: str, facts: list[Fact]) -> bool:
    """Gather what the words on one side of a number say; return whether they speak of a code.

    Args:
        side: `left` or `right`.
        words: how far off each word is, in characters, and what it says; the nearest first.
        beside: the characters next to the number.
        facts: where to put the facts.
    """
    tied = not _TIES.isdisjoint(beside) or (bool(words) and words[0][0] < _TIE_CHARACTERS and words[0][1] & COPULA != 0)
    places = _PLACES[side]
    noun, near, keyword = 0, False, False
    for gap, bits in words:
        facts.append((places[_DISTANCES[gap if gap < _FARTHEST else _FARTHEST]], bits))
        if not noun and bits & _NOUN:
            noun, near = bits, gap < _NEAR_CHARACTERS
        if bits & KEYWORD:
            keyword = True
    facts.append(("noun", side, tied, near, keyword, noun))
    return keyword


def _rank(number: int, count: int) -> str:
    if count == 1:
        return "only"
    if not number:
        return "first"
    return "last" if number == count - 1 else "middle"


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
        case ("extent", int(size), int(numbers)):
            yield from (f"size {min(size, _LARGEST_SIZE)}", f"numbers {min(numbers, _MOST_NUMBERS)}")
        case ("candidates", int(count)):
            yield f"candidates {min(count, _MOST_CANDIDATES)}"
        case ("labelled", label, int(bits)):
            yield from (f"labelled {label} {kind}" for kind in kinds(bits))
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
        case ("before", str(before)):
            before = _classed(before)
            yield from (f"before {before[-1:] or '^'}", f"before {before or '^'}_")
        case ("after", str(after)):
            after = _classed(after)
            yield from (f"after {after[:1] or '$'}", f"after _{after or '$'}")
        case ("shape", label, kind, length, rank):
            yield from (f"shape {kind} {length}", f"labelled {label} {kind} {length}", f"rank {rank}")
        case _:
            yield " ".join(map(str, fact))
