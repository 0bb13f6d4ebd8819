"""Reads the label of a number: the words before or after it that say what it is."""

import re
from typing import Final

from processors.extract import weights as w
from processors.extract.context import STOP, Context, Event
from processors.extract.model import Policy
from processors.extract.roles import Span, is_currency_next
from processors.extract.signals import (
    ACCT,
    AUTH,
    CODE,
    COPULA,
    DATE,
    DONE,
    INITIAL,
    LABEL,
    LAST,
    LOTTERY,
    MONEY,
    NEW,
    OLD,
    OTHER,
    PHONE,
    PICKUP,
    PROMO,
    RECEIPT,
    REF,
    SECRET,
    STRONG,
    TOWARDS,
    UNIT,
    USE,
    VALID,
    WITH,
)

Trace = list[tuple[str, float]]

_NAMES_A_NUMBER: Final = MONEY | REF | PHONE | PROMO | LOTTERY | OTHER | LAST
_NAMES_WEAKLY: Final = ACCT | DONE | PICKUP | UNIT
_NOUN: Final = LABEL | _NAMES_A_NUMBER | _NAMES_WEAKLY | DATE
_QUALIFIED: Final = _NOUN | OLD | NEW | RECEIPT | INITIAL

_WINDOW_EVENTS: Final = 10
_WINDOW_CHARACTERS: Final = 160
_FAR_CHARACTERS: Final = 24
_RIGHT_CHARACTERS: Final = 60
_TYPICAL_DIGITS_MAX: Final = 8
_TIES: Final = frozenset(":=：-–—＝»>→")
_BLANKS: Final = " \t\r\n[(<【「“\"'«*:-–—：>"
_APART: Final = frozenset(",،，、!")
_POSSESSIVES: Final = frozenset(
    [
        "your",
        "ur",
        "tu",
        "su",
        "votre",
        "ton",
        "ihr",
        "dein",
        "tuo",
        "seu",
        "sua",
        "uw",
        "je",
        "din",
        "ditt",
        "ваш",
        "твой",
        "twoj",
        "váš",
        "anda",
    ]
)
_PURPOSE_WORDS: Final = (
    "to|for|para|pour|per|um|zur|zum|für|om|voor|för|til|do|pro|na|za|az|için|для|за|на|για|untuk|kwa|để|cho|برای"
)
_PURPOSE: Final = re.compile(rf" (?:{_PURPOSE_WORDS})(?!\w)", re.IGNORECASE)
_FILLERS: Final = frozenset(
    ["ma", "mã", "no", "nr", "n", "num", "no.", "#", "number", "to", "as", "your", "the", "of", "by", "in"]
)
# A number, a comma or a name in capitals between a noun and a number: the noun is spoken for.
_PARTED: Final = re.compile(r"[0-9,،，、]|\b[A-Z]{4,}\b")

_CODE_LIKE: Final = re.compile(r"(?<![\w.,*])[0-9]{4,8}(?![\w*])")
_LINKING: Final = re.compile(
    r"\b(?:link|pair|connect|add|vincul|asocia|associ|colleg|verkn|привяж|powiąż|koppel|koppla|bağla)", re.IGNORECASE
)
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
    earliest = span.start - _WINDOW_CHARACTERS
    for event in context.left_of(span.start, _WINDOW_EVENTS):
        if event.end < earliest:
            break
        if not event.bits & STOP:
            if not _is_sender(event, context.text, span.start):
                clause.append(event)
        elif clause or not _is_blank(context.text[event.end : span.start]):
            break
    return clause


def _is_sender(event: Event, text: str, end: int) -> bool:
    """Tell whether a word opens the text as its sender's name (`Ticketmaster: …`), and labels nothing."""
    if event.bits & LABEL or event.start > _FAR_CHARACTERS or text[event.end : event.end + 1] != ":":
        return False
    return any(map(str.isalpha, text[event.end : end])) and all(word[0].isupper() for word in text[: event.end].split())


def _is_spoken_for(noun: Event, text: str, end: int) -> bool:
    """Tell whether a noun other than a code's belongs to another number: one after it, or an amount before it."""
    if noun.bits & (CODE | STRONG):
        return False
    if noun.bits & MONEY and noun.start > 1:
        number_end = noun.start - (text[noun.start - 1] == " ")
        if text[number_end - 1].isdigit() and is_currency_next(text, number_end):
            return True
    return _PARTED.search(text, noun.end, end) is not None


def _is_blank(text: str) -> bool:
    return not text.strip(_BLANKS)


