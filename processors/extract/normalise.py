"""Brings text to one form: ASCII digits, single blanks, no invisible marks, and a way back to the original positions."""

import re
import sys
import unicodedata
from typing import Final

# Zero-width, bidirectional, variation and keycap marks: they split codes without showing.
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20e3\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)


def _decimal_digits() -> dict[int, str]:
    return {
        point: str(unicodedata.decimal(chr(point)))
        for point in range(0x80, sys.maxunicode + 1)
        if unicodedata.category(chr(point)) == "Nd"
    }


_DIGITS: Final = _decimal_digits()
_BMP_DIGITS: Final = "".join(chr(point) for point in sorted(_DIGITS) if point <= 0xFFFF)
_BLANKS: Final = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_WIDE: Final = "＃＠－．＋＊＝＿" + "".join(map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_TRANSLATION: Final = str.maketrans(
    {wide: chr(ord(wide) - 0xFEE0) for wide in _WIDE}
    | {chr(point): digit for point, digit in _DIGITS.items()}
    | dict.fromkeys(f"\t{_BLANKS}", " ")
    | {"\u066b": ".", "\u066c": ","}
)
# One scan decides whether anything is to be done; characters beyond the BMP are looked for apart, as they would turn
# the character class into a slow list.
_TO_DO: Final = re.compile(f"[{_BMP_DIGITS}{_INVISIBLE}{_WIDE}{_BLANKS}\t]|  ")
_FOUR_BYTES: Final = 0xF0  # what characters beyond the BMP begin with
_ASTRAL_LEADS: Final = (b"\xf0\x90", b"\xf0\x91", b"\xf0\x96", b"\xf0\x9d", b"\xf0\x9e", b"\xf0\x9f\xaf")
_TO_DROP: Final = re.compile(f"(?<= )[ {_INVISIBLE}]+|[{_INVISIBLE}]+")


def normalise(text: str, *, utf8: bytes) -> tuple[str, list[int] | None]:
    """Return the text with ASCII digits and letters, single blanks between words, and no invisible marks or blanks at its ends.

    Args:
        text: the message as received.
        utf8: its UTF-8 bytes in any case, which the caller has at hand.

    Returns:
        The normalised text, and for each of its characters the position in `text`; None where positions are the same.
    """
    if _TO_DO.search(text) is None and not (_FOUR_BYTES in utf8 and any(lead in utf8 for lead in _ASTRAL_LEADS)):
        return text, None
    plain = text.translate(_TRANSLATION)
    if _TO_DROP.search(plain) is None:
        return plain, None
    positions: list[int] = []
    kept: list[str] = []
    last = 0
    for match in _TO_DROP.finditer(plain):
        kept.append(plain[last : match.start()])
        positions.extend(range(last, match.start()))
        last = match.end()
    kept.append(plain[last:])
    positions.extend(range(last, len(plain)))
    shown = "".join(kept)
    stripped = shown.lstrip()
    positions = positions[len(shown) - len(stripped) :]
    return stripped.rstrip(), positions
