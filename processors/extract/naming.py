"""Names the service a message comes from, by its sender or its text."""

import re
from typing import Final

from processors.extract.lexicon import LEXICON
from processors.extract.signals import AUTH, CODE

# Operator and region before the name, the kind of message after it: `AX-HDFCBK-S`.
_INDIAN_HEADER: Final = re.compile(r"[A-Z]{2}-([A-Z0-9]{3,})(?:-[A-Z])?")
# Android's mark of codes, and marks without width.
_LEADING: Final = "<#> \u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_BRACKETED: Final = re.compile(r"\s{0,4}[\[【［<(「『]([^\]】］>)」』\d\n#]{2,30})[\]】］>)」』]")
_BEFORE_COLON: Final = re.compile(r"\s{0,4}([^\W\d_][\w.&' -]{1,24})[:：]\s")
_BEFORE_DASH: Final = re.compile(r"\s{0,4}([^\W\d_][\w.&' -]{1,24}?) - ")
_LONGEST_LEAD: Final = 33
_POSSESSED: Final = re.compile(
    r"our ([A-Z0-9][\w.&'-]{0,30}(?: [A-Z][\w.&'-]{0,30}){0,2}) (?:[a-z-]+ ){0,3}(?:code|OTP|PIN|password|passcode|account)\b"
)
_GENERIC: Final = frozenset(
    [
        "otp",
        "your",
        "info",
        "sms",
        "notice",
        "alert",
        "rs",
        "dear",
        "hi",
        "hello",
        "reminder",
        "warning",
        "attention",
        "important",
        "note",
        "new",
        "web발신",
    ]
)
_KINDS_OF_CODES: Final = CODE | AUTH
_OPENINGS: Final = frozenset("[【［<(「『")


def find_service(text: str, sender: str | None) -> str | None:
    """Return the service named by an alphabetic sender, else by the text, else None."""
    if sender and (sender.isalpha() or (not sender.isdigit() and any(map(str.isalpha, sender)))):
        header = _INDIAN_HEADER.fullmatch(sender) if "-" in sender else None
        return header[1] if header else sender
    if text[:1] in _LEADING:
        text = text.lstrip(_LEADING)
    opening = text[:_LONGEST_LEAD]
    match = None
    if opening[:1] in _OPENINGS:
        match = _BRACKETED.match(text)
    elif " - " in opening:
        match = _BEFORE_DASH.match(text)
    if match is None and (":" in opening or "：" in opening):
        match = _BEFORE_COLON.match(text)
    if match and not _is_generic(match[1]):
        return match[1].strip()
    place = text.find("our ")
    if place < 0 or text[place + 4 : place + 5].islower():
        return None
    match = _POSSESSED.match(text, place)
    return match[1] if match and not _is_generic(match[1]) else None


def _is_generic(name: str) -> bool:
    """Tell names that are none: a number, a word for codes or for what they prove, a salutation."""
    words = name.lower().split()
    return (
        not _GENERIC.isdisjoint(words)
        or not any(map(str.isalpha, name))
        or any(LEXICON[word.encode("utf-8", "replace")] & _KINDS_OF_CODES for word in words)
    )
