"""Reading and writing rentals and intents. What is written here reaches Kafka: each change of a rental goes to the outbox with it."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.rentals.rental import Intent, IntentState, Rental, as_event
from otpstream.control.rentals.states import LIVE, RentalStatus
from otpstream.control.store import outbox
from otpstream.control.store.rentals import intents, rentals
from schemas.cloudevents import headers
from schemas.topics import RENTALS

SOURCE = "/otpstream/control"
DETAIL_LIMIT = 200


async def find(connection: AsyncConnection, rental_id: str) -> Rental | None:
    """Return a rental."""
    return next(iter(await _rentals(connection, _by_id(rental_id))), None)


async def find_held(connection: AsyncConnection, rental_id: str) -> Rental | None:
    """Return a rental, and keep others from changing it, its intents and the messages of its line until the transaction ends."""
    rental = await find(connection, rental_id)
    if rental is None:
        return None
    if rental.line is not None:
        await hold_line(connection, rental.line)
    return next(iter(await _rentals(connection, _by_id(rental_id).with_for_update())), None)


async def held(connection: AsyncConnection, rental_id: str) -> Rental:
    """Return a rental that is known to be there, as :func:`find_held` does."""
    rental = await find_held(connection, rental_id)
    if rental is None:
        raise LookupError(f"rental {rental_id} is gone from the store")
    return rental


async def hold_line(connection: AsyncConnection, line: str) -> None:
    """Keep others from changing the rentals of a line until the transaction ends; to be done before any of its rows is locked."""
    await outbox.hold(connection, topic=RENTALS.name, key=line)


async def page(
    connection: AsyncConnection,
    *,
    client: str | None,
    states: Collection[str],
    limit: int,
    before: tuple[datetime, str] | None,
) -> list[Rental]:
    """Return rentals, the newest first.

    Args:
        connection: inside a transaction.
        client: whose; None: everybody's.
        states: only these; empty: all.
        limit: how many at the most.
        before: `requested_at` and id of the last one of the page before; None: from the newest.
    """
    statement = select(rentals).order_by(rentals.c.requested_at.desc(), rentals.c.rental_id.desc()).limit(limit)
    if client is not None:
        statement = statement.where(rentals.c.client == client)
    if states:
        statement = statement.where(rentals.c.state.in_(states))
    if before is not None:
        at, rental_id = before
        older = and_(rentals.c.requested_at == at, rentals.c.rental_id < rental_id)
        statement = statement.where(or_(rentals.c.requested_at < at, older))
    return await _rentals(connection, statement)


async def count_live(connection: AsyncConnection, client: str) -> int:
    """Return how many rentals a client has that live or may come to live."""
    states = [*LIVE, "requested"]
    statement = select(func.count()).where(rentals.c.client == client, rentals.c.state.in_(states))
    return (await connection.execute(statement)).scalar_one()


async def of_supplier(connection: AsyncConnection, supplier: str, account: str) -> list[Rental]:
    """Return the rentals that live on one account."""
    statement = select(rentals).where(
        rentals.c.supplier == supplier, rentals.c.account == account, rentals.c.state.in_(LIVE)
    )
    return await _rentals(connection, statement)


async def on_line(connection: AsyncConnection, account: str, line: str) -> Rental | None:
    """Return the rental that lives on a line, kept from others until the transaction ends."""
    statement = select(rentals).where(rentals.c.account == account, rentals.c.line == line, rentals.c.state.in_(LIVE))
    return next(iter(await _rentals(connection, statement.with_for_update())), None)


async def ended_since(connection: AsyncConnection, supplier: str, account: str, *, since: datetime) -> list[Rental]:
    """Return the rentals of an account that ended after a time."""
    statement = select(rentals).where(
        rentals.c.supplier == supplier, rentals.c.account == account, rentals.c.ended_at > since
    )
    return await _rentals(connection, statement)


async def due(connection: AsyncConnection, *, now: datetime, limit: int) -> list[Rental]:
    """Return live rentals whose end, or whose time to be given back, has come."""
    statement = (
        select(rentals)
        .where(rentals.c.state.in_(LIVE), or_(rentals.c.ends_at <= now, rentals.c.cancel_at <= now))
        .order_by(rentals.c.requested_at)
        .limit(limit)
    )
    return await _rentals(connection, statement)


async def line_of(connection: AsyncConnection, phone: str) -> str | None:
    """Return the line whose number a phone (E.164) is, the one that began last; None where it is not one of ours."""
    statement = (
        select(rentals.c.line)
        .where(rentals.c.phone == phone, rentals.c.state.in_(LIVE))
        .order_by(rentals.c.began_at.desc())
        .limit(1)
    )
    line: str | None = await connection.scalar(statement)
    return line


async def insert_rental(connection: AsyncConnection, rental: Rental) -> None:
    """Write a new rental, and tell of it where it has a line."""
    await connection.execute(insert(rentals).values(**asdict(rental)))
    if rental.line is not None:
        await _tell(connection, rental)


async def save(connection: AsyncConnection, was: Rental, **changes: Any) -> Rental:
    """Change a rental that this transaction holds, and tell of it where others would see a difference.

    Args:
        connection: inside the transaction.
        was: as read.
        changes: columns, `updated_at` among them.
    """
    rental = replace(was, **changes)
    await connection.execute(update(rentals).where(rentals.c.rental_id == was.rental_id).values(**changes))
    if rental.line is not None and rental.state != "failed" and not _looks_the_same(was, rental):
        await _tell(connection, rental)
    return rental


async def insert_intent(connection: AsyncConnection, intent: Intent) -> None:
    """Write down what is about to be asked of a supplier."""
    await connection.execute(insert(intents).values(**asdict(intent)))


async def open_intent(connection: AsyncConnection, rental_id: str) -> Intent | None:
    """Return the intent of a rental whose outcome is not known."""
    statement = select(intents).where(intents.c.rental_id == rental_id, intents.c.state == "open")
    return next(iter(await _intents(connection, statement)), None)


async def open_intents(connection: AsyncConnection, supplier: str, account: str) -> list[Intent]:
    """Return the intents on one account whose outcome is not known, oldest first."""
    statement = (
        select(intents)
        .where(intents.c.state == "open", intents.c.supplier == supplier, intents.c.account == account)
        .order_by(intents.c.created_at)
    )
    return await _intents(connection, statement)


async def asked_before(connection: AsyncConnection, client: str, idempotency_key: str) -> Intent | None:
    """Return the last intent that a client's request under this idempotency key led to."""
    statement = (
        select(intents)
        .where(intents.c.client == client, intents.c.idempotency_key == idempotency_key)
        .order_by(intents.c.attempt.desc())
        .limit(1)
    )
    return next(iter(await _intents(connection, statement)), None)


