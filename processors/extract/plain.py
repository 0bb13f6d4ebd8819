"""The short way for the message that clearly sends a code: the one clean number beside a keyword."""

import re
from functools import lru_cache
from typing import Final

from processors.extract.lexicon import LEXICON, is_unspaced
from processors.extract.signals import (
    ACCT,
    AGAINST,
    AUTH,
    COPULA,
    DATE,
    GRANT,
    INITIAL,
    KEYWORD,
    LABEL,
    LAST,
    MONEY,
    OLD,
    PHONE,
    RECEIPT,
    REF,
    STRONG,
    THING,
    TOWARDS,
    UNIT,
    USE,
    VALID,
)

# `[0-9][0-9]*` and the like: unlike a repeat, a leading class lets the engine skip to the next digit at once.
_LONG_RUN: Final = re.compile("[0-9][0-9]{3,}")
_SUBJECT_WORDS: Final = 14
_LEFT_CHARACTERS: Final = 110
_RIGHT_CHARACTERS: Final = 80
_UNSPACED_CHARACTERS: Final = 9
_UNSPACED_FROM: Final = "\u0e00"  # from here on come the scripts without spaces and their punctuation
_CLAUSE_END: Final = re.compile("[，。；！？]")
_OTHERWISE: Final = REF | MONEY | ACCT | PHONE | LAST | UNIT | TOWARDS | DATE | OLD
_OPENING: Final = " [(【「“\"'*\n"
# Codes in two groups, and with a brand's letter before: `123-456`, `123 456`, `G-123456`.
_GROUPED: Final = re.compile(
    r"[0-9A-Z](?<![^\s:：\[(【*].)(?<![0-9] .)(?:(?<=[0-9])[0-9]{2}[- ][0-9]{3}|(?<=[A-Z])-[0-9]{5,6})(?![\w-]| [0-9]|[.,:/][0-9])"
)
_BEFORE: Final = frozenset(" :\n[(【「“\"'\t>：（，。")
_AFTER: Final = frozenset("（【 .,\n])】」”\"'\t!;<。，、）；！।")
_NO_LETTER: Final = re.compile("[฿៛\u2000-\u2bff￠-￦％]")  # dashes, currencies, arrows
_AFTER_BLANK: Final = frozenset("0123456789-–—$€£₹₽%*+/")
_PURPOSE: Final = AUTH | STRONG | VALID | USE
_COMPLICATED: Final = AGAINST | DATE | RECEIPT | GRANT | INITIAL | ACCT | THING
"""What makes a message worth a closer look."""
_LABEL: Final = LABEL | USE | REF | PHONE
_TOLD: Final = ("code is ", "OTP is ", "code is: ", "PIN is ", "OTP: ", "password is ", "passcode is ")
_SIGNS: Final = ".,:;!?=()[]<>{}*\"'“”«»。，、：；！？（）【】「」"
_LONGEST_DIGITS: Final = 8
_MOST_REMEMBERED: Final = 10_000


def is_simple(bits: int) -> bool:
    """Tell whether a message with these words speaks of a code and its purpose, and of nothing that makes it worth a closer look."""
    return bits & KEYWORD != 0 and bits & _PURPOSE != 0 and not bits & _COMPLICATED


def find_plain(text: str) -> tuple[str, int] | None:
    """Return (code as written, start) where exactly one clean number stands right beside a code keyword.

    Args:
        text: the normalised text of a message that leaves no doubt that it sends a code.
    """
    found: tuple[str, int] | None = None
    others: list[tuple[int, int]] = []
    for match in _LONG_RUN.finditer(text):
        start, end = match.span()
        if end - start > _LONGEST_DIGITS or not _is_clean(text, start, end):
            others.append((start, end))
        elif _is_labelled(text, start, end):
            if found:
                return None
            found = match.group(), start
    if found is None:
        return _find_grouped(text)
    return None if others and any(_is_labelled(text, *other) for other in others) else found


