"""Reads the label that follows a number: `123456 is your code`."""

import re
from typing import Final

from processors.extract import weights as w
from processors.extract.context import STOP, Event
from processors.extract.kinds import NAMES_A_NUMBER, NOUN, adjunct
from processors.extract.labels import Trace, is_blank, is_object
from processors.extract.model import Policy
from processors.extract.signals import AUTH, CODE, COPULA, LABEL, LOTTERY, OTHER, PICKUP, PROMO, STRONG

WINDOW_EVENTS: Final = 8
"""How many events after a number are looked at."""

_SUBJECT_EVENTS: Final = 4
_MOST_NOUNS: Final = 5
_RIGHT_CHARACTERS: Final = 60
_OWN_NUMBER: Final = re.compile("[ :：]{0,3}[0-9]{4,8}(?![0-9])")  # the label of the number that follows it


def is_subject(end: int, right: list[Event], text: str) -> bool:
    """Tell whether the sentence says of the span what it is: `ID: 123456 is your login code`, whatever stands before.

    Args:
        end: where the span ends.
        right: the events after it.
        text: the normalised text.
    """
    if not right or not right[0].bits & COPULA or not is_blank(text[end : right[0].start]):
        return False
    for event in right[1:_SUBJECT_EVENTS]:
        if event.bits & (STOP | NAMES_A_NUMBER) and not event.bits & AUTH:
            return False
        if event.bits & (CODE | STRONG):
            return True
    return False


def weigh_right(end: int, right: list[Event], text: str, policy: Policy, trace: Trace) -> bool:
    """Weigh a label that follows, as in `123456 is your code`; True where one was found.

    Args:
        end: where the span ends.
        right: the events after it.
        text: the normalised text.
        policy: what counts as a one-time passcode.
        trace: receives what was weighed.
    """
    nouns = _nouns_after(end, right, text)
    bits = 0
    for noun in nouns:
        bits |= noun.bits
    if not bits & LABEL and is_object(end, right, text):
        trace.append(("use_label", w.USE_LABEL))
        return True
    if not bits:
        return False
    if not bits & LABEL or (nouns[0].bits & NAMES_A_NUMBER and not bits & (CODE | STRONG)):
        trace.append(("right_other", w.RIGHT_OTHER))
        return False
    if _is_of_another_kind(nouns, bits, text, policy):
        trace.append(("right_other_code", w.OTHER_KIND_OF_CODE))
    else:
        trace.append(("right_label", w.RIGHT_LABEL if bits & (CODE | STRONG) else w.AUTH_LABEL))
    return True


def _nouns_after(end: int, right: list[Event], text: str) -> list[Event]:
    nouns: list[Event] = []
    for event in right:
        far = not nouns and event.start - end > _RIGHT_CHARACTERS
        if event.bits & STOP or len(nouns) == _MOST_NOUNS or far:
            break
        if event.bits & NOUN:
            if event.bits & (CODE | STRONG) and _OWN_NUMBER.match(text, event.end):
                break
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
