"""Finds codes made of letters alone: only where a label stands right beside them, since they look like any word."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from processors.extract.context import Word, words_in
from processors.extract.lexicon import LEXICON
from processors.extract.roles import CODE_ROLE, Span
from processors.extract.signals import AUTH, COPULA, KEYWORD, USE

# Capitals, perhaps in two groups; or small letters without any vowel, which no word is.
_CAPITALS: Final = "[A-Z]{4,10}|[A-Z]{3,5}-[A-Z]{3,5}"
_VOWELLESS: Final = "[b-df-hj-np-tv-xz]{5,8}"
_LINK: Final = r"[ \t]{0,2}(?:[^\W\d_]{1,8}(?:[ \t]{1,2}|(?=[:=：])))?[:=：\-–]?\s{0,3}"  # ` is: `
_AFTER_LABEL: Final = re.compile(rf"{_LINK}[\"'“«\[(【]?({_CAPITALS}|{_VOWELLESS})(?![\w'’-]|[ \t]+[A-Z]{{2}})")
# `code for your login: ABCD`
_AFTER_CLAUSE: Final = re.compile(rf"[^\d.!?\n:：]{{3,40}}[:：]\s{{0,3}}({_CAPITALS})(?![\w'’-]|[ \t]+[A-Za-z])")
_BEFORE_LABEL: Final = re.compile(rf"[\"'“«\[(【]?({_CAPITALS})[\"'”»\])】]? {{0,2}}(?:[^\W\d_]{{1,8}}|[-–—])(?![\w-])")
_ANY_CAPITALS: Final = re.compile("[A-Z][A-Z]{2}(?:[A-Z]|-[A-Z]{3})")
_ANY_VOWELLESS: Final = re.compile("[b-df-hj-np-tv-xz][b-df-hj-np-tv-xz]{4}")
# What is said of a code in capitals.
_STATES: Final = frozenset(
    [
        "INVALID",
        "BLOCKED",
        "EXPIRED",
        "LOCKED",
        "WRONG",
        "INCORRECT",
        "DISABLED",
        "ACTIVE",
        "READY",
        "REQUIRED",
        "PLEASE",
        "RESET",
        "CHANGED",
    ]
)
_LABELS_TRIED: Final = 8
_COMPOUND_CHARACTERS: Final = 5  # what parts the words of one label: `code d'activation`


def may_hold_letters(text: str) -> bool:
    """Tell cheaply whether a token is there that could be a code of letters."""
    return _ANY_CAPITALS.search(text) is not None or _ANY_VOWELLESS.search(text) is not None


def find_letters(text: str) -> list[Span]:
    """Return the tokens of letters that a code label introduces or that open a text as its code."""
    if text.isascii() and text == text.upper():
        return []  # all is capitals: nothing stands out
    found: list[Span] = []
    labels = list(islice(_labels(words_in(text, 0, len(text))), _LABELS_TRIED))
    for end, bits in labels:
        match = _AFTER_LABEL.match(text, end)
        tied = match is not None and _is_tied(text[end : match.start(1)])
        if not tied and bits & KEYWORD:
            match = _AFTER_CLAUSE.match(text, end)
            tied = match is not None
        if match and tied and _is_random(match[1]):
            found.append(Span(match.start(1), match.end(1), match[1].replace("-", ""), "alphanumeric", CODE_ROLE))
    opening = _BEFORE_LABEL.match(text)
    if opening and labels and _is_random(opening[1]) and _is_tied(text[opening.end(1) : opening.end()]):
        found.append(Span(opening.start(1), opening.end(1), opening[1].replace("-", ""), "alphanumeric", CODE_ROLE))
    return list(dict.fromkeys(found))


def _labels(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield where each label ends, and its bits; `code d'activation` is one too."""
    label, label_end = 0, -_COMPOUND_CHARACTERS
    for start, end, bits in words:
        if bits & (KEYWORD | USE):
            label, label_end = bits, end
            yield end, bits
        elif bits & AUTH and start - label_end < _COMPOUND_CHARACTERS:
            yield end, label


def _is_random(token: str) -> bool:
    return LEXICON[token.lower().encode()] == 0 and token not in _STATES


def _is_tied(gap: str) -> bool:
    """A label and its code are tied by a sign, a linking word, or nothing at all."""
    word = gap.strip(" \t\r\n:=：-–\"'“«[(【").lower()
    return not word or bool(LEXICON[word.encode("utf-8", "replace")] & COPULA)
