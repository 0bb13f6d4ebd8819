"""Reads the label that follows a number: `123456 is your code`."""

from typing import Final

from processors.extract import weights as w
from processors.extract.context import STOP, Context, Event
from processors.extract.kinds import NAMES_A_NUMBER, NOUN, adjunct
from processors.extract.labels import Trace, is_blank
from processors.extract.model import Policy
from processors.extract.roles import Span
from processors.extract.signals import AUTH, CODE, COPULA, LABEL, LOTTERY, OTHER, PICKUP, PROMO, STRONG, USE

_WINDOW_EVENTS: Final = 8
_MOST_NOUNS: Final = 5
_PARTICLE: Final = 3  # letters of what marks an object: `を`, `deb`
_RIGHT_CHARACTERS: Final = 60


def is_subject(span: Span, context: Context) -> bool:
    """Tell whether the sentence says of the span what it is: `ID: 123456 is your login code`, whatever stands before."""
    right = context.right_of(span.end, 4)
    if len(right) < 2 or not right[0].bits & COPULA or not is_blank(context.text[span.end : right[0].start]):
        return False
    for event in right[1:]:
        if event.bits & (STOP | NAMES_A_NUMBER) and not event.bits & AUTH:
            return False
        if event.bits & (CODE | STRONG):
            return True
    return False


def weigh_right(span: Span, context: Context, policy: Policy, trace: Trace) -> bool:
    """Weigh a label that follows, as in `123456 is your code`; True where one was found."""
    nouns = _nouns_after(span, context)
    if not any(noun.bits & LABEL for noun in nouns) and _is_object(span, context):
        trace.append(("use_label", w.USE_LABEL))
        return True
    bits = 0
    for noun in nouns:
        bits |= noun.bits
    if not bits:
        return False
    if not bits & LABEL or (nouns[0].bits & NAMES_A_NUMBER and not bits & (CODE | STRONG)):
        trace.append(("right_other", w.RIGHT_OTHER))
        return False
    if _is_of_another_kind(nouns, bits, context.text, policy):
        trace.append(("right_other_code", w.OTHER_KIND_OF_CODE))
    else:
        trace.append(("right_label", w.RIGHT_LABEL if bits & (CODE | STRONG) else w.AUTH_LABEL))
    return True


def _is_object(span: Span, context: Context) -> bool:
    """Tell whether the text says right after the number to type it, in languages whose verb comes last: `1234 girin`."""
    verb = next(iter(context.right_of(span.end, 1)), None)
    return verb is not None and verb.bits & USE != 0 and len(context.text[span.end : verb.start].strip()) <= _PARTICLE


def _nouns_after(span: Span, context: Context) -> list[Event]:
    nouns: list[Event] = []
    for event in context.right_of(span.end, _WINDOW_EVENTS):
        far = not nouns and event.start - span.end > _RIGHT_CHARACTERS
        if event.bits & STOP or len(nouns) == _MOST_NOUNS or far:
            break
        if event.bits & NOUN:
            nouns.append(event)
    return nouns


def _is_of_another_kind(nouns: list[Event], bits: int, text: str, policy: Policy) -> bool:
    if bits & STRONG:
        return False
    if bits & (PROMO | LOTTERY) or (bits & OTHER and not bits & AUTH):
        return True
    head = next((noun for noun in nouns if noun.bits & CODE), None)
    kind = adjunct(head, nouns, text) if head else 0
    return kind & OTHER != 0 or (kind & PICKUP != 0 and not policy.pickup_codes)
