"""The six calls of Text2FA v1 over an account.

Source: Text2FA API Integration Guide, 6/26/2025, "Authentication" and "Key Endpoints".
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from otpstream.sandbox.key_check import RequireKey, is_key
from otpstream.sandbox.text2fa.account import RegisteredWebhook, Text2faAccount

_MAX_BODY_BYTES = 65_536  # a webhook registration is one URL


def text2fa_app(account: Text2faAccount) -> Starlette:
    """Build the API of an account."""
    calls = _Calls(account)
    refusal = JSONResponse(
        {"error": "missing or invalid API key"}, status_code=401, headers={"WWW-Authenticate": "Bearer"}
    )
    return Starlette(
        routes=[
            Route("/v1/numbers", calls.list_numbers, methods=["GET"]),
            Route("/v1/numbers/{number_id}/messages", calls.list_messages, methods=["GET"]),
            Route("/v1/webhooks", calls.register_webhook, methods=["POST"]),
            Route("/v1/webhooks", calls.list_webhooks, methods=["GET"]),
            Route("/v1/webhooks/{webhook_id}", calls.delete_webhook, methods=["DELETE"]),
            Route("/v1/account-details", calls.show_account, methods=["GET"]),
        ],
        middleware=[
            Middleware(RequireKey, may_call=lambda headers: _carries(headers, account.api_key), refusal=refusal)
        ],
        exception_handlers={HTTPException: _refuse},
        max_body_size=_MAX_BODY_BYTES,
    )


def _carries(headers: Headers, key: str) -> bool:
    scheme, _, given = headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and is_key(given, key)


class _Calls:
    """The endpoints."""

    def __init__(self, account: Text2faAccount) -> None:
        self._account = account

    async def list_numbers(self, _: Request) -> Response:
        return JSONResponse(
            [
                {"id": number.id, "number": number.number, "type": "non-voip", "country": number.country}
                for number in self._account.numbers
            ]
        )

    async def list_messages(self, request: Request) -> Response:
        number = self._account.find_number(request.path_params["number_id"])
        if number is None:
            raise HTTPException(404, "no such number")
        return JSONResponse(
            [
                {"from": message.sender, "message": message.text, "received_at": message.received_at_text}
                for message in number.inbox.messages
            ]
        )

    async def register_webhook(self, request: Request) -> Response:
        # The guide's own example posts without a JSON content type, so none is asked for.
        webhook = self._account.register_webhook(_read_url(await request.body()))
        return JSONResponse(_show_webhook(webhook), status_code=201)

    async def list_webhooks(self, _: Request) -> Response:
        return JSONResponse([_show_webhook(webhook) for webhook in self._account.webhooks])

    async def delete_webhook(self, request: Request) -> Response:
        if not self._account.delete_webhook(request.path_params["webhook_id"]):
            raise HTTPException(404, "no such webhook")
        return Response(status_code=204)

    async def show_account(self, _: Request) -> Response:
        return JSONResponse({"balance": self._account.balance_cents / 100, "currency": "USD"})


def _show_webhook(webhook: RegisteredWebhook) -> dict[str, str]:
    return {"id": webhook.id, "url": webhook.url}


def _read_url(body: bytes) -> str:
    try:
        content = json.loads(body)
    except ValueError as error:
        raise HTTPException(400, "the body is not JSON") from error
    url = content.get("url") if isinstance(content, dict) else None
    if not isinstance(url, str) or not _is_http_url(url):
        raise HTTPException(400, "url must be an absolute http or https URL")
    return url


def _is_http_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_readable = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_readable


async def _refuse(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)
