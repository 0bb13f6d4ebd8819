"""What the tests of the composition share: an environment of their own, and logging that is put back."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from otpstream.settings import Settings, leaves, variable


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep out the settings and the `.env` of whoever runs the tests."""
    for path, _ in leaves(Settings):
        monkeypatch.delenv(variable(path), raising=False)
    assert not any(name.startswith(("TEXT2FA_", "SUBSCRIPTION_")) for name in os.environ)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Put back what `logs.configure` changes: it is meant for a process of its own."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = {name: one.level for name, one in root.manager.loggerDict.items() if isinstance(one, logging.Logger)}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, one in root.manager.loggerDict.items():
        if isinstance(one, logging.Logger):
            one.setLevel(before.get(name, logging.NOTSET))
