"""Stores for the worker: SQLite in a file, and a real PostgreSQL."""

import contextlib
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg

Backend = Literal["sqlite", "postgresql"]


@contextlib.contextmanager
def store(backend: Backend) -> Iterator[str]:
    """Make an empty store for as long as the context lasts.

    Yields:
        Its URL.
    """
    with tempfile.TemporaryDirectory(prefix="otpstream-kills-") as folder:
        if backend == "sqlite":
            yield f"sqlite:///{folder}/store.db"
        else:
            with _postgresql(Path(folder)) as url:
                yield url


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        # It finds its lock file by a folder that containers seldom have.
        warnings.simplefilter("ignore")
        import pgserver.postgres_server as pgserver

        server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        url = f"postgresql://postgres@/postgres?host={quote(str(server.pgdata), safe='')}"
        with psycopg.connect(url, autocommit=True) as connection:
            # What a power cut would lose is no business of these tests: processes are killed here, not machines.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
