"""The four-endpoint rental API, as any supplier may offer it: getNumbers, rentNumber, getSMS, cancelNumber.

The document shows every reply, so fields are looked up under their documented names first, and under common ones where a supplier strays.

Source: SMS verification API, "Technical Documentation".
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import uuid4

import httpx
from pydantic import Field

from ingest.providers.breaker import Breaker
from ingest.providers.calls import Call, Calls, Clock, Sleep
from ingest.providers.contract import Offer, Rented, RentRequest
from ingest.providers.envelopes import Body, unreadable
from ingest.providers.errors import CallRefused
from ingest.providers.fields import Country, Id, Sender, read_payload
from ingest.providers.loose import (
    Also,
    Key,
    Loose,
    LooseMoment,
    LooseMomentOrNone,
    Money,
    MoneyOrNone,
    Text,
    TextOrNone,
)
from ingest.providers.phones import e164
from ingest.providers.replies import Reply
from ingest.providers.settings import RentalApiAccount
from ingest.providers.supplying import Supplying
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState, State


class Available(Loose):
    """One item of `getNumbers`."""

    country: Annotated[Key, Field(pattern=r"^[A-Z]{2}$"), Also("country_code", "iso")]
    country_name: Annotated[TextOrNone, Also("name")] = None
    available: Annotated[int | None, Also("count", "quantity")] = None
    price_per_sms: Annotated[Money | None, Also("price", "cost")] = None


class RentedReply(Loose):
    """The reply of `rentNumber`."""

    rental_id: Annotated[Id, Also("rent_id", "order_id", "id")]
    number: Annotated[TextOrNone, Also("phone_number", "phone", "msisdn")] = None
    expires_at: Annotated[LooseMomentOrNone, Also("expiry", "expires", "end_date")] = None
    country: Country = None
    price: Annotated[MoneyOrNone, Also("cost", "amount")] = None


class ListedMessage(Loose):
    """One item of `getSMS`."""

    sender: Annotated[Sender, Also("from")] = ""
    text: Annotated[Text, Also("message", "sms", "body")]
    received_at: Annotated[LooseMoment, Also("received", "timestamp", "date", "time")]


class CancelledReply(Loose):
    """The reply of `cancelNumber`."""

    refund_amount: Annotated[MoneyOrNone, Also("refund", "refunded")] = None


class RentalApi(Supplying):
    """The client of one account at one supplier. The API lists no rentals: what was rented is known to whoever rented it.

    Args:
        http: the client that is handed in; its owner closes it.
        settings: of the account.
        clock: our clock, aware.
        sleep: how to wait between tries.
    """

    supports = frozenset({"rent", "cancel", "offers", "messages"})

    def __init__(self, http: httpx.AsyncClient, settings: RentalApiAccount, *, clock: Clock, sleep: Sleep) -> None:
        super().__init__(
            settings.name, settings.account, clock=clock, earliest_cancel_seconds=settings.earliest_cancel_seconds
        )
        self._writes_form = settings.body_format == "form"
        self._calls = Calls(
            http, provider=settings.name, settings=settings, authorise=_with_parameter, clock=clock, sleep=sleep
        )

    @property
    def circuit(self) -> Breaker:
        """The circuit breaker of all calls of the account."""
        return self._calls.breaker

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:
        """Fetch countries, quantities and prices: `GET /getNumbers`; the price is for one SMS."""
        body = await self._get("getNumbers", {} if country is None else {"country": country})

        def read(item: Any) -> Offer:
            one = read_payload(Available, item)
            return Offer(
                service=None,
                name=one.country_name,
                country=one.country,
                price=one.price_per_sms,
                available=one.available,
            )

        return Reply.of(body.items("numbers"), read)

    async def rent(self, request: RentRequest) -> Rented:
        """Rent a number: `POST /rentNumber`, once.

        Raises:
            NotSupported: without a country, or with an area, a duration or a premium.
            ReplyUnreadable: the reply names no rental; whether one was made is then unknown.
        """
        self._check(request, takes=("country", "service"), needs=("country",))
        started_at = self._clock()
        service = {} if request.service is None else {"service": request.service}
        body = await self._post("rentNumber", {"country": request.country or "", **service})
        try:
            reply = read_payload(RentedReply, body.fields("rental", "number"))
        except Unreadable as complaint:
            raise unreadable(f"{self.name} rentNumber", complaint) from None
        line = self.line_of(reply.rental_id)
        country = reply.country or request.country
        phone = None if reply.number is None else e164(reply.number, country=country)
        rental = RentalState(
            rental_id=line,
            provider=self.name,
            account=self.account,
            line=line,
            phone=phone,
            country=country,
            service=request.service,
            state="requested" if reply.number is None else "active",
            started_at=started_at,
            ends_at=reply.expires_at,
            updated_at=self._clock(),
        )
        return Rented(rental=rental, price=reply.price)

    async def give_back(self, rental: RentalState) -> Rented:
        """Cancel a rental: `POST /cancelNumber`, once; one that has ended by the supplier's own words comes back as such."""
        now = self._clock()
        try:
            body = await self._post("cancelNumber", {"rental_id": self.order_of(rental)})
        except CallRefused as refused:
            if refused.reason != "over":
                raise
            return Rented(rental=rental.model_copy(update={"state": "released", "ends_at": now, "updated_at": now}))
        refund = read_payload(CancelledReply, body.fields("rental")).refund_amount
        state: State = "refunded" if refund else "cancelled"
        return Rented(
            rental=rental.model_copy(update={"state": state, "ends_at": now, "updated_at": now}), refund=refund
        )

    async def get_rental(self, rental: RentalState) -> RentalState:
        """Fetch one rental by way of its messages: `GET /getSMS` knows it, or refuses."""
        body = await self._messages(rental)
        number = body.fields().get("number")
        phone = e164(number, country=rental.country) if isinstance(number, str) else None
        has_code = bool(body.items("messages", "sms")) and rental.state in ("requested", "active")
        return rental.model_copy(
            update={
                "phone": phone or rental.phone,
                "state": "code_received" if has_code else rental.state,
                "updated_at": self._clock(),
            }
        )

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the messages of one rental: `GET /getSMS`."""
        body = await self._messages(rental)
        now = self._clock()

        def read(item: Any) -> SmsReceived | None:
            message = read_payload(ListedMessage, item)
            if message.received_at < since:
                return None
            return SmsReceived(
                sms_id=uuid4().hex,
                provider=self.name,
                account=self.account,
                line=rental.line,
                path="poll",
                sender=message.sender,
                text=message.text,
                received_at=message.received_at,
                ingested_at=now,
                phone=rental.phone,
            )

        return Reply.of(body.items("messages", "sms"), read)

    async def _messages(self, rental: RentalState) -> Body:
        return await self._get("getSMS", {"rental_id": self.order_of(rental)})

    async def _get(self, name: str, query: Mapping[str, str]) -> Body:
        call = Call(name=name, method="GET", path=f"/{name}", query=query)
        return Body(await self._calls.safely(call), call=f"{self.name} {name}")

    async def _post(self, name: str, fields: Mapping[str, str]) -> Body:
        call = Call(name=name, method="POST", path=f"/{name}", **{"form" if self._writes_form else "json": fields})
        return Body(await self._calls.once(call), call=f"{self.name} {name}")


def _with_parameter(call: Call, key: str) -> Call:
    """Add the key to the query of a GET and to the body of a POST."""
    if call.method == "GET":
        return replace(call, query={**call.query, "api_key": key})
    if call.form is not None:
        return replace(call, form={"api_key": key, **call.form})
    return replace(call, json={"api_key": key, **call.json})
