"""Finds the noun that governs a number, and what kind of number it makes of it."""

import re
from typing import Final

from processors.extract.context import Event
from processors.extract.kinds import FAR_CHARACTERS, NAMES_A_NUMBER
from processors.extract.roles import Span, is_currency_next
from processors.extract.signals import (
    ACCT,
    AUTH,
    CODE,
    DATE,
    DONE,
    MONEY,
    PHONE,
    RECEIPT,
    REF,
    SECRET,
    STRONG,
    USE,
    VALID,
)

_TYPICAL_DIGITS_MAX: Final = 8
_ARTICLES: Final = re.compile(r"(?: [^\W\d_]{1,3}){0,2} ")  # all that stands between `enter` and `number`
_KEYWORD: Final = CODE | STRONG
_PROVES: Final = AUTH | STRONG | SECRET | VALID | USE
_PURPOSE_WORDS: Final = (
    "to|for|para|pour|per|um|zur|zum|für|om|voor|för|til|do|pro|na|za|az|için|для|за|на|για|untuk|kwa|để|cho|برای"
)
PURPOSE: Final = re.compile(rf" (?:{_PURPOSE_WORDS})(?!\w)", re.IGNORECASE)
_POSSESSIVE_CHARACTERS: Final = 6  # ` your `
_TAKING: Final = 4  # characters that a number between a label and another takes at the least
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


def find_head(
    nouns: list[Event], text: str, bits: int, *, copula: bool, tied: bool, beside: bool
) -> tuple[Event, bool]:
    """Return the noun that governs the number, and whether it is a code with its purpose told.

    After a linking word it is the subject's head (`the code for card 1234 is 567890`), as it is after a colon whose
    nearest word numbers nothing (`the code on the page: 1234`) and where the code's purpose stands between
    (`your code to finish the order: 1234`). Else it is the noun nearest to the number, unless that only qualifies a code
    (`code d'authentification 1234`), is what a code confirms (`code to confirm the transfer 1234`), or does not stand
    beside the number where something is verified.
    """
    nearest = nouns[0]
    if not tied:
        qualifies = nearest.bits & AUTH != 0 or _is_confirmed(nouns, text)
        if qualifies or (not beside and bits & (AUTH | STRONG) and not nearest.bits & _KEYWORD):
            nearest = next((noun for noun in nouns if noun.bits & _KEYWORD), nearest)
        return nearest, False
    code: Event | None = None
    for noun in nouns:
        if noun.bits & _KEYWORD:
            if PURPOSE.match(text, noun.end):
                return noun, True
            code = code or noun
    if code is None:
        return nearest, False
    governed = copula or not nearest.bits & (NAMES_A_NUMBER | AUTH | DATE)
    # `login code for your subscriber account: 1234` has the code's own purpose between
    governed = governed or (_is_proven(code, nouns) and not _PARTED.search(text, code.end, nearest.start))
    return (code if governed else nearest), False


def _is_confirmed(nouns: list[Event], text: str) -> bool:
    """Tell whether the nearest noun is a transaction that a code before it confirms: `code to confirm the transfer`."""
    if not nouns[0].bits & (DONE | MONEY):
        return False
    index = next((index for index, noun in enumerate(nouns) if not noun.bits & (DONE | MONEY)), 0)
    told = nouns[index : index + 2] if index else []  # `confirmation code`, in either order
    code = next((noun for noun in told if noun.bits & _KEYWORD), None)
    proven = any(noun.bits & (AUTH | STRONG) for noun in told) and not any(noun.bits & RECEIPT for noun in told)
    return code is not None and proven and not _PARTED.search(text, code.end, nouns[0].start)


def kind_of_number(
    span: Span,
    head: Event,
    clause: list[Event],
    nouns: list[Event],
    text: str,
    bits: int,
    *,
    tied: bool,
    adjacent: bool,
) -> int:
    """Return the bits of what a noun that is no code's makes of the number: a number may be verified, or confirmed."""
    between = text[max(0, head.start - FAR_CHARACTERS) : span.start]
    if not bits & (SECRET | VALID | USE | CODE | STRONG) and _CONFIRMATION_NUMBER.search(between):
        return REF
    if head.bits & AUTH and bits & (MONEY | DONE) and not bits & _PROVES & ~AUTH and _CONFIRMATION.search(between):
        return REF
    if not (tied or adjacent) or not head.bits & PHONE or len(span.code) > _TYPICAL_DIGITS_MAX:
        return head.bits
    if bits & _PROVES & ~USE and any(
        event.bits & USE and _ARTICLES.fullmatch(text, event.end, head.start) for event in clause
    ):
        return AUTH  # `enter the number 1234 to verify`
    qualified = (
        len(nouns) > 1 and nouns[1].bits & AUTH and len(text[nouns[1].end : nouns[0].start]) <= _POSSESSIVE_CHARACTERS
    )
    typed = bits & AUTH and any(event.bits & USE for event in clause)
    qualified = qualified or any(
        event.bits & SECRET and (text[event.end : head.start] == " " or text[head.end : event.start] == " ")
        for event in clause
    )
    login = tied and (typed or any(noun.bits & AUTH for noun in nouns) or _LINKING.search(between) or _is_login(bits))
    return AUTH if qualified or login else head.bits  # `verify your number: 1234` gives no phone


def is_spoken_for(noun: Event, text: str, end: int) -> bool:
    """Tell whether a noun other than a code's belongs to another number: one after it, or an amount before it."""
    noun_start, noun_end, bits = noun
    if bits & MONEY and noun_start > 1:
        number_end = noun_start - (text[noun_start - 1] == " ")
        if text[number_end - 1].isdigit() and is_currency_next(text, number_end):
            return True
    return end - noun_end > 1 and _PARTED.search(text, noun_end, end) is not None


def is_taken(noun: Event, span: Span, text: str) -> bool:
    """Tell whether another number that can be a code stands between a noun and the span."""
    return span.start - noun.end > _TAKING and _CODE_LIKE.search(text, noun.end, span.start) is not None


def _is_proven(code: Event, nouns: list[Event]) -> bool:
    """Tell whether a keyword says by itself or by the noun beside it that it is a login's or a verification's."""
    index = nouns.index(code)
    return any(noun.bits & (AUTH | STRONG) for noun in nouns[max(0, index - 1) : index + 2])


def _is_login(bits: int) -> bool:
    """Tell whether a login is all that the message is about."""
    return bits & AUTH != 0 and not bits & (REF | MONEY | DONE | ACCT | SECRET)
