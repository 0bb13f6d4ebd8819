"""The messages as HTTP serves them: a short-lived copy of `otp.messages.v1`, tied to our rentals by line and time.

Whatever comes twice changes nothing, so the feed may be read again from anywhere.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from otpstream.control.rentals.rental import Rental
from otpstream.control.store import dialects, rental_rows
from otpstream.control.store.messages import messages
from otpstream.control.store.rentals import rentals
from schemas.events import Message

_SKEW = timedelta(seconds=5)
"""How far a provider's clocks may disagree about a rental's bounds and its SMS: as correlation takes it."""


class Projection:
    """Takes messages in.

    Args:
        engine: of the store.
        kept_seconds: how long a message can be asked for.
        clock: our clock, aware.
    """

    def __init__(self, engine: AsyncEngine, *, kept_seconds: float, clock: Any) -> None:
        self._engine = engine
        self._kept = timedelta(seconds=kept_seconds)
        self._clock = clock

    async def on_message(self, message: Message) -> None:
        """Take in one message."""
        await self.on_messages([message])

    async def on_messages(self, batch: Sequence[Message]) -> None:
        """Take in messages, in one transaction; old ones are left out.

        Raises:
            sqlalchemy.exc.DBAPIError: the store is away, and nothing was taken in; hand them in again.
        """
        now = self._clock()
        async with self._engine.begin() as connection:
            # In one order everywhere, so that two feeds never wait for each other in a circle.
            for message in sorted(batch, key=lambda one: (one.line, one.message_id)):
                if message.received_at + self._kept > now:
                    await _take(connection, message, kept_until=now + self._kept, now=now)


async def _take(connection: AsyncConnection, message: Message, *, kept_until: datetime, now: datetime) -> None:
    await rental_rows.hold_line(connection, message.line)
    rental = await _rental_of(connection, message.account, message.line, message.received_at)
    values = {
        "message_id": message.message_id,
        "revision": message.revision,
        "provider": message.provider,
        "account": message.account,
        "line": message.line,
        "rental_id": None if rental is None else rental.rental_id,
        "phone": message.phone or (None if rental is None else rental.phone),
        "sender": _storable(message.sender),
        "text": _storable(message.text),
        "code": None if message.code is None else _storable(message.code),
        "service": None if message.service is None else _storable(message.service),
        "received_at": message.received_at,
        "kept_until": kept_until,
    }
    statement = dialects.insert(connection, messages).values(**values)
    newer = {name: statement.excluded[name] for name in ("revision", "phone", "code", "service")}
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[messages.c.message_id],
            set_=newer,
            where=messages.c.revision < statement.excluded.revision,
        )
    )
    if rental is not None:
        await _tie(connection, message.message_id, rental)
        if message.code is not None:
            await _code_received(connection, rental, message.received_at, now=now)


async def claim(connection: AsyncConnection, rental: Rental, *, now: datetime) -> Rental:
    """Tie the messages that came before their rental was known."""
    if rental.line is None:
        return rental
    statement = select(messages.c.message_id, messages.c.received_at, messages.c.code).where(
        messages.c.account == rental.account, messages.c.line == rental.line, messages.c.rental_id.is_(None)
    )
    for row in (await connection.execute(statement)).all():
        if _holds(rental, row.received_at):
            await _tie(connection, row.message_id, rental)
            if row.code is not None:
                rental = await _code_received(connection, rental, row.received_at, now=now)
    return rental


async def messages_of(connection: AsyncConnection, rental_id: str) -> list[Row[Any]]:
    """Return the messages of a rental, in the order in which they were received."""
    statement = (
        select(messages)
        .where(messages.c.rental_id == rental_id)
        .order_by(messages.c.received_at, messages.c.message_id)
    )
    return list((await connection.execute(statement)).all())


async def forget(connection: AsyncConnection, *, now: datetime) -> None:
    """Let go of messages that were kept long enough."""
    await connection.execute(delete(messages).where(messages.c.kept_until <= now))


async def _tie(connection: AsyncConnection, message_id: str, rental: Rental) -> None:
    await connection.execute(
        update(messages)
        .where(messages.c.message_id == message_id, messages.c.rental_id.is_(None))
        .values(rental_id=rental.rental_id)
    )


async def _rental_of(connection: AsyncConnection, account: str, line: str, received_at: datetime) -> Rental | None:
    """Return the rental that a line was under at a time: of several the one that began last."""
    statement = (
        select(rentals)
        .where(
            rentals.c.account == account,
            rentals.c.line == line,
            or_(rentals.c.ended_at.is_(None), rentals.c.ended_at >= received_at - _SKEW),
        )
        .order_by(rentals.c.requested_at.desc())
    )
    rows = (await connection.execute(statement)).all()
    held = [rental for rental in (Rental(**row._mapping) for row in rows) if _holds(rental, received_at)]
    return next(iter(held), None)


def _holds(rental: Rental, received_at: datetime) -> bool:
    ends = [moment for moment in (rental.ends_at, rental.ended_at) if moment is not None]
    starts = rental.started_at is None or rental.started_at - _SKEW <= received_at
    return starts and all(received_at <= moment + _SKEW for moment in ends)


async def _code_received(connection: AsyncConnection, rental: Rental, at: datetime, *, now: datetime) -> Rental:
    rental = await rental_rows.held(connection, rental.rental_id)
    if rental.state != "active":
        return rental
    # A number that brought its code is not given back for want of one.
    waits = rental.cancel_reason != "no_code"
    return await rental_rows.save(
        connection,
        rental,
        state="code_received",
        code_received_at=at,
        cancel_at=rental.cancel_at if waits else None,
        cancel_reason=rental.cancel_reason if waits else None,
        updated_at=now,
    )


def _storable(text: str) -> str:
    """Replace what PostgreSQL cannot hold in a text: the NUL character."""
    return text.replace("\x00", "\ufffd")
