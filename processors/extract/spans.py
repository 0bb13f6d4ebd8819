"""Finds the spans of a message that look like a number or a code."""

import re
import string
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from processors.extract.chunks import CHUNK, is_settled, separated_role, split_chunk
from processors.extract.roles import Span, is_quantity_next, numeric_role
from processors.extract.tokens import judge_dashed, judge_glued, judge_mixed, judge_prefixed

_SHORTEST: Final = 3
_MOST_SPANS: Final = 32  # a message has a few; the bound keeps hostile input cheap
_LETTERS: Final = frozenset(string.ascii_letters)
_TOUCHING: Final = _LETTERS | {"-"}
# A third of the price of calling the class.
_span: Callable[[tuple[int, int, str, str, str]], Span] = partial(tuple.__new__, Span)
_BEFORE_A_COUNT: Final = re.compile("[0-9]{4,8},[0-9]{1,2}")  # `481902,15 min`
# A dash and then letters or more digits: `482-KXP`, `12345-67`.
_DASH_TAIL: Final = re.compile("-(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{2,6}(?![A-Za-z0-9-])")


def find_spans(text: str, *, everything: bool = False) -> list[Span]:
    """Return the number-like spans of normalised text, in order.

    Args:
        text: normalised text.
        everything: also dates, times, amounts and numbers of one or two digits, which can be no code.
    """
    spans: list[Span] = []
    done = likely = 0
    for chunk in CHUNK.finditer(text):
        raw = chunk.group()
        if raw.isdigit():
            numbers: Iterable[tuple[int, int, str]] = ((*chunk.span(), raw),)
        elif _BEFORE_A_COUNT.fullmatch(raw) and is_quantity_next(text, chunk.end()):
            comma = chunk.start() + raw.index(",")
            numbers = ((chunk.start(), comma, raw.partition(",")[0]), (comma + 1, chunk.end(), raw.partition(",")[2]))
        elif is_settled(raw) and text[chunk.start() - 1 : chunk.start()] != "+":
            if everything:
                spans += [_judge(text, *number) for number in split_chunk(chunk)]
            continue
        elif "-" in raw and _is_within_token(text, *chunk.span(), raw):
            numbers = ((*chunk.span(), raw),)
        else:
            numbers = split_chunk(chunk)
        for start, end, digits in numbers:
            plausible = digits and (end - start >= _SHORTEST or _touches(text, start, end))
            if start >= done and (plausible or everything):
                span = _judge(text, start, end, digits)
                spans.append(span)
                done = span.end
                likely += bool(plausible)
                if likely >= _MOST_SPANS:
                    return spans
    return spans


def _is_within_token(text: str, start: int, end: int, raw: str) -> bool:
    """Tell whether letters touch digits that a dash alone parts."""
    return raw.replace("-", "").isdigit() and (text[start - 1 : start] in _LETTERS or text[end : end + 1] in _LETTERS)


def _touches(text: str, start: int, end: int) -> bool:
    """Tell whether letters or a dash stand right beside, so that a short number may be part of a longer code."""
    return text[start - 1 : start] in _TOUCHING or text[end : end + 1] in _TOUCHING


def _judge(text: str, start: int, end: int, digits: str) -> Span:
    """Judge one number by its shape and by the characters beside it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not digits:
        return Span(start, end, "", "numeric", "phone" if before == "+" else separated_role(text[start:end]))
    if "-" in digits:
        return judge_dashed(text, start, end)
    if before in _LETTERS or after in _LETTERS:
        glued = judge_glued(text, start, end, digits)
        if glued is not None:
            return glued
    elif before == "-" and start > 1 and text[start - 2] in _LETTERS:
        return judge_prefixed(text, start, end, digits)
    elif after == "-" and len(digits) <= 5 and _DASH_TAIL.match(text, end):
        return judge_mixed(text, start, end)
    return _span((start, end, digits, "numeric", numeric_role(text, start, end, digits, before, after)))
