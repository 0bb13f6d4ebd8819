"""Finds the spans of a message that look like a number or a code."""

import re
from collections.abc import Iterable
from typing import Final

from processors.extract.chunks import CHUNK, is_settled, separated_role, split_chunk
from processors.extract.roles import Span, numeric_role
from processors.extract.tokens import judge_glued, judge_mixed, judge_prefixed

_SHORTEST: Final = 3
_MOST_SPANS: Final = 32  # a message has a few; the bound keeps hostile input cheap
# A dash and then letters or more digits: `482-KXP`, `12345-67`.
_DASH_TAIL: Final = re.compile("-(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{2,6}(?![A-Za-z0-9-])")


def find_spans(text: str, *, everything: bool = False) -> list[Span]:
    """Return the number-like spans of normalised text, in order.

    Args:
        text: normalised text.
        everything: also dates, times, amounts and numbers of one or two digits, which can be no code.
    """
    spans: list[Span] = []
    done = 0
    for chunk in CHUNK.finditer(text):
        raw = chunk.group()
        if raw.isdigit():
            start, end = chunk.span()
            if end - start < _SHORTEST and not everything and not _touches(text, start, end):
                continue
            plain: Iterable[tuple[int, int, str]] = ((start, end, raw),)
        elif not everything and is_settled(raw) and text[chunk.start() - 1 : chunk.start()] != "+":
            continue
        else:
            plain = split_chunk(chunk)
        for start, end, digits in plain:
            if not everything and (not digits or (end - start < _SHORTEST and not _touches(text, start, end))):
                continue
            if start >= done:
                span = _judge(text, start, end, digits)
                spans.append(span)
                done = span.end
                if len(spans) >= _MOST_SPANS:
                    return spans
    return spans


def _touches(text: str, start: int, end: int) -> bool:
    """Tell whether letters or a dash stand right beside, so that a short number may be part of a longer code."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "-" or after == "-":
        return True
    return (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii())


def _judge(text: str, start: int, end: int, digits: str) -> Span:
    """Judge one number by its shape and by the characters beside it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not digits:
        return Span(start, end, "", "numeric", "phone" if before == "+" else separated_role(text[start:end]))
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        glued = judge_glued(text, start, end, digits)
        if glued is not None:
            return glued
    elif before == "-" and start > 1 and text[start - 2].isalpha() and text[start - 2].isascii():
        return judge_prefixed(text, start, end, digits)
    elif after == "-" and len(digits) <= 5 and _DASH_TAIL.match(text, end):
        return judge_mixed(text, start, end)
    return Span(start, end, digits, "numeric", numeric_role(text, start, end, digits, before, after))
