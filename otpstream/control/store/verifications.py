"""Verifications in SQL. Every function works inside the transaction that is handed in.

One row a verification; a unique index over the rows that live gives each phone one slot. What a row becomes and the event that tells of
it are written together, so that neither comes without the other.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    Index,
    Integer,
    Row,
    String,
    Table,
    TypeDecorator,
    and_,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.fraud.decision import Conversion, Scope, Velocity
from otpstream.control.store import dialects, outbox
from otpstream.control.store.columns import Amount, Moment
from otpstream.control.store.messages import messages
from otpstream.control.store.metadata import metadata
from otpstream.control.verifications.life import next_at
from otpstream.control.verifications.record import SMS_WORKFLOWS, Verification, event_of
from schemas import cloudevents
from schemas.topics import VERIFICATIONS
from schemas.verifications import VerificationState

SOURCE = "/otpstream/control/verifications"
CLOCK_TOLERANCE_SECONDS = 2
"""How far a provider's clock, which mostly ticks in whole seconds, may be from ours when it says when an SMS was received."""

_IS_LIVE = text("ended_at IS NULL")
_HAS_KEY = text("idempotency_key IS NOT NULL")


class _Ids(TypeDecorator[tuple[str, ...]]):
    """Ids, in order."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """Read as what cannot be changed."""
        return tuple(value or ())


verifications = Table(
    "verifications",
    metadata,
    Column("verification_id", String(64), primary_key=True),
    Column("client", String(40), nullable=False),
    Column("provider", String(40), nullable=False),
    Column("account", String(40), nullable=False),
    Column("phone", String(16), nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("line", String(200)),
    Column("brand", String(18), nullable=False),
    Column("workflow", String(1), nullable=False),
    Column("code_length", Integer, nullable=False),
    Column("auto_complete", Boolean, nullable=False),
    Column("idempotency_key", String(200)),
    Column("request_hash", String(64)),
    Column("state", String(20), nullable=False),
    Column("change", String(20), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("call", String(10)),
    Column("call_until", Moment),
    Column("reason", String(40)),
    Column("detail", String(300)),
    Column("provider_verification_id", String(200)),
    Column("price", Amount),
    Column("step", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("check_at", Moment),
    Column("cancel_at", Moment),
    Column("code_seen", Boolean, nullable=False),
    Column("message_id", String(64)),
    Column("arrival_seconds", Float),
    Column("brand_named", Boolean, nullable=False),
    Column("code_ids", _Ids, nullable=False),
    Column("next_at", Moment, index=True),
    Index("ix_verifications_client_requested_at", "client", "requested_at"),
    Index("ix_verifications_phone_requested_at", "phone", "requested_at"),
    Index("ix_verifications_prefix_requested_at", "prefix", "requested_at"),
    Index("ix_verifications_line_requested_at", "line", "requested_at"),
    Index("uq_verifications_live_phone", "phone", unique=True, sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE),
    Index(
        "uq_verifications_client_idempotency_key",
        "client",
        "idempotency_key",
        unique=True,
        sqlite_where=_HAS_KEY,
        postgresql_where=_HAS_KEY,
    ),
)
"""uq_verifications_live_phone: one live verification per phone, whichever process asks · uq_verifications_client_idempotency_key: one
per request of a client.
"""

_FIELDS = tuple(field.name for field in fields(Verification))


async def hold_scope(connection: AsyncConnection, scope: Scope, value: str) -> None:
    """Keep others from starting verifications of a client, phone or prefix until the transaction ends."""
    await dialects.hold(connection, f"otpstream.verifications {scope} {value}")


async def add(connection: AsyncConnection, verification: Verification) -> None:
    """Write a new verification and its event.

    Args:
        connection: which holds the scopes of it, and has seen that neither its phone's slot nor its idempotency key is taken.
        verification: its first version.
    """
    await connection.execute(insert(verifications).values(_row(verification)))
    await _tell(connection, verification)


async def under_key(connection: AsyncConnection, client: str, idempotency_key: str) -> Verification | None:
    """Return what a client's request under a key started."""
    v = verifications.c
    statement = select(verifications).where(v.client == client, v.idempotency_key == idempotency_key)
    return _read((await connection.execute(statement)).first())


async def forget_keys(connection: AsyncConnection, *, before: datetime) -> None:
    """Let go of the idempotency keys of requests before a time, so that they may be used again; what lives keeps its own."""
    v = verifications.c
    old = update(verifications).where(v.idempotency_key.is_not(None), v.requested_at < before, v.ended_at.is_not(None))
    await connection.execute(old.values(idempotency_key=None))


async def codes_of(connection: AsyncConnection, message_ids: Sequence[str]) -> dict[str, str]:
    """Return the codes of messages, by id; without those that have none, or are not kept any more."""
    m = messages.c
    statement = select(m.message_id, m.code).where(m.message_id.in_(message_ids), m.code.is_not(None))
    return {row.message_id: row.code for row in await connection.execute(statement)}


async def save(connection: AsyncConnection, before: Verification, versions: Sequence[Verification]) -> None:
    """Write what a verification became, with an event of each version that is one.

    Args:
        connection: in the transaction that took the row.
        before: as it was taken.
        versions: in order; one of the same sequence as the one before it is a claim, which is no event.
    """
    if not versions:
        return
    await connection.execute(
        update(verifications)
        .where(verifications.c.verification_id == before.verification_id)
        .values(_row(versions[-1]))
    )
    sequence = before.sequence
    for version in versions:
        if version.sequence > sequence:
            await _tell(connection, version)
            sequence = version.sequence


