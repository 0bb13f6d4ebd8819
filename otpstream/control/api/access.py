"""Who calls: an API key as a Bearer token, and the scopes that it has."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPBearer
from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.api.problems import Problem
from otpstream.control.scopes import Scope
from otpstream.control.store import keys
from otpstream.control.store.keys import Client

_BEARER = HTTPBearer(auto_error=False, description="An API key, as `otpstream keys create` prints it.")

Dependency = Callable[..., Awaitable[Client]]


class Access:
    """Tells clients by their keys.

    Args:
        engine: of the store.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def client(self, request: Request) -> Client:
        """Return who calls.

        Raises:
            Problem: 401, no key or none that is known.
        """
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        client = await self.client_of(key.strip()) if scheme.lower() == "bearer" else None
        if client is None:
            raise Problem(
                401,
                "unauthorized",
                "send an API key that is known and not revoked as `Authorization: Bearer <key>`",
                headers={"WWW-Authenticate": "Bearer"},
            )
        return client

    async def client_of(self, key: str) -> Client | None:
        """Return whom a key belongs to, None for one that is not known."""
        async with self._engine.connect() as connection:
            return await keys.client_of(connection, key)

    def needs(self, scope: Scope) -> Dependency:
        """Return a dependency that lets in who has a scope, as `Annotated[Client, Depends(access.needs("rentals:read"))]`."""

        async def dependency(request: Request, _: Annotated[object, Security(_BEARER)]) -> Client:
            client = await self.client(request)
            if not client.may(scope):
                raise Problem(403, "forbidden", f"the key has no scope {scope}")
            return client

        return dependency
