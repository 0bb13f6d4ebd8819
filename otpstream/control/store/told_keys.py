"""The keys of compacted topics that hold a record, and when each is looked at: it may be time for a tombstone."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Index, String, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.store import dialects
from otpstream.control.store.columns import Moment
from otpstream.control.store.metadata import metadata

told_keys = Table(
    "told_keys",
    metadata,
    Column("topic", String(249), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("look_at", Moment, nullable=False),
    Index("ix_told_keys_look_at", "look_at"),
)


class ToldKey(NamedTuple):
    """One key of one topic."""

    topic: str
    key: str


async def note(connection: AsyncConnection, keys: Sequence[ToldKey], *, look_at: datetime) -> None:
    """Remember that keys hold a record, to be looked at then; each is there once."""
    if not keys:
        return
    new = dialects.insert(connection, told_keys).values([{**one._asdict(), "look_at": look_at} for one in keys])
    same = [told_keys.c.topic, told_keys.c.key]
    await connection.execute(new.on_conflict_do_update(index_elements=same, set_={"look_at": look_at}))


async def due(connection: AsyncConnection, *, now: datetime, limit: int) -> list[ToldKey]:
    """Return keys that are to be looked at, the longest due first."""
    statement = select(told_keys.c.topic, told_keys.c.key).where(told_keys.c.look_at <= now)
    rows = await connection.execute(statement.order_by(told_keys.c.look_at).limit(limit))
    return [ToldKey(row.topic, row.key) for row in rows]


async def postpone(connection: AsyncConnection, one: ToldKey, *, look_at: datetime) -> None:
    """Look at a key later."""
    await connection.execute(update(told_keys).where(_is(one)).values(look_at=look_at))


async def remove(connection: AsyncConnection, one: ToldKey) -> bool:
    """Let go of a key whose tombstone is written; False where another process has done so."""
    return (await connection.execute(delete(told_keys).where(_is(one)))).rowcount > 0


def _is(one: ToldKey) -> ColumnElement[bool]:
    return (told_keys.c.topic == one.topic) & (told_keys.c.key == one.key)
