"""Weighs the evidence for one candidate: its label on either side, its place, its shape, and the message as a whole."""

import re
from functools import lru_cache
from operator import itemgetter
from typing import Final

from processors.extract import weights as w
from processors.extract.context import Context, Event
from processors.extract.labels import Trace, left_clause, weigh_left
from processors.extract.labels_after import is_subject, weigh_right
from processors.extract.model import Policy
from processors.extract.roles import Span
from processors.extract.signals import (
    ACCT,
    AUTH,
    CARDPIN,
    CODE,
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
    r" (?:to|an|al|a|au|para|na|на|til|till|ke|aan|naar)(?: the| no| number| nr)? [0-9]{3,6}(?![0-9])"
)
_TIES: Final = frozenset(":：=")
# `Text JOIN to 12345`
_TEXTED_TO: Final = re.compile(r"\b(?:[Tt]e?xt|TEXT|TXT|SMS) .{1,16} to $")
_TEXTED_CHARACTERS: Final = 24
_SHORT_DIGITS: Final = 3
_TYPICAL_DIGITS_MAX: Final = 8
_YEAR_DIGITS: Final = 4
_CENTURIES: Final = frozenset(["19", "20"])


_BASE: Final = ("base", w.BASE)
_weight_of: Final = itemgetter(1)
_LENGTHS: Final = {length: (f"length_{length}", weight) for length, weight in w.LENGTH.items()}
_LENGTH_ELSE: Final = ("length_else", w.LENGTH_ELSE)


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


def score_span(span: Span, context: Context, bits: int, policy: Policy, trace: Trace) -> float:
    """Return what the span's own shape, place and labels say, in log-odds; `trace` receives each part."""
    text, size = context.text, len(span.code)
    trace.append(_BASE)
    _weigh_shape(span, text, bits, trace)
    if size == _SHORT_DIGITS and not bits & (STRONG | AUTH | SECRET | VALID):
        trace.append(("short_unproven", w.SHORT_UNPROVEN))
    elif size > _TYPICAL_DIGITS_MAX and not bits & (STRONG | AUTH):
        trace.append(("long_unproven", w.LONG_UNPROVEN))
    if _SENT_TO.match(text, span.end) or _is_texted_to(text, span.start):
        trace.append(("sent_elsewhere", w.SENT_ELSEWHERE))
    place = _weigh_place(span, text, bits, trace)
    if place == "introduced" and bits & SECRET and not bits & (LABEL | PHONE):
        trace.append(("secret_introduced", w.SECRET_INTRODUCED))
    clause = left_clause(context, span)
    named = place == "introduced" and not _names_number(clause)  # a brand's name is no label, whatever its words mean
    subject = is_subject(span, context)
    labelled = not named and not subject and weigh_left(span, clause, context, bits, policy, trace)
    if not labelled and not _is_labelled_after(span, context, policy, trace, subject=subject) and not place:
        _weigh_no_label(text[: span.start], bits, trace)
    return float(sum(map(_weight_of, trace)))


def _weigh_no_label(before: str, bits: int, trace: Trace) -> None:
    """Weigh that nothing beside the number says what it is."""
    keyword = bits & (CODE | STRONG)
    if keyword:
        trace.append(("unlabelled", w.UNLABELLED))
    elif before.rstrip()[-1:] not in _TIES:
        trace.append(("no_keyword", w.NO_KEYWORD))
    if bits & SECRET and not keyword and ("sole", w.SOLE) in trace:
        trace.append(("secret_sole", w.SECRET_SOLE))


def _is_labelled_after(span: Span, context: Context, policy: Policy, trace: Trace, *, subject: bool) -> bool:
    """Weigh the label that follows; three digits must be what the sentence is about (`165 is your code`) to have one."""
    return (subject or len(span.code) > _SHORT_DIGITS) and weigh_right(span, context, policy, trace)


def _names_number(clause: list[Event]) -> bool:
    """Tell whether the words before say what the number is, so that they are more than a name."""
    return any(event.bits & (LABEL | REF | PHONE | OTHER) for event in clause)


