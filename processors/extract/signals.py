"""The kinds of evidence a word can carry, as bits, so that a message's words fold into one integer."""

from typing import Final

CODE: Final = 1 << 0
"""A secret one types: code, PIN, password."""
STRONG: Final = 1 << 1
"""Says one-time passcode by itself: OTP, TAN, 验证码."""
AUTH: Final = 1 << 2
"""Verification, confirmation, login, registration, security, one-time."""
USE: Final = 1 << 3
"""Asks the reader to type: use, enter, introduce."""
VALID: Final = 1 << 4
"""Speaks of validity: valid, expires, minutes from now."""
SECRET: Final = 1 << 5
"""Warns: do not share, disclose, nobody, confidential."""
COPULA: Final = 1 << 6
"""Ties a label to what follows: is, es, ist."""
MONEY: Final = 1 << 7
"""Amounts, balances, currencies."""
REF: Final = 1 << 8
"""Numbers of things: order, invoice, reference, ticket."""
ACCT: Final = 1 << 9
"""Accounts and cards, and `ending in`."""
PHONE: Final = 1 << 10
"""Phone, call, helpline, SMS to a short number."""
PROMO: Final = 1 << 11
"""Discount, voucher, promotion."""
PICKUP: Final = 1 << 12
"""Parcel, courier, locker, collection."""
LOTTERY: Final = 1 << 13
"""Draws, prizes, winners."""
OTHER: Final = 1 << 14
"""Turns `code` into another kind of code: postal, area, error, source."""
SENDBACK: Final = 1 << 15
"""Asks to hand the code over: forward, by mistake."""
DONE: Final = 1 << 16
"""A finished transaction: debited, credited, purchased, received."""
DATE: Final = 1 << 17
"""Months, weekdays, dates."""
OLD: Final = 1 << 18
"""The number that no longer counts: old, previous, replaced."""
NEW: Final = 1 << 19
"""The number that counts now: new."""
LAST: Final = 1 << 20
"""Part of a longer number: ending, last digits."""
UNIT: Final = 1 << 21
"""What a quantity counts: minutes, points, items, kilometres."""
CARDPIN: Final = 1 << 22
"""Makes a PIN a lasting one: card, SIM, PUK."""
INITIAL: Final = 1 << 23
"""Makes a password an initial one: username, temporary."""

RECEIPT: Final = 1 << 24
"""The outcome of a payment: approved, declined."""
FIRST: Final = 1 << 25
"""The first person: somebody asks for something for themselves."""
TOWARDS: Final = 1 << 26
"""Leads to where to turn to: to, at, on."""

WITH: Final = 1 << 27
"""By what means: with, by using."""
SOURCE: Final = 1 << 28
"""Source code: not of a word, but of the whole message."""
THING: Final = 1 << 29
"""A thing with a code of its own, gate, game, desk: it makes a message worth a closer look."""
GRANT: Final = 1 << 30
"""Authorisation: what a code asks for before a payment, and what the number on its receipt is called."""
NEUTRAL: Final = 0
"""Looks like a stem but says nothing: `confirmed` asks for no confirmation."""

NAMES: Final = {
    value: name.lower() for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, int)
}

WORDS: Final = (1 << 31) - 1
"""All of them."""
KEYWORD: Final = CODE | STRONG
LABEL: Final = KEYWORD | AUTH
AGAINST: Final = MONEY | REF | PHONE | PROMO | PICKUP | LOTTERY | OTHER | SENDBACK | DONE | OLD | LAST | CARDPIN
