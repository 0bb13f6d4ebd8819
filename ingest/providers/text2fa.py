"""Text2FA, API v1: its six calls, its payloads, and how they become our events.

The payloads are read tolerantly (unknown fields are ignored, ids may be numbers), but a missing or odd field that matters makes
the item unreadable: a guess could hand a code to the wrong rental.

Source: Text2FA API Integration Guide, 2025-06-26.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import msgspec
from pydantic import Field, model_validator

from ingest.providers.accounts import balance_in
from ingest.providers.breaker import Breaker
from ingest.providers.calls import Call, Calls, Clock, Sleep
from ingest.providers.fields import Country, Id, Moment, Payload, PhoneNumber, Sender, moment, read_body, read_payload
from ingest.providers.replies import Reply, json_list, json_object
from ingest.providers.settings import Text2faAccount
from ingest.providers.supplying import Supplying
from ingest.settings import Text2faSettings
from schemas import wire
from schemas.events import SmsReceived
from schemas.rentals import RentalState

PROVIDER = "text2fa"


class PolledMessage(Payload):
    """One item of `GET /v1/numbers/{number_id}/messages`."""

    sender: Sender = Field(alias="from")
    message: str = Field(max_length=65_536)
    received_at: Moment


class WebhookBody(PolledMessage):
    """The body of one webhook: a polled message that names its number."""

    number_id: Id


class _PlainBody(msgspec.Struct, frozen=True, gc=False):
    """A :class:`WebhookBody` whose fields are all strings, and whose id is a plain one."""

    number_id: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{1,100}\Z")]
    sender: Annotated[str, msgspec.Meta(max_length=256)] = msgspec.field(name="from")
    message: Annotated[str, msgspec.Meta(max_length=65_536)]
    received_at: str


_decode_plain = msgspec.json.Decoder(_PlainBody).decode


class Number(Payload):
    """One item of `GET /v1/numbers`."""

    id: Id
    number: PhoneNumber
    country: Country = None


class Webhook(Payload):
    """One item of `GET /v1/webhooks`; the guide shows no example, so the fields are what the other calls imply."""

    id: Id
    url: str = Field(repr=False)
    """May end in our secret path token: never print it."""

    @model_validator(mode="before")
    @classmethod
    def _by_either_name(cls, item: Any) -> Any:
        """Take `webhook_id`, the name that the path of the delete call gives it, for `id`."""
        return {"id": item["webhook_id"], **item} if isinstance(item, dict) and "webhook_id" in item else item


def line_of(number_id: str) -> str:
    """Return the line of a number: the one key that webhooks and polls share."""
    return f"{PROVIDER}:{number_id}"


def read_webhook(body: bytes, *, account: str, sms_id: str, ingested_at: datetime) -> wire.Sms:
    """Read the body of a webhook.

    Args:
        body: the exact bytes.
        account: which of our accounts.
        sms_id: the id to give.
        ingested_at: when it came in, aware: our clock.

    Raises:
        Unreadable: names the fields, holds no value.
    """
    number_id, sender, text, received_at = _plain(body) or _by_the_model(body)
    return wire.Sms(
        sms_id, PROVIDER, line_of(number_id), "webhook", sender, text, received_at, ingested_at, account=account
    )


_Parts = tuple[str, str, str, datetime]
"""A webhook's number, sender, text and time of receipt."""


def _plain(body: bytes) -> _Parts | None:
    """Read a body as nearly all are, at a third of the model's price; None where the model must have the last word."""
    try:
        plain = _decode_plain(body)
        return plain.number_id, plain.sender, plain.message, moment(plain.received_at)
    except (msgspec.MsgspecError, ValueError):
        return None


def _by_the_model(body: bytes) -> _Parts:
    payload = read_body(WebhookBody, body)
    return payload.number_id, payload.sender, payload.message, payload.received_at


def parse_message(item: Any) -> PolledMessage:
    """Read one polled message, as JSON gives it.

    Raises:
        Unreadable: names the fields, holds no value.
    """
    return read_payload(PolledMessage, item)


def sms_of_message(message: PolledMessage, rental: RentalState, *, sms_id: str, ingested_at: datetime) -> SmsReceived:
    """Return the event of one polled message.

    Args:
        message: as the provider listed it.
        rental: the number that was asked for.
        sms_id: the id to give.
        ingested_at: when it came in, aware: our clock.
    """
    return SmsReceived(
        sms_id=sms_id,
        provider=PROVIDER,
        account=rental.account,
        line=rental.line,
        path="poll",
        sender=message.sender,
        text=message.message,
        received_at=message.received_at,
        ingested_at=ingested_at,
        phone=rental.phone,
    )


