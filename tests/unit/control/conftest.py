"""A store for each test: SQLite always, and a real PostgreSQL, each with the tables as the migrations make them."""

import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.migrations import upgrade
from otpstream.control.store.engine import open_store

_numbers = count(1)

NewStore = Callable[[], str]
"""Makes an empty, migrated store and returns its URL."""


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewStore:
    folder = tmp_path_factory.mktemp("sqlite")
    template = folder / "template.db"
    upgrade(f"sqlite:///{template}")

    def new() -> str:
        path = shutil.copy(template, folder / f"store{next(_numbers)}.db")
        return f"sqlite:///{path}"

    return new


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[NewStore]:
    # Not below pytest's own folder, where the user that the server runs as may not go.
    place = Path(tempfile.mkdtemp(prefix="otpstream-pg-"))
    with warnings.catch_warnings():
        # It finds its lock file by a folder that containers seldom have.
        warnings.simplefilter("ignore")
        from pgserver.postgres_server import get_server

        server = get_server(place / "data", cleanup_mode="delete")
    folder = quote(str(server.pgdata), safe="")

    def url(name: str) -> str:
        return f"postgresql://postgres@/{name}?host={folder}"

    def run(*statements: str) -> None:
        with psycopg.connect(url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    # What a power cut would lose is no business of these tests.
    run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE template")
    upgrade(url("template"))

    def new() -> str:
        name = f"store{next(_numbers)}"
        run(f"CREATE DATABASE {name} TEMPLATE template")
        return url(name)

    yield new
    server.cleanup()
    place.rmdir()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty, migrated store."""
    new: NewStore = request.getfixturevalue(f"new_{request.param}")
    return new()


@pytest.fixture
async def engine(store_url: str) -> AsyncIterator[AsyncEngine]:
    """Open the store; the test runs once on each database."""
    engine = open_store(store_url)
    yield engine
    await engine.dispose()
