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
_NEAREST: Final = slice(None, -_MOST_WORDS - 1, -1)
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
    opening, closing = start - _REACH_CHARACTERS, end + _REACH_CHARACTERS
    opening = 0 if opening <= 0 else max(text.find(" ", opening, start), opening)  # half a word may be another
    closing = len(text) if closing >= len(text) else max(text.rfind(" ", end, closing), end)
    for stop in stops.finditer(text, opening, start):
        opening = stop.end()
    first = stops.search(text, end, closing)
    return opening, first.start() if first else closing


def words_beside(text: str, start: int, end: int) -> tuple[list[Word], list[Word]]:
    """Return the words that carry evidence before and after a number, in its own sentence, the nearest first."""
    opening, closing = sentence(text, start, end)
    return words_in(text, opening, start)[_NEAREST], words_in(text, end, closing)[:_MOST_WORDS]


def words_in(text: str, start: int, end: int) -> list[Word]:
    """Return the words that carry evidence from one place of the text to another, in order."""
    passage = text[start:end]
    parts = (_ASCII_WORD if passage.isascii() else _WORD).split(passage)  # what is no word and what is one, in turn
    words: list[Word] = []
    foreign: bool | None = None
    for index in range(1, len(parts), 2):
        token = parts[index]
        start += len(parts[index - 1])
        bits = _bits_of(token)
        if bits == UNSPACED:
            words += [(start + left, start + right, part) for left, right, part in LEXICON.occurrences(token)]
        elif bits >= CAPITALISED:
            if foreign is None:
                foreign = not text.isascii() and _LATIN_LOWER.search(text) is None
            if not (foreign and not bits & OTHER) and not _is_part_of_name(text, start, start + len(token), bits):
                words.append((start, start + len(token), bits & WORDS))
        elif bits:
            words.append((start, start + len(token), bits))
        start += len(token)
    return words


def _is_part_of_name(text: str, start: int, end: int, bits: int) -> bool:
    """Tell words that are a piece of a brand: `Cash24`, `Gate.io`."""
    word = text[start:end]
    if bits & UNIT and word.isupper() and len(word) > 2:
        return True
    if word in _SECOND_NAMES and text[start - 2 : start].rstrip().isalpha():
        return text[:start].split()[-1][0].isupper() if end < _NAMED_WITHIN else False
    after = text[end : end + 2]
    return bool(after) and (after[0].isdigit() or (after[0] == "." and after[1:].islower()))
