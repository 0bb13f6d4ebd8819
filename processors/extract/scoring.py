"""Weighs the evidence for one candidate: its label on either side, its place, its shape, and the message as a whole."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from operator import itemgetter
from typing import Final, NamedTuple

from processors.extract import weights as w
from processors.extract.context import Context, Event
from processors.extract.labels import Trace, left_clause, verifies, weigh_left
from processors.extract.labels_after import WINDOW_EVENTS, is_subject, weigh_right
from processors.extract.model import Policy
from processors.extract.roles import Span
from processors.extract.signals import (
    ACCT,
    AUTH,
    CARDPIN,
    CODE,
    COPULA,
    DONE,
    FIRST,
    INITIAL,
    LABEL,
    LOTTERY,
    MONEY,
    OTHER,
    PHONE,
    PICKUP,
    PROMO,
    RECEIPT,
    REF,
    SECRET,
    SENDBACK,
    SOURCE,
    STRONG,
    USE,
    VALID,
    WITH,
)

_MESSAGE: Final = (
    (STRONG, "message_otp", w.MESSAGE_STRONG),
    (CODE, "message_code", w.MESSAGE_CODE),
    (AUTH, "message_verification", w.MESSAGE_AUTH),
    (VALID, "message_validity", w.MESSAGE_VALID),
    (SECRET, "message_secrecy", w.MESSAGE_SECRET),
    (USE, "message_use", w.MESSAGE_USE),
    (PROMO, "message_promotion", w.MESSAGE_PROMO),
    (PICKUP, "message_pickup", w.MESSAGE_PICKUP),
    (LOTTERY, "message_lottery", w.MESSAGE_LOTTERY),
    (DONE, "message_transaction", w.MESSAGE_DONE),
    (MONEY, "message_money", w.MESSAGE_MONEY),
    (OTHER, "message_other_code", w.MESSAGE_OTHER),
    (REF, "message_reference", w.MESSAGE_REF),
)
_PROVES: Final = AUTH | STRONG | SECRET | VALID | USE
_ASKS: Final = CODE | STRONG | SECRET | VALID | USE | WITH
_WORD_AND_DIGITS: Final = re.compile("([A-Z]{3,}|[a-z]{3,})([0-9]{1,4})")
_MARK: Final = re.compile("[A-Z][0-9]{1,3}")  # a queue's or a regulator's: `B002`
# `Brand: 1234`, `[Brand] 1234`: all that stands before is a name.
_INTRODUCTION: Final = re.compile(
    r"(?:[\[(【<][^\])】>\d\n]{1,30}[\])】>]:?|"
    r"(?=\S{0,20}[^\W\d_a-z])\w[\w.&'-]{1,20}(?: [^\W\d_a-z][\w.&'-]{1,20})?(?: ?[:|]| [-–—])) {0,2}"
)
# `Brand 1234`: nothing but a name and the number.
_NAME: Final = re.compile(r"(?:(?=\S{0,20}[^\W\d_a-z])\w[\w.&'-]{1,20}|[a-z0-9-]{2,20}\.[a-z]{2,6}) {1,2}")
_LONGEST_INTRODUCTION: Final = 48
# The lasting PIN of a card: `PIN for your new card`, `card PIN`; not the code for a payment with it.
_CARD: Final = r"(?:card|karten?|karty|kart|tarjeta|carte|carta|карт\w{0,3})"
_CARD_PIN: Final = re.compile(
    rf"\b(?:{_CARD}|atm|sim)[ -]{{0,2}}(?:new )?pin\b|\bpin\b[^.\d]{{1,24}}\b{_CARD}\b", re.IGNORECASE
)
_VOWEL: Final = re.compile("[AEIOUaeiou]")
_WORDLIKE_SHARE: Final = 3  # words have a vowel in three letters or more, random letters one in five
# `SMS 1234 to 57575`: what one is to send to a short number is no secret.
_SENT_TO: Final = re.compile(
    r" (?:to|an|al|a|au|para|na|на|til|till|ke|aan|naar)(?: the| no| number| nr| номер)? [0-9]{3,6}(?![0-9])"
)
_TIES: Final = frozenset(":：=")
# `Text JOIN to 12345`
_TEXTED_TO: Final = re.compile(r"\b(?:[Tt]e?xt|TEXT|TXT|SMS) .{1,16} to $")
_TEXTED_CHARACTERS: Final = 24
_INTRODUCING: Final = frozenset("])>】:|-–—")  # what an introduction ends in
_CLOSING: Final = frozenset(".!?。！।॥؟۔։።។။")
_SHORT_DIGITS: Final = 3
_HOTLINE_DIGITS_MAX: Final = 5
_TYPICAL_DIGITS_MAX: Final = 8
_YEAR_DIGITS: Final = 4
_YEAR: Final = re.compile("19[0-9]{2}|20[0-4][0-9]")


_BASE: Final = ("base", w.BASE)
_weight_of: Final = itemgetter(1)
_LENGTHS: Final = {length: (f"length_{length}", weight) for length, weight in w.LENGTH.items()}
_LENGTH_ELSE: Final = ("length_else", w.LENGTH_ELSE)


class Scored(NamedTuple):
    """A span, the sum of its evidence in log-odds, and the parts of the sum."""

    span: Span
    score: float
    trace: Trace


_scored: Callable[[tuple[Span, float, Trace]], Scored] = partial(tuple.__new__, Scored)


@lru_cache(maxsize=4096)
def score_message(bits: int) -> tuple[tuple[str, float], ...]:
    """Return what the message as a whole says for any code in it."""
    trace: Trace = []
    if bits & SENDBACK and bits & FIRST and not bits & SECRET:
        trace.append(("message_asks_for_code", w.MESSAGE_SENDBACK))
    if bits & RECEIPT and bits & (DONE | MONEY) and not bits & (SECRET | STRONG | VALID | USE):
        trace.append(("message_receipt", w.MESSAGE_RECEIPT))
    if bits & AUTH and bits & DONE and not bits & _ASKS:
        trace.append(("message_completed", w.MESSAGE_COMPLETED))
    if bits & PHONE and not bits & LABEL:
        trace.append(("message_contact", w.MESSAGE_CONTACT))
    if bits & SOURCE:
        trace.append(("message_source_code", w.OTHER_KIND_OF_CODE))
    trace += [(name, weight) for mask, name, weight in _MESSAGE if bits & mask]
    return tuple(trace)


def speaks_of_card_pin(text: str, bits: int) -> bool:
    """Tell whether the message hands out the lasting PIN of a card."""
    if not bits & (CARDPIN | ACCT) or bits & MONEY or not ("pin" in text or "PIN" in text or "Pin" in text):
        return False
    return _CARD_PIN.search(text) is not None


def score_span(span: Span, context: Context, bits: int, policy: Policy, whole: tuple[tuple[str, float], ...]) -> Scored:
    """Return what the span's own shape, place and labels say, in log-odds, on top of what the whole message says."""
    text, (start, end, code, _, _) = context.text, span
    size = len(code)
    right = context.right_of(end, WINDOW_EVENTS)
    trace = [*whole, _BASE]
    clause = left_clause(context, start)
    _weigh_shape(span, clause, right, text, bits, trace)
    if size == _SHORT_DIGITS and not bits & (STRONG | AUTH | SECRET | VALID):
        trace.append(("short_unproven", w.SHORT_UNPROVEN))
    elif size > _TYPICAL_DIGITS_MAX and not bits & (STRONG | AUTH):
        trace.append(("long_unproven", w.LONG_UNPROVEN))
    if _SENT_TO.match(text, end) or (text.endswith(" to ", 0, start) and _is_texted_to(text, start)):
        trace.append(("sent_elsewhere", w.SENT_ELSEWHERE))
    place = _weigh_place(span, text, bits, trace)
    if place == "introduced" and bits & SECRET and not bits & (LABEL | PHONE):
        trace.append(("secret_introduced", w.SECRET_INTRODUCED))
    last = place == "own_sentence" and end >= len(text) - 1
    if (bits & SECRET and _is_hotline(span, clause, right, text, last=last)) or (
        last and text.startswith("? ", start - 2)
    ):
        trace.append(("hotline", w.HOTLINE))
        clause = []  # the warning's words are no label
    named = place == "introduced" and not _names_number(clause)  # a brand's name is no label, whatever its words mean
    subject = is_subject(end, right, text)
    labelled = not named and not subject and weigh_left(span, clause, right, text, bits, policy, trace)
    if not labelled and (subject or size > _SHORT_DIGITS):  # of three digits only what is spoken of: `165 is your code`
        labelled = weigh_right(end, right, text, policy, trace)
        if labelled and subject:
            trace.append(("tied", w.TIED))
    if not labelled and not place:
        _weigh_no_label(text[:start], bits, trace)
    return _scored((span, float(sum(map(_weight_of, trace))), trace))


