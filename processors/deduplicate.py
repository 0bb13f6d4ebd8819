"""Deduplicate: the same SMS by webhook and by poll is one message; the same text sent again later is another.

What makes two records the same SMS: line, sender and text are equal and `received_at` differs by at most the tolerance; or, where the
provider gives every SMS an id on every path, that id alone.

What is remembered of a message is one integer of 60 bits, in a set for the hour that it was received in. The integer is a fingerprint of
line, sender and text, *plus* the second of `received_at`: two records within a tolerance of T seconds are integers at most T apart, so one
look-up of 2T+1 neighbours answers, and a set of small integers is the whole state: 32 bytes a message for the integer and, in an hour of
a thousand messages or more, up to 68 for its slot. By chance a new message is taken for a known one once in 10^11, with a million messages
in its hour.

An hour's set is dropped once nothing was added to it for a whole window: by our clock, not the provider's, so that a backlog is
deduplicated as well as live traffic.
"""

import struct
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from xxhash import xxh3_64_intdigest

HOUR_SECONDS = 3600

_HEADER = struct.Struct(">BIi")
"""Version of the layout, when it was added (s), which hour it belongs to; then the entries."""
_ENTRY = struct.Struct("<Q")
_LAYOUT_VERSION = 1
_64_BITS = 2**64 - 1
"""An entry is written in 8 bytes: a time before 1970 must not make it negative."""
_SLOT_BYTES = 68
"""A set below 50,000 entries grows fourfold, to 107 bytes an entry; a copy of it is made for twice its entries: 64 at the most."""
_SMALL_SET = 1_000
"""Below this a copy may be no tighter, and there is little to gain."""


class Identity(NamedTuple):
    """What decides whether two records are the same SMS."""

    entry: int
    second: int
    """`received_at` in whole seconds since the epoch: which hour's set the entry is in."""
    by_id: bool
    """True: the provider's id decides, whatever the second."""


_identity = partial(tuple.__new__, Identity)  # a third of the price of calling the class


@dataclass(slots=True)
class Seen:
    """The messages of the window: entries by the hour they were received in."""

    hours: dict[int, set[int]] = field(default_factory=dict)
    touched: dict[int, float] = field(default_factory=dict)
    """When an entry was last added to an hour's set: seconds since the epoch, our clock."""

    def __len__(self) -> int:
        return sum(map(len, self.hours.values()))


def identify(
    line: str, sender: str, text: str, received_seconds: float, provider_message_id: str | None = None
) -> Identity:
    """Return the identity of an SMS; `received_seconds` is `received_at` in seconds since the epoch."""
    second = int(received_seconds)
    if provider_message_id is None:
        content = f"{line}\0{sender}\0{text}".encode("utf-8", "surrogatepass")
        return _identity((((xxh3_64_intdigest(content) >> 4) + second) & _64_BITS, second, False))
    content = f"{line}\0{provider_message_id}".encode("utf-8", "surrogatepass")
    return _identity((xxh3_64_intdigest(content, 1) >> 4, second, True))


def is_known(seen: Seen, identity: Identity, tolerance_seconds: int) -> bool:
    """Tell whether a message of this identity is remembered."""
    entry, second, by_id = identity
    hours = seen.hours
    if by_id:
        return any(entry in entries for entries in hours.values())
    neighbours = range(entry - tolerance_seconds, entry + tolerance_seconds + 1)
    first = (second - tolerance_seconds) // HOUR_SECONDS
    last = (second + tolerance_seconds) // HOUR_SECONDS
    if first in hours and not hours[first].isdisjoint(neighbours):
        return True
    return last != first and last in hours and not hours[last].isdisjoint(neighbours)


def remember(seen: Seen, identity: Identity, *, at: float) -> None:
    """Add a message; `at` is now, in seconds since the epoch."""
    hour = identity.second // HOUR_SECONDS
    entries = seen.hours.get(hour)
    if entries is None:
        seen.hours[hour] = {identity.entry}
    else:
        entries.add(identity.entry)
    seen.touched[hour] = at


def forget(seen: Seen, *, before: float) -> None:
    """Drop the hours to which nothing was added since `before`."""
    for hour in [hour for hour, touched in seen.touched.items() if touched < before]:
        del seen.hours[hour], seen.touched[hour]


def pack(fresh: Seen) -> Iterable[bytes]:
    """Write what a batch added, one value an hour, for the changelog."""
    for hour, entries in fresh.hours.items():
        yield _HEADER.pack(_LAYOUT_VERSION, int(fresh.touched[hour]), hour) + array("Q", entries).tobytes()


def unpack(seen: Seen, value: bytes) -> None:
    """Add what :func:`pack` wrote.

    Raises:
        ValueError: a layout that this release does not know.
    """
    version, touched, hour = _HEADER.unpack_from(value)
    if version != _LAYOUT_VERSION:
        raise ValueError(f"the changelog holds fingerprints of layout {version}; this release reads {_LAYOUT_VERSION}")
    held = seen.hours.get(hour)
    if held is None:
        held = seen.hours[hour] = set()
    if len(value) == _HEADER.size + _ENTRY.size:
        # A lone message, of the quiet hours: there can be millions of them. `int.from_bytes` would keep 48 bytes for each, not 32.
        held.add(*_ENTRY.unpack_from(value, _HEADER.size))
    else:
        entries = array("Q")
        entries.frombytes(value[_HEADER.size :])
        held.update(entries)
    if len(held) > _SMALL_SET and sys.getsizeof(held) > _SLOT_BYTES * len(held):
        seen.hours[hour] = set(held)
    if touched > seen.touched.get(hour, -1.0):
        seen.touched[hour] = touched
