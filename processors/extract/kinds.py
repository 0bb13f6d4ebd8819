"""Tells which kind of code the words around a label make of it: a one-time passcode, or a promotion's, a parcel's, a thing's."""

import re
from typing import Final

from processors.extract.context import Event
from processors.extract.model import Policy
from processors.extract.signals import (
    ACCT,
    AUTH,
    CODE,
    DATE,
    DONE,
    FIRST,
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
    UNIT,
    VALID,
)

NAMES_A_NUMBER: Final = MONEY | REF | PHONE | PROMO | LOTTERY | OTHER | LAST
NOUN: Final = LABEL | NAMES_A_NUMBER | ACCT | DONE | PICKUP | UNIT | DATE
FAR_CHARACTERS: Final = 24

_QUALIFIED: Final = NOUN | OLD | NEW | RECEIPT | INITIAL
_KIND: Final = PROMO | PICKUP | LOTTERY | OTHER | FIRST | RECEIPT
_APART: Final = frozenset(",،，、!")
_POSSESSIVE_WORDS: Final = "your ur tu su votre ton ihr dein tuo seu sua uw je din ditt ваш твой twoj váš anda"
_POSSESSIVES: Final = frozenset(_POSSESSIVE_WORDS.split())
# What may stand between a label and the noun that tells its kind: `invite code`, `código de invitación`.
_BEFORE: Final = re.compile(r"[ -]?")
_AFTER: Final = re.compile(r"[ -]?|'s | (?:d[eiou]|de[lr]?|des|de la|d'|of|von|van|ng|a|av|til|per|di|do|da|na|la) ?")


def modifiers(head: Event, clause: list[Event], text: str) -> int:
    """Return the bits of the label with the words that qualify it: up to two on either side in its clause."""
    if len(clause) == 1:
        return head.bits
    nouns = [event for event in clause if event.bits & _QUALIFIED]
    index = nouns.index(head)
    bits = head.bits
    for event in nouns[max(0, index - 2) : index + 3]:
        gap = text[event.end : head.start] or text[head.end : event.start]
        if len(gap) <= FAR_CHARACTERS:  # a customer addressed before a comma makes no customer's code
            bits |= event.bits & ~REF if event.bits & REF and _sets_apart(gap) else event.bits
    return bits


def adjunct(head: Event, events: list[Event], text: str) -> int:
    """Return the bits of the nouns that make one compound with the label; those of what verifies are left out.

    Args:
        head: the label.
        events: the clause's events, in either order.
        text: the normalised text.
    """
    bits = 0
    for event in events:
        if not event.bits & _KIND or event.bits & (AUTH | STRONG | CODE):
            continue
        if event.end <= head.start:
            joined = _BEFORE.fullmatch(text, event.end, head.start)
        else:
            joined = _AFTER.fullmatch(text, head.end, event.start) if event.start >= head.end else None
        if joined:
            bits |= event.bits
    return bits & _KIND


def _sets_apart(gap: str) -> bool:
    """Tell whether a comma or a possessive begins anew between two words: `dear customer, code`, `customer your code`."""
    if any(map(str.isdigit, gap)):
        return False  # `booking number 1234, PIN 5678`: the comma parts two numbers of one thing
    return not _APART.isdisjoint(gap) or not _POSSESSIVES.isdisjoint(gap.lower().split())


def other_kind(bits: int, compound: int, message: int, policy: Policy) -> str:
    """Name the kind of code that the qualifiers make of it where that is not a one-time passcode; else empty.

    Args:
        bits: the label with what qualifies it.
        compound: what makes one compound with it, which outweighs a login or a verification in the same clause.
        message: the evidence of all words.
        policy: what counts as a one-time passcode.
    """
    unproven = not bits & (AUTH | STRONG)
    if bits & PROMO or (message & PROMO and unproven and not message & (SECRET | STRONG | VALID)):
        return "promotion_code"
    if bits & LOTTERY or (message & LOTTERY and unproven):
        return "lottery_code"
    spoken_of = bits | compound | (0 if message & SECRET else message)  # who warns of sharing hands over no parcel
    parcel = spoken_of & PICKUP and not policy.pickup_codes and not message & STRONG
    if parcel and (unproven or bits & OTHER or compound & PICKUP):
        return "pickup_code"
    if bits & INITIAL and not policy.initial_passwords:
        return "initial_password"
    if (
        compound & (OTHER | FIRST)
        or (compound & RECEIPT and not message & (SECRET | STRONG | VALID))
        or (unproven and bits & OTHER)
    ):
        return "other_code"
    return "reference_code" if unproven and bits & REF and not message & (SECRET | VALID) else ""