def _weigh_no_label(before: str, bits: int, trace: Trace) -> None:
    """Weigh that nothing beside the number says what it is."""
    keyword = bits & (CODE | STRONG)
    if keyword:
        trace.append(("unlabelled", w.UNLABELLED))
    elif before.rstrip()[-1:] not in _TIES:
        trace.append(("no_keyword", w.NO_KEYWORD))
    if bits & SECRET and not keyword and ("sole", w.SOLE) in trace:
        trace.append(("secret_sole", w.SECRET_SOLE))


def _is_hotline(span: Span, clause: list[Event], right: list[Event], text: str, *, last: bool) -> bool:
    """Tell whether a number tells whom to call, after a sentence that forbids to tell a code.

    A short one that ends the text does (`last`), or one whose own sentence goes on to speak of calls: `1930 is the helpline`.
    """
    if last:
        calls = len(span.code) <= _HOTLINE_DIGITS_MAX
    elif text[span.start - 2 : span.start - 1] in _CLOSING:
        told = next((event.bits for event in right if event.bits != COPULA), 0)
        calls = told & PHONE != 0 and not told & LABEL
    else:
        calls = False
    return calls and any(event.bits & SECRET for event in clause)


def _names_number(clause: list[Event]) -> bool:
    """Tell whether the words before say what the number is, so that they are more than a name."""
    return any(event.bits & (LABEL | REF | PHONE | OTHER) for event in clause)


