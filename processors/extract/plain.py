"""The short way for the common message: a code keyword, nothing that speaks against it, and one number that can be it."""

import re
from functools import lru_cache, reduce
from operator import or_
from typing import Final

from processors.extract.lexicon import LEXICON, WORD_BYTES, is_unspaced
from processors.extract.signals import (
    ACCT,
    AUTH,
    CODE,
    COPULA,
    DATE,
    LAST,
    MONEY,
    OLD,
    PHONE,
    REF,
    SECRET,
    STRONG,
    TOWARDS,
    UNIT,
    USE,
    VALID,
)

# `[0-9][0-9]*` and the like: unlike a repeat, a leading class lets the engine skip to the next digit at once.
_RUN: Final = re.compile("[0-9][0-9]*")
_LONG_RUN: Final = re.compile("[0-9][0-9]{3,}")
_SUBJECT_WORDS: Final = 14
_LEFT_CHARACTERS: Final = 110
_UNSPACED_CHARACTERS: Final = 9
_UNSPACED_FROM: Final = "\u0e00"  # from here on come the scripts without spaces and their punctuation
_OTHERWISE: Final = REF | MONEY | ACCT | PHONE | LAST | UNIT | TOWARDS | DATE | OLD
_OPENING: Final = " [(【「“\"'*\n"
# Codes in two groups, and with a brand's letter before: `123-456`, `123 456`, `G-123456`.
_GROUPED: Final = re.compile(
    r"[0-9A-Z](?<![^\s:：\[(【*].)(?<![0-9] .)(?:(?<=[0-9])[0-9]{2}[- ][0-9]{3}|(?<=[A-Z])-[0-9]{5,6})(?![\w-]| [0-9]|[.,:/][0-9])"
)
_BEFORE: Final = frozenset(" :\n[(【「“\"'\t>：（，。")
_AFTER: Final = frozenset("（【 .,\n])】」”\"'\t!;<。，、（）；！;।")
_AFTER_BLANK: Final = frozenset("0123456789-–—$€£₹₽%*+/")
_PROVES: Final = AUTH | STRONG | VALID | USE
_UNSAFE_WORD: Final = ACCT | TOWARDS | UNIT
_LABEL: Final = CODE | STRONG | AUTH | USE | REF | PHONE
_STOP: Final = re.compile("[.!?\n。।](?:(?<![.!?])| )")
_TOLD: Final = ("code is ", "OTP is ", "code is: ", "PIN is ", "OTP: ", "password is ", "passcode is ")
_bits_of = LEXICON.__getitem__
_SHORTEST_DIGITS: Final = 4
_LONGEST_DIGITS: Final = 8
_MOST_REMEMBERED: Final = 10_000


def find_plain(text: str, bits: int) -> tuple[str, int, bool] | None:
    """Return (code, start, whether no other number is there) where one clean number is all there is to choose.

    Args:
        text: normalised text that holds a code keyword and no word that speaks against a code.
        bits: the evidence of all its words.
    """
    runs = _RUN.findall(text)
    if len(runs) == 1:
        code = runs[0]
    else:
        long_runs = [run for run in runs if len(run) > 2]
        if len(long_runs) != 1 or len(runs) > 3:
            return None
        code = long_runs[0]
    length = len(code)
    if not _SHORTEST_DIGITS <= length <= _LONGEST_DIGITS:
        return None
    start = text.find(code)
    end = start + length
    if not _is_clean(text, start, end):
        return None
    after = text[end : end + 2]
    if bits & _UNSAFE_WORD and _follows_unsafe_word(text, start):
        return None
    if len(runs) > 1 and ((after[1:].isalnum() and after[0] in ".,:") or text[start - 2 : start - 1].isdigit()):
        return None
    if not text.endswith(_TOLD, 0, start):
        doubtful = bits & SECRET or not bits & _PROVES or ": " in text[end:] or _stands_apart(text, end)
        if doubtful and not _is_labelled(text, start, end):
            return None  # a warning about codes, then a number to call, looks just so
    return code, start, len(runs) == 1


def _follows_unsafe_word(text: str, start: int) -> bool:
    words = text[max(0, start - 24) : start].split()
    return bool(words) and LEXICON[words[-1].rstrip(":").lower().encode("utf-8", "replace")] & _UNSAFE_WORD != 0


def _stands_apart(text: str, end: int) -> bool:
    """Tell whether no keyword stands in the number's own sentence."""
    opening, closing = 0, 0
    for match in _STOP.finditer(text):
        if match.start() >= end:
            closing = match.start()
            break
        opening = match.end()
    if not opening and not closing:
        return False
    words = text[opening : closing or len(text)].lower().encode("utf-8", "replace").translate(WORD_BYTES)
    return not reduce(or_, map(_bits_of, words.split()), 0) & (CODE | STRONG)