async def settle_intent(
    connection: AsyncConnection, intent: Intent, state: IntentState, *, detail: str | None = None, now: datetime
) -> bool:
    """Close an intent; False where somebody else has closed it."""
    statement = (
        update(intents)
        .where(intents.c.intent_id == intent.intent_id, intents.c.state == "open")
        .values(state=state, detail=None if detail is None else detail[:DETAIL_LIMIT], settled_at=now)
    )
    return (await connection.execute(statement)).rowcount > 0


async def note_unknown(connection: AsyncConnection, intent: Intent, detail: str, *, now: datetime) -> None:
    """Write down that the call of an intent is over and what came of it is not known."""
    await connection.execute(
        update(intents)
        .where(intents.c.intent_id == intent.intent_id, intents.c.state == "open")
        .values(detail=detail[:DETAIL_LIMIT], answer_by=now)
    )


async def prolong_intent(connection: AsyncConnection, intent: Intent, *, answer_by: datetime, now: datetime) -> bool:
    """Take an open intent whose call is over for another call; False where somebody else has taken or closed it."""
    statement = (
        update(intents)
        .where(intents.c.intent_id == intent.intent_id, intents.c.state == "open", intents.c.answer_by <= now)
        .values(answer_by=answer_by)
    )
    return (await connection.execute(statement)).rowcount > 0


async def forget_idempotency(connection: AsyncConnection, *, before: datetime) -> None:
    """Let go of the idempotency keys of old intents, so that they may be used again."""
    await connection.execute(
        update(intents)
        .where(intents.c.created_at < before, intents.c.idempotency_key.is_not(None), intents.c.state != "open")
        .values(idempotency_key=None)
    )


def _by_id(rental_id: str) -> Select[Any]:
    return select(rentals).where(rentals.c.rental_id == rental_id)


async def _tell(connection: AsyncConnection, rental: Rental) -> None:
    event = as_event(rental)
    written = headers(ce_type=event.ce_type, source=SOURCE, event_id=uuid4().hex, time=rental.updated_at)
    await outbox.add(connection, topic=RENTALS.name, key=event.line, value=event.encode(), headers=written)


def _looks_the_same(was: Rental, rental: Rental) -> bool:
    if was.line is None:
        return False
    return as_event(was) == as_event(replace(rental, updated_at=was.updated_at))


async def _rentals(connection: AsyncConnection, statement: Select[Any]) -> list[Rental]:
    return [_rental(row) for row in await connection.execute(statement)]


async def _intents(connection: AsyncConnection, statement: Select[Any]) -> list[Intent]:
    return [Intent(**row._mapping) for row in await connection.execute(statement)]


def _rental(row: Row[Any]) -> Rental:
    state: RentalStatus = row.state
    return Rental(**{**row._mapping, "state": state})
