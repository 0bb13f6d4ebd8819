"""Idempotency keys: of several requests under one key the first is carried out, and the others get its answer."""

from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Update, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.store import dialects
from otpstream.control.store.keys import idempotency_keys as table


class Answer(NamedTuple):
    """What was answered under a key."""

    status: int
    content_type: str
    body: bytes


async def take(
    connection: AsyncConnection, *, client: str, key: str, request_hash: str, until: datetime, now: datetime
) -> Answer | Literal["taken", "under_way", "other_request"]:
    """Take a key for a request, or learn what was answered under it.

    Args:
        connection: inside a transaction of its own, so that others see the key taken.
        client: whose key.
        key: as the client chose it.
        request_hash: tells requests apart.
        until: when the request is over even if nobody says so, because its process died.
        now: our clock, aware.

    Returns:
        The answer that was given; or taken: carry the request out; under_way: the first one is; other_request: the key was used
        for another request.
    """
    new = dialects.insert(connection, table).values(
        client=client, key=key, request_hash=request_hash, taken_until=until, created_at=now
    )
    inserted = await connection.execute(new.on_conflict_do_nothing().returning(table.c.key))
    if inserted.first() is not None:
        return "taken"
    statement = select(table).where(table.c.client == client, table.c.key == key).with_for_update()
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        return "under_way"
    if row.request_hash != request_hash:
        return "other_request"
    if row.status is not None:
        return Answer(row.status, row.content_type, row.body)
    if row.taken_until > now:
        return "under_way"
    await connection.execute(_of(client, key).values(taken_until=until))
    return "taken"


async def keep(connection: AsyncConnection, *, client: str, key: str, answer: Answer) -> None:
    """Remember what was answered; the first answer stays."""
    await connection.execute(
        _of(client, key)
        .where(table.c.status.is_(None))
        .values(status=answer.status, content_type=answer.content_type, body=answer.body)
    )


async def let_go(connection: AsyncConnection, *, client: str, key: str) -> None:
    """Free a key whose request was not carried out."""
    await connection.execute(
        delete(table).where(table.c.client == client, table.c.key == key, table.c.status.is_(None))
    )


async def forget(connection: AsyncConnection, *, before: datetime) -> None:
    """Free the keys that were taken before a time."""
    await connection.execute(delete(table).where(table.c.created_at < before))


def _of(client: str, key: str) -> Update:
    return update(table).where(table.c.client == client, table.c.key == key)
