"""Makes, lists and revokes API keys right in the store, which is brought up to date first. Blocks."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.migrations import upgrade
from otpstream.control.scopes import Scope
from otpstream.control.store import keys
from otpstream.control.store.engine import StoreError, open_store
from otpstream.control.store.keys import KeyEntry

_T = TypeVar("_T")


def create(
    url: str,
    *,
    client: str,
    scopes: Sequence[Scope],
    label: str | None = None,
    spend_cap: Decimal | None = None,
    margin_percent: Decimal | None = None,
    live_rentals_limit: int | None = None,
) -> str:
    """Make a key, and set those of its client's limits that are given.

    Args:
        url: of the store.
        client: whose key.
        scopes: what it is for.
        label: for people.
        spend_cap: what the client may spend in a UTC day.
        margin_percent: what the client pays on top of our prices.
        live_rentals_limit: how many of its rentals may live at the same time.

    Returns:
        The key, which cannot be had again.

    Raises:
        StoreError: the store cannot be used, or does not answer.
    """

    async def make(connection: AsyncConnection) -> str:
        key = await keys.create_key(connection, client=client, scopes=scopes, label=label, now=datetime.now(UTC))
        await keys.limit_client(
            connection,
            client,
            spend_cap=spend_cap,
            margin_percent=margin_percent,
            live_rentals_limit=live_rentals_limit,
        )
        return key

    return _in_store(url, make)


def entries(url: str) -> list[KeyEntry]:
    """Return all keys, without what is secret in them; raises as :func:`create`."""
    return _in_store(url, keys.list_keys)


def revoke(url: str, key_id: str) -> bool:
    """Revoke a key at once; False where there is none that was not revoked. Raises as :func:`create`."""
    return _in_store(url, lambda connection: keys.revoke_key(connection, key_id, now=datetime.now(UTC)))


def _in_store(url: str, work: Callable[[AsyncConnection], Awaitable[_T]]) -> _T:
    async def run() -> _T:
        engine = open_store(url)
        try:
            async with engine.begin() as connection:
                return await work(connection)
        finally:
            await engine.dispose()

    try:
        upgrade(url)
        return asyncio.run(run())
    except DBAPIError as fault:
        raise StoreError(
            f"the store does not answer ({type(fault).__name__}): see that it runs, and that CONTROL_STORE_URL is right"
        ) from None
