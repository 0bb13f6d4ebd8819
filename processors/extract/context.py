"""Reads what stands around the numbers of a message: in their sentences, the words that carry evidence."""

import re
from typing import Final

from processors.extract.lexicon import LEXICON, is_unspaced
from processors.extract.signals import COPULA, LABEL, OTHER, THING, UNIT, WORDS

UNSPACED: Final = 1 << 31
"""Not a word but many: a token of a script without spaces."""
CAPITALISED: Final = 1 << 32
"""Written with a capital, and may be a name for that."""

# A full stop ends a sentence where a blank follows, but not after a word of up to three letters that goes on in small
# letters or digits (`No. 12`, `Rs. 500`, `max. 5`).
_ASCII_STOP: Final = re.compile(
    r"[\n!?\r.;](?:(?<=\n)\n*|(?<=[!?\r])"
    r"|(?=\s)(?:(?<!\b[A-Za-z].)(?<!\b[A-Za-z]{2}.)(?<!\b[A-Za-z]{3}.)|(?=\s+[A-Z])))"
)
_STOP: Final = re.compile(
    r"[\n!?\r।॥။。！？؟۔\u1362\u1367.;։](?:(?<=\n)\n*|(?<![\n.;։])"
    r"|(?=\s)(?:(?<!\b[^\W\d_].)(?<!\b[^\W\d_]{2}.)(?<!\b[^\W\d_]{3}.)|(?=\s+[A-ZÀ-ÞΑ-ΩЀ-Я])))"
)
_WORD: Final = re.compile(
    "([^\\s\\d!-/:-@\\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65«»¿¡·।॥၊။។៖،؛؟۔։\u1361-\u1368]+)"
)
_ASCII_WORD: Final = re.compile("([A-Za-z]+)")
_LATIN_LOWER: Final = re.compile("(?<![A-Za-z.])[a-z]{2,}")
_SECOND_NAMES: Final = frozenset(["Pay", "Pago", "Cash", "Credit", "Libre"])  # `Mercado Pago`
_NAMED_WITHIN: Final = 200
_REACH_CHARACTERS: Final = 100
_MOST_WORDS: Final = 5
"""How many words on either side of a number are looked at."""
_LONGEST_REMEMBERED: Final = 24
_MOST_REMEMBERED: Final = 50_000


Word = tuple[int, int, int]
"""A word that carries evidence: where it begins, where it ends, what it says."""


class _Tokens(dict[str, int]):
    """Maps a token to its bits, or to UNSPACED where it holds many words; remembers what it worked out."""

    def __missing__(self, token: str) -> int:
        if is_unspaced(token):
            bits = UNSPACED
        else:
            bits = LEXICON[token.lower().encode("utf-8", "replace")] & ~THING
            if bits and token.isascii() and token[0].isupper() and not bits & (LABEL | COPULA):
                bits |= CAPITALISED
        if len(token) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[token] = bits
        return bits


_bits_of: Final = _Tokens().__getitem__


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a number begins and ends, or as far as one need look."""
    stops = _ASCII_STOP if text.isascii() else _STOP
    opening = max(0, start - _REACH_CHARACTERS)
    for stop in stops.finditer(text, opening, start):
        opening = stop.end()
    closing = stops.search(text, end, end + _REACH_CHARACTERS)
    return opening, closing.start() if closing else min(end + _REACH_CHARACTERS, len(text))


def words_beside(text: str, start: int, end: int) -> tuple[list[Word], list[Word]]:
    """Return the words that carry evidence before and after a number, in its own sentence, the nearest first."""
    opening, closing = sentence(text, start, end)
    return _words_before(text, opening, start), words_after(text, end, closing, most=_MOST_WORDS)


def _words_before(text: str, opening: int, end: int) -> list[Word]:
    parts = _split(text[opening:end])
    words: list[Word] = []
    for index in range(len(parts) - 2, 0, -2):
        token = parts[index]
        end -= len(parts[index + 1])
        start = end - len(token)
        bits = _bits_of(token)
        if bits:
            if bits < UNSPACED:
                words.append((start, end, bits))
            else:
                words += reversed(_look_into(text, token, start, bits))
            if len(words) >= _MOST_WORDS:
                return words[:_MOST_WORDS]
        end = start
    return words


def words_after(text: str, start: int, closing: int, *, most: int) -> list[Word]:
    """Return the first words that carry evidence from one place of the text to another."""
    parts = _split(text[start:closing])
    words: list[Word] = []
    for index in range(1, len(parts), 2):
        token = parts[index]
        start += len(parts[index - 1])
        end = start + len(token)
        bits = _bits_of(token)
        if bits:
            if bits < UNSPACED:
                words.append((start, end, bits))
            else:
                words += _look_into(text, token, start, bits)
            if len(words) >= most:
                return words[:most]
        start = end
    return words


def all_words(text: str) -> list[Word]:
    """Return all words of a text that carry evidence, in order."""
    return words_after(text, 0, len(text), most=len(text))


def _split(passage: str) -> list[str]:
    """Return what is no word and what is one, in turn."""
    return (_ASCII_WORD if passage.isascii() else _WORD).split(passage)


def _look_into(text: str, token: str, start: int, bits: int) -> list[Word]:
    """Return what a token says that is many words, or a capitalised one that may be a name."""
    if bits == UNSPACED:
        return [(start + left, start + right, part) for left, right, part in LEXICON.occurrences(token)]
    if (not bits & OTHER and _is_foreign(text)) or _is_part_of_name(text, start, start + len(token), bits):
        return []
    return [(start, start + len(token), bits & WORDS)]


def _is_foreign(text: str) -> bool:
    """Tell whether Latin words stand for nothing but names, amid another script."""
    return not text.isascii() and _LATIN_LOWER.search(text) is None


def _is_part_of_name(text: str, start: int, end: int, bits: int) -> bool:
    """Tell words that are a piece of a brand: `Cash24`, `Gate.io`."""
    word = text[start:end]
    if bits & UNIT and word.isupper() and len(word) > 2:
        return True
    if word in _SECOND_NAMES and text[start - 2 : start].rstrip().isalpha():
        return text[:start].split()[-1][0].isupper() if end < _NAMED_WITHIN else False
    after = text[end : end + 2]
    return bool(after) and (after[0].isdigit() or (after[0] == "." and after[1:].islower()))
