"""Start, check and cancel over an account.

Source: TextMagic, "Send Two-Factor Authentication Messages" and https://rest.textmagic.com.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from otpstream.sandbox.key_check import RequireKey, is_key
from otpstream.sandbox.refusal import Refused
from otpstream.sandbox.textmagic.account import VerifyAccount
from otpstream.sandbox.textmagic.start_request import Invalid, read_start

_MAX_BODY_BYTES = 65_536


def textmagic_app(account: VerifyAccount) -> Starlette:
    """Build the API of an account."""
    calls = _Calls(account)
    refusal = JSONResponse(error_body(401, "invalid credentials"), 401, headers={"WWW-Authenticate": "Basic"})
    return Starlette(
        routes=[
            Route("/api/v2/verify", calls.start, methods=["POST"]),
            Route("/api/v2/verify", calls.check, methods=["PUT"]),
            Route("/api/v2/verify/{verify_id}", calls.cancel, methods=["DELETE"]),
        ],
        middleware=[Middleware(RequireKey, may_call=lambda headers: _carries(headers, account), refusal=refusal)],
        exception_handlers={HTTPException: _refuse_http, Refused: _refuse, Invalid: _refuse_invalid},
        max_body_size=_MAX_BODY_BYTES,
    )


def error_body(status: int, message: str, fields: Mapping[str, list[str]] | None = None) -> object:
    """Write an error as the API does: what is of no field stands under `common`."""
    return {"code": status, "message": message, "errors": fields or {"common": [message]}}


def _carries(headers: Headers, account: VerifyAccount) -> bool:
    """Tell whether a call has the right Basic credentials, or the right X-TM headers."""
    username, key = _read_basic(headers.get("Authorization", "")) or (
        headers.get("X-TM-Username", ""),
        headers.get("X-TM-Key", ""),
    )
    return is_key(username, account.username) and is_key(key, account.api_key)


class _Calls:
    """The endpoints."""

    def __init__(self, account: VerifyAccount) -> None:
        self._account = account

    async def start(self, request: Request) -> Response:
        verification = self._account.start(read_start(await _read_json(request)))
        return JSONResponse(
            {"verifyId": verification.id, "price": self._account.rules.price_cents / 100}, status_code=201
        )

    async def check(self, request: Request) -> Response:
        content = await _read_json(request)
        verify_id, code = content.get("verifyId"), content.get("code")
        errors = {
            name: ["is required, as a string"]
            for name, value in (("verifyId", verify_id), ("code", code))
            if not isinstance(value, str) or not value
        }
        if errors:
            raise Invalid(errors)
        self._account.check(str(verify_id), str(code))
        return Response(status_code=204)

    async def cancel(self, request: Request) -> Response:
        self._account.cancel(request.path_params["verify_id"])
        return Response(status_code=204)


def _read_basic(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, _, key = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return username, key


async def _read_json(request: Request) -> Mapping[str, object]:
    try:
        content = json.loads(await request.body())
    except ValueError as error:
        raise Refused(400, "the body is not JSON") from error
    if not isinstance(content, dict):
        raise Refused(400, "the body is no JSON object")
    return content


async def _refuse(_: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    fields = None if error.field is None else {error.field: [error.message]}
    return JSONResponse(error_body(error.status, error.message, fields), error.status, headers=error.headers)


async def _refuse_invalid(_: Request, error: Exception) -> Response:
    if not isinstance(error, Invalid):
        raise error
    return JSONResponse(error_body(400, "Validation failed", error.errors), 400)


async def _refuse_http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse(error_body(error.status_code, error.detail), error.status_code, headers=error.headers)
