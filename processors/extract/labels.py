"""Reads the label of a number: the words before or after it that say what it is."""

import re
from typing import Final

from processors.extract import weights as w
from processors.extract.context import STOP, Context, Event
from processors.extract.kinds import FAR_CHARACTERS, NAMES_A_NUMBER, NOUN, adjunct, modifiers, other_kind
from processors.extract.model import Policy
from processors.extract.roles import Span, is_currency_next
from processors.extract.signals import (
    ACCT,
    AUTH,
    CODE,
    COPULA,
    DATE,
    DONE,
    LABEL,
    LOTTERY,
    MONEY,
    NEW,
    OLD,
    PHONE,
    PROMO,
    REF,
    SECRET,
    STRONG,
    TOWARDS,
    USE,
    VALID,
    WITH,
)

Trace = list[tuple[str, float]]

_WINDOW_EVENTS: Final = 10
_WINDOW_CHARACTERS: Final = 160
_TYPICAL_DIGITS_MAX: Final = 8
_CLOSE_WORDS: Final = 2
_TAKING: Final = 4  # characters that a number between a label and another takes at the least
_PROVES: Final = AUTH | STRONG | SECRET | VALID | USE
_TIES: Final = frozenset(":=：-–—＝»>→")
_BLANKS: Final = " \t\r\n[(<【「“\"'«*:-–—：>"
_PURPOSE_WORDS: Final = (
    "to|for|para|pour|per|um|zur|zum|für|om|voor|för|til|do|pro|na|za|az|için|для|за|на|για|untuk|kwa|để|cho|برای"
)
_PURPOSE: Final = re.compile(rf" (?:{_PURPOSE_WORDS})(?!\w)", re.IGNORECASE)
_FILLERS: Final = frozenset(
    ["ma", "mã", "no", "nr", "n", "num", "no.", "#", "number", "to", "as", "your", "the", "of", "by", "in"]
)
_PRONOUN: Final = re.compile(r" (?:[^\W\d_]{1,5}) ")
# A number, a comma or a name in capitals between a noun and a number: the noun is spoken for.
_PARTED: Final = re.compile(r"[0-9,،，、]|\b[A-Z]{4,}\b")

_CODE_LIKE: Final = re.compile(r"(?<![\w.,*])(?:[0-9]{4,8}|(?=[A-Z]*[0-9])[A-Z0-9]{5,10})(?![\w*])")
_LINKING: Final = re.compile(
    r"\b(?:link|pair|connect|add|vincul|asocia|associ|colleg|verkn|привяж|powiąż|koppel|koppla|bağla)", re.IGNORECASE
)
# A confirmation of what was paid or sent.
_CONFIRMATION: Final = re.compile(r"confirmation\W{0,3}$", re.IGNORECASE)
# `confirmation number`, unlike a confirmation code, is a booking's.
_CONFIRMATION_NUMBER: Final = re.compile(
    r"confirm\w{0,7} {0,2}(?:number|no\b|nr\b|id\b|#)|(?:número|numero|numéro|nº|n°) (?:de|di|da) (?:la )?conf\w+|"
    r"bestätigungsn|bevestigingsn|bekräftelsen|vahvistusn",
    re.IGNORECASE,
)


def left_clause(context: Context, span: Span) -> list[Event]:
    """Return the events before the span back to the end of the sentence before, the nearest first.

    A code on a line of its own belongs to the sentence above it.
    """
    clause: list[Event] = []
    text, start = context.text, span.start
    earliest = start - _WINDOW_CHARACTERS
    for event in context.left_of(start, _WINDOW_EVENTS):
        _, end, bits = event
        if end < earliest:
            break
        if not bits & STOP:
            if event[0] > FAR_CHARACTERS or not _is_sender(event, text, start):
                clause.append(event)
        elif clause or not is_blank(text[end:start]):
            break
    return clause


