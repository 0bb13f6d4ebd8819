"""Splits runs of digits and separators into the numbers they are made of."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_PHONE_DIGITS_MAX: Final = 15  # E.164
_TOKEN_DIGITS_MIN: Final = 16  # prepaid electricity and the like come in groups

# Separators that may stand once between the digits of one code, date, time, amount or phone.
CHUNK: Final = re.compile("[0-9][0-9]*(?:(?:[-.,:/'·\u00a0\u202f\u2010-\u2015\u2212 ]| [-\u2010-\u2015] )[0-9]+)*")
_PIECE: Final = re.compile("[^ \u00a0\u202f]+")
_BLANKS: Final = frozenset(" \u00a0\u202f")
DASHES: Final = "-‐‑‒–—―−"
"""All that people write for a dash."""
_GROUP: Final = re.compile("[0-9]+")
_SPACED_SHAPES: Final = frozenset(
    {(3, 3), (2, 2), (2, 2, 2), (4, 4), (3, 2), (2, 3), (3, 4), (4, 3), (2, 2, 2, 2), (4, 2), (2, 4)}
    | {(1,) * count for count in range(4, 11)}
)
_DASHED_SHAPES: Final = _SPACED_SHAPES | {(3, 3, 3), (3, 3, 2), (3, 3, 1), (5, 5), (1, 3, 2), (4, 4, 2)}
_DOTTED: Final = re.compile(r"\d{3}\.\d{3}")  # a code in groups, or thousands: its label tells
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:19|20)"
_DATE: Final = re.compile(
    rf"{_DAY}([-./]){_MONTH}(?:\1{_YEAR}?\d\d)?|{_MONTH}([-./]){_DAY}\2{_YEAR}?\d\d|{_YEAR}\d\d([-./]){_MONTH}\3{_DAY}"
)
_YEARS: Final = re.compile(rf"{_YEAR}\d\d-(?:{_YEAR})?\d\d")
_TIME: Final = re.compile(r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?")
_AMOUNT: Final = re.compile(r"\d{1,3}(?:[., '\u00a0\u202f]\d{2,3})*[.,]\d{3}(?:[.,]\d{1,2})?|\d+[.,]\d{1,2}")
# Shapes that leave no doubt, without a dash or a blank: `14:30`, `12.05.2026`, `1,250.00`.
_SETTLED: Final = re.compile(
    rf"[0-2]?\d:[0-5]\d|{_DAY}([./]){_MONTH}\1{_YEAR}?\d\d|(?:[0-2]\d|3[01])-[01]\d-{_YEAR}\d\d|\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?|\d+[.,]\d\d?"
)


def is_settled(raw: str) -> bool:
    """Tell whether a whole chunk is a date, a time or an amount by its shape."""
    return _SETTLED.fullmatch(raw) is not None


def split_chunk(chunk: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, digits) of the numbers in a chunk; digits are empty where the shape is no plain number."""
    raw, offset = chunk.group(), chunk.start()
    international = chunk.string[offset - 1 : offset] == "+"
    if not international and _BLANKS.isdisjoint(raw):
        yield from _split_piece(raw, offset)
        return
    pieces = [(match.start(), match.end(), match.group()) for match in _PIECE.finditer(raw)]
    if international:
        phone_end = _phone_end(pieces)
        yield offset, offset + phone_end, ""
        pieces = [piece for piece in pieces if piece[1] > phone_end]
    index = 0
    while index < len(pieces):
        if pieces[index][2] in DASHES:  # between two numbers
            index += 1
            continue
        count = _joined(pieces, index)
        start, end = pieces[index][0], pieces[index + count - 1][1]
        if count > 1:
            yield offset + start, offset + end, "".join(_GROUP.findall(raw[start:end]))
        else:
            yield from _split_piece(pieces[index][2], offset + start)
        index += count


def _phone_end(pieces: list[tuple[int, int, str]]) -> int:
    """Return where an international number ends: at most 15 digits, in pieces."""
    digits, end = 0, pieces[0][1]
    for _, piece_end, piece in pieces[:8]:
        digits += sum(map(str.isdigit, piece))
        if digits > _PHONE_DIGITS_MAX:
            break
        end = piece_end
    return end


def _joined(pieces: list[tuple[int, int, str]], index: int) -> int:
    """Return how many blank-separated pieces from `index` on make one number: a code, or a longer one (a phone)."""
    lengths: list[int] = []
    counts: list[int] = []  # how many pieces it takes to so many lengths, dashes between them included
    for count, (_, _, piece) in enumerate(pieces[index : index + 12], 1):
        if piece in DASHES:
            continue
        if not piece.isdigit():
            break
        lengths.append(len(piece))
        counts.append(count)
    if len(lengths) < 2:
        return 1
    if all(2 <= length <= 4 for length in lengths) and sum(lengths) >= 9 and len(lengths) >= 3:
        return counts[-1]
    if len(lengths) >= 4 and sum(lengths) >= _TOKEN_DIGITS_MIN:
        return counts[-1]
    if set(lengths) == {1} and len(lengths) >= 4:
        return counts[-1]
    for fewer in range(min(len(lengths), 4), 1, -1):
        if tuple(lengths[:fewer]) in _SPACED_SHAPES:
            return counts[fewer - 1]
    return 1


def _split_piece(piece: str, offset: int) -> Iterator[tuple[int, int, str]]:
    if piece.isdigit():
        yield offset, offset + len(piece), piece
        return
    if _DOTTED.fullmatch(piece):
        yield offset, offset + len(piece), piece[:3] + piece[4:]
        return
    if "-" not in piece and piece.isascii() and separated_role(piece) != "number":
        yield offset, offset + len(piece), ""
        return
    groups = list(_GROUP.finditer(piece))
    separators = {piece[left.end() : right.start()] for left, right in pairwise(groups)}
    dashed = all(separator in "-‐‑‒–—−·" for separator in separators)
    if _YEARS.fullmatch(piece):
        yield offset, offset + len(piece), ""
    elif dashed and tuple(len(group.group()) for group in groups) in _DASHED_SHAPES and not _is_plain_date(piece):
        yield offset, offset + len(piece), "".join(group.group() for group in groups)
    elif len(groups) > 2 or dashed or separated_role(piece) != "number":
        yield offset, offset + len(piece), ""
    else:
        for group in groups:
            yield offset + group.start(), offset + group.end(), group.group()


def _is_plain_date(piece: str) -> bool:
    """A dashed group of six that reads as day-month-year is a date; of three and three it cannot be."""
    return len(piece) == 10 and _DATE.fullmatch(piece) is not None


def separated_role(raw: str) -> str:
    """Name what a number with separators is by its shape."""
    if _DATE.fullmatch(raw) or _YEARS.fullmatch(raw):
        return "date"
    if _TIME.fullmatch(raw):
        return "time"
    if _AMOUNT.fullmatch(raw):
        return "amount"
    return "number"
