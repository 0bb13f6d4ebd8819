"""The migrations make exactly the tables that the code speaks of, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.migrations import upgrade
from otpstream.control.store.engine import StoreError, open_store, store_url
from otpstream.control.store.tables import metadata


async def test_the_migrations_make_what_the_code_expects(engine: AsyncEngine) -> None:
    """No column, index or table is in one and not in the other."""

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(store_url: str) -> None:
    """Every process may upgrade at its start."""
    upgrade(store_url)
    upgrade(store_url)


def test_processes_that_start_at_once_upgrade_once(tmp_path: Path) -> None:
    """One does it, and the others wait for it."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(upgrade, url) for _ in range(4)]:
            done.result()


@pytest.mark.parametrize("url", ["mysql://host/name", "nonsense", "", "sqlite://", "sqlite:///:memory:"])
def test_another_database_is_refused_in_words(url: str) -> None:
    """The text says what to write instead, and holds nothing of what was written."""
    with pytest.raises(StoreError, match=r"sqlite:///otpstream\.db"):
        open_store(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_the_driver_is_ours_to_choose(scheme: str) -> None:
    """URLs as hosting services hand them out work as they are."""
    assert store_url(f"{scheme}://user:secret@host/name").drivername == "postgresql+psycopg"
