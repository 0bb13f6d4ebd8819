"""Judges digits that touch letters: glued words, units, brand prefixes, and codes of letters and digits."""

import re
import string
from typing import Final

from processors.extract.lexicon import LEXICON
from processors.extract.roles import CODE_ROLE, Span, in_address, is_currency_next, is_quantity_next, numeric_role
from processors.extract.signals import COPULA, DATE, LABEL

_CURRENCY_HEADS: Final = frozenset(
    ["rs", "inr", "usd", "eur", "gbp", "rm", "rp", "ksh", "tsh", "sgd", "php", "aed", "ngn", "r", "us", "kes", "n"]
)
# Brands with a number in them: a capitalised or a lower-case word with digits at one end.
_LETTERS: Final = re.compile("[A-Za-z]{3,}")
_NAME_LIKE: Final = re.compile(
    "[0-9]{1,3}-[A-Z][a-z]{2,}|[0-9A-Z]*(?:HELP|STOP|INFO)[0-9]*|[A-Z][a-z]{2,}[0-9]{1,4}|[0-9]{1,4}[A-Z]?[a-z]{4,}|"
    "[0-9]{1,3}[A-Z][a-z]{2,}|[a-z]{5,}[0-9]{1,3}|[0-9]x[A-Z][a-z]+|"
    "[0-9]{1,3}-[a-z]{2,}[A-Za-z]*|(?=.*[aeiou])[A-Za-z]?[a-z]+[2-9][a-z]+"  # `6-digit`; a digit for an Arabic letter: `ta2keed`
)
_SENTENCE: Final = re.compile("[A-Z][a-z]+")  # `9274Please enter`: the full stop went missing
_TIME: Final = re.compile("(?:[01]?[0-9]|2[0-4])[hHuU][0-5][0-9]")  # `10h22`
_DATA_VOLUME: Final = re.compile("[KMGTkmgt][Bb]")  # of however many digits: `18432MB`
_APP_HASH_LENGTH: Final = 11  # Android's SMS Retriever
_LONGEST_TOKEN: Final = 24
_LONGEST_TOKEN_SEEN: Final = 32
_ALPHANUMERIC: Final = string.ascii_letters + string.digits
_SHORTEST_CODE: Final = 4
_SHORTEST_WORD: Final = 3
_LONGEST_CODE: Final = 10
_LONGEST_PREFIX: Final = 4  # `G-`, `FB-`
_LONGEST_PREFIXED: Final = 8


def _token_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    before, after = text[max(0, start - _LONGEST_TOKEN_SEEN) : start], text[end : end + _LONGEST_TOKEN_SEEN]
    return start - len(before) + len(before.rstrip(_ALPHANUMERIC)), end + len(after) - len(after.lstrip(_ALPHANUMERIC))


def judge_glued(text: str, start: int, end: int, digits: str) -> Span | None:
    """Judge digits that touch Latin letters: a word glued on, a unit, or a mixed code; None for a plain number."""
    left, right = _token_bounds(text, start, end)
    head, tail = text[left:start], text[end:right]
    if not tail and len(digits) >= 3 and _is_word(head):
        return None
    if not head and tail.isalpha():
        if len(digits) >= _SHORTEST_CODE and (_begins_a_word(tail) or _SENTENCE.fullmatch(tail)):
            return None
        counts = _DATA_VOLUME.fullmatch(tail) or (
            len(digits) < 4 and (tail == "K" or is_quantity_next(text, end) or LEXICON[tail.lower().encode()] != 0)
        )
        if counts or is_currency_next(text, end):
            return Span(start, end, digits, "numeric", "quantity")
    if head and not tail and head.lower() in _CURRENCY_HEADS:
        return Span(start, end, digits, "numeric", "amount")
    if head and not head.strip("xX") and not tail and (len(head) > 1 or len(digits) in (3, 4)):
        return Span(left, right, digits, "numeric", "masked")
    return judge_mixed(text, left, right)


def _begins_a_word(tail: str) -> bool:
    """Tell whether small letters right after digits are a word whose blank went missing: `482913para`, `482913is`."""
    return tail.islower() and (len(tail) >= _SHORTEST_WORD or _is_word(tail))


def _is_word(letters: str) -> bool:
    """A Latin word of the lexicon with a label's or a linking word's evidence, as in `OTP123456` or `123456is`."""
    return len(letters) >= 2 and LEXICON[letters.lower().encode()] & (LABEL | COPULA) != 0


def judge_mixed(text: str, left: int, right: int) -> Span:
    """Judge a token of letters and digits, with its dashed parts."""
    while text[right : right + 1] == "-" and right - left < _LONGEST_TOKEN and _is_latin(text[right + 1 : right + 2]):
        right = _token_bounds(text, right + 1, right + 1)[1]
    while left > 1 and text[left - 1] == "-" and right - left < _LONGEST_TOKEN and _is_latin(text[left - 2]):
        left = _token_bounds(text, left - 1, left - 1)[0]
    raw = text[left:right]
    return Span(left, right, "".join(filter(str.isalnum, raw)), "alphanumeric", _mixed_role(text, left, right, raw))


def judge_dashed(text: str, start: int, end: int) -> Span:
    """Judge digits with a dash amid them which letters touch: `K3-9912`, `TZ4-81Q`."""
    left, right = _token_bounds(text, start, end)
    return judge_mixed(text, left, right)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _mixed_role(text: str, left: int, right: int, raw: str) -> str:
    dashes = raw.count("-")
    if not _SHORTEST_CODE <= len(raw) - dashes <= _LONGEST_CODE or dashes > 2:
        return "identifier"
    before, after = text[left - 1 : left], text[right : right + 1]
    if before and before in "/?&=_@." and in_address(text, left):
        return "address"
    if after and after in "/@_." and _is_latin(text[right + 1 : right + 2]):
        return "address"
    if (before and before in "+/=") or (after and after in "+/="):
        return "identifier"
    if any(LEXICON[part.lower().encode()] & DATE for part in _LETTERS.findall(raw)):
        return "date"
    if _TIME.fullmatch(raw):
        return "time"
    if _NAME_LIKE.fullmatch(raw):
        return "name"
    if len(raw) == _APP_HASH_LENGTH and right == len(text):
        return "app_hash"
    return CODE_ROLE


def judge_prefixed(text: str, start: int, end: int, digits: str) -> Span:
    """Judge `G-123456`: a prefix in capitals tells a brand or pairs a request with its code, so only the digits are typed."""
    left = _token_bounds(text, start - 1, start - 1)[0]
    prefix = text[left : start - 1]
    if prefix.isalpha() and not _is_latin(text[end : end + 1]):
        role = numeric_role(text, start, end, digits, " ", text[end : end + 1])
        # Small letters are a particle of grammar (Zulu `ngu-123456`), no brand.
        if _is_word(prefix) or len(prefix) > _LONGEST_PREFIX or (prefix.islower() and len(prefix) > 1):
            return Span(start, end, digits, "numeric", role)
        if _SHORTEST_CODE <= len(digits) <= _LONGEST_PREFIXED:
            return Span(left, end, digits, "numeric", role)
    return judge_mixed(text, left, end)
