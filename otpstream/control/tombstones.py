"""Tombstones: a key whose rentals or verifications are all over for long is forgotten, by the topic and by whoever follows it.

A one-time number is a new key an order, and most phones are verified once: without tombstones the compacted topics grow for ever, and with
them every restart. A tombstone is written like any other record of its key, through the outbox and under the hold of the key; so one that
was told meanwhile either is seen here or goes out after it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from otpstream.control.rentals.states import LIVE
from otpstream.control.store import outbox, told_keys
from otpstream.control.store.rentals import rentals
from otpstream.control.store.told_keys import ToldKey
from otpstream.control.store.verifications import verifications
from schemas.cloudevents import headers
from schemas.rentals import RentalState
from schemas.topics import OVER_KEPT_SECONDS, RENTALS, VERIFICATIONS
from schemas.verifications import VerificationState

SOURCE = "/otpstream/control/tombstones"
KEPT = timedelta(seconds=OVER_KEPT_SECONDS)
LOOKED_AT_ONCE = 1_000
"""Keys a turn, each in a transaction of its own: some seconds, and a million a day where turns are a minute apart."""


async def bury(engine: AsyncEngine, *, now: datetime) -> int:
    """Write the tombstones that are due.

    Args:
        engine: of the store.
        now: our clock, aware.

    Returns:
        How many were written.
    """
    async with engine.connect() as connection:
        due = await told_keys.due(connection, now=now, limit=LOOKED_AT_ONCE)
    written = 0
    for one in due:
        async with engine.begin() as connection:
            written += await _bury(connection, one, now=now)
    return written


async def _bury(connection: AsyncConnection, one: ToldKey, *, now: datetime) -> bool:
    await outbox.hold(connection, topic=one.topic, key=one.key)
    needed, ce_type = _KINDS[one.topic]
    if await connection.scalar(select(exists().where(needed(one.key, now - KEPT)))):
        await told_keys.postpone(connection, one, look_at=now + KEPT)
        return False
    if not await told_keys.remove(connection, one):
        return False
    written = headers(ce_type=ce_type, source=SOURCE, event_id=uuid4().hex, time=now)
    await outbox.add(connection, topic=one.topic, key=one.key, value=None, headers=written)
    return True


def _rental_is_needed(line: str, since: datetime) -> ColumnElement[bool]:
    """Of any rental of the line, not only the one that was told last: a refund may be told while the next rental lives."""
    return (rentals.c.line == line) & or_(rentals.c.state.in_(LIVE), rentals.c.updated_at > since)


def _verification_is_needed(key: str, since: datetime) -> ColumnElement[bool]:
    v = verifications.c
    return or_(v.line == key, v.phone == key) & or_(v.ended_at.is_(None), v.updated_at > since)


_Needed = Callable[[str, datetime], ColumnElement[bool]]
_KINDS: dict[str, tuple[_Needed, str]] = {
    RENTALS.name: (_rental_is_needed, RentalState.ce_type),
    VERIFICATIONS.name: (_verification_is_needed, VerificationState.ce_type),
}
"""Whether the newest state of a key may still be asked for, and the type of its records."""
