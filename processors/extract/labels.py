"""Reads the label of a number: the words before or after it that say what it is."""

import re
from typing import Final

from processors.extract import weights as w
from processors.extract.context import STOP, Context, Event
from processors.extract.heads import PURPOSE, find_head, is_spoken_for, is_taken, kind_of_number
from processors.extract.kinds import FAR_CHARACTERS, NAMES_A_NUMBER, NOUN, adjunct, modifiers, other_kind
from processors.extract.model import Policy
from processors.extract.roles import Span
from processors.extract.signals import (
    AUTH,
    CODE,
    COPULA,
    DATE,
    LABEL,
    LOTTERY,
    NEW,
    OLD,
    PHONE,
    PICKUP,
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
_PARTICLE: Final = 3  # letters of what marks an object: `を`, `deb`
_KEYWORD: Final = CODE | STRONG
_VERB: Final = USE | WITH | OLD | NEW
_PROVES: Final = AUTH | STRONG | SECRET | VALID | USE
_TIES: Final = frozenset(":=：-–—＝»>→")
_BLANKS: Final = " \t\r\n[(<【「“\"'«*:-–—：>"
_FILLERS: Final = frozenset(
    ["ma", "mã", "no", "nr", "n", "num", "no.", "#", "number", "to", "as", "your", "the", "of", "by", "in"]
)
_PRONOUN: Final = re.compile(r" (?:[^\W\d_]{1,5}) ")


def left_clause(context: Context, start: int) -> list[Event]:
    """Return the events before the start of a span back to the end of the sentence before, the nearest first.

    A code on a line of its own belongs to the sentence above it.
    """
    clause: list[Event] = []
    text, earliest = context.text, start - _WINDOW_CHARACTERS
    for event in context.left_of(start, _WINDOW_EVENTS):
        opening, end, bits = event
        if end < earliest:
            break
        if not bits & STOP:
            if opening > FAR_CHARACTERS or text[end : end + 1] != ":" or not _is_sender(event, text, start):
                clause.append(event)
        elif clause or not is_blank(text[end:start]):
            break
    return clause


def _is_sender(event: Event, text: str, end: int) -> bool:
    """Tell whether a word before a colon opens the text as its sender's name (`Ticketmaster: …`), and labels nothing."""
    return (
        not event.bits & LABEL
        and any(map(str.isalpha, text[event.end : end]))
        and not any(word[0].islower() for word in text[: event.end].split())
    )


def is_blank(text: str) -> bool:
    return not text.strip(_BLANKS)


def weigh_left(
    span: Span, clause: list[Event], right: list[Event], text: str, bits: int, policy: Policy, trace: Trace
) -> bool:
    """Weigh the label before the span; True where one was found.

    Args:
        span: the number.
        clause: the events before it, the nearest first.
        right: the events after it.
        text: the normalised text.
        bits: the evidence of all its words.
        policy: what counts as a one-time passcode.
        trace: receives what was weighed.
    """
    if not clause:
        return False
    near, start = clause[0], span.start
    _, near_end, nearest = near
    gap = text[near_end:start]
    adjacent = is_blank(gap) or gap.strip(" \t\r\n.").lower() in _FILLERS
    governs = nearest & _VERB and (adjacent or (nearest & USE and _PRONOUN.fullmatch(gap)))  # `geben Sie 1234 ein`
    if governs and _weigh_verb(nearest, clause, bits, trace):
        return True
    kinds = NOUN if span.kind == "numeric" else NOUN & ~PHONE  # a phone's number has no letters
    nouns = [
        event
        for event in clause
        if event.bits & kinds and (event.bits & _KEYWORD or not is_spoken_for(event, text, start))
    ]
    taken = bool(nouns) and is_taken(nouns[0], span, text)
    if adjacent and nearest & TOWARDS and (taken or not _is_own(nouns, span)):
        trace.append(("towards_before", w.TOWARDS_BEFORE))
    if not nouns:
        return _weigh_verb_apart(nearest, gap, bits, trace)
    copula = adjacent and nearest & COPULA != 0
    tied = copula or (not taken and (not _TIES.isdisjoint(gap) or (adjacent and _is_linked(span.end, right, text))))
    beside = adjacent or is_blank(text[nouns[0].end : start])
    head, purposeful = find_head(nouns, text, bits, copula=copula, tied=tied, beside=beside)
    if head.bits & _KEYWORD:
        around = modifiers(head, clause, text)
        if not tied:
            _weigh_untied(span, head, around, text, bits, trace, taken=taken, adjacent=adjacent)
        compound = adjunct(head, clause, text)
        if adjacent:
            around |= _handed_to(right)
        _weigh_code_label(around & ~REF if purposeful else around, compound, bits, policy, trace, tied=tied)
        return True
    if not beside and not head.bits & LABEL and is_object(span.end, right, text):
        return False  # `for your account: 1234 enter`
    kind = kind_of_number(span, head, clause, nouns, text, bits, tied=tied, adjacent=adjacent)
    if bits & PHONE and bits & SECRET and not kind & AUTH:
        kind |= PHONE  # a warning ends in whom to call
    far = start - head.end > FAR_CHARACTERS and not tied
    return _weigh_other_label(kind, trace, far=far, beside=tied or (adjacent and head is near))


def _weigh_untied(
    span: Span, head: Event, around: int, text: str, bits: int, trace: Trace, *, taken: bool, adjacent: bool
) -> None:
    """Weigh what speaks against a label that nothing ties to the number."""
    if taken:
        trace.append(("label_taken", w.LABEL_TAKEN))
    if not adjacent and len(span.code) > _TYPICAL_DIGITS_MAX:
        trace.append(("long_untied", w.LONG_UNTIED))
    if not around & (AUTH | STRONG):
        _weigh_distance(span, head, text, bits, trace)


def verifies(start: int, end: int, clause: list[Event], right: list[Event], text: str) -> bool:
    """Tell whether the sentence says what is verified with the number: `1234 to confirm`, `confirm with 1234`."""
    if right and right[0].bits & AUTH and PURPOSE.match(text, end):
        return True
    return (
        bool(clause)
        and clause[0].bits & WITH != 0
        and is_blank(text[clause[0].end : start])
        and any(event.bits & AUTH for event in clause)
    )


def is_object(end: int, right: list[Event], text: str) -> bool:
    """Tell whether the text says right after the number to type it, in languages whose verb comes last: `1234 girin`.

    The word for a number may stand between: `1234 numarasını girin`.
    """
    if not right or not right[0].bits & (USE | PHONE) or len(text[end : right[0].start].strip()) > _PARTICLE:
        return False
    if right[0].bits & USE:
        return True
    return len(right) > 1 and right[1].bits & USE != 0 and len(text[right[0].end : right[1].start].strip()) <= _PARTICLE


def _handed_to(right: list[Event]) -> int:
    """Return PICKUP where the sentence goes on to say that a courier or a driver is to have the code."""
    for event in right:
        if event.bits & STOP:
            break
        if event.bits & PICKUP:
            return PICKUP
    return 0


def _is_linked(end: int, right: list[Event], text: str) -> bool:
    """Tell whether the linking word follows, as where the verb comes last: `code 1234 hai`."""
    return bool(right) and right[0].bits & COPULA != 0 and is_blank(text[end : right[0].start])


def _is_own(nouns: list[Event], span: Span) -> bool:
    """Tell whether the noun nearest to a number of a code's length is a code's."""
    return bool(nouns) and nouns[0].bits & LABEL != 0 and len(span.code) <= _TYPICAL_DIGITS_MAX


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


def _weigh_verb_apart(near: int, gap: str, bits: int, trace: Trace) -> bool:
    """Weigh a verb with little but its place between it and the number: `put into the app 1234`."""
    if not near & USE or bits & (PROMO | LOTTERY) or len(gap.split()) > _CLOSE_WORDS + 1:
        return False
    trace.append(("use_before", w.USE_BEFORE))
    return True


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
