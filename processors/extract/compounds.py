"""Tells codes of doors, games, desks and the like by the noun right before `code`: `gate code 1234`."""

from typing import Final

from processors.extract.lexicon import LEXICON
from processors.extract.signals import THING

_KEYWORDS: Final = (" code", " pin", " password", " PIN", " Code")
_MOST_TRIED: Final = 4
_LONGEST: Final = 20


def names_another_kind(text: str) -> bool:
    """Tell whether a noun right before `code` makes it the code of a thing."""
    for keyword in _KEYWORDS:
        start = text.find(keyword)
        for _ in range(_MOST_TRIED):
            if start < 0:
                break
            words = text[max(0, start - _LONGEST) : start].split()
            if words and LEXICON[words[-1].lower().encode("utf-8", "replace")] & THING:
                return True
            start = text.find(keyword, start + 1)
    return False
