"""The four endpoints over an account.

Source: Technical Documentation of the SMS verification API, "4 simple endpoints".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from otpstream.sandbox.clock import rfc3339
from otpstream.sandbox.key_check import is_key
from otpstream.sandbox.numbering import COUNTRIES
from otpstream.sandbox.refusal import Refused
from otpstream.sandbox.rental_api.account import RentalAccount

_MAX_BODY_BYTES = 65_536


def rental_api_app(account: RentalAccount) -> Starlette:
    """Build the API of an account."""
    calls = _Calls(account)
    return Starlette(
        routes=[
            Route("/getNumbers", calls.get_numbers, methods=["GET"]),
            Route("/rentNumber", calls.rent_number, methods=["POST"]),
            Route("/getSMS", calls.get_sms, methods=["GET"]),
            Route("/cancelNumber", calls.cancel_number, methods=["POST"]),
        ],
        exception_handlers={HTTPException: _refuse_http, Refused: _refuse},
        max_body_size=_MAX_BODY_BYTES,
    )


def error_body(_status: int, message: str) -> object:
    """Write an error as the API does."""
    return {"status": "error", "message": message}


class _Calls:
    """The endpoints."""

    def __init__(self, account: RentalAccount) -> None:
        self._account = account

    async def get_numbers(self, request: Request) -> Response:
        self._authorize(request.query_params)
        wanted = request.query_params.get("country")
        numbers = [
            {
                "country": country,
                "country_name": COUNTRIES[country],
                "available": self._account.available(country),
                "price_per_sms": self._account.rules.offers[country].price_cents / 100,
            }
            for country in self._account.countries()
            if wanted in (None, "", country)
        ]
        return JSONResponse({"status": "success", "numbers": numbers})

    async def rent_number(self, request: Request) -> Response:
        fields = await _read_fields(request)
        self._authorize(fields)
        order = self._account.rent(_required(fields, "country"), service=fields.get("service", ""))
        return JSONResponse(
            {
                "status": "success",
                "number": order.phone,
                "rental_id": order.id,
                "expires_at": rfc3339(order.expires_at),
                "country": order.region,
            }
        )

    async def get_sms(self, request: Request) -> Response:
        self._authorize(request.query_params)
        order = self._account.find(_required(request.query_params, "rental_id"))
        messages = [
            {"sender": message.sender, "text": message.text, "received_at": message.received_at_text}
            for message in order.inbox.messages
        ]
        return JSONResponse({"status": "success", "messages": messages, "number": order.phone})

    async def cancel_number(self, request: Request) -> Response:
        fields = await _read_fields(request)
        self._authorize(fields)
        rental_id = _required(fields, "rental_id")
        refunded_cents = self._account.cancel(rental_id)
        return JSONResponse(
            {
                "status": "success",
                "message": "Number rental cancelled successfully",
                "rental_id": rental_id,
                "refund_amount": refunded_cents / 100,
            }
        )

    def _authorize(self, fields: Mapping[str, str]) -> None:
        if not is_key(fields.get("api_key", ""), self._account.api_key):
            raise Refused(401, "missing or invalid api_key")


async def _read_fields(request: Request) -> Mapping[str, str]:
    body = await request.body()
    if request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode("utf-8", "replace")))
    try:
        content = json.loads(body)
    except ValueError as error:
        raise Refused(400, "the body is neither JSON nor a form") from error
    if not isinstance(content, dict):
        raise Refused(400, "the body is no JSON object")
    return {name: value for name, value in content.items() if isinstance(value, str)}


def _required(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name)
    if not value:
        raise Refused(400, f"{name} is required")
    return value


async def _refuse(_: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return JSONResponse(error_body(error.status, error.message), error.status, headers=error.headers)


async def _refuse_http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse(error_body(error.status_code, error.detail), error.status_code, headers=error.headers)
