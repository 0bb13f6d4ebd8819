"""Errors over HTTP as RFC 9457 has them: `application/problem+json`, and never a value that the client sent."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from otpstream.control.store.engine import STORE_AWAY

STORE_RETRY_SECONDS = 5
MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One field that is wrong."""

    field: str
    """Its place in the request, such as `body.service`."""
    detail: str


class ProblemBody(BaseModel):
    """What every error looks like."""

    type: str = Field(examples=["urn:otpstream:problem:spend-cap"])
    """To tell problems apart by; stable."""
    title: str
    status: int
    detail: str
    """For people."""
    errors: list[FieldProblem] | None = None
    """The fields that are wrong, where fields are."""
    rental_id: str | None = None
    verification_id: str | None = None
    retry_after_seconds: float | None = None
    """When asking again makes sense; also as `Retry-After`."""


class Problem(Exception):
    """An error to answer with.

    Args:
        status: of HTTP.
        kind: the last part of its type, such as `spend-cap`.
        detail: for people; holds no code, key or phone number.
        retry_after_seconds: when asking again makes sense.
        headers: sent with the answer.
        members: more members of the body, as :class:`ProblemBody` has them.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        retry_after_seconds: float | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        self.headers = dict(headers or {})
        self.members = members


def problem_response(error: Exception) -> JSONResponse:
    """Return the answer of an error: a :class:`Problem`, FastAPI's complaint about a request, or Starlette's about a route."""
    problem = _problem(error)
    body = ProblemBody(
        type=f"urn:otpstream:problem:{problem.kind}",
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        detail=problem.detail,
        retry_after_seconds=problem.retry_after_seconds,
        **problem.members,
    )
    headers = problem.headers
    if problem.retry_after_seconds is not None:
        headers = {**headers, "Retry-After": str(max(1, -int(-problem.retry_after_seconds // 1)))}
    return JSONResponse(
        body.model_dump(mode="json", exclude_none=True), problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the errors of a route; 401, 403 and 422 come with every one."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({401, 403, 422, *statuses})
    }


def install(app: FastAPI) -> None:
    """Let an application answer every error as a problem."""

    async def answer(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
        return problem_response(error)

    for kind in (Problem, RequestValidationError, HTTPException, *STORE_AWAY, Exception):
        app.add_exception_handler(kind, answer)


def _problem(error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return _invalid(error)
        case HTTPException():
            kind = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
            return Problem(error.status_code, kind, str(error.detail), headers=error.headers)
        case _ if isinstance(error, STORE_AWAY):
            text = "the store does not answer: ask again; a POST only under its Idempotency-Key, since without one it may be done twice"
            return Problem(503, "store-away", text, retry_after_seconds=STORE_RETRY_SECONDS)
        case _:
            return Problem(500, "bug", "something of ours failed; the log of the server says what kind of fault it was")


def _invalid(error: RequestValidationError) -> Problem:
    # pydantic's own messages may quote what was sent, which may be a code; the kind of complaint never does.
    errors = [
        FieldProblem(field=_sendable(".".join(map(str, one["loc"]))) or "body", detail=_complaint(one))
        for one in error.errors()
    ]
    names = ", ".join(dict.fromkeys(one.field for one in errors))
    return Problem(422, "invalid-request", f"the request is not as it must be: {names}", errors=errors)


def _sendable(field: str) -> str:
    """Return a field's place, which holds the name of an unknown field as it came: a lone surrogate cannot be sent back."""
    return field.encode(errors="replace").decode()


def _complaint(error: Any) -> str:
    kind: str = error["type"]
    bounds = {name: limit for name, limit in (error.get("ctx") or {}).items() if isinstance(limit, int | float)}
    if kind in ("literal_error", "enum"):
        return f"must be one of {error['ctx']['expected']}"
    if kind == "string_pattern_mismatch":
        return f"must match {error['ctx']['pattern']}"
    said = kind.replace("_", " ")
    return f"{said} ({', '.join(f'{name} {limit:g}' for name, limit in bounds.items())})" if bounds else said
