"""The doctor's look at the control plane's store: whether it answers, whether its tables are of this version, who may ask. Blocks."""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError

from otpstream.control.migrations import config
from otpstream.control.store.engine import store_url
from otpstream.control.store.keys import api_keys
from otpstream.doctor.findings import Finding, Verdict
from otpstream.settings import Settings

_REQUEST_SECONDS = 10


class _Seen(NamedTuple):
    revision: str | None
    """The shape of the tables; None where there are none."""
    newest: str | None
    is_known: bool
    keys: int
    """How many API keys may be used."""


def examine_store(settings: Settings) -> list[Finding]:
    """Look at the store of the settings; changes nothing there, and makes no file."""
    address = store_url(settings.control.store.url.get_secret_value())
    is_sqlite = address.get_backend_name() == "sqlite"
    findings, answers = [], "PostgreSQL answers"
    if is_sqlite:
        text = (
            "a SQLite file, which serves one process: set CONTROL_STORE_URL to a PostgreSQL for more, and in production"
        )
        findings.append(Finding("store", Verdict.OK if settings.embedded else Verdict.WARNING, text))
        file, answers = Path(address.database or ""), "the file can be read"
        if not os.access(file.parent, os.W_OK | os.X_OK):
            return [*findings, Finding("store", Verdict.WRONG, _unusable(file.parent))]
        if not file.exists():
            return findings
        address = address.set(drivername="sqlite", database=f"file:{quote(str(file))}").update_query_dict(
            {"mode": "ro", "uri": "true"}
        )
    timeout = {"timeout" if is_sqlite else "connect_timeout": _REQUEST_SECONDS}
    engine = create_engine(address, connect_args=timeout, hide_parameters=True)
    try:
        with engine.connect() as connection:
            seen = _look(connection)
    except DBAPIError as error:
        text = f"it does not answer ({type(error).__name__}): see that it runs, and that CONTROL_STORE_URL is right"
        return [*findings, Finding("store", Verdict.WRONG, text)]
    finally:
        engine.dispose()
    return [*findings, *_told(seen, answers)]


def _unusable(folder: Path) -> str:
    if not folder.is_dir():
        return f"its folder {folder} does not exist: make it, or name another file in CONTROL_STORE_URL"
    return (
        f"its folder {folder} is not ours to write to: give it to this user, or name another file in CONTROL_STORE_URL"
    )


def _look(connection: Connection) -> _Seen:
    script = ScriptDirectory.from_config(config(connection))
    revision, newest = MigrationContext.configure(connection).get_current_revision(), script.get_current_head()
    known = {one.revision for one in script.walk_revisions()}
    live = select(func.count()).select_from(api_keys).where(api_keys.c.revoked_at.is_(None))
    keys = connection.scalar(live) if revision is not None and revision == newest else None
    return _Seen(revision, newest, revision in known, keys or 0)


def _told(seen: _Seen, answers: str) -> list[Finding]:
    if seen.revision is None:
        text = f"{answers}, and holds no tables: `otpstream run control` makes them when it starts"
        return [Finding("store", Verdict.OK, text)]
    if not seen.is_known:
        text = f"its tables ({seen.revision}) are of another version than this one ({seen.newest}): run that version"
        return [Finding("store", Verdict.WRONG, text)]
    if seen.revision != seen.newest:
        text = (
            f"{answers}; its tables are {seen.revision} and not yet {seen.newest}: "
            "`otpstream run control` brings them up to date when it starts"
        )
        return [Finding("store", Verdict.WARNING, text)]
    store = Finding("store", Verdict.OK, f"{answers}; its tables are up to date ({seen.revision})")
    if seen.keys == 0:
        text = "there is no API key, so nobody can rent or verify: `otpstream keys create --client NAME --scope admin`"
        return [store, Finding("control", Verdict.WARNING, text)]
    return [store, Finding("control", Verdict.OK, f"{seen.keys} API keys may ask")]
