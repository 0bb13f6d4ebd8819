"""Names the service a message comes from, by its sender or its text."""

import re
from typing import Final

_ROUTE_PREFIX: Final = re.compile(r"[A-Z]{2}-(?=[A-Z0-9]{3,})")  # Indian senders: operator and region before the name
_BRACKETED: Final = re.compile(r"\s{0,4}[\[【［<(「『]([^\]】］>)」』\d\n#]{2,30})[\]】］>)」』]")
_LEADING: Final = re.compile(r"\s{0,4}([^\W\d_][\w.&' -]{1,24}?)(?: ?[:：]| - )\s")
_POSSESSED: Final = re.compile(
    r"our ([A-Z0-9][\w.&'-]*(?: [A-Z][\w.&'-]*){0,2}) (?:[a-z-]+ ){0,3}(?:code|OTP|PIN|password|passcode|account)\b"
)
_GENERIC: Final = frozenset(
    [
        "code",
        "otp",
        "pin",
        "verification",
        "your",
        "password",
        "info",
        "sms",
        "notice",
        "alert",
        "rs",
        "dear",
        "hi",
        "hello",
    ]
)
_OPENINGS: Final = frozenset("[【［<(「『 \n")


def find_service(text: str, sender: str | None) -> str | None:
    """Return the service named by an alphabetic sender, else by the text, else None."""
    if sender and not sender[-1].isdigit() and any(map(str.isalpha, sender)):
        return _ROUTE_PREFIX.sub("", sender)
    if not text:
        return None
    patterns = (
        (_BRACKETED,) if text[0] in _OPENINGS else (_LEADING,) if ":" in text or " - " in text or "：" in text else ()
    )
    for pattern in patterns:
        match = pattern.match(text)
        if match and not _is_generic(match[1]):
            return match[1].strip()
    place = text.find("our ")
    match = _POSSESSED.match(text, place) if place >= 0 else None
    return match[1] if match and not _is_generic(match[1]) else None


def _is_generic(name: str) -> bool:
    return not _GENERIC.isdisjoint(name.lower().split())