def _weigh_shape(span: Span, clause: list[Event], right: list[Event], text: str, bits: int, trace: Trace) -> None:
    start, end, code, kind, _ = span
    length = len(code)
    trace.append(_LENGTHS.get(length, _LENGTH_ELSE))
    if kind == "alphanumeric":
        _weigh_letters(code, bits, trace, purposeful=verifies(start, end, clause, right, text))
    elif end - start > length and "." in text[start:end]:
        trace.append(("dotted", w.DOTTED))
    elif length == _YEAR_DIGITS and _is_year(code):
        trace.append(("year", w.YEAR))
    after = text[end : end + 1]
    if after == "#":
        trace.append(("keypad", w.KEYPAD))
    before = text[start - 1 : start]
    if before in " \n":  # so is the empty one, at the start
        return
    if before == "#":
        trace.append(("hash_sign", w.HASH_SIGN))
    elif before in "[(<【「“\"'«*" and after in "])>】」”\"'»*":
        trace.append(("bracketed", w.BRACKETED))
        if before in "【[" and start == 1 and ("sole", w.SOLE) not in trace:
            trace.append(("sender_bracket", w.SENDER_BRACKET))


def _is_year(code: str) -> bool:
    return _YEAR.fullmatch(code) is not None


def _weigh_letters(code: str, bits: int, trace: Trace, *, purposeful: bool) -> None:
    """Weigh a token of letters, or of letters and digits: few are codes, though no booking has small letters."""
    trace.append(("mixed", w.MIXED) if bits & (_PROVES | INITIAL) else ("mixed_unproven", w.MIXED_UNPROVEN))
    if bits & PROMO and not bits & (STRONG | SECRET):
        trace.append(("mixed_reference", w.MIXED_REFERENCE))
    elif code.isupper() and not purposeful and not bits & (STRONG | SECRET | VALID | USE):
        if bits & REF:
            trace.append(("mixed_reference", w.MIXED_REFERENCE))
        elif bits & DONE or (bits & MONEY and not bits & AUTH):
            trace.append(("mixed_transaction", w.MIXED_TRANSACTION))
    if (match := _WORD_AND_DIGITS.fullmatch(code)) and _is_coupon(match[1], match[2]):
        trace.append(("word_and_digits", w.WORD_AND_DIGITS))
    elif _MARK.fullmatch(code):
        trace.append(("mark", w.MARK))
    elif code.isalpha():
        trace.append(("wordlike", w.WORDLIKE) if _is_wordlike(code) else ("letters", w.LETTERS))


