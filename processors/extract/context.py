"""Reads what surrounds a candidate: the words that carry evidence, in order, with the ends of sentences between."""

import re
from bisect import bisect_left
from functools import partial
from typing import Final, NamedTuple

from processors.extract.lexicon import LEXICON, is_unspaced
from processors.extract.signals import COPULA, LABEL, OTHER, THING, UNIT

STOP: Final = 1 << 30
"""Not a word: the end of a sentence."""
LINE: Final = 1 << 31
"""Not a word: the end of a line (also a STOP)."""
UNSPACED: Final = 1 << 32
"""Not a word but many: a token of a script without spaces."""
CAPITALISED: Final = 1 << 33
"""Written with a capital: may be a name."""

_TOKEN: Final = re.compile(
    "[^\\s\\d!-/:-@\\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65«»¿¡·।॥၊။។៖،؛؟۔։\u1361-\u1368]+"
    "|\n+|[!?।॥။。！？؟។۔\u1362\u1367]|[.;։](?=\\s)|\\r"
)
_LATIN_LOWER: Final = re.compile("(?<![A-Za-z.])[a-z]{2,}")
_ASCII_STOP: Final = re.compile(r"[\n!?\r.;](?:(?<=\n)\n*|(?<=[!?\r])|(?=\s))")
_WORD_BEFORE: Final = re.compile("[A-Za-z]{1,4}$")
_STOPS: Final = frozenset("!?।॥။。！？؟።፧។۔.;։\r")
_LONGEST_REMEMBERED: Final = 24
_MOST_REMEMBERED_TOKENS: Final = 50_000
_ABBREVIATION_LETTERS: Final = 3  # `No.`, `Rs.`, `ref.`: the full stop after a word so short ends no sentence


class Event(NamedTuple):
    """A word with evidence, or the end of a sentence."""

    start: int
    end: int
    bits: int


_SECOND_NAMES: Final = frozenset(["Pay", "Pago", "Cash", "Credit", "Libre"])  # `Mercado Pago`
_NAMED_WITHIN: Final = 200
_NEVER_A_NAME: Final = LABEL | COPULA

_event: Final = partial(tuple.__new__, Event)
_bits_of: Final = LEXICON.__getitem__


class Context:
    """The events of one message, found once and looked up around each candidate."""

    __slots__ = ("events", "text")

    def __init__(self, text: str, blanked: bytes) -> None:
        """Find the events of a normalised text; `blanked` are its words as `reading` leaves them."""
        self.text = text
        self.events = _find_ascii_events(text, blanked) if text.isascii() else _find_events(text)

    def left_of(self, position: int, count: int) -> list[Event]:
        """Return up to `count` events before the position, the nearest first."""
        events = self.events
        index = bisect_left(events, (position,))
        return events[index - 1 : index - count - 1 if index > count else None : -1] if index else []

    def right_of(self, position: int, count: int) -> list[Event]:
        """Return up to `count` events from the position on, the nearest first."""
        index = bisect_left(self.events, (position,))
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


def _find_ascii_events(text: str, blanked: bytes) -> list[Event]:
    """Find the events of an ASCII text, by the few words that carry evidence rather than by all."""
    padded = b" %b " % blanked
    events: list[Event] = []
    end = 0
    for word in filter(_bits_of, blanked.split()):
        start = padded.find(b" %b " % word, end)
        end = start + len(word)
        bits = _bits_of(word) & ~THING
        may_name = not bits & _NEVER_A_NAME and text[start].isupper()
        if bits and not (may_name and _is_part_of_name(text, text[start:end], end, bits)):
            events.append(_event((start, end, bits)))
    words = len(events)
    for match in _ASCII_STOP.finditer(text, 0, len(text) - 1):  # none at the very end, which ends any sentence
        start, end = match.span()
        mark = text[start]
        if mark == "\n":
            events.append(_event((start, end, STOP | LINE)))
        elif mark != "." or not _is_abbreviation(text, start, end):
            events.append(_event((start, end, STOP)))
    if words < len(events):
        events.sort()
    return events


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Tell whether a full stop cuts the word before it short."""
    if not text[start - 1 : start].isalpha():
        return False
    if text[start - _ABBREVIATION_LETTERS - 1 : start].isalpha() and start > _ABBREVIATION_LETTERS:
        return False
    word = _WORD_BEFORE.search(text, max(0, start - _ABBREVIATION_LETTERS - 1), start)
    return word is not None and _cuts_short(word[0], text[end + 1 : end + 2])


def _find_events(text: str) -> list[Event]:
    events: list[Event] = []
    last: re.Match[str] | None = None
    latin: bool | None = None
    for match in _TOKEN.finditer(text):
        word = match[0]
        bits = _TOKENS[word]
        if not bits & STOP:
            last = match
            if bits & UNSPACED:
                start = match.start()
                events.extend(
                    [Event(start + left, start + right, part) for left, right, part in LEXICON.occurrences(word)]
                )
            elif bits:
                start, end = match.span()
                if bits & CAPITALISED:
                    if latin is None:
                        latin = _LATIN_LOWER.search(text) is not None
                    if not (latin or bits & OTHER) or _is_part_of_name(text, word, end, bits):
                        continue  # a Latin word amid another script is a name (`LINE`), unless a thing's (`WiFi`)
                events.append(_event((start, end, bits)))
            continue
        start, end = match.span()
        if word != "." or last is None or last.end() != start or not _cuts_short(last[0], text[end + 1 : end + 2]):
            events.append(_event((start, end, bits)))
    return events


def _cuts_short(word: str, after: str) -> bool:
    """Tell whether a full stop cuts a word short (`No. 12`), rather than ending a sentence (`your PIN. Do not`)."""
    if len(word) > _ABBREVIATION_LETTERS:
        return False
    return after.isdigit() or not (after.isupper() or _bits_of(word.lower().encode("utf-8", "replace")) & LABEL)


def _is_part_of_name(text: str, word: str, end: int, bits: int) -> bool:
    """Tell words that are a piece of a brand: `Cash24`, `Gate.io`."""
    if bits & UNIT and word.isupper() and len(word) > 2:
        return True
    if word in _SECOND_NAMES and text[end - len(word) - 2 : end - len(word)].rstrip().isalpha():
        return text[: end - len(word)].split()[-1][0].isupper() if end < _NAMED_WITHIN else False
    after = text[end : end + 2]
    return bool(after) and (after[0].isdigit() or (after[0] == "." and after[1:].islower()))
