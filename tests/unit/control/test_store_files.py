"""Who may read the file of a SQLite store."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from otpstream.control.migrations import upgrade
from otpstream.control.store.engine import open_store


def modes_in(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in folder.iterdir()}


@pytest.mark.parametrize("mode", [None, 0o640])
async def test_the_file_is_its_users_alone(tmp_path: Path, mode: int | None) -> None:
    """It holds texts and codes, and so do its log and index; what an operator set stays."""
    file = tmp_path / "store.db"
    if mode is not None:
        file.touch()
        file.chmod(mode)
    before = os.umask(0o022)
    try:
        upgrade(f"sqlite:///{file}")
        engine = open_store(f"sqlite:///{file}")
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
            modes = modes_in(tmp_path)
        await engine.dispose()
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("store.db", "store.db-wal", "store.db-shm"), mode or 0o600)


async def test_a_store_that_none_made_is_made_private_too(tmp_path: Path) -> None:
    """Whichever engine is the first."""
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    async with engine.begin() as connection:
        await connection.execute(text("SELECT 1"))
    await engine.dispose()
    assert modes_in(tmp_path)["store.db"] == 0o600
