"""Weighs the evidence for one candidate: its label on either side, its place, its shape, and the message as a whole."""

import re
from functools import lru_cache
from typing import Final

from processors.extract import weights as w
from processors.extract.context import Context, Event
from processors.extract.labels import Trace, left_clause, weigh_left, weigh_right
from processors.extract.model import Policy
from processors.extract.roles import Span
from processors.extract.signals import (
    ACCT,
    AUTH,
    CARDPIN,
    CODE,
    DONE,
    FIRST,
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
_ASKS: Final = CODE | STRONG | SECRET | VALID | USE | WITH
_WORD_AND_DIGITS: Final = re.compile("[A-Z]{3,}[0-9]{1,4}|[a-z]{3,}[0-9]{1,4}")
# `Brand: 1234`, `[Brand] 1234`: all that stands before is a name.
_INTRODUCTION: Final = re.compile(
    r"(?:[\[(【<][^\])】>\d\n]{1,30}[\])】>]:?|(?=\S{0,20}[^\W\d_a-z])\w[\w.&'-]{1,20}(?: [^\W\d_a-z][\w.&'-]{1,20})?(?: ?:| -)) {0,2}"
)
# `Brand 1234`: nothing but a name and the number.
_NAME: Final = re.compile(r"(?=\S{0,20}[^\W\d_a-z])\w[\w.&'-]{1,20} {1,2}")
_LONGEST_INTRODUCTION: Final = 48
# The lasting PIN of a card: `PIN for your new card`, `card PIN`; not the code for a payment with it.
_CARD: Final = r"(?:card|karten?|karty|kart|tarjeta|carte|carta|карт\w{0,3})"
_CARD_PIN: Final = re.compile(
    rf"\b(?:{_CARD}|atm|sim)[ -]{{0,2}}(?:new )?pin\b|\bpin\b[^.\d]{{1,24}}\b{_CARD}\b", re.IGNORECASE
)
_VOWEL: Final = re.compile("[AEIOU]")
_WORDLIKE_SHARE: Final = 3  # words have a vowel in three letters or more, random letters one in five
# `SMS 1234 to 57575`: what one is to send to a short number is no secret.
_SENT_TO: Final = re.compile(
    r" (?:to|an|al|a|au|para|na|на|til|till|ke|aan|naar)(?: the| no| number| nr)? [0-9]{3,6}(?![0-9])"
)
_SHORT_DIGITS: Final = 3
_YEAR_DIGITS: Final = 4


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
    return bits & (CARDPIN | ACCT) != 0 and not bits & MONEY and _CARD_PIN.search(text) is not None


def score_span(span: Span, context: Context, bits: int, policy: Policy, trace: Trace) -> float:
    """Return what the span's own shape, place and labels say, in log-odds; `trace` receives each part."""
    trace.append(("base", w.BASE))
    _weigh_shape(span, context.text, trace)
    if len(span.code) == _SHORT_DIGITS and not bits & (STRONG | AUTH | SECRET | VALID):
        trace.append(("short_unproven", w.SHORT_UNPROVEN))
    if span.kind == "alphanumeric" and bits & (REF | DONE) and not bits & (STRONG | SECRET | VALID | USE):
        trace.append(("mixed_reference", w.MIXED_REFERENCE))
    if _SENT_TO.match(context.text, span.end):
        trace.append(("sent_elsewhere", w.SENT_ELSEWHERE))
    place = _weigh_place(span, context.text, trace)
    if place == "introduced" and bits & SECRET and not bits & (LABEL | PHONE):
        trace.append(("secret_introduced", w.SECRET_INTRODUCED))
    clause = left_clause(context, span)
    named = place == "introduced" and not _names_number(clause)  # a brand's name is no label, whatever its words mean
    labelled = not named and weigh_left(span, clause, context, bits, policy, trace)
    if not labelled and not weigh_right(span, context, trace) and not place:
        keyword = bits & (CODE | STRONG)
        trace.append(("unlabelled", w.UNLABELLED) if keyword else ("no_keyword", w.NO_KEYWORD))
        if bits & SECRET and not keyword and ("sole", w.SOLE) in trace:
            trace.append(("secret_sole", w.SECRET_SOLE))
    return sum([weight for _, weight in trace])


def _names_number(clause: list[Event]) -> bool:
    """Tell whether the words before say what the number is, so that they are more than a name."""
    return any(event.bits & (LABEL | REF | PHONE | OTHER) for event in clause)


def _weigh_shape(span: Span, text: str, trace: Trace) -> None:
    length = len(span.code)
    trace.append((f"length_{length}", w.LENGTH.get(length, w.LENGTH_ELSE)))
    if span.kind == "alphanumeric":
        trace.append(("mixed", w.MIXED))
        if _WORD_AND_DIGITS.fullmatch(span.code):
            trace.append(("word_and_digits", w.WORD_AND_DIGITS))
        elif span.code.isalpha():
            wordlike = len(_VOWEL.findall(span.code)) * _WORDLIKE_SHARE > length
            trace.append(("wordlike", w.WORDLIKE) if wordlike else ("letters", w.LETTERS))
    elif span.end - span.start > length and "." in text[span.start : span.end]:
        trace.append(("dotted", w.DOTTED))
    elif length == _YEAR_DIGITS and span.code[:2] in {"19", "20"}:
        trace.append(("year", w.YEAR))
    before = text[span.start - 1 : span.start]
    if not before or before in " \n":
        return
    if before == "#":
        trace.append(("hash_sign", w.HASH_SIGN))
    elif before in "[(<【「“\"'«*" and text[span.end : span.end + 1] in "])>】」”\"'»*":
        trace.append(("bracketed", w.BRACKETED))
        if before in "【[" and span.start == 1 and ("sole", w.SOLE) not in trace:
            trace.append(("sender_bracket", w.SENDER_BRACKET))


def _is_introduction(span: Span, text: str, *, alone: bool) -> bool:
    """Tell whether all before the span is a name: one with a sign after it, or any where name and span are all."""
    if _INTRODUCTION.fullmatch(text, 0, span.start):
        return True
    return alone and len(span.code) > _YEAR_DIGITS and _NAME.fullmatch(text, 0, span.start) is not None


def _weigh_place(span: Span, text: str, trace: Trace) -> str:
    """Weigh where in the text the span stands; return the name of a place that makes a label needless, else empty."""
    before = text[max(0, span.start - 3) : span.start].strip(" \t[(*") or "\n"
    after = text[span.end : span.end + 3].strip(" \t])*.") or "\n"
    starts, ends = before[-1] in "\r\n", after[0] in "\r\n"
    if starts and ends:
        trace.append(("own_line", w.OWN_LINE))
        return "own_line"
    if 2 < span.start < _LONGEST_INTRODUCTION and _is_introduction(span, text, alone=ends and span.end > len(text) - 3):
        trace.append(("introduced", w.INTRODUCED))
        return "introduced"
    if ends and before[-1] in ".!?。！":
        trace.append(("own_sentence", w.OWN_SENTENCE))
        return "own_sentence"
    if starts and span.start < 3:
        trace.append(("starts_text", w.STARTS_TEXT))
        return "starts_text"
    if ends and span.end > len(text) - 3:
        trace.append(("ends_text", w.ENDS_TEXT))
    return ""