def _find_grouped(text: str) -> tuple[str, int] | None:
    """Return (code as written, start) where the one code in groups stands right beside a code keyword."""
    found: tuple[str, int] | None = None
    for match in _GROUPED.finditer(text):
        if found or not _is_labelled(text, *match.span()) or not _is_clean(text, *match.span()):
            return None
        found = match.group(), match.start()
    return found


def _is_clean(text: str, start: int, end: int) -> bool:
    """Tell whether nothing beside the number makes an amount, a phone, a date or a longer token of it."""
    return _are_clean(text[start - 1 : start], text[end : end + 4])


@lru_cache(maxsize=_MOST_REMEMBERED)
def _are_clean(before: str, after: str) -> bool:
    """Tell it of the character before the number and the four after it; fewer where the text ends."""
    if before and before not in _BEFORE and not _is_of_unspaced_script(before):
        return False
    if not after:
        return True
    first, second = after[0], after[1:2]
    if first in _AFTER:
        if second and second in "-–—":
            return after[2:3] == " " and after[3:].isalpha()
        return second not in _AFTER_BLANK and not (first in ".," and second.isdigit())
    return _is_of_unspaced_script(first) and first not in "年月日号時时点分秒元円원块個个次位天期件년월일시분초회개"


def _is_of_unspaced_script(character: str) -> bool:
    return character >= _UNSPACED_FROM and _NO_LETTER.match(character) is None


def _is_labelled(text: str, start: int, end: int) -> bool:
    if text.endswith(_TOLD, 0, start):
        return True
    before = text[max(0, start - _LEFT_CHARACTERS) : start].rstrip(_OPENING)
    left = before.rsplit(None, 3)
    if not left and start == 1:
        return False  # `【12306】`: the sender's name
    if not left or left[-1][-1] in ",.!;-–—]】)>":
        return not (left and _bits(left[-1]) & REF) and _is_labelled_after(text, end)  # `nr. 20240518`
    last = left[-1]
    if not last.isascii() and is_unspaced(last):
        bits = _bits(_CLAUSE_END.split(last)[-1][-_UNSPACED_CHARACTERS:])
        return bits & KEYWORD != 0 and not bits & _OTHERWISE
    bits = _bits(last)
    if len(left) == 1 and last[-1] == ":" and not bits & _LABEL:
        return _is_labelled_after(text, end)  # the sender's name
    if bits & USE or bits & _OTHERWISE:
        return not bits & _OTHERWISE
    if bits & COPULA and not bits & KEYWORD:
        return _has_code_subject(before.split())
    if not bits & LABEL:
        return last[-1] == ":" and (
            _has_code_subject(before.split(), otherwise=_OTHERWISE) or _is_labelled_after(text, end)
        )
    for word in left[-2:-4:-1]:
        bits |= _bits(word)
    return bits & KEYWORD != 0 and (not bits & _OTHERWISE or bits & (STRONG | AUTH) != 0)


def _has_code_subject(left: list[str], *, otherwise: int = 0) -> bool:
    """Tell whether the sentence that leads to a linking word is about a code: `the OTP for card 1234 is`."""
    bits = 0
    for word in left[-2 : -2 - _SUBJECT_WORDS : -1]:
        if word[-1] in ".!?":
            return False
        bits |= _bits(word)
        if bits & otherwise:
            return False
        if bits & KEYWORD:
            return not bits & REF or bits & (STRONG | AUTH) != 0
    return False


def _is_labelled_after(text: str, end: int) -> bool:
    right = text[end : end + _RIGHT_CHARACTERS].split(None, 7)
    for word in right[:7]:
        bits = _bits(word)
        if bits & KEYWORD:
            return True
        if (bits & _OTHERWISE and not bits & COPULA) or word[-1] in ".!?,":
            break
    return False


@lru_cache(maxsize=_MOST_REMEMBERED)
def _bits(word: str) -> int:
    return LEXICON[word.strip(_SIGNS).lower().encode("utf-8", "replace")]