def read_number(item: Any, *, account: str, now: datetime) -> RentalState:
    """Read one rented number as an active rental; the API has no rental id, so the line stands in for it.

    Raises:
        Unreadable: names the fields, holds no value.
    """
    number = read_payload(Number, item)
    line = line_of(number.id)
    return RentalState(
        rental_id=line,
        provider=PROVIDER,
        account=account,
        line=line,
        phone=number.number,
        country=number.country,
        state="active",
        updated_at=now,
    )


def _with_bearer(call: Call, key: str) -> Call:
    return replace(call, headers={"Authorization": f"Bearer {key}"})


class Text2fa(Supplying):
    """The client of one account: its six calls, and what of them a supplier does; numbers are rented in the dashboard.

    Args:
        http: the client that is handed in; its owner closes it.
        settings: of the account; must hold an API key.
        clock: our clock, aware.
        sleep: how to wait between tries.

    Raises:
        ValueError: the settings hold no API key.
    """

    supports = frozenset({"balance", "rentals", "messages"})

    def __init__(
        self, http: httpx.AsyncClient, settings: Text2faSettings | Text2faAccount, *, clock: Clock, sleep: Sleep
    ) -> None:
        account = settings if isinstance(settings, Text2faAccount) else Text2faAccount.of(settings)
        if not account.has_key:
            raise ValueError("text2fa has no API key: set api_key to the one from the dashboard, Settings → API Key")
        super().__init__(PROVIDER, account.account, clock=clock)
        self._calls = Calls(http, provider=PROVIDER, settings=account, authorise=_with_bearer, clock=clock, sleep=sleep)

    @property
    def circuit(self) -> Breaker:
        """The circuit breaker of all calls of the account."""
        return self._calls.breaker

    async def list_numbers(self) -> Reply[RentalState]:
        """Fetch the rented numbers: `GET /v1/numbers`.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no list.
        """
        content = await self._get("/v1/numbers", name="list_numbers")
        now = self._clock()
        return Reply.of(
            json_list(content, call=f"{PROVIDER} list_numbers"),
            lambda item: read_number(item, account=self.account, now=now),
        )

    async def list_rentals(self) -> Reply[RentalState]:
        """Fetch the rented numbers, as :meth:`list_numbers`."""
        return await self.list_numbers()

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the messages of a number: `GET /v1/numbers/{number_id}/messages`.

        Args:
            rental: the number.
            since: older messages are left out: the API gives all that it keeps, each time.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no list.
        """
        number_id = quote(self.order_of(rental), safe="")
        content = await self._get(f"/v1/numbers/{number_id}/messages", name="list_messages")
        now = self._clock()

        def read(item: Any) -> SmsReceived | None:
            payload = parse_message(item)
            if payload.received_at < since:
                return None
            return sms_of_message(payload, rental, sms_id=uuid4().hex, ingested_at=now)

        return Reply.of(json_list(content, call=f"{PROVIDER} list_messages"), read)

    async def fetch_balance(self) -> Decimal | None:
        """Fetch what is left on the account, out of :meth:`account_details`.

        Raises:
            ProviderError: as :meth:`account_details`, or the balance is no amount.
        """
        return balance_in(await self.account_details(), call=f"{PROVIDER} account_details")

    async def register_webhook(self, url: str) -> None:
        """Register where webhooks go: `POST /v1/webhooks`; made once, since a repeat could register twice.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says.
        """
        await self._calls.once(Call(name="register_webhook", method="POST", path="/v1/webhooks", json={"url": url}))

    async def list_webhooks(self) -> Reply[Webhook]:
        """Fetch the registered webhooks: `GET /v1/webhooks`.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no list.
        """
        content = await self._get("/v1/webhooks", name="list_webhooks")
        return Reply.of(json_list(content, call=f"{PROVIDER} list_webhooks"), lambda item: read_payload(Webhook, item))

    async def delete_webhook(self, webhook_id: str) -> None:
        """Delete one webhook: `DELETE /v1/webhooks/{webhook_id}`; made once.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says.
        """
        path = f"/v1/webhooks/{quote(webhook_id, safe='')}"
        await self._calls.once(Call(name="delete_webhook", method="DELETE", path=path))

    async def account_details(self) -> Mapping[str, Any]:
        """Fetch the account and its balance: `GET /v1/account-details`.

        Returns:
            The JSON object as it came: the guide does not say what is in it.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no object.
        """
        content = await self._get("/v1/account-details", name="account_details")
        return json_object(content, call=f"{PROVIDER} account_details")

    async def _get(self, path: str, *, name: str) -> bytes:
        return await self._calls.safely(Call(name=name, method="GET", path=path))