def _is_sender(event: Event, text: str, end: int) -> bool:
    """Tell whether a word opens the text as its sender's name (`Ticketmaster: …`), and labels nothing."""
    if event.bits & LABEL or text[event.end : event.end + 1] != ":":
        return False
    return any(map(str.isalpha, text[event.end : end])) and not any(
        word[0].islower() for word in text[: event.end].split()
    )


def _is_spoken_for(noun: Event, text: str, end: int) -> bool:
    """Tell whether a noun other than a code's belongs to another number: one after it, or an amount before it."""
    if noun.bits & (CODE | STRONG):
        return False
    if noun.bits & MONEY and noun.start > 1:
        number_end = noun.start - (text[noun.start - 1] == " ")
        if text[number_end - 1].isdigit() and is_currency_next(text, number_end):
            return True
    return end - noun.end > 1 and _PARTED.search(text, noun.end, end) is not None


def is_blank(text: str) -> bool:
    return not text.strip(_BLANKS)


def weigh_left(span: Span, clause: list[Event], context: Context, bits: int, policy: Policy, trace: Trace) -> bool:
    """Weigh the label before the span; True where one was found."""
    if not clause:
        return False
    near = clause[0]
    gap = context.text[near.end : span.start]
    adjacent = is_blank(gap) or gap.strip(" \t\r\n.").lower() in _FILLERS
    pronoun = near.bits & USE and _PRONOUN.fullmatch(gap)  # `geben Sie 1234 ein`
    if (adjacent or pronoun) and near.bits & (USE | WITH | OLD | NEW) and _weigh_verb(near.bits, clause, bits, trace):
        return True
    nouns = [event for event in clause if event.bits & NOUN]
    nouns = [noun for noun in nouns if not _is_spoken_for(noun, context.text, span.start)]
    taken = bool(nouns) and _is_taken(nouns[0], span, context.text)
    own = bool(nouns) and nouns[0].bits & LABEL != 0 and len(span.code) <= _TYPICAL_DIGITS_MAX and not taken
    if adjacent and near.bits & TOWARDS and not own:
        trace.append(("towards_before", w.TOWARDS_BEFORE))
    if not nouns:
        return False
    copula = adjacent and near.bits & COPULA != 0
    tied = copula or (not taken and not _TIES.isdisjoint(gap))
    head, purposeful = _head(nouns, context.text, copula=copula, tied=tied)
    if head.bits & (CODE | STRONG):
        if taken and not tied:
            trace.append(("label_taken", w.LABEL_TAKEN))
        around = modifiers(head, clause, context.text)
        if not tied and not around & (AUTH | STRONG):
            _weigh_distance(span, head, context.text, bits, trace)
        compound = adjunct(head, clause, context.text)
        _weigh_code_label(around & ~REF if purposeful else around, compound, bits, policy, trace, tied=tied)
        return True
    kind = _kind_of_number(span, head, nouns, context.text, bits, tied=tied, adjacent=adjacent)
    if bits & PHONE and bits & SECRET and not kind & AUTH:
        kind |= PHONE  # a warning ends in whom to call
    far = span.start - head.end > FAR_CHARACTERS and not tied
    return _weigh_other_label(kind, trace, far=far, beside=tied or (adjacent and head is near))


def _kind_of_number(
    span: Span, head: Event, nouns: list[Event], text: str, bits: int, *, tied: bool, adjacent: bool
) -> int:
    """Return the bits of what a noun that is no code's makes of the number: a number may be verified, or confirmed."""
    between = text[max(0, head.start - FAR_CHARACTERS) : span.start]
    if not bits & (SECRET | VALID | USE | CODE | STRONG) and _CONFIRMATION_NUMBER.search(between):
        return REF
    if head.bits & AUTH and bits & (MONEY | DONE) and not bits & _PROVES & ~AUTH and _CONFIRMATION.search(between):
        return REF
    if not (tied or adjacent) or not head.bits & PHONE or len(span.code) > _TYPICAL_DIGITS_MAX:
        return head.bits
    qualified = len(nouns) > 1 and nouns[1].bits & AUTH and nouns[0].start - nouns[1].end == 1
    login = tied and (any(noun.bits & AUTH for noun in nouns) or _LINKING.search(between) or _is_login(bits))
    return AUTH if qualified or login else head.bits  # `verify your number: 1234` gives no phone


