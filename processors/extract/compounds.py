"""Tells codes of doors, games, desks and the like by the noun right before `code`: `gate code 1234`."""

import re
from collections.abc import Iterator
from typing import Final

from processors.extract.lexicon import LEXICON
from processors.extract.signals import REF, THING

_KEYWORD: Final = re.compile(" (?:[Cc]ode|pin|PIN|password)")
_LONGEST: Final = 28
# `code for the laundry room`
_FOR_A_THING: Final = re.compile(r"\b(?:[Cc]ode|[Pp]in|PIN|[Pp]assword) (?:for|to|of) ([a-z]+(?: [a-z]+){0,2})")
_OPENS: Final = frozenset(["access", "entry"])
"""What a door's code and a login's may both be called: the noun before tells."""
_ENGLISH: Final = (" is ", "our ", " the ", "The ", " you ")
_NO_NOUNS_TEXT: Final = """
    your default our the a an this that these following above below new old same correct right full secret unique personal
    private special short long digit digits number numeric numerical pin sms text mobile phone email app account user card bank
    web online instant quick fresh valid active temporary temp onetime time once use used enter type input insert key punch
    submit provide quote with by as and or is of for to in on from via using resend sent send get got need have has no any
    another next current latest final generated requested magic dynamic random digital access entry login logon signin signup
    up sign check ur ya yr his her their its whose own extra backup recovery reset unlock trust trusted safe security passcode
    otp factor step two three four five six seven eight
"""
_NO_NOUNS: Final = frozenset(_NO_NOUNS_TEXT.split())


def names_another_kind(text: str) -> bool:
    """Tell whether a noun right before `code`, or one that it is for, makes it the code of a thing."""
    if any(_bits(words) & (THING | REF) for words in _words_before_keywords(text)):
        return True
    match = _FOR_A_THING.search(text)
    return match is not None and any(_bits([word]) & THING for word in match[1].split())


def opens_a_door(text: str) -> bool:
    """Tell whether it is an access to a thing: `gym access code`."""
    return any(
        len(words) > 1 and words[-1] in _OPENS and _bits(words[:-1]) & THING for words in _words_before_keywords(text)
    )


def names_unknown_thing(text: str) -> bool:
    """Tell whether an English text has a noun of small letters before `code`, which is neither a brand nor a login."""
    if not any(word in text for word in _ENGLISH):
        return False
    return any(
        words[-1].isascii() and words[-1].isalpha() and words[-1].islower() and words[-1] not in _NO_NOUNS
        for words in _words_before_keywords(text)
    )


def _bits(words: list[str]) -> int:
    return LEXICON[words[-1].lower().encode("utf-8", "replace")]


def _words_before_keywords(text: str) -> Iterator[list[str]]:
    for match in _KEYWORD.finditer(text):
        start = match.start()
        words = text[max(0, start - _LONGEST) : start].split()
        if words:
            yield words
