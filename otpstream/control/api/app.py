"""The application that serves `/v1`: routers, problems, and nothing read that is larger than a request may be."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from otpstream.control.api import problems
from otpstream.control.api.problems import Problem, ProblemBody, problem_response

LARGEST_BODY_BYTES = 64 * 1024
PATHS = ("/v1/", "/openapi.json", "/docs")
"""What the application answers: whole paths, or what is below one that ends in a slash."""


def control_api(routers: Iterable[APIRouter], *, version: str) -> FastAPI:
    """Return the application.

    Args:
        routers: of all that is served.
        version: of otpstream.
    """
    app = FastAPI(
        title="otpstream",
        version=version,
        summary="Rent numbers, read their codes, verify phones.",
        openapi_url="/openapi.json",
        redoc_url=None,
    )
    problems.install(app)
    too_large = problem_response(Problem(413, "too-large", f"a body has {LARGEST_BODY_BYTES} bytes at the most"))
    app.add_middleware(BodyLimit, limit_bytes=LARGEST_BODY_BYTES, refusal=too_large)
    for router in routers:
        app.include_router(router)
    describe = app.openapi

    def openapi() -> dict[str, object]:
        schema = describe()
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        body = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(body.pop("$defs"))
        schemas["ProblemBody"] = body
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
    return app


class BodyLimit:
    """Refuses a larger request body, whether its length was announced or not.

    Args:
        app: what is asked otherwise.
        limit_bytes: how much a body may have.
        refusal: what answers where it has more.
    """

    def __init__(self, app: ASGIApp, *, limit_bytes: int, refusal: ASGIApp) -> None:
        self._app = app
        self._limit_bytes = limit_bytes
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, its body read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > self._limit_bytes:
                await self._refusal(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def read() -> Message:
            return unread.pop() if unread else await receive()

        await self._app(scope, read, send)
