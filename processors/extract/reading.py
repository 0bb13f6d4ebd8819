"""Reads a message once: its normal form, its words, and the evidence that all of them carry together."""

import re
from functools import reduce
from operator import or_
from typing import Final

from processors.extract.lexicon import LEXICON, WORD_BYTES
from processors.extract.normalise import normalise
from processors.extract.signals import (
    CODE,
    FIRST,
    KEYWORD,
    LOTTERY,
    OTHER,
    PICKUP,
    PROMO,
    REF,
    SENDBACK,
    SOURCE,
    STRONG,
)

Reading = tuple[str, str, list[int] | None, int, list[bytes]]
"""The stripped text, its normal form, the positions of that in the text (None where they are the same), the evidence of
all words, and the words themselves in lower-case UTF-8."""

_SOURCE_CODE: Final = re.compile(
    r"\b(?:def|const|let|var|int) \w{1,30} ?[=(]|\bprint\(|\bSELECT\b.{1,60}\bFROM\b|\bcurl -|\b(?:if|return) ?\(|=>|=="
)
# The first sentence, where it holds the number that can be a code; or a sentence of its own that states one.
_FIRST_SENTENCE: Final = re.compile(
    r"[^.!?\n。।\d]{0,80}(?<![\d*#$€])[0-9]{4,8}(?!\d)[^.!?\n。।\d]{0,80}(?:[.!?\n。।]|$)"
)
_STATED_CODE: Final = re.compile(r"\b[Yy]our(?: [A-Z]\w{1,20})? code(?: is|:) ?[0-9]{4,8}(?:[.!,;]| [-–—])")
_ADVERTISES: Final = PROMO | PICKUP
# What looks like a keyword and is none: the name of a bank, a contracted verb.
_NO_KEYWORD: Final = re.compile("OTP(?= ?(?:[Bb]ank|BANK|Smart))|[Ww]on(?='t)")
_MAY_MISLEAD: Final = STRONG | LOTTERY
# Between letters of other scripts than the Latin one an apostrophe is a letter: `ক'ড`, `під'їзд`.
_APOSTROPHE: Final = re.compile(r"(?<=[\u0370-\U0010ffff])(?<=\w)['’](?=[\u0370-\U0010ffff])(?=\w)")
# `*482910*`, `**482910**`, `_482910_`: bold and the like, where people read the marks of a language for documents.
_EMPHASISED: Final = re.compile(
    r"(?<![*_0-9A-Za-z])([*_]{1,3})([0-9A-Za-z][0-9A-Za-z -]{1,12}[0-9A-Za-z])\1(?![*_0-9A-Za-z])"
)
_TWO_FACTORS: Final = re.compile(rb"(?<![0-9])2[Ff][Aa]")
_SENDER: Final = re.compile(r"[^\W\d_]{2,16}:")

_NUMBERED_SENDER: Final = re.compile("【([^】0-9]{1,24})([0-9]{3,6})】")
_PERCENT, _EQUALS, _BRACE, _TWO = b"%={2"  # a byte is looked for ten times as fast by its number
_AMENDED: Final = LOTTERY | PICKUP | SENDBACK | PROMO
_bits_of = LEXICON.__getitem__


