"""What each client spends in a day: reserved before a call, settled after it, so that no two calls together pass the cap."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Update, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.store import dialects
from otpstream.control.store.columns import Amount
from otpstream.control.store.keys import clients
from otpstream.control.store.rentals import spend

NOBODY = "-"
"""The client that calls of our own are counted under, such as giving back what nobody asked for."""


async def reserve(connection: AsyncConnection, client: str, day: date, amount: Decimal, *, cap: Decimal | None) -> bool:
    """Count an amount as possibly spent; False where that would pass the cap, and then nothing is counted.

    Args:
        connection: inside the transaction that writes the intent.
        client: who spends.
        day: in UTC.
        amount: not negative.
        cap: for the whole day; None: no cap.
    """
    await _begin(connection, client, day)
    statement = _of(client, day).values(reserved=spend.c.reserved + amount)
    if cap is not None:
        left = literal(cap - amount, Amount)
        statement = statement.where(spend.c.reserved + spend.c.spent - spend.c.refunded <= left)
    return (await connection.execute(statement)).rowcount > 0


async def settle(connection: AsyncConnection, client: str, day: date, *, reserved: Decimal, spent: Decimal) -> None:
    """Replace what was reserved by what was spent; both may be nought."""
    await connection.execute(_of(client, day).values(reserved=spend.c.reserved - reserved, spent=spend.c.spent + spent))


async def give_back(connection: AsyncConnection, client: str, day: date, amount: Decimal) -> None:
    """Count what a supplier paid back."""
    await _begin(connection, client, day)
    await connection.execute(_of(client, day).values(refunded=spend.c.refunded + amount))


async def of_day(connection: AsyncConnection, client: str, day: date) -> tuple[Decimal, Decimal, Decimal]:
    """Return what is reserved, spent and refunded."""
    statement = select(spend.c.reserved, spend.c.spent, spend.c.refunded).where(
        spend.c.client == client, spend.c.day == day
    )
    row = (await connection.execute(statement)).one_or_none()
    return (Decimal(0), Decimal(0), Decimal(0)) if row is None else (row[0], row[1], row[2])


async def highest_share(connection: AsyncConnection, day: date, *, cap: Decimal | None) -> float:
    """Return the largest share of its cap that any client has used; 0 where nobody spends, or none that does has a cap above nought.

    Args:
        connection: any.
        day: in UTC.
        cap: of the clients that have none of their own; None: no cap.
    """
    statement = (
        select(spend.c.reserved, spend.c.spent, spend.c.refunded, clients.c.spend_cap)
        .select_from(spend.outerjoin(clients, clients.c.client == spend.c.client))
        .where(spend.c.day == day, spend.c.client != NOBODY)
    )
    rows = (await connection.execute(statement)).all()
    used = [(row[0] + row[1] - row[2], cap if row[3] is None else row[3]) for row in rows]
    return max((float(amount / limit) for amount, limit in used if limit), default=0.0)


async def _begin(connection: AsyncConnection, client: str, day: date) -> None:
    row = dialects.insert(connection, spend).values(
        client=client, day=day, reserved=Decimal(0), spent=Decimal(0), refunded=Decimal(0)
    )
    await connection.execute(row.on_conflict_do_nothing())


def _of(client: str, day: date) -> Update:
    return update(spend).where(spend.c.client == client, spend.c.day == day)
