"""The four-endpoint rental API, served by ourselves over the numbers of all suppliers: getNumbers, rentNumber, getSMS, cancelNumber.

A partner's key stands in the query of a GET and in the body of a POST, JSON or form; whoever serves this keeps no access log. Every
reply has `status`, errors too: `{"status": "error", "error": <a word>, "message": <for people>}`.

Source: the four-endpoint API's "Technical Documentation".
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ingest.providers.contract import RentRequest
from otpstream.control import projection
from otpstream.control.api.access import Access
from otpstream.control.api.app import LARGEST_BODY_BYTES, BodyLimit
from otpstream.control.api.problems import STORE_RETRY_SECONDS
from otpstream.control.api.text import LIMIT_CHARACTERS, Text
from otpstream.control.countries import country_name
from otpstream.control.rentals.commands import Rentals
from otpstream.control.rentals.offers import Order
from otpstream.control.rentals.reconciler import Reconciler
from otpstream.control.rentals.refusals import Kind, Refusal
from otpstream.control.rentals.rental import Rental
from otpstream.control.scopes import Scope
from otpstream.control.settings import FacadeSettings
from otpstream.control.store.engine import STORE_AWAY
from otpstream.control.store.keys import Client

PATHS = ("/getNumbers", "/rentNumber", "/getSMS", "/cancelNumber")

_STATUS: dict[Kind, int] = {
    "not_found": 404,
    "no_offer": 409,
    "not_supported": 409,
    "supplier_refused": 409,
    "supplier_away": 503,
    "spend_cap": 402,
    "too_many_live": 409,
}
"""The HTTP status of each refusal; 409 for the rest."""
_MAYBE_RENTED = "whether a number was rented is not known: do not ask again at once, for that would be another number"
_ASSIGNED_LATER = "the number is rented and still being assigned: /getSMS with this rental_id tells it; do not rent another one for it"
_TEXT: TypeAdapter[str] = TypeAdapter(Text)
_CENTS = Decimal("0.0001")
_SETTLE_INTERVAL_SECONDS = 1.0

Sleep = Callable[[float], Awaitable[None]]


class _Wrong(Exception):
    """A request that cannot be served."""

    def __init__(
        self,
        status: int,
        error: str,
        message: str,
        *,
        rental_id: str | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.rental_id = rental_id
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, kw_only=True)
class Facade:
    """Answers the four calls.

    Args:
        rentals: the commands.
        reconciler: of the same suppliers.
        access: tells partners by their keys; they need `rentals:read` and `rentals:write`.
        settings: of the façade.
        sleep: how to wait for an outcome.
    """

    rentals: Rentals
    reconciler: Reconciler
    access: Access
    settings: FacadeSettings
    sleep: Sleep = asyncio.sleep

    async def get_numbers(self, request: Request) -> JSONResponse:
        """`GET /getNumbers`: countries, how many numbers, and the lowest price in each, of what a partner rents who names no service."""
        given = dict(request.query_params)
        partner = await self._partner(given, "rentals:read")
        country = _country(_needed(given, "country")) if given.get("country") else None
        offers, unanswered = await self.rentals.offers.everywhere(country=country, service=self.settings.service)
        if unanswered and not offers:
            raise _Wrong(503, "away", "no numbers can be listed right now", retry_after_seconds=30)
        prices: dict[str, list[Decimal]] = defaultdict(list)
        available: dict[str, int] = defaultdict(int)
        for offer in (one.offer for one in offers if not one.offer.is_per_day):
            if offer.country is not None and offer.price is not None and offer.available != 0:
                prices[offer.country].append(offer.price)
                # Who does not count has at least one.
                available[offer.country] += 1 if offer.available is None else offer.available
        numbers = [
            {
                "country": code,
                "country_name": country_name(code),
                "available": available[code],
                "price_per_sms": _money(min(prices[code]) * _with_margin(partner)),
            }
            for code in sorted(prices)
        ]
        return _success(numbers=numbers)

    async def rent_number(self, request: Request) -> JSONResponse:
        """`POST /rentNumber`: the cheapest number that fits."""
        given = await _body(request)
        partner = await self._partner(given, "rentals:write")
        country = _country(_needed(given, "country"))
        service = _text(given, "service") or self.settings.service
        order = Order(request=RentRequest(service=service, country=country))
        try:
            rental = await self._settled(await self.rentals.rent(order, client=partner), needs_number=True)
            if rental.state == "requested":
                await self.rentals.cancel(rental.rental_id, client=partner, when_possible=True)
        except STORE_AWAY:
            raise _Wrong(504, "outcome_unknown", _MAYBE_RENTED) from None
        if rental.state == "requested":
            text = f"{_MAYBE_RENTED}; should it turn up it is given back"
            raise _Wrong(504, "outcome_unknown", text, rental_id=rental.rental_id)
        if rental.is_untold:
            raise _Wrong(504, "outcome_unknown", _MAYBE_RENTED, rental_id=rental.rental_id)
        if rental.state == "failed":
            raise _Wrong(503, "away", "nothing was rented and nothing was charged", retry_after_seconds=5)
        if not rental.live:
            raise _Wrong(
                409, "over", f"the number was rented, and is {rental.state} already", rental_id=rental.rental_id
            )
        if rental.phone is None:
            raise _Wrong(504, "being_assigned", _ASSIGNED_LATER, rental_id=rental.rental_id)
        return _success(
            number=rental.phone,
            rental_id=rental.rental_id,
            expires_at=_time(rental.ends_at or rental.cancel_at),
            country=rental.country or country,
        )

    async def get_sms(self, request: Request) -> JSONResponse:
        """`GET /getSMS`: the messages of a rental, in the order in which they were received."""
        given = dict(request.query_params)
        partner = await self._partner(given, "rentals:read")
        rental = await self.rentals.get(_needed(given, "rental_id"), client=partner)
        async with self.rentals.calls.engine.connect() as connection:
            rows = await projection.messages_of(connection, rental.rental_id)
        messages = [{"sender": row.sender, "text": row.text, "received_at": _time(row.received_at)} for row in rows]
        return _success(messages=messages, number=rental.phone)

    async def cancel_number(self, request: Request) -> JSONResponse:
        """`POST /cancelNumber`: end a rental; what is paid back is the partner's price in proportion to the supplier's refund."""
        given = await _body(request)
        partner = await self._partner(given, "rentals:write")
        rental_id = _needed(given, "rental_id")
        rental = await self.rentals.get(rental_id, client=partner)
        if rental.state in ("expired", "released", "failed"):
            raise _Wrong(409, "over", f"the rental is {rental.state} already")
        rental = await self._settled(await self.rentals.cancel(rental_id, client=partner))
        return _success(
            message="Number rental cancelled successfully" if rental.over else "Number rental is being cancelled",
            rental_id=rental_id,
            refund_amount=_money(rental.charged_refund),
        )

    async def _settled(self, rental: Rental, *, needs_number: bool = False) -> Rental:
        """Wait a while for the supplier's list to tell what came of a call, and the number where it is assigned after that."""
        waited_seconds = 0.0
        supplier = self.rentals.calls.supplier_of(rental)
        while waited_seconds < self.settings.settle_seconds and await self._is_awaited(rental, needs_number):
            await self.reconciler.reconcile(supplier)
            if not await self._is_awaited(rental, needs_number):
                break
            await self.sleep(_SETTLE_INTERVAL_SECONDS)
            waited_seconds += _SETTLE_INTERVAL_SECONDS
        return await self.reconciler.as_it_stands(rental)

    async def _is_awaited(self, rental: Rental, needs_number: bool) -> bool:
        if await self.rentals.calls.is_open(rental):
            return True
        current = await self.reconciler.as_it_stands(rental)
        return needs_number and current.live and current.phone is None

    async def _partner(self, given: dict[str, str], scope: Scope) -> Client:
        client = await self.access.client_of(given.get("api_key", ""))
        if client is None:
            raise _Wrong(401, "unauthorized", "api_key is missing, unknown or revoked")
        if not client.may(scope):
            raise _Wrong(403, "forbidden", f"the key has no scope {scope}")
        if client.margin_percent is None:
            return replace(client, margin_percent=self.settings.margin_percent)
        return client