async def take(connection: AsyncConnection, verification_id: str, *, client: str | None = None) -> Verification | None:
    """Return a verification and keep others from writing it until the transaction ends; of another client it is None."""
    rows = await connection.execute(_one(verification_id, client).with_for_update())
    return _read(rows.first())


async def get(connection: AsyncConnection, verification_id: str, *, client: str | None = None) -> Verification | None:
    """Return a verification; of another client it is None."""
    return _read((await connection.execute(_one(verification_id, client))).first())


async def take_live(connection: AsyncConnection, phone: str) -> Verification | None:
    """Return what takes the slot of a phone, and keep others from writing it until the transaction ends."""
    statement = select(verifications).where(verifications.c.phone == phone, verifications.c.ended_at.is_(None))
    return _read((await connection.execute(statement.with_for_update())).first())


async def due(connection: AsyncConnection, now: datetime, *, limit: int) -> list[str]:
    """Return the ids of those that the clock must look at, the longest due first."""
    statement = select(verifications.c.verification_id).where(verifications.c.next_at <= now)
    rows = await connection.execute(statement.order_by(verifications.c.next_at).limit(limit))
    return list(rows.scalars())


async def of_message(connection: AsyncConnection, *, line: str, phone: str | None, received_at: datetime) -> str | None:
    """Return the id of the verification that was live for a line or phone when an SMS was received, and sends any; None where none was."""
    v = verifications.c
    tolerance = timedelta(seconds=CLOCK_TOLERANCE_SECONDS)
    whose = v.line == line if phone is None else or_(v.line == line, v.phone == phone)
    by_both_clocks = and_(v.requested_at <= received_at, or_(v.ended_at.is_(None), v.ended_at >= received_at))
    rows = await connection.execute(
        select(v.verification_id)
        .where(
            whose,
            v.workflow.in_(SMS_WORKFLOWS),
            v.state.not_in(("refused", "held")),
            v.requested_at <= received_at + tolerance,
            v.expires_at >= received_at,
            or_(v.ended_at.is_(None), v.ended_at >= received_at - tolerance),
        )
        .order_by(by_both_clocks.desc(), v.requested_at.desc())
        .limit(1)
    )
    return rows.scalars().first()


async def listed(
    connection: AsyncConnection,
    *,
    client: str | None,
    phone: str | None = None,
    state: str | None = None,
    before: tuple[datetime, str] | None = None,
    limit: int,
) -> list[Verification]:
    """Return verifications, the newest first.

    Args:
        connection: any.
        client: whose; None: everybody's.
        phone: of this phone alone.
        state: in this state alone.
        before: when the last one of the page before was asked for, and its id.
        limit: how many at the most.
    """
    v = verifications.c
    wanted = {"client": client, "phone": phone, "state": state}
    statement = select(verifications).where(*(v[name] == value for name, value in wanted.items() if value is not None))
    if before is not None:
        at, last = before
        statement = statement.where(or_(v.requested_at < at, and_(v.requested_at == at, v.verification_id < last)))
    rows = await connection.execute(statement.order_by(v.requested_at.desc(), v.verification_id.desc()).limit(limit))
    return [_verification(row) for row in rows]


async def velocity(
    connection: AsyncConnection, scope: Scope, value: str, *, limit: int, window_seconds: int, now: datetime
) -> Velocity:
    """Return whether so many verifications of a client, phone or prefix were asked for within the window."""
    v = verifications.c
    rows = await connection.execute(
        select(v.requested_at)
        .where(v[scope] == value, v.requested_at > now - timedelta(seconds=window_seconds))
        .order_by(v.requested_at.desc())
        .offset(limit - 1)
        .limit(1)
    )
    return Velocity(scope=scope, filled_at=rows.scalars().first(), window_seconds=window_seconds)


async def conversion(connection: AsyncConnection, prefix: str, *, since: datetime) -> Conversion:
    """Count the verifications of a prefix that were asked for after `since`, started, and are over."""
    v = verifications.c
    row = (
        await connection.execute(
            select(func.count(), func.count().filter(v.state == "verified")).where(
                v.prefix == prefix, v.requested_at > since, v.started_at.is_not(None), v.ended_at.is_not(None)
            )
        )
    ).one()
    return Conversion(started=row[0], completed=row[1])


async def live_counts(connection: AsyncConnection) -> dict[str, int]:
    """Count the live verifications of each provider."""
    v = verifications.c
    rows = await connection.execute(select(v.provider, func.count()).where(v.ended_at.is_(None)).group_by(v.provider))
    return {row[0]: row[1] for row in rows}


async def _tell(connection: AsyncConnection, verification: Verification) -> None:
    event = event_of(verification)
    await outbox.add(
        connection,
        topic=VERIFICATIONS.name,
        key=event.key,
        value=event.encode(),
        headers=cloudevents.headers(
            ce_type=VerificationState.ce_type, source=SOURCE, event_id=event.event_id, time=event.updated_at
        ),
    )


def _row(verification: Verification) -> dict[str, Any]:
    return {name: getattr(verification, name) for name in _FIELDS} | {"next_at": next_at(verification)}


def _verification(row: Row[Any]) -> Verification:
    return Verification(**{name: row._mapping[name] for name in _FIELDS})


def _read(row: Row[Any] | None) -> Verification | None:
    return None if row is None else _verification(row)


def _one(verification_id: str, client: str | None) -> Any:
    statement = select(verifications).where(verifications.c.verification_id == verification_id)
    return statement if client is None else statement.where(verifications.c.client == client)
