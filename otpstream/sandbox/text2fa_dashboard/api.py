"""The 21 calls of the dashboard API over an account.

Source: Text2FA dashboard API documentation, https://app.text2fa.com/api/v1.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from otpstream.sandbox.key_check import RequireKey, is_key
from otpstream.sandbox.orders import Order
from otpstream.sandbox.refusal import Refused
from otpstream.sandbox.text2fa_dashboard.account import DashboardAccount
from otpstream.sandbox.text2fa_dashboard.catalogue import SERVICES, STATES, Kind
from otpstream.sandbox.text2fa_dashboard.dialect import Dialect, Shown
from otpstream.sandbox.text2fa_dashboard.show import show_details, show_message, show_order, show_service

_MAX_BODY_BYTES = 65_536
_MAX_DIGITS = 9
_Fields = Mapping[str, str]
_Answer = Shown | list[Shown]


def dashboard_app(account: DashboardAccount, *, dialect: Dialect) -> Starlette:
    """Build the API of an account, its paths under /api/v1."""
    calls = _Calls(account)
    gets: Mapping[str, Callable[[_Fields], _Answer]] = {
        "account-details": calls.show_account,
        "services-s1": lambda _: calls.list_services(Kind.S1),
        "us-states": calls.list_states,
        "number-details-s1": lambda fields: show_details(calls.find(Kind.S1, fields)),
        "reserved-list-s1": lambda _: calls.list_live(Kind.S1),
        "services-s2": lambda _: calls.list_services(Kind.S2),
        "number-details-s2": lambda fields: show_details(calls.find(Kind.S2, fields)),
        "reserved-list-s2": lambda _: calls.list_live(Kind.S2),
        "rental-service-list": lambda _: calls.list_services(Kind.RENTAL),
        "rental-states": calls.list_rental_states,
        "rental-reserve-list": lambda _: calls.list_live(Kind.RENTAL),
        "rental-message": calls.list_rental_messages,
        "active-rental-numbers": calls.list_active_rentals,
    }
    posts: Mapping[str, Callable[[_Fields], _Answer]] = {
        "request-number-s1": calls.request_s1,
        "reuse-number-s1": lambda fields: show_order(account.reuse(_required(fields, "order_id"))),
        "reject-number-s1": lambda fields: show_order(account.reject(Kind.S1, _required(fields, "order_id"))),
        "request-number-s2": calls.request_s2,
        "reject-number-s2": lambda fields: show_order(account.reject(Kind.S2, _required(fields, "order_id"))),
        "request-rental-number": calls.rent,
        "renew-rental": calls.renew,
        "cancel-rental": calls.cancel,
    }
    words = _Words(dialect)
    refusal = JSONResponse(dialect.error("Unauthenticated.", field_at_fault=None), status_code=401)
    routes = [
        *(Route(f"/{path}", words.endpoint(answer, _read_query), methods=["GET"]) for path, answer in gets.items()),
        *(Route(f"/{path}", words.endpoint(answer, _read_form), methods=["POST"]) for path, answer in posts.items()),
    ]
    return Starlette(
        routes=[Mount("/api/v1", routes=routes)],
        middleware=[
            Middleware(
                RequireKey,
                may_call=lambda headers: is_key(headers.get("Authorization", ""), account.token),
                refusal=refusal,
            )
        ],
        exception_handlers={HTTPException: words.refuse_http, Refused: words.refuse},
        max_body_size=_MAX_BODY_BYTES,
    )


class _Words:
    """Puts answers and refusals into a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def endpoint(
        self, answer: Callable[[_Fields], _Answer], read: Callable[[Request], Awaitable[_Fields]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            return JSONResponse(self._dialect.reply(answer(await read(request))))

        return respond

    async def refuse(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, Refused):
            raise error
        status = 200 if self._dialect.errors_with_200 else error.status
        content = self._dialect.error(error.message, field_at_fault=error.field)
        return JSONResponse(content, status_code=status, headers=error.headers)

    async def refuse_http(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        content = self._dialect.error(error.detail, field_at_fault=None)
        return JSONResponse(content, status_code=error.status_code, headers=error.headers)


class _Calls:
    """The calls that take more than a line."""

    def __init__(self, account: DashboardAccount) -> None:
        self._account = account

    def show_account(self, _: _Fields) -> _Answer:
        return {"name": "Sandbox", "balance": self._account.wallet.balance_cents / 100, "currency": "USD"}

    def list_services(self, kind: Kind) -> _Answer:
        return [
            show_service(service, available=self._account.available(kind, service), rental=kind is Kind.RENTAL)
            for service in SERVICES[kind].values()
        ]

    def list_states(self, _: _Fields) -> _Answer:
        return [{"code": state.code, "name": state.name} for state in STATES.values()]

    def list_rental_states(self, _: _Fields) -> _Answer:
        return [{"code": "US", "name": "United States", "country": "US"}]

    def find(self, kind: Kind, fields: _Fields) -> Order:
        return self._account.find(kind, _required(fields, "order_id"))

    def list_live(self, kind: Kind) -> _Answer:
        return [show_order(order) for order in self._account.live(kind)]

    def list_active_rentals(self, _: _Fields) -> _Answer:
        return [show_order(order) for order in self._account.live(Kind.RENTAL) if order.assigned]

    def list_rental_messages(self, fields: _Fields) -> _Answer:
        return [show_message(message) for message in self.find(Kind.RENTAL, fields).inbox.messages]

    def request_s1(self, fields: _Fields) -> _Answer:
        premium_cents = _whole_number(fields, "request_premium") if fields.get("request_premium") else 0
        order = self._account.request_s1(
            _required(fields, "service_key"), premium_cents=premium_cents, state=fields.get("state") or None
        )
        return show_order(order)

    def request_s2(self, fields: _Fields) -> _Answer:
        # The text names service_key, its example sends key: both are taken, unless they disagree.
        keys = {fields[name] for name in ("service_key", "key") if fields.get(name)}
        if len(keys) != 1:
            raise Refused(422, "the service_key field is required", field="service_key")
        area_codes = [area.strip() for area in fields.get("areas", "").split(",") if area.strip()]
        return show_order(self._account.request_s2(keys.pop(), area_codes=area_codes))

    def rent(self, fields: _Fields) -> _Answer:
        service_key, days = _required(fields, "service_key"), _whole_number(fields, "duration")
        return show_order(self._account.rent(service_key, days=days))

    def renew(self, fields: _Fields) -> _Answer:
        order_id, days = _required(fields, "order_id"), _whole_number(fields, "additional_days")
        return show_order(self._account.renew(order_id, days=days))

    def cancel(self, fields: _Fields) -> _Answer:
        order, refunded_cents = self._account.cancel(_required(fields, "order_id"))
        return show_order(order) | {"refund": refunded_cents / 100}


async def _read_query(request: Request) -> _Fields:
    return request.query_params


async def _read_form(request: Request) -> _Fields:
    body = await request.body()
    if body and not request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        raise Refused(415, "the body must be application/x-www-form-urlencoded")
    return dict(parse_qsl(body.decode("utf-8", "replace")))


def _required(fields: _Fields, name: str) -> str:
    value = fields.get(name)
    if not value:
        raise Refused(422, f"the {name} field is required", field=name)
    return value


def _whole_number(fields: _Fields, name: str) -> int:
    value = _required(fields, name)
    if not value.isascii() or not value.isdecimal() or len(value) > _MAX_DIGITS:
        raise Refused(422, f"the {name} field must be a whole number", field=name)
    return int(value)
