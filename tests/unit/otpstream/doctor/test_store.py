"""The doctor looks at the store, changes nothing there, and says who may use the control plane."""

import sqlite3
from pathlib import Path

import pytest

from otpstream.control import keys_admin
from otpstream.control.migrations import upgrade
from otpstream.doctor import Finding, Verdict
from otpstream.doctor.store import examine_store
from otpstream.settings import load
from tests.unit.control.conftest import NewStore, new_postgresql  # noqa: F401 - a fixture


def examined(url: str) -> list[Finding]:
    return examine_store(load({"control": {"store": {"url": url}}}))


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the URL of a store that is up to date and holds nothing."""
    made = f"sqlite:///{tmp_path / 'a store#1.db'}"
    upgrade(made)
    return made


def revise(url: str, revision: str) -> None:
    with sqlite3.connect(file_of(url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_store_that_nobody_made_is_not_made(tmp_path: Path) -> None:
    """Looking is not using."""
    [finding] = examined(f"sqlite:///{tmp_path / 'none.db'}")

    assert "a SQLite file" in finding.text
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The control plane could not make its file there."""
    finding = examined(f"sqlite:///{tmp_path}/none/store.db")[-1]

    assert (finding.subject, finding.verdict) == ("store", Verdict.WRONG)
    assert f"{tmp_path}/none does not exist" in finding.text
    assert "CONTROL_STORE_URL" in finding.text


def test_a_folder_that_is_not_ours_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor could it here, whoever runs the tests."""
    monkeypatch.setattr("os.access", lambda *_: False)
    finding = examined(f"sqlite:///{tmp_path}/store.db")[-1]

    assert (finding.verdict, "not ours to write to" in finding.text) == (Verdict.WRONG, True)


def test_a_store_without_a_key_is_told(url: str) -> None:
    """It is up to date, and nobody can ask."""
    _, store, control = examined(url)

    assert (store.verdict, control.verdict) == (Verdict.OK, Verdict.WARNING)
    assert "up to date" in store.text
    assert "otpstream keys create" in control.text


def test_a_store_with_keys_counts_those_that_work(url: str) -> None:
    """Revoked ones open nothing."""
    for label in ("kept", "revoked"):
        keys_admin.create(url, client="me", scopes=["admin"], label=label)
    [revoked] = [one.key_id for one in keys_admin.entries(url) if one.label == "revoked"]
    keys_admin.revoke(url, revoked)

    assert examined(url)[-1] == Finding("control", Verdict.OK, "1 API keys may ask")


@pytest.mark.parametrize(
    ("revision", "verdict", "told"),
    [("0001", Verdict.WARNING, "brings them up to date"), ("9999", Verdict.WRONG, "of another version")],
    ids=["behind", "ahead"],
)
def test_tables_of_another_version_are_told(url: str, revision: str, verdict: Verdict, told: str) -> None:
    """Older ones come up to date by themselves; newer ones are for a newer version."""
    revise(url, revision)

    finding = examined(url)[-1]

    assert (finding.subject, finding.verdict) == ("store", verdict)
    assert told in finding.text


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """By the setting that names it."""
    file = tmp_path / "store.db"
    file.write_text("no database, and long enough to be read as one" * 40)

    finding = examined(f"sqlite:///{file}")[-1]

    assert (finding.verdict, "CONTROL_STORE_URL is right" in finding.text) == (Verdict.WRONG, True)


def test_an_empty_file_holds_no_tables(tmp_path: Path) -> None:
    """It is what the control plane would fill."""
    (tmp_path / "store.db").touch()

    assert "holds no tables" in examined(f"sqlite:///{tmp_path / 'store.db'}")[-1].text


def test_a_postgresql_is_looked_at_as_it_is(new_postgresql: NewStore) -> None:  # noqa: F811 - the fixture
    """It needs no caution, and its tables and keys are told as of any store."""
    url = new_postgresql()
    keys_admin.create(url, client="me", scopes=["admin"])

    store, control = examined(url)

    assert (store.verdict, control.verdict) == (Verdict.OK, Verdict.OK)
    assert store.text.startswith("PostgreSQL answers; its tables are up to date")
