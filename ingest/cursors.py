"""How far the poller has read each number: a floor in time, and what was published above it. Pure.

A provider's list comes whole each time, in whole seconds, and a message may turn up late. So the cursor is no single time but a
floor that stays `overlap` behind the newest message, and the fingerprints of all that was published above the floor:
everything below the floor is old, everything above it is published once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from schemas.events import SmsReceived


@dataclass(frozen=True)
class Cursor:
    """What is known of one number's messages."""

    floor: datetime
    """Messages received before this were published, or are older than anyone wants."""
    published: Mapping[bytes, datetime] = field(default_factory=dict)
    """Fingerprint → `received_at` of each published message that is not below the floor."""


def fingerprint(sms: SmsReceived) -> bytes:
    """Return what tells one message of a line from another; it holds no text."""
    parts = (sms.provider_message_id or "", sms.sender, sms.text, sms.received_at.isoformat())
    return blake2b("\x00".join(parts).encode(), digest_size=16).digest()


def unpublished(cursor: Cursor, messages: Iterable[SmsReceived]) -> list[SmsReceived]:
    """Return the messages that are still to be published: oldest first, each once."""
    new = {
        mark: sms
        for sms in messages
        if sms.received_at >= cursor.floor and (mark := fingerprint(sms)) not in cursor.published
    }
    return sorted(new.values(), key=lambda sms: sms.received_at)


def advanced(cursor: Cursor, published: Sequence[SmsReceived], *, now: datetime, overlap: timedelta) -> Cursor:
    """Return the cursor after messages were published.

    Args:
        cursor: before it.
        published: acknowledged by the broker.
        now: our clock, aware. A message dated after it must not carry the floor along, else all that follows would count as old.
        overlap: how much later than its own time a message may turn up and still be noticed.
    """
    if not published:
        return cursor
    newest = min(max(sms.received_at for sms in published), now)
    floor = max(cursor.floor, newest - overlap)
    known = {**cursor.published, **{fingerprint(sms): sms.received_at for sms in published}}
    return Cursor(floor, {mark: at for mark, at in known.items() if at >= floor})
