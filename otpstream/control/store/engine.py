"""Connections to the store. `async with engine.begin() as connection:` is one transaction: committed at the end, or not at all.

SQLite takes its write lock at the beginning of each transaction, since two that read first and then both want to write cannot both
go on. PostgreSQL reads what is committed; whoever reads in order to write takes the row with `with_for_update()`.
"""

import logging
import os
from contextlib import suppress
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_SECONDS = 10.0
"""How long a transaction on SQLite waits for the one before it."""

STORE_AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeoutError)
"""What says that the store cannot work right now, and nothing of what it was given."""

_MEND = "write sqlite:///otpstream.db or postgresql://user@host/name"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}


class StoreError(ValueError):
    """The store cannot be used as it is set; the text says how to mend it, and holds no password."""


def store_url(url: str) -> URL:
    """Read the address of the store, with the driver that it needs.

    Raises:
        StoreError: neither SQLite nor PostgreSQL, or SQLite without a file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(f"not a database URL: {_MEND}") from None
    backend = {"postgres": "postgresql"}.get(parsed.drivername, parsed.get_backend_name())
    if backend not in _DRIVERS:
        raise StoreError(f"{backend} is not supported: {_MEND}")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError(f"a store in memory loses what it was paid for: {_MEND}")
    return parsed.set(drivername=_DRIVERS[backend])


def open_store(url: str) -> AsyncEngine:
    """Open the store; nothing is connected before the first transaction, and `await engine.dispose()` closes it.

    Raises the level of aiosqlite's log, for the whole process: its DEBUG lines hold whole statements, and so the texts of the SMS.

    Args:
        url: as :func:`store_url` takes it.

    Raises:
        StoreError: neither SQLite nor PostgreSQL.
    """
    address = store_url(url)
    if address.get_backend_name() == "postgresql":
        return create_async_engine(address, pool_pre_ping=True, hide_parameters=True)
    log = logging.getLogger("aiosqlite")
    log.setLevel(max(log.getEffectiveLevel(), logging.INFO))
    engine = create_async_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine.sync_engine, "do_connect", keep_private)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def keep_private(dialect: Any, record: Any, address: Any, words: Any) -> None:  # noqa: ARG001
    """Make the file of a SQLite store for our user alone, its log and index with it: it holds texts and codes.

    To be heard on `do_connect` by every engine that may be the first to make the file. One that is there keeps its mode.
    """
    # What cannot be made SQLite complains of by itself.
    with suppress(OSError):
        os.close(os.open(address[0], os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _prepare_sqlite(connection: Any, record: Any) -> None:  # noqa: ARG001
    # Python's driver must not begin transactions by itself: it would do so too late, and without the write lock.
    connection.isolation_level = None
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
