"""Holds on prefixes in SQL: what stands on each, written together with the event that tells of it."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.fraud.decision import PrefixHold, event_of
from otpstream.control.store import dialects, outbox
from otpstream.control.store.columns import Moment
from otpstream.control.store.metadata import metadata
from schemas import cloudevents
from schemas.topics import HOLDS
from schemas.verifications import PrefixHoldState

SOURCE = "/otpstream/control/fraud"

prefix_holds = Table(
    "prefix_holds",
    metadata,
    Column("prefix", String(16), primary_key=True),
    Column("action", String(10), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("detail", String(300), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("ends_at", Moment),
    Column("sequence", Integer, nullable=False, server_default="0"),
)

_FIELDS = tuple(field.name for field in fields(PrefixHold))


async def on_phone(connection: AsyncConnection, phone: str) -> list[PrefixHold]:
    """Return what stands on any prefix of a phone, lifted ones included."""
    prefixes = [phone[:end] for end in range(2, len(phone) + 1)]
    rows = await connection.execute(select(prefix_holds).where(prefix_holds.c.prefix.in_(prefixes)))
    return [_hold(row) for row in rows]


async def on_prefix(connection: AsyncConnection, prefix: str) -> PrefixHold | None:
    """Return what stands on one prefix, lifted or over included."""
    row = (await connection.execute(select(prefix_holds).where(prefix_holds.c.prefix == prefix))).first()
    return None if row is None else _hold(row)


async def in_force(connection: AsyncConnection, *, now: datetime) -> list[PrefixHold]:
    """Return all that is in force, by prefix."""
    rows = await connection.execute(select(prefix_holds).order_by(prefix_holds.c.prefix))
    return [hold for hold in map(_hold, rows) if hold.in_force(now)]


async def put(connection: AsyncConnection, hold: PrefixHold) -> None:
    """Write what stands on a prefix, in place of what stood there, and the event that tells of it.

    Args:
        connection: which holds the scope of the prefix, see :func:`otpstream.control.store.verifications.hold_scope`.
        hold: what stands there from then on.
    """
    earlier = await on_prefix(connection, hold.prefix)
    hold = replace(hold, sequence=1 if earlier is None else earlier.sequence + 1)
    values = {name: getattr(hold, name) for name in _FIELDS}
    statement = dialects.insert(connection, prefix_holds).values(values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["prefix"], set_=values))
    event = event_of(hold)
    await outbox.add(
        connection,
        topic=HOLDS.name,
        key=event.key,
        value=event.encode(),
        headers=cloudevents.headers(
            ce_type=PrefixHoldState.ce_type, source=SOURCE, event_id=event.event_id, time=event.changed_at
        ),
    )


def _hold(row: Row[Any]) -> PrefixHold:
    return PrefixHold(**{name: row._mapping[name] for name in _FIELDS})
