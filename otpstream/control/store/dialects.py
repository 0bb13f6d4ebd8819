"""What SQLite and PostgreSQL spell differently."""

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that may say what is done where the row is there already: `on_conflict_do_update`, `on_conflict_do_nothing`."""
    return postgresql.insert(table) if _is_postgresql(connection) else sqlite.insert(table)


async def hold(connection: AsyncConnection, name: str) -> None:
    """Keep others from holding a name until the transaction ends. On SQLite there is but one transaction that writes."""
    if _is_postgresql(connection):
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _is_postgresql(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "postgresql"