def _head(nouns: list[Event], text: str, *, copula: bool, tied: bool) -> tuple[Event, bool]:
    """Return the noun that governs the number, and whether it is a code with its purpose told.

    After a linking word it is the subject's head (`the code for card 1234 is 567890`), as it is after a colon whose
    nearest word numbers nothing (`the code on the page: 1234`) and where the code's purpose stands between
    (`your code to finish the order: 1234`); else it is the noun nearest to the number.
    """
    codes = [event for event in nouns if event.bits & (CODE | STRONG)] if tied else []
    purposeful = next((event for event in codes if _PURPOSE.match(text, event.end)), None)
    if purposeful:
        return purposeful, True
    governed = copula or not nouns[0].bits & (NAMES_A_NUMBER | AUTH | DATE)
    return (codes[0] if codes and governed else nouns[0]), False


def _weigh_verb(near: int, clause: list[Event], bits: int, trace: Trace) -> bool:
    """Weigh `use 1234`, `verify with 1234`, `new 1234`; True where that settles what the number is."""
    if near & (OLD | NEW) and not near & LABEL:
        trace.append(("old_before", w.OLD_BEFORE) if near & OLD else ("new_before", w.NEW_BEFORE))
    if near & USE:
        if bits & (PROMO | LOTTERY):
            trace.append(("use_before", w.USE_BEFORE))
            return False
        trace.append(("use_label", w.USE_LABEL))
        return True
    if near & WITH and any(event.bits & LABEL for event in clause):
        trace.append(("with_label", w.WITH_LABEL))
        return True
    return False


def _weigh_code_label(around: int, compound: int, bits: int, policy: Policy, trace: Trace, *, tied: bool) -> None:
    if around & OLD and not around & NEW:
        trace.append(("old_before", w.OLD_BEFORE))
    elif around & NEW:
        trace.append(("new_before", w.NEW_BEFORE))
    against = other_kind(around, compound, bits, policy)
    if against and not around & STRONG:
        trace.append((against, w.OTHER_KIND_OF_CODE))
        return
    trace.append(("label_otp", w.STRONG_LABEL) if around & (STRONG | AUTH) else ("label_code", w.CODE_LABEL))
    if tied:
        trace.append(("tied", w.TIED))


def _is_taken(noun: Event, span: Span, text: str) -> bool:
    """Tell whether another number that can be a code stands between a noun and the span."""
    return span.start - noun.end > _TAKING and _CODE_LIKE.search(text, noun.end, span.start) is not None


def _is_login(bits: int) -> bool:
    """Tell whether a login is all that the message is about."""
    return bits & AUTH != 0 and not bits & (REF | MONEY | DONE | ACCT | SECRET)


def _weigh_distance(span: Span, head: Event, text: str, bits: int, trace: Trace) -> None:
    """Weigh words that tell more than the label's owner between it and the number: `my code works after 25 tries`."""
    words = len(text[head.end : span.start].split()) - _CLOSE_WORDS
    if words > 0 and text[span.end : span.end + 2].strip(" .!)"):
        each = w.LABEL_APART if bits & _PROVES else w.LABEL_APART_UNPROVEN
        trace.append(("label_apart", max(w.LABEL_APART_MOST, words * each)))


def _weigh_other_label(head: int, trace: Trace, *, far: bool, beside: bool) -> bool:
    if head & NAMES_A_NUMBER and not head & AUTH:
        if far:
            return False
        trace.append(("label_other", w.OTHER_LABEL))
    elif head & AUTH:
        trace.append(("label_verification", w.AUTH_LABEL if beside else w.AUTH_LABEL_APART))
    elif head & DATE:
        trace.append(("label_date", w.DATE_BEFORE))
    else:
        if far:
            return False
        trace.append(("label_weak_other", w.WEAK_OTHER_LABEL))
    return True
