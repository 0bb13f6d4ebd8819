"""The outbox: what is to be said on Kafka, written in the transaction that changes the state, so that neither comes without the other.

The ids of one key follow the order of its commits. SQLite has one writer at a time; on PostgreSQL `add` holds a lock on the key until
its transaction ends, since an id that was drawn first may be committed last.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import JSON, Column, LargeBinary, String, Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from otpstream.control.store import dialects
from otpstream.control.store.columns import Counter, Moment
from otpstream.control.store.metadata import metadata
from schemas.cloudevents import Headers

outbox = Table(
    "outbox",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("topic", String(249), nullable=False),
    Column("key", String(300), nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("written_at", Moment, nullable=False, default=lambda: datetime.now(UTC)),
    sqlite_autoincrement=True,
)

_RELAY_LOCK = "otpstream.outbox.relay"
_TOMBSTONE = b""
"""How a record without a value is written down; no event is empty."""


class Pending(NamedTuple):
    """One record that is not acknowledged yet."""

    id: int
    topic: str
    key: str
    value: bytes | None
    """None: a tombstone."""
    headers: Headers
    written_at: datetime


async def hold(connection: AsyncConnection, *, topic: str, key: str) -> None:
    """Keep others from writing under a key until the transaction ends.

    Whoever also locks the row that the key is of does so after this, so that no two transactions wait for each other.
    """
    await dialects.hold(connection, f"{topic} {key}")


async def add(connection: AsyncConnection, *, topic: str, key: str, value: bytes | None, headers: Headers) -> None:
    """Write one record, to be published after the transaction has committed, behind all earlier ones of its key.

    Args:
        connection: inside the transaction of the state change.
        topic: its name.
        key: the record's key; order holds within it.
        value: the record's value, never empty; None for a tombstone.
        headers: the record's headers, such as :func:`schemas.cloudevents.headers` gives.
    """
    await hold(connection, topic=topic, key=key)
    # Kafka's header values are bytes; Latin-1 maps each byte to one character and back.
    written = [[name, content.decode("latin-1")] for name, content in headers]
    await connection.execute(insert(outbox).values(topic=topic, key=key, value=value or _TOMBSTONE, headers=written))


class Turn:
    """The right to publish.

    Args:
        connection: whose transaction holds the lock; None: a store on SQLite, which belongs to one process with one relay.
    """

    def __init__(self, connection: AsyncConnection | None) -> None:
        self._connection = connection

    async def check(self) -> None:
        """Make sure that the right is still held.

        Raises:
            sqlalchemy.exc.DBAPIError: the connection broke, and with it the lock: another relay may publish.
        """
        if self._connection is not None:
            await self._connection.execute(select(1))


@asynccontextmanager
async def turn(engine: AsyncEngine) -> AsyncIterator[Turn | None]:
    """Hold the right to publish for as long as the context lasts; None while another relay has it."""
    if engine.dialect.name != "postgresql":
        yield Turn(None)
        return
    async with engine.begin() as connection:
        asked = await connection.execute(select(func.pg_try_advisory_xact_lock(func.hashtextextended(_RELAY_LOCK, 0))))
        yield Turn(connection) if asked.scalar_one() else None


async def pending(connection: AsyncConnection, *, limit: int) -> list[Pending]:
    """Return the oldest records that are not acknowledged yet, in order."""
    rows = await connection.execute(select(outbox).order_by(outbox.c.id).limit(limit))
    return [
        Pending(
            row.id,
            row.topic,
            row.key,
            row.value or None,
            [(name, content.encode("latin-1")) for name, content in row.headers],
            row.written_at,
        )
        for row in rows
    ]


async def remove(connection: AsyncConnection, ids: list[int]) -> None:
    """Let go of records that Kafka has acknowledged."""
    await connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))


async def backlog(connection: AsyncConnection) -> tuple[int, datetime | None]:
    """Return how many records wait, and since when the oldest does."""
    row = (await connection.execute(select(func.count(), func.min(outbox.c.written_at)))).one()
    return row[0], row[1]