def _weigh_shape(span: Span, text: str, bits: int, trace: Trace) -> None:
    length = len(span.code)
    trace.append(_LENGTHS.get(length, _LENGTH_ELSE))
    if span.kind == "alphanumeric":
        _weigh_letters(span.code, bits, trace)
    elif span.end - span.start > length and "." in text[span.start : span.end]:
        trace.append(("dotted", w.DOTTED))
    elif length == _YEAR_DIGITS and span.code[:2] in _CENTURIES:
        trace.append(("year", w.YEAR))
    if text[span.end : span.end + 1] == "#":
        trace.append(("keypad", w.KEYPAD))
    before = text[span.start - 1 : span.start]
    if not before or before in " \n":
        return
    if before == "#":
        trace.append(("hash_sign", w.HASH_SIGN))
    elif before in "[(<【「“\"'«*" and text[span.end : span.end + 1] in "])>】」”\"'»*":
        trace.append(("bracketed", w.BRACKETED))
        if before in "【[" and span.start == 1 and ("sole", w.SOLE) not in trace:
            trace.append(("sender_bracket", w.SENDER_BRACKET))


def _weigh_letters(code: str, bits: int, trace: Trace) -> None:
    """Weigh a token of letters, or of letters and digits: few are codes."""
    trace.append(("mixed", w.MIXED) if bits & (_PROVES | INITIAL) else ("mixed_unproven", w.MIXED_UNPROVEN))
    reference = bits & (REF | DONE) or (bits & MONEY and not bits & AUTH)
    if reference and not bits & (STRONG | SECRET | VALID | USE):
        trace.append(("mixed_reference", w.MIXED_REFERENCE))
    if (match := _WORD_AND_DIGITS.fullmatch(code)) and _is_coupon(match[1], match[2]):
        trace.append(("word_and_digits", w.WORD_AND_DIGITS))
    elif _MARK.fullmatch(code):
        trace.append(("mark", w.MARK))
    elif code.isalpha():
        trace.append(("wordlike", w.WORDLIKE) if _is_wordlike(code) else ("letters", w.LETTERS))


def _is_texted_to(text: str, start: int) -> bool:
    return (
        text.endswith(" to ", 0, start)
        and _TEXTED_TO.search(text, max(0, start - _TEXTED_CHARACTERS), start) is not None
    )


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
    yearlike = len(span.code) == _YEAR_DIGITS and span.code[:2] in _CENTURIES
    return alone and not yearlike and _NAME.fullmatch(text, 0, span.start) is not None


def _weigh_place(span: Span, text: str, bits: int, trace: Trace) -> str:
    """Weigh where in the text the span stands; return the name of a place that makes a label needless, else empty."""
    preceding = text[span.start - 2 : span.start]
    amid = preceding[1:] == " " and preceding[0].isalpha()
    if amid and text[span.end : span.end + 3].strip(" \t])*."):
        return ""
    before = text[max(0, span.start - 3) : span.start].strip(" \t[(*") or "\n"
    after = text[span.end : span.end + 3].strip(" \t])*.") or "\n"
    starts, ends = before[-1] in "\r\n", after[0] in "\r\n"
    if starts and ends:
        trace.append(("own_line", w.OWN_LINE))
        return "own_line"
    if 2 < span.start < _LONGEST_INTRODUCTION and _is_introduction(span, text, alone=ends and span.end > len(text) - 3):
        trace.append(("introduced", w.INTRODUCED))
        return "introduced"
    if ends and before[-1] in ".!?。！" and (bits & (LABEL | USE) or not bits & SECRET):
        trace.append(("own_sentence", w.OWN_SENTENCE))
        return "own_sentence"
    if starts and span.start < 3:
        trace.append(("starts_text", w.STARTS_TEXT))
        return "starts_text"
    if ends and span.end > len(text) - 3:
        trace.append(("ends_text", w.ENDS_TEXT))
    return ""
