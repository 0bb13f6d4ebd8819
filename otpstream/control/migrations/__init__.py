"""The store's tables as they grew. Each file in `versions/` leads from one shape to the next, on SQLite and PostgreSQL alike."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, text
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random

from otpstream.control.store.engine import BUSY_SECONDS, keep_private, store_url

_UPGRADE_LOCK = "otpstream.migrations"


def upgrade(url: str) -> None:
    """Bring the store's tables to the newest shape; of several processes that start at once one does it and the others wait.

    Blocks: call it in a thread from asynchronous code.

    Args:
        url: as :func:`~otpstream.control.store.engine.store_url` takes it.

    Raises:
        StoreError: neither SQLite nor PostgreSQL.
        sqlalchemy.exc.OperationalError: the database is away.
    """
    address = store_url(url)
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite")
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
        event.listen(engine, "do_connect", keep_private)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    else:
        engine = create_engine(address, hide_parameters=True)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()


# SQLite's own time-out does not cover the change of a new file's journal, which several processes may want at once.
@retry(
    retry=retry_if_exception_type(sqlite3.OperationalError),
    stop=stop_after_delay(BUSY_SECONDS),
    wait=wait_random(0.01, 0.1),
    reraise=True,
)
def _prepare_sqlite(connection: Any, record: Any) -> None:  # noqa: ARG001
    connection.isolation_level = None
    # Of the file, and for good: readers and the one writer then do not wait for each other.
    connection.execute("PRAGMA journal_mode = WAL").close()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": _UPGRADE_LOCK})
    command.upgrade(config(connection), "head")


def config(connection: Connection) -> Config:
    """Return how Alembic works on a connection that has begun its transaction."""
    made = Config()
    # Alembic's configuration interpolates `%`.
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made
