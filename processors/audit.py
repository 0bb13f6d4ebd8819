"""Audit: which messages the poll brought and no webhook has yet, so that a webhook that is late is told from one that never comes.

What is remembered of such a message is its fingerprint and whose it is: some 200 bytes, until a webhook brings it or the grace is over.
Where webhooks work the poll is seldom first, and there is nothing to remember.

Each message that the poll brought first ends as late or as missing, once, through crashes and rebalances too, since what is remembered is
in the changelog. Missing is said with the first batch of the partition after the grace. A webhook that comes after that is only a copy, and
one that comes while the message is forgotten already (the window of :mod:`processors.deduplicate`) is a message of its own.
"""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from itertools import repeat, takewhile

import msgspec
from msgspec import Struct

from processors.deduplicate import Identity

GRACE_SECONDS = 900.0
"""How long after the poll a webhook may come and count as late: senders repeat a failed one within minutes."""


class Polled(Struct, frozen=True, gc=False):
    """Whose a message is that the poll brought, and when it was processed: seconds since the epoch."""

    provider: str
    account: str
    at: float


Unheard = OrderedDict[int, Polled]
"""By its fingerprint each message that the poll brought and no webhook yet, the oldest first. What is forgotten leaves at the front, where
a plain dict would keep a gap for each, to be stepped over by every batch."""


class _Entries(Struct, frozen=True):
    """Fingerprints that are added at once."""

    polled: Polled
    entries: bytes
    """8 bytes each, little-endian."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Entries).decode


class Audit:
    """What one batch adds to the audit.

    Args:
        unheard: of the partition; it is only read.
        now: seconds since the epoch.
        tolerance_seconds: how far `received_at` of two copies of one SMS may differ.
    """

    __slots__ = ("_audited", "_counts", "_fresh", "_now", "_tolerance", "_unheard")

    def __init__(self, unheard: Unheard, *, now: float, tolerance_seconds: int) -> None:
        self._unheard = unheard
        self._now = now
        self._tolerance = tolerance_seconds
        self._fresh: dict[int, tuple[str, str]] = {}
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._audited: set[int] = set()
        for entry, one in takewhile(lambda item: item[1].at < now - GRACE_SECONDS, unheard.items()):
            self._audited.add(entry)
            self._counts["webhook_missing", one.provider, one.account] += 1

    def poll_was_first(self, identity: Identity, provider: str, account: str) -> None:
        """Note a message that is new, by the poll."""
        self._fresh[identity.entry] = provider, account

    def webhook_was_later(self, identity: Identity) -> None:
        """Note a copy by webhook: it is late where the poll was first and no other webhook came before."""
        entry, _, by_id = identity
        reach = 0 if by_id else self._tolerance
        for near in range(entry - reach, entry + reach + 1):
            if near in self._fresh:
                provider, account = self._fresh.pop(near)
            elif near in self._unheard and near not in self._audited:
                provider, account = self._unheard[near].provider, self._unheard[near].account
                self._audited.add(near)
            else:
                continue
            self._counts["webhook_late", provider, account] += 1
            return

    def polled(self) -> Iterable[bytes]:
        """Return the messages to remember, packed."""
        entries: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("Q"))
        for entry, whose in self._fresh.items():
            entries[whose].append(entry)
        return [_encode(_Entries(Polled(*whose, self._now), some.tobytes())) for whose, some in entries.items()]

    def audited(self) -> Iterator[bytes]:
        """Yield the messages to forget, packed, if there are any."""
        if self._audited:
            yield array("Q", sorted(self._audited)).tobytes()

    def count_into(self, tally: Counter[tuple[str, ...]]) -> None:
        """Add what was late and what is missing, under provider and account; 0 where it can come to something."""
        for whose in set(self._fresh.values()):
            # A series begins at 0, so that the first ones are an increase.
            tally["webhook_missing", *whose] += 0
        tally.update(self._counts)


def remember(unheard: Unheard, value: bytes) -> None:
    """Add what :meth:`Audit.polled` packed."""
    packed = _decode(value)
    unheard.update(zip(_unpacked(packed.entries), repeat(packed.polled)))


def forget(unheard: Unheard, value: bytes) -> None:
    """Drop what :meth:`Audit.audited` packed."""
    for entry in _unpacked(value):
        unheard.pop(entry, None)


def _unpacked(value: bytes) -> array[int]:
    entries = array("Q")
    entries.frombytes(value)
    return entries