def find_labelled(text: str) -> tuple[str, int, bool] | None:
    """Return (code, start, False) where exactly one clean number stands right beside a code keyword, whatever else there is.

    Args:
        text: normalised text with a code keyword, and with money, references or phones perhaps, but with no word that
            makes another kind of code of it.
    """
    found: tuple[str, int, bool] | None = None
    for match in _LONG_RUN.finditer(text):
        start, end = match.span()
        if end - start <= _LONGEST_DIGITS and _is_clean(text, start, end) and _is_labelled(text, start, end):
            if found or (text.startswith(" to ", end) and text[end + 4 : end + 5].isdigit()):
                return None
            found = match.group(), start, False
    return found


def find_grouped(text: str) -> tuple[str, int, bool] | None:
    """Return (code as written, start, False) where the one code in groups stands right beside a code keyword."""
    found: tuple[str, int, bool] | None = None
    for match in _GROUPED.finditer(text):
        if found or not _is_labelled(text, *match.span()) or not _is_clean(text, *match.span()):
            return None
        found = match.group(), match.start(), False
    return found


def _is_clean(text: str, start: int, end: int) -> bool:
    """Tell whether nothing beside the number makes an amount, a phone, a date or a longer token of it."""
    return _are_clean(text[start - 1 : start], text[end : end + 4])


@lru_cache(maxsize=_MOST_REMEMBERED)
def _are_clean(before: str, after: str) -> bool:
    """Tell it of the character before the number and the four after it; fewer where the text ends."""
    if before and before not in _BEFORE and before < _UNSPACED_FROM:
        return False
    if not after:
        return True
    first, second = after[0], after[1:2]
    if first in _AFTER:
        if second and second in "-–—":
            return after[2:3] == " " and after[3:].isalpha()
        return second not in _AFTER_BLANK and not (first in ".," and second.isdigit())
    return first >= _UNSPACED_FROM and first not in "年月日号時时点分秒元円원块個个次位天期件년월일시분초회개"


def _is_labelled(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LEFT_CHARACTERS) : start].rstrip(_OPENING)
    left = before.rsplit(None, 3)
    if not left and start == 1:
        return False  # `【12306】`: the sender's name
    if not left or left[-1][-1] in ",.!;-–—]】)>":
        return _is_labelled_after(text, end)
    last = left[-1]
    if not last.isascii() and len(last) > _UNSPACED_CHARACTERS and is_unspaced(last):
        bits = _bits(last[-_UNSPACED_CHARACTERS:])
        return bits & (CODE | STRONG) != 0 and not bits & _OTHERWISE
    bits = _bits(last)
    if len(left) == 1 and last[-1] == ":" and not bits & _LABEL:
        return _is_labelled_after(text, end)  # the sender's name
    if bits & USE or bits & _OTHERWISE:
        return not bits & _OTHERWISE
    if bits & COPULA and not bits & (CODE | STRONG):
        return _has_code_subject(before.split())
    if not bits & (CODE | STRONG | AUTH):
        return last[-1] == ":" and (
            _has_code_subject(before.split(), otherwise=_OTHERWISE) or _is_labelled_after(text, end)
        )
    for word in left[-2:-4:-1]:
        bits |= _bits(word)
    return bits & (CODE | STRONG) != 0 and (not bits & _OTHERWISE or bits & (STRONG | AUTH) != 0)


def _has_code_subject(left: list[str], *, otherwise: int = 0) -> bool:
    """Tell whether the sentence that leads to a linking word is about a code: `the OTP for card 1234 is`."""
    bits = 0
    for word in left[-2 : -2 - _SUBJECT_WORDS : -1]:
        if word[-1] in ".!?":
            return False
        bits |= _bits(word)
        if bits & otherwise:
            return False
        if bits & (CODE | STRONG):
            return not bits & REF or bits & (STRONG | AUTH) != 0
    return False


def _is_labelled_after(text: str, end: int) -> bool:
    right = text[end : end + _LEFT_CHARACTERS].split()
    for word in right[:7]:
        bits = _bits(word)
        if bits & (CODE | STRONG):
            return True
        if (bits & _OTHERWISE and not bits & COPULA) or word[-1] in ".!?,":
            break
    return False


@lru_cache(maxsize=_MOST_REMEMBERED)
def _bits(word: str) -> int:
    return LEXICON[word.rstrip(":.=").lower().encode("utf-8", "replace")]