def read(text: str, sender: str | None) -> Reading:
    """Return the message's reading; see :data:`Reading`."""
    text = text.strip()
    if text.isascii() and "  " not in text and "\t" not in text:
        plain, positions = text, None
        utf8 = text.encode()
    else:
        utf8 = text.lower().encode("utf-8", "replace")
        plain, positions = normalise(text, utf8=utf8)
        if "'" in plain or "’" in plain:
            plain = _APOSTROPHE.sub("\u02bc", plain)
        if plain is not text:
            utf8 = plain.lower().encode("utf-8", "replace")
    if "*" in plain or "_" in plain:
        plain = _EMPHASISED.sub(_quoted, plain)
    if (sender and sender.isdigit() and sender in plain) or "【" in plain:
        plain = _without_brand_number(plain, sender)
    blanked = utf8.translate(WORD_BYTES)
    words = blanked.split()
    bits = reduce(or_, map(_bits_of, words), 0)
    if bits & _AMENDED or _PERCENT in utf8 or _EQUALS in utf8 or _BRACE in utf8:
        plain, bits, words = _amend(plain, bits, utf8, blanked, words)
    elif bits & CODE and blanked.find(b"one time") >= 0:
        bits |= STRONG
    if bits & STRONG and blanked.find(b"otp ") >= 0 and _NO_KEYWORD.search(plain):
        plain, bits, words = _amend(plain, bits, utf8, blanked, words)
    if _TWO in utf8 and (b"2fa" in utf8 or b"2FA" in utf8) and _TWO_FACTORS.search(utf8):
        bits |= STRONG  # words are cut at digits
    return text, plain, positions, bits, words


def _quoted(match: re.Match[str]) -> str:
    """Return what is emphasised in quotes, as long as before."""
    quotes = '"' * len(match[1])
    return quotes + match[2] + quotes


def _without_brand_number(plain: str, sender: str | None) -> str:
    """Blind out the digits that the sender goes by, wherever the text repeats them: `【铁路12306】`, `10086`."""
    match = _NUMBERED_SENDER.match(plain)
    number = match[2] if match and not evidence(_blanked(match[1]).split()) & KEYWORD else sender
    if not number or not number.isdigit():
        return plain
    # Not within a longer number, nor a group of one: `900 482` from 900.
    return re.sub(rf"(?<![0-9])(?<![0-9][- ]){number}(?![- ]?[0-9])", "#" * len(number), plain)


def _amend(plain: str, bits: int, utf8: bytes, blanked: bytes, words: list[bytes]) -> tuple[str, int, list[bytes]]:
    """Mend what single words cannot tell: names that look like keywords, one-time, orders, source code, shares."""
    if bits & _MAY_MISLEAD and _NO_KEYWORD.search(plain):
        plain = _NO_KEYWORD.sub(_blind, plain)
        blanked = _blanked(plain)
        words = blanked.split()
        bits = evidence(words)
    if bits & PICKUP and _SENDER.match(plain):
        bits = evidence(words[1:])  # a courier sends login codes too
    if bits & CODE and b"one time" in blanked:
        bits |= STRONG
    if bits & SENDBACK and _bits_of(words[0]) & SENDBACK:
        bits |= FIRST  # an order to send something on, whoever gives it
    if (_EQUALS in utf8 or _BRACE in utf8) and _SOURCE_CODE.search(plain):
        bits |= SOURCE | OTHER
    if _PERCENT in utf8:
        bits |= PROMO  # shares of a price are what promotions speak of
    if bits & _ADVERTISES and bits & CODE and not bits & STRONG and _states_a_code_first(plain):
        bits &= ~_ADVERTISES  # the code comes first and by itself, then the advertisement
    return plain, bits, words


def _states_a_code_first(plain: str) -> bool:
    """Tell whether a code is told before anything is said of offers or parcels."""
    told = _FIRST_SENTENCE.match(plain) or _STATED_CODE.search(plain)
    if told is None:
        return False
    said = plain[: told.end()]
    bits = evidence(_blanked(said).split())
    return bits & CODE != 0 and not bits & (_ADVERTISES | OTHER | REF) and "%" not in said


def _blanked(text: str) -> bytes:
    """Return the words of a text in lower-case UTF-8, with blanks for all that is no word."""
    return text.lower().encode("utf-8", "replace").translate(WORD_BYTES)


def evidence(words: list[bytes]) -> int:
    """Return what the words say together."""
    return reduce(or_, map(_bits_of, words), 0)


def _blind(match: re.Match[str]) -> str:
    return "_" * len(match[0])
