"""Remembers decisions by wording: the SMS of a service differ from one another in their code alone.

Of a number of five to seven digits, or of twice three, that stands once in a text, the extractor weighs the shape and the surroundings,
never the digits. So two texts that differ in such a number alone have the same answer, with the number exchanged. That is a promise of the
extractor, and `test_recall.py` holds it to that.
"""

import re
from functools import partial
from typing import Final

from processors.extract.decide import extract
from processors.extract.model import Extraction

_NUMBER: Final = re.compile("(?<![0-9])(?:[0-9]{5,7}|[0-9]{3}-[0-9]{3})(?![0-9])")
_LONGEST_TEXT: Final = 1_000
"""Longer texts are rare, and no templates."""

_build = partial(tuple.__new__, Extraction)  # a third of the price of calling the class

_Key = tuple[str, str, str, int]
_Wording = tuple[Extraction, str, str] | None
"""The answer, and what stands in its raw span before and after the number; None: no answer is kept for this wording."""


class Recall:
    """An extractor with a memory; the answers are those of :func:`processors.extract.extract`."""

    __slots__ = ("_capacity", "_wordings")

    def __init__(self, capacity: int = 10_000) -> None:
        """Remember up to so many wordings, some megabytes; then begin anew."""
        self._capacity = capacity
        self._wordings: dict[_Key, _Wording] = {}

    def extract(self, text: str, sender: str) -> Extraction:
        """Read the one-time passcode out of an SMS; see :func:`processors.extract.extract`."""
        match = _NUMBER.search(text)
        if match is None or len(text) > _LONGEST_TEXT:
            return extract(text, sender)
        start, end = match.span()
        number = match[0]
        key = (text[:start], text[end:], sender, end - start)
        wording = self._wordings.get(key)
        if wording is None or number in key[0] or number in key[1]:
            # Twice the same number is evidence, and the second one would stand in the key.
            return self._learn(key, number, text, sender)
        answer, before, after = wording
        if answer.code is None:
            return answer
        code, raw = (number, number) if before == after == "" else (number, before + number + after)
        return _build((code.replace("-", ""), raw, *answer[2:]))

    def _learn(self, key: _Key, number: str, text: str, sender: str) -> Extraction:
        answer = extract(text, sender)
        if key in self._wordings or number in key[0] or number in key[1]:
            return answer
        if len(self._wordings) >= self._capacity:
            self._wordings.clear()
        self._wordings[key] = _wording(answer, number)
        return answer


def _wording(answer: Extraction, number: str) -> _Wording:
    """Return what of an answer holds for any number in its place; None where the answer is something else in the text."""
    if answer.service is not None and number in answer.service:
        return None
    if answer.code is None:
        return answer, "", ""
    before, found, after = answer.raw.partition(number)
    return (answer, before, after) if found and answer.code == number.replace("-", "") else None