def facade_app(facade: Facade) -> Starlette:
    """Return the application that serves the four calls."""
    app = Starlette(
        routes=[
            Route("/getNumbers", facade.get_numbers, methods=["GET"]),
            Route("/rentNumber", facade.rent_number, methods=["POST"]),
            Route("/getSMS", facade.get_sms, methods=["GET"]),
            Route("/cancelNumber", facade.cancel_number, methods=["POST"]),
        ],
        exception_handlers=dict.fromkeys((_Wrong, Refusal, HTTPException, *STORE_AWAY, Exception), _answer),
    )
    too_large = _error(_Wrong(413, "too_large", f"a body has {LARGEST_BODY_BYTES} bytes at the most"))
    app.add_middleware(BodyLimit, limit_bytes=LARGEST_BODY_BYTES, refusal=too_large)
    return app


async def _answer(request: Request, error: Exception) -> JSONResponse:
    match error:
        case _Wrong():
            return _error(error)
        case Refusal():
            wait = error.retry_after_seconds
            return _error(_Wrong(_STATUS.get(error.kind, 409), error.kind, str(error), retry_after_seconds=wait))
        case HTTPException():
            return _error(_Wrong(error.status_code, "not_served", error.detail))
        case _ if isinstance(error, STORE_AWAY):
            return _error(_Wrong(503, "away", "the store does not answer", retry_after_seconds=STORE_RETRY_SECONDS))
        case _:
            rents = request.url.path == "/rentNumber"
            return _error(_Wrong(500, "bug", f"something of ours failed{f': {_MAYBE_RENTED}' if rents else ''}"))