def weigh_left(span: Span, clause: list[Event], context: Context, bits: int, policy: Policy, trace: Trace) -> bool:
    """Weigh the label before the span; True where one was found."""
    if not clause:
        return False
    near = clause[0]
    gap = context.text[near.end : span.start]
    adjacent = _is_blank(gap) or gap.strip(" \t\r\n.").lower() in _FILLERS
    if adjacent and near.bits & (USE | WITH | OLD | NEW) and _weigh_verb(near.bits, clause, bits, trace):
        return True
    nouns = [event for event in clause if event.bits & _NOUN]
    nouns = [noun for noun in nouns if not _is_spoken_for(noun, context.text, span.start)]
    own = bool(nouns) and nouns[0].bits & LABEL != 0 and len(span.code) <= _TYPICAL_DIGITS_MAX
    taken = bool(nouns) and _CODE_LIKE.search(context.text, nouns[0].end, span.start) is not None
    own = own and not taken
    if adjacent and near.bits & TOWARDS and not own:
        trace.append(("towards_before", w.TOWARDS_BEFORE))
    if not nouns:
        return False
    copula = adjacent and near.bits & COPULA != 0
    tied = copula or not _TIES.isdisjoint(gap)
    head, purposeful = _head(nouns, context.text, copula=copula, tied=tied)
    if head.bits & (CODE | STRONG):
        around = _modifiers(head, clause, context.text)
        if taken and not tied:
            trace.append(("label_taken", w.LABEL_TAKEN))
        _weigh_code_label(around & ~REF if purposeful else around, bits, policy, trace, tied=tied)
        return True
    kind = head.bits
    between = context.text[max(0, head.start - _FAR_CHARACTERS) : span.start]
    if (tied or adjacent) and kind & PHONE and len(span.code) <= _TYPICAL_DIGITS_MAX:
        qualified = len(nouns) > 1 and nouns[1].bits & AUTH and nouns[0].start - nouns[1].end == 1
        if qualified or (tied and (any(noun.bits & AUTH for noun in nouns) or _LINKING.search(between))):
            kind = AUTH  # `verify your number: 1234` gives no phone
    elif kind & AUTH and not bits & (SECRET | VALID | USE | CODE | STRONG) and _CONFIRMATION_NUMBER.search(between):
        kind = REF
    far = span.start - head.end > _FAR_CHARACTERS and not tied
    return _weigh_other_label(kind, trace, far=far, beside=tied or (adjacent and head is near))


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
    governed = copula or not nouns[0].bits & (_NAMES_A_NUMBER | AUTH | DATE)
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


def _weigh_code_label(around: int, bits: int, policy: Policy, trace: Trace, *, tied: bool) -> None:
    if around & OLD and not around & NEW:
        trace.append(("old_before", w.OLD_BEFORE))
    elif around & NEW:
        trace.append(("new_before", w.NEW_BEFORE))
    against = _other_kind(around, bits, policy)
    if against and not around & STRONG:
        trace.append((against, w.OTHER_KIND_OF_CODE))
        return
    trace.append(("label_otp", w.STRONG_LABEL) if around & (STRONG | AUTH) else ("label_code", w.CODE_LABEL))
    if tied:
        trace.append(("tied", w.TIED))


def _weigh_other_label(head: int, trace: Trace, *, far: bool, beside: bool) -> bool:
    if head & _NAMES_A_NUMBER and not head & AUTH:
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


def _modifiers(head: Event, clause: list[Event], text: str) -> int:
    """Return the bits of the label with the words that qualify it: up to two on either side in its clause."""
    nouns = [event for event in clause if event.bits & _QUALIFIED]
    index = nouns.index(head)
    bits = head.bits
    for event in nouns[max(0, index - 2) : index + 3]:
        gap = text[event.end : head.start] or text[head.end : event.start]
        if len(gap) < _FAR_CHARACTERS:  # a customer addressed before a comma makes no customer's code
            bits |= event.bits & ~REF if _sets_apart(gap) else event.bits
    return bits


def _sets_apart(gap: str) -> bool:
    """Tell whether a comma or a possessive begins anew between two words: `dear customer, code`, `customer your code`."""
    return not _APART.isdisjoint(gap) or not _POSSESSIVES.isdisjoint(gap.lower().split())


def _other_kind(bits: int, message: int, policy: Policy) -> str:
    """Name the kind of code that the qualifiers make of it where that is not a one-time passcode; else empty."""
    unproven = not bits & (AUTH | STRONG)
    if bits & PROMO or (message & PROMO and unproven and not message & (SECRET | STRONG | VALID)):
        return "promotion_code"
    if bits & LOTTERY or (message & LOTTERY and unproven):
        return "lottery_code"
    if (bits | message) & PICKUP and not policy.pickup_codes and not message & STRONG and (unproven or bits & OTHER):
        return "pickup_code"
    if bits & INITIAL and not policy.initial_passwords:
        return "initial_password"
    if unproven and bits & OTHER:
        return "other_code"
    return "reference_code" if unproven and bits & REF and not message & (SECRET | VALID) else ""


def weigh_right(span: Span, context: Context, trace: Trace) -> bool:
    """Weigh a label that follows, as in `123456 is your code`; True where one was found."""
    bits = first = count = 0
    for event in context.right_of(span.end, _WINDOW_EVENTS - 2):
        if event.bits & STOP or count == 4 or (not count and event.start - span.end > _RIGHT_CHARACTERS):
            break
        if event.bits & _NOUN:
            first = first or event.bits
            bits |= event.bits
            count += 1
    if not bits:
        return False
    if not bits & LABEL or (first & _NAMES_A_NUMBER and not bits & (CODE | STRONG)):
        trace.append(("right_other", w.RIGHT_OTHER))
        return False
    another = bits & (PROMO | LOTTERY) or (bits & OTHER and not bits & AUTH)
    if another and not bits & STRONG:
        trace.append(("right_other_code", w.OTHER_KIND_OF_CODE))
    else:
        trace.append(("right_label", w.RIGHT_LABEL if bits & (CODE | STRONG) else w.AUTH_LABEL))
    return True
