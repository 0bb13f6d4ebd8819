"""The text and the code of a numbered message, and the way back: the number is the identity that every output is held to.

`otp.codes.v1` carries no text, so the code itself holds the number: a permutation of the six-digit codes.
"""

import re

CODES = 900_000
"""Six digits without a leading zero: as many messages as one line can tell apart."""
_FIRST_CODE = 100_000
_FACTOR = 7919
"""Prime to the number of codes, so that numbers in a row are codes far apart, and each code is one number's."""
_INVERSE = pow(_FACTOR, -1, CODES)

_NUMBER = re.compile(r"#(\d+)$")


def code_of(sequence: int) -> str:
    """Return the code of a line's message, by its number (0 to 899,999)."""
    return str(_FIRST_CODE + sequence * _FACTOR % CODES)


def sequence_of_code(code: str) -> int:
    """Return the number of the message that a code is of."""
    return (int(code) - _FIRST_CODE) * _INVERSE % CODES


def text_of(sequence: int) -> str:
    """Return the text of a line's message."""
    return f"{code_of(sequence)} is your Acme verification code. Message #{sequence}"


def sequence_of_text(text: str) -> int | None:
    """Return the number of the message that a text is of, None where it has none."""
    found = _NUMBER.search(text)
    return None if found is None else int(found[1])


def line_of(index: int) -> str:
    """Name a line, by its number."""
    return f"chaos:{index}"


def rental_of(index: int) -> str:
    """Name the rental of a line."""
    return f"rental-{index}"


def poison_of(index: int) -> bytes:
    """Return bytes that are not an event."""
    return b'{"poison": %d, "cut off": ' % index


_POISON = re.compile(rb'^\{"poison": (\d+),')


def poison_index(value: bytes) -> int | None:
    """Return the number of poison bytes, None where they are not ours."""
    found = _POISON.match(value)
    return None if found is None else int(found[1])
