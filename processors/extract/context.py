"""Reads what surrounds the numbers of a message: its sentences, and in them the words that carry evidence."""

import re
from collections.abc import Callable
from functools import partial
from itertools import accumulate, compress
from typing import Final, NamedTuple

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
_LONGEST_REMEMBERED: Final = 24
_MOST_REMEMBERED: Final = 50_000


class Sentence(NamedTuple):
    """The sentence that a number stands in.

    Attributes:
        start, end: where it begins and ends.
        opens, closes: what begins and ends there: the text, a line, or no more than a sentence.
    """

    start: int
    end: int
    opens: str
    closes: str


class Words(NamedTuple):
    """The words of a passage that carry evidence, in order: where each begins, where it ends, what it says."""

    starts: list[int]
    ends: list[int]
    bits: list[int]


# A third of the price of calling the class.
_words: Callable[[tuple[list[int], list[int], list[int]]], Words] = partial(tuple.__new__, Words)


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


class Context:
    """The sentences of one message.

    Attributes:
        text: the normalised text.
    """

    __slots__ = ("_read", "_stops", "text")

    def __init__(self, text: str) -> None:
        """Find the ends of the sentences of a normalised text."""
        self.text = text
        self._stops = [match.span() for match in (_ASCII_STOP if text.isascii() else _STOP).finditer(text)]
        self._read: dict[tuple[int, int], Words] = {}

    def sentence(self, start: int, end: int) -> Sentence:
        """Return the sentence around a span."""
        text = self.text
        opening, closing, opens, closes = 0, len(text), "text", "text"
        for stop_start, stop_end in self._stops:
            if stop_end <= start:
                opening, opens = stop_end, "line" if text[stop_start] == "\n" else "sentence"
            elif stop_start >= end:
                if stop_start < closing - 1:  # at the very end of the text it parts nothing
                    closing, closes = stop_start, "line" if text[stop_start] == "\n" else "sentence"
                break
        return Sentence(opening, closing, opens, closes)

    def words(self, start: int, end: int) -> Words:
        """Return the words that carry evidence from one place of the text to another."""
        known = self._read.get((start, end))
        if known is None:
            known = self._read[start, end] = _read(self.text, start, end)
        return known


def _read(text: str, start: int, end: int) -> Words:
    passage = text[start:end]
    parts = (_ASCII_WORD if passage.isascii() else _WORD).split(passage)
    places = list(accumulate(map(len, parts), initial=start))
    told = list(map(_bits_of, parts[1::2]))
    highest = max(told, default=0)
    if highest >= UNSPACED:
        if highest >= CAPITALISED:
            _drop_names(text, places, told)
        if UNSPACED in told:
            return _read_unspaced(parts, places, told)
    return _words((list(compress(places[1::2], told)), list(compress(places[2::2], told)), list(filter(None, told))))


def _drop_names(text: str, places: list[int], told: list[int]) -> None:
    """Take capitalised words that are names for nothing: a Latin word amid another script, a piece of a brand."""
    foreign = not text.isascii() and _LATIN_LOWER.search(text) is None
    for number, bits in enumerate(told):
        if bits >= CAPITALISED:
            start, end = places[2 * number + 1 : 2 * number + 3]
            named = (foreign and not bits & OTHER) or _is_part_of_name(text, start, end, bits)
            told[number] = 0 if named else bits & WORDS


def _read_unspaced(parts: list[str], places: list[int], told: list[int]) -> Words:
    """Look into the tokens that hold many words."""
    words = Words([], [], [])
    for token, start, end, bits in zip(parts[1::2], places[1::2], places[2::2], told, strict=False):
        occurrences = LEXICON.occurrences(token) if bits == UNSPACED else [(0, end - start, bits)] if bits else []
        for left, right, part in occurrences:
            words.starts.append(start + left)
            words.ends.append(start + right)
            words.bits.append(part)
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
