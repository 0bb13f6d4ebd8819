"""Phone numbers that a simulator may rent out: valid to look at, and nobody is reached by them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

_US_AREA_CODE = "202"  # where no other area is asked for


@dataclass(frozen=True, slots=True)
class _NumberRange:
    """Numbers of one country or area: prefix, first suffix, digits of the suffix."""

    prefix: str
    first: int
    digits: int

    def number(self, index: int) -> str | None:
        suffix = f"{self.first + index:0{self.digits}d}"
        return self.prefix + suffix if len(suffix) == self.digits else None


_NUMBER_RANGES: Mapping[str, _NumberRange] = {
    "DE": _NumberRange("+4917139200", first=0, digits=2),  # kept for films by the Bundesnetzagentur
    "GB": _NumberRange("+447700900", first=0, digits=3),  # kept for drama by Ofcom
    "FR": _NumberRange("+3363998", first=0, digits=4),  # kept for fiction by ARCEP
}

COUNTRIES: Mapping[str, str] = {
    "US": "United States",
    "DE": "Germany",
    "GB": "United Kingdom",
    "FR": "France",
}
"""Where numbers can be rented: ISO 3166-1 alpha-2 and English name."""


class NumberPool:
    """Hands out numbers; several simulators may share one, so that no number is rented twice at a time.

    Numbers never used come first, then those given back, the longest unused first.
    """

    def __init__(self) -> None:
        self._handed_out: Counter[str] = Counter()
        self._returned: dict[str, deque[str]] = {}
        self._prefix_of: dict[str, str] = {}

    def take(self, country: str = "US", *, area_code: str | None = None) -> str | None:
        """Hand out a number.

        Args:
            country: ISO 3166-1 alpha-2.
            area_code: Three digits of the US; other countries have no areas.

        Returns:
            The number as E.164; None if there is none left or the country is unknown.
        """
        number_range = _range_of(country, area_code or _US_AREA_CODE)
        if number_range is None:
            return None
        number = number_range.number(self._handed_out[number_range.prefix])
        if number is None:
            returned = self._returned.get(number_range.prefix)
            return returned.popleft() if returned else None
        self._handed_out[number_range.prefix] += 1
        self._prefix_of[number] = number_range.prefix
        return number

    def give_back(self, number: str) -> None:
        """Take a number back, so that it can be handed out again.

        Raises:
            KeyError: It was not handed out here.
        """
        self._returned.setdefault(self._prefix_of[number], deque()).append(number)


def _range_of(country: str, area_code: str) -> _NumberRange | None:
    if country == "US":
        return _NumberRange(f"+1{area_code}555", first=100, digits=4)  # 555-0100 onwards, which films use
    return _NUMBER_RANGES.get(country)