def _is_texted_to(text: str, start: int) -> bool:
    return _TEXTED_TO.search(text, max(0, start - _TEXTED_CHARACTERS), start) is not None


def _is_wordlike(letters: str, *, short: bool = False) -> bool:
    return len(_VOWEL.findall(letters)) * _WORDLIKE_SHARE > len(letters) - short


def _is_coupon(word: str, digits: str) -> bool:
    """Tell whether a word and digits are made as a voucher's are: `WELCOME5`, `BLACK30`."""
    rounded = len(digits) > 1 and digits[-1] in "05" and digits[0] != "0"
    return _is_wordlike(word, short=True) or (rounded and _VOWEL.search(word) is not None)


def _is_introduction(span: Span, text: str, *, alone: bool) -> bool:
    """Tell whether all before the span is a name: one with a sign after it, or any where name and span are all."""
    if _INTRODUCTION.fullmatch(text, 0, span.start):
        return True
    return alone and not _is_year(span.code) and _NAME.fullmatch(text, 0, span.start) is not None


def _weigh_place(span: Span, text: str, bits: int, trace: Trace) -> str:
    """Weigh where in the text the span stands; return the name of a place that makes a label needless, else empty."""
    start, end, _, _, _ = span
    edges = _edges(text[max(0, start - 3) : start], text[end : end + 3])
    if edges is None:
        return ""
    starts, ends, sign, closed = edges
    if starts and ends:
        trace.append(("own_line", w.OWN_LINE))
        return "own_line"
    last = ends and end > len(text) - 3
    if 2 < start < _LONGEST_INTRODUCTION and (sign or last) and _is_introduction(span, text, alone=last):
        trace.append(("introduced", w.INTRODUCED))
        return "introduced"
    if ends and closed and (bits & (LABEL | USE) or not bits & SECRET):
        trace.append(("own_sentence", w.OWN_SENTENCE))
        return "own_sentence"
    if starts and start < 3:
        trace.append(("starts_text", w.STARTS_TEXT))
        return "starts_text"
    if last:
        trace.append(("ends_text", w.ENDS_TEXT))
    return ""


@lru_cache(maxsize=4096)
def _edges(before: str, after: str) -> tuple[bool, bool, bool, bool] | None:
    """Tell of three characters on either side what begins and ends there; None amid words.

    Returns:
        Whether a line begins before; whether one ends after; whether a sign introduces, and a sentence ended, before.
    """
    amid, after = before[-1:] == " " and before[-2:-1].isalpha(), after.strip(" \t])*.")
    if amid and after:
        return None
    sign = before.rstrip(" ")[-1:] in _INTRODUCING
    before = before.strip(" \t[(*")
    return not before or before[-1] in "\r\n", not after or after[0] in "\r\n", sign, before[-1:] in _CLOSING