def _success(**members: Any) -> JSONResponse:
    return JSONResponse({"status": "success", **members}, headers={"Cache-Control": "no-store"})


def _error(error: _Wrong) -> JSONResponse:
    body: dict[str, Any] = {"status": "error", "error": error.error, "message": str(error)}
    headers = {"Cache-Control": "no-store"}
    if error.rental_id is not None:
        body["rental_id"] = error.rental_id
    if error.retry_after_seconds is not None:
        body["retry_after_seconds"] = error.retry_after_seconds
        headers["Retry-After"] = str(max(1, round(error.retry_after_seconds)))
    return JSONResponse(body, error.status, headers=headers)


async def _body(request: Request) -> dict[str, str]:
    """Read the fields of a POST, JSON or form."""
    body = await request.body()
    try:
        text = body.decode()
        given = json.loads(text) if text.lstrip().startswith("{") else dict(parse_qsl(text, strict_parsing=bool(text)))
    except (ValueError, RecursionError):
        raise _Wrong(400, "invalid_request", "the body is neither a JSON object nor a form") from None
    return {name: str(value) for name, value in given.items() if isinstance(value, str | int)}


def _needed(given: dict[str, str], name: str) -> str:
    text = _text(given, name)
    if text is None:
        raise _Wrong(400, "invalid_request", f"{name} is required")
    return text


def _text(given: dict[str, str], name: str) -> str | None:
    if not given.get(name):
        return None
    try:
        return _TEXT.validate_python(given[name])
    except ValidationError:
        text = f"{name} must be {LIMIT_CHARACTERS} characters at the most and hold no control characters"
        raise _Wrong(400, "invalid_request", f"{text}: nothing was rented or changed") from None


def _country(code: str) -> str:
    upper = code.strip().upper()
    if not (len(upper) == 2 and upper.isascii() and upper.isalpha()):
        raise _Wrong(400, "invalid_request", "country must be an ISO country code, such as US")
    return upper


def _with_margin(partner: Client) -> Decimal:
    return 1 + (partner.margin_percent or Decimal(0)) / 100


def _money(amount: Decimal) -> float:
    return float(amount.quantize(_CENTS, ROUND_HALF_UP))


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
