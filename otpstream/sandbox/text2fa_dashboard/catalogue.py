"""What the simulated dashboard has for rent: services with prices, and the US states with their area codes.

The first key of each list is the document's example; names are of brands that send codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """The three kinds of orders."""

    S1 = "s1"
    S2 = "s2"
    RENTAL = "rental"


@dataclass(frozen=True, slots=True)
class Service:
    """Something that numbers are rented for."""

    key: str
    name: str
    price_cents: int
    """For one SMS; for rentals, for a day."""
    stock: int = 100
    """How many numbers can be rented at a time."""


def _by_key(*services: Service) -> Mapping[str, Service]:
    return MappingProxyType({service.key: service for service in services})


SERVICES: Mapping[Kind, Mapping[str, Service]] = MappingProxyType(
    {
        Kind.S1: _by_key(
            Service("ee1fdp", "Google", 50),
            Service("wa7k2m", "WhatsApp", 75),
            Service("tg90xd", "Telegram", 60),
            Service("pp4q1z", "PayPal", 40, stock=2),
            Service("zz0out", "Sold out", 30, stock=0),
        ),
        Kind.S2: _by_key(
            Service("xyz123", "Facebook", 35),
            Service("abc456", "Amazon", 30),
            Service("out000", "Sold out", 30, stock=0),
        ),
        Kind.RENTAL: _by_key(
            Service("rent123", "Any service", 120),
            Service("rent456", "Microsoft", 90, stock=3),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class State:
    """A US state."""

    code: str
    name: str
    area_codes: tuple[str, ...]
    """The first is where numbers come from if only the state is asked for."""


_STATES = """\
AL Alabama 205 251|AK Alaska 907|AZ Arizona 480 602|AR Arkansas 479 501|CA California 213 415|CO Colorado 303 719
CT Connecticut 203 860|DE Delaware 302|DC District of Columbia 202|FL Florida 305 407|GA Georgia 404 706|HI Hawaii 808
ID Idaho 208|IL Illinois 217 312|IN Indiana 219 317|IA Iowa 319 515|KS Kansas 316 785|KY Kentucky 502 606
LA Louisiana 225 504|ME Maine 207|MD Maryland 301 410|MA Massachusetts 413 617|MI Michigan 313 517|MN Minnesota 218 612
MS Mississippi 228 601|MO Missouri 314 816|MT Montana 406|NE Nebraska 308 402|NV Nevada 702 775|NH New Hampshire 603
NJ New Jersey 201 609|NM New Mexico 505 575|NY New York 212 518|NC North Carolina 704 919|ND North Dakota 701
OH Ohio 216 614|OK Oklahoma 405 918|OR Oregon 503 541|PA Pennsylvania 215 610|RI Rhode Island 401
SC South Carolina 803 843|SD South Dakota 605|TN Tennessee 615 901|TX Texas 214 512|UT Utah 435 801|VT Vermont 802
VA Virginia 540 703|WA Washington 206 509|WV West Virginia 304|WI Wisconsin 414 608|WY Wyoming 307"""


def _read_state(line: str) -> State:
    code, *rest = line.split()
    area_codes = tuple(word for word in rest if word.isdecimal())
    name = " ".join(word for word in rest if not word.isdecimal())
    return State(code, name, area_codes)


STATES: Mapping[str, State] = MappingProxyType(
    {line[:2]: _read_state(line) for line in _STATES.replace("\n", "|").split("|")}
)
"""The states and the District of Columbia, by their two letters."""

AREA_CODES: Mapping[str, State] = MappingProxyType(
    {area_code: state for state in STATES.values() for area_code in state.area_codes}
)
"""The states by area code."""
