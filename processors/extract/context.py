"""Reads what surrounds a candidate: the words that carry evidence, in order, with the ends of sentences between."""

import re
from bisect import bisect_left
from functools import partial
from typing import Final, NamedTuple

from processors.extract.lexicon import LEXICON, is_unspaced
from processors.extract.signals import COPULA, LABEL, THING, UNIT

STOP: Final = 1 << 30
"""Not a word: the end of a sentence."""
LINE: Final = 1 << 31
"""Not a word: the end of a line (also a STOP)."""
UNSPACED: Final = 1 << 32
"""Not a word but many: a token of a script without spaces."""
CAPITALISED: Final = 1 << 33
"""Written with a capital: may be a name."""

_TOKEN: Final = re.compile(
    "[^\\s\\d!-/:-@\\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65«»¿¡·।॥၊။។៖،؛؟۔։]+"
    "|\n+|[!?।॥။。！？؟។۔]|[.;։](?=\\s|$)|\\r"
)
_LATIN_LOWER: Final = re.compile("(?<![A-Za-z.])[a-z]{2,}")
_ASCII_TOKEN: Final = re.compile(r"[A-Za-z][A-Za-z]*|\n+|[!?\r]|[.;](?=\s|$)")
_STOPS: Final = frozenset("!?।॥။。！？؟።۔.;։\r")
_LONGEST_REMEMBERED: Final = 24
_MOST_REMEMBERED_TOKENS: Final = 50_000
_ABBREVIATION_LETTERS: Final = 3  # `No.`, `Rs.`, `ref.`: the full stop after a word so short ends no sentence


class Event(NamedTuple):
    """A word with evidence, or the end of a sentence."""

    start: int
    end: int
    bits: int


_event: Final = partial(tuple.__new__, Event)


class Context:
    """The events of one message, found once and looked up around each candidate."""

    __slots__ = ("events", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.events = _find_events(text)
        self.starts = [event.start for event in self.events]

    def left_of(self, position: int, count: int) -> list[Event]:
        """Return up to `count` events before the position, the nearest first."""
        index = bisect_left(self.starts, position)
        return self.events[max(0, index - count) : index][::-1]

    def right_of(self, position: int, count: int) -> list[Event]:
        """Return up to `count` events from the position on, the nearest first."""
        index = bisect_left(self.starts, position)
        return self.events[index : index + count]


class _Tokens(dict[str, int]):
    """Maps a token as written to its bits, to a kind of stop, or to UNSPACED where it holds many words."""

    def __missing__(self, token: str) -> int:
        if token[0] == "\n":
            bits = STOP | LINE
        elif token[0] in _STOPS:
            bits = STOP
        elif is_unspaced(token):
            bits = UNSPACED
        else:
            bits = LEXICON[token.lower().encode("utf-8", "replace")] & ~THING
            if bits and token.isascii() and token[0].isupper() and not bits & (LABEL | COPULA):
                bits |= CAPITALISED
        if len(token) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED_TOKENS:
                self.clear()
            self[token] = bits
        return bits


_TOKENS: Final = _Tokens()


def _find_events(text: str) -> list[Event]:
    events: list[Event] = []
    word_end, word_length = -1, 0
    latin = text.isascii() or _LATIN_LOWER.search(text) is not None
    for match in (_ASCII_TOKEN if text.isascii() else _TOKEN).finditer(text):
        word = match.group()
        bits = _TOKENS[word]
        start, end = match.span()
        if not bits & STOP:
            word_end, word_length = end, len(word)
            if bits & UNSPACED:
                events.extend(
                    [Event(start + left, start + right, part) for left, right, part in LEXICON.occurrences(word)]
                )
            elif bits and not (bits & CAPITALISED and _is_part_of_name(text, word, end, bits, latin)):
                events.append(_event((start, end, bits)))
        elif not (word == "." and word_end == start and word_length <= _ABBREVIATION_LETTERS):
            events.append(_event((start, end, bits)))
    return events


def _is_part_of_name(text: str, word: str, end: int, bits: int, latin: bool) -> bool:
    """Tell words that are a piece of a brand: `Cash24`, `Gate.io`, and Latin words amid another script (`LINE`)."""
    if not latin or (bits & UNIT and word.isupper() and len(word) > 2):
        return True
    after = text[end : end + 2]
    return bool(after) and (after[0].isdigit() or (after[0] == "." and after[1:].islower()))
