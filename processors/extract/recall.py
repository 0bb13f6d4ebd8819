"""Remembers decisions by wording: the SMS of a service differ from one another in their code alone.

Of a number of five to seven digits, or of twice three, the extractor weighs the shape and the surroundings, never the digits. So two texts
that differ in such a number alone, however often it stands in them, have the same answer, with the number exchanged. That is a promise of
the extractor, and `test_recall.py` holds it to that.
"""

import re
from functools import partial
from typing import Final, NamedTuple

from processors.extract.decide import extract
from processors.extract.model import DEFAULT, Extraction, Policy

# A leading class lets the engine skip to the next digit at once.
_NUMBER: Final = re.compile("[0-9](?<![0-9].)(?:[0-9]{4,6}|[0-9]{2}-[0-9]{3})(?![0-9])")
_NUMBER_MARK, _DIGITS_MARK = "\0", "\1"
"""What stands for the number in a wording, and for its digits where they stand without their dash."""
_IN_A_LONGER_NUMBER: Final = re.compile(r"[\d\0\1][\0\1]|[\0\1]\d")
_LONGEST_TEXT: Final = 1_000
"""Longer texts are rare, and no templates."""

_build = partial(tuple.__new__, Extraction)  # a third of the price of calling the class

_Key = tuple[str, str, int, bool]
"""A text with its number masked, the sender, how many digits the number has, 0 where there is none, and whether it is in two groups."""


class _Wording(NamedTuple):
    """What is known of a wording.

    Attributes:
        answer: as it was found for one number.
        raw: its raw span with the number masked; None where the number is no part of the answer.
        rest: the answer without its code and raw span.
    """

    answer: Extraction
    raw: str | None
    rest: tuple[object, ...]


class Recall:
    """An extractor with a memory; the answers are those of :func:`processors.extract.extract`."""

    __slots__ = ("_capacity", "_earlier", "_policy", "_wordings")

    def __init__(self, policy: Policy = DEFAULT, *, capacity: int = 10_000) -> None:
        """Read under a policy, and remember at least the last so many wordings, some megabytes."""
        self._policy = policy
        self._capacity = capacity
        self._wordings: dict[_Key, _Wording] = {}
        self._earlier: dict[_Key, _Wording] = {}

    def extract(self, text: str, sender: str) -> Extraction:
        """Read the one-time passcode out of an SMS; see :func:`processors.extract.extract`."""
        if _NUMBER_MARK in text or _DIGITS_MARK in text:
            return extract(text, sender, self._policy)
        match = _NUMBER.search(text)
        number = "" if match is None else match[0]
        digits = _digits(number)
        if digits and digits == sender:
            return extract(text, sender, self._policy)  # the number that a sender goes by is no code
        key = (_masked(text, number, digits), sender, len(digits), number != digits)
        wording = self._wordings.get(key)
        if wording is None:
            return self._learn(key, number, text, sender)
        answer, raw, rest = wording
        if raw is None:
            return answer
        if raw != _NUMBER_MARK:
            number = raw.replace(_NUMBER_MARK, number).replace(_DIGITS_MARK, digits)
        return _build((digits, number, *rest))

    def _learn(self, key: _Key, number: str, text: str, sender: str) -> Extraction:
        if len(self._wordings) >= self._capacity:
            self._earlier, self._wordings = self._wordings, {}
        known = self._earlier.pop(key, None)
        if known is not None:
            self._wordings[key] = known
            return self.extract(text, sender)
        answer = extract(text, sender, self._policy)
        if len(text) <= _LONGEST_TEXT and not _IN_A_LONGER_NUMBER.search(key[0]):
            wording = _wording(answer, number)
            if wording is not None:
                self._wordings[key] = wording
        return answer


def _masked(text: str, number: str, digits: str) -> str:
    if not number:
        return text
    masked = text.replace(number, _NUMBER_MARK)
    return masked if number == digits else masked.replace(digits, _DIGITS_MARK)


def _digits(number: str) -> str:
    return number.replace("-", "")


def _wording(answer: Extraction, number: str) -> _Wording | None:
    """Return what of an answer holds for any number in its place; None where part of the number is in it."""
    digits = _digits(number)
    raw = _masked(answer.raw, number, digits)
    if number and (digits in (answer.service or "") or number in (answer.service or "")):
        return None
    if raw == answer.raw:
        is_apart = not number or not any(part in raw for part in number.split("-"))
        return _Wording(answer, None, answer[2:]) if is_apart else None
    return _Wording(answer, raw, answer[2:]) if answer.code == digits else None
