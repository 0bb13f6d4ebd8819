"""Who may call us: clients with their limits, the hashes of their API keys, and their idempotency keys with the answers given."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.scopes import Scope
from otpstream.control.store.columns import Amount, Moment
from otpstream.control.store.metadata import metadata

clients = Table(
    "clients",
    metadata,
    Column("client", String(40), primary_key=True),
    Column("spend_cap", Amount),
    Column("margin_percent", Amount),
    Column("live_rentals_limit", Integer),
    Column("created_at", Moment, nullable=False),
)
"""What is None is as the settings say."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", String(16), primary_key=True),
    Column("client", String(40), ForeignKey("clients.client"), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("label", String(100)),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("client", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("taken_until", Moment, nullable=False),
    Column("status", Integer),
    Column("content_type", String(100)),
    Column("body", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Index("ix_idempotency_keys_created_at", "created_at"),
)
"""status: None while the first request is under way, which it is until `taken_until` at the latest."""

_KEY = re.compile(r"otp_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, kw_only=True)
class Client:
    """Who calls, what for, and within which limits; None: as the settings say."""

    name: str
    key_id: str
    scopes: frozenset[str]
    spend_cap: Decimal | None = None
    margin_percent: Decimal | None = None
    live_rentals_limit: int | None = None

    def may(self, scope: Scope) -> bool:
        """Tell whether the key has a scope; `admin` has all."""
        return scope in self.scopes or "admin" in self.scopes


@dataclass(frozen=True, kw_only=True)
class KeyEntry:
    """What is known of a key; the key itself is not."""

    key_id: str
    client: str
    scopes: tuple[str, ...]
    label: str | None
    created_at: datetime
    revoked_at: datetime | None


async def create_key(
    connection: AsyncConnection, *, client: str, scopes: Iterable[Scope], label: str | None, now: datetime
) -> str:
    """Make a key, and its client where it is new.

    Returns:
        The key, which cannot be had again: the store has a hash of it.
    """
    if await _client_row(connection, client) is None:
        await connection.execute(insert(clients).values(client=client, created_at=now))
    key_id, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    await connection.execute(
        insert(api_keys).values(
            key_id=key_id,
            client=client,
            secret_hash=_hash(secret),
            scopes=sorted(set(scopes)),
            label=label,
            created_at=now,
        )
    )
    return f"otp_{key_id}_{secret}"


async def limit_client(
    connection: AsyncConnection,
    client: str,
    *,
    spend_cap: Decimal | None = None,
    margin_percent: Decimal | None = None,
    live_rentals_limit: int | None = None,
) -> None:
    """Set the limits that are given of a client that is there; the others stay."""
    given = {"spend_cap": spend_cap, "margin_percent": margin_percent, "live_rentals_limit": live_rentals_limit}
    values = {name: value for name, value in given.items() if value is not None}
    if values:
        await connection.execute(update(clients).where(clients.c.client == client).values(**values))


async def list_keys(connection: AsyncConnection) -> list[KeyEntry]:
    """Return all keys, revoked ones included, in the order in which they were made."""
    rows = await connection.execute(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.key_id))
    return [
        KeyEntry(
            key_id=row.key_id,
            client=row.client,
            scopes=tuple(row.scopes),
            label=row.label,
            created_at=row.created_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


async def revoke_key(connection: AsyncConnection, key_id: str, *, now: datetime) -> bool:
    """Revoke a key at once; False where there is no such key that was not revoked."""
    statement = (
        update(api_keys).where(api_keys.c.key_id == key_id, api_keys.c.revoked_at.is_(None)).values(revoked_at=now)
    )
    return (await connection.execute(statement)).rowcount > 0


async def client_of(connection: AsyncConnection, key: str) -> Client | None:
    """Return whom a key belongs to; None for one that is malformed, unknown or revoked."""
    parts = _KEY.fullmatch(key)
    if parts is None:
        return None
    key_id, secret = parts.groups()
    statement = select(api_keys, clients).join(clients).where(api_keys.c.key_id == key_id)
    row = (await connection.execute(statement)).mappings().one_or_none()
    if row is None or row[api_keys.c.revoked_at] is not None:
        return None
    if not hmac.compare_digest(row[api_keys.c.secret_hash], _hash(secret)):
        return None
    return Client(
        name=row[clients.c.client],
        key_id=key_id,
        scopes=frozenset(row[api_keys.c.scopes]),
        spend_cap=row[clients.c.spend_cap],
        margin_percent=row[clients.c.margin_percent],
        live_rentals_limit=row[clients.c.live_rentals_limit],
    )


async def _client_row(connection: AsyncConnection, client: str) -> str | None:
    name: str | None = await connection.scalar(select(clients.c.client).where(clients.c.client == client))
    return name


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash.
    return hashlib.sha256(secret.encode()).hexdigest()
