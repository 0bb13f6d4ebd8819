"""`Idempotency-Key` on POSTs: same key and same request, same answer; another request 422; the first one still under way 409.

Kept are the answers below 400. A refusal came before anything was done, so the same request may be made again under its key; and what
ends in 5xx frees the key as well: the intent that carries it sees to it that nothing is spent twice.
"""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import Field, TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.exceptions import HTTPException

from otpstream.control.api.access import Access
from otpstream.control.api.problems import Problem, problem_response
from otpstream.control.api.text import OneLine
from otpstream.control.store import idempotency
from otpstream.control.store.idempotency import Answer

KEY_LIMIT = 200
REPLAYED = "Idempotent-Replayed"

_Key = Annotated[OneLine, Field(min_length=1, max_length=KEY_LIMIT)]
_KEY: TypeAdapter[str] = TypeAdapter(_Key)

IdempotencyKey = Annotated[
    _Key | None,
    Header(
        alias="Idempotency-Key",
        description="Of your choice, one a request: sent again, the request is not carried out again.",
    ),
]
"""The header, for routes that hand it on."""

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def idempotent_route(
    access: Access, engine: AsyncEngine, *, clock: Callable[[], datetime], in_flight_seconds: float
) -> type[APIRoute]:
    """Return the route class of routers whose POSTs honour the header: `APIRouter(route_class=...)`.

    Args:
        access: tells whose key it is.
        engine: of the store.
        clock: our clock, aware.
        in_flight_seconds: after this long a request whose process died may be made again.
    """

    class IdempotentRoute(APIRoute):
        """Answers a POST once per key."""

        def get_route_handler(self) -> _Handler:
            """Wrap FastAPI's own handler."""
            handle = super().get_route_handler()

            async def handler(request: Request) -> Response:
                key = request.headers.get("Idempotency-Key")
                if request.method != "POST" or key is None:
                    return await handle(request)
                client = (await access.client(request)).name
                _check(key)
                now = clock()
                until = now + timedelta(seconds=in_flight_seconds)
                digest = _digest(request, await request.body())
                async with engine.begin() as connection:
                    taken = await idempotency.take(
                        connection, client=client, key=key, request_hash=digest, until=until, now=now
                    )
                if isinstance(taken, Answer):
                    return Response(taken.body, taken.status, headers={REPLAYED: "true"}, media_type=taken.content_type)
                if taken != "taken":
                    raise _refused(taken)
                return await _carried_out(engine, handle, request, client=client, key=key)

            return handler

    return IdempotentRoute


async def _carried_out(engine: AsyncEngine, handle: _Handler, request: Request, *, client: str, key: str) -> Response:
    try:
        response = await handle(request)
    except (Problem, RequestValidationError, HTTPException) as error:
        response = problem_response(error)
    except Exception:
        async with engine.begin() as connection:
            await idempotency.let_go(connection, client=client, key=key)
        raise
    content_type = response.headers.get("content-type", "application/json")
    async with engine.begin() as connection:
        if response.status_code >= 400:
            await idempotency.let_go(connection, client=client, key=key)
        else:
            answer = Answer(response.status_code, content_type, bytes(response.body))
            await idempotency.keep(connection, client=client, key=key, answer=answer)
    return response


def _check(key: str) -> None:
    try:
        _KEY.validate_python(key)
    except ValidationError as error:
        complaints = [{**one, "loc": ("header", "Idempotency-Key")} for one in error.errors()]
        raise RequestValidationError(complaints) from None


def _refused(taken: str) -> Problem:
    if taken == "other_request":
        return Problem(
            422, "idempotency-key-reused", "this Idempotency-Key was used for another request: choose a new one"
        )
    return Problem(
        409,
        "idempotency-key-in-flight",
        "the first request under this Idempotency-Key is still under way: ask again shortly",
        retry_after_seconds=1,
    )


def _digest(request: Request, body: bytes) -> str:
    told = hashlib.sha256()
    for part in (request.method.encode(), request.url.path.encode(), request.url.query.encode(), body):
        told.update(len(part).to_bytes(8, "big") + part)
    return told.hexdigest()
