"""Text2FA, API v1: its six calls, its payloads, and how they become our events.

The payloads are read tolerantly (unknown fields are ignored, ids may be numbers), but a missing or odd field that matters makes
the item unreadable: a guess could hand a code to the wrong rental.

Source: Text2FA API Integration Guide, 2025-06-26.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from pydantic import Field, model_validator

from ingest.providers.calls import Calls, Clock, Sleep
from ingest.providers.fields import Country, Id, Moment, Payload, PhoneNumber, Sender, read_body, read_payload
from ingest.providers.replies import Reply, json_list, json_object
from ingest.settings import Text2faSettings
from schemas.events import Path, SmsReceived
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


def read_webhook(body: bytes, *, account: str, sms_id: str, ingested_at: datetime) -> SmsReceived:
    """Read the body of a webhook.

    Args:
        body: the exact bytes.
        account: which of our accounts.
        sms_id: the id to give.
        ingested_at: when it came in, aware: our clock.

    Raises:
        Unreadable: names the fields, holds no value.
    """
    payload = read_body(WebhookBody, body)
    return _sms(
        payload, line=line_of(payload.number_id), path="webhook", account=account, sms_id=sms_id, at=ingested_at
    )


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
    return _sms(
        message,
        line=rental.line,
        path="poll",
        account=rental.account,
        sms_id=sms_id,
        at=ingested_at,
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


def _sms(
    payload: PolledMessage,
    *,
    line: str,
    path: Path,
    account: str,
    sms_id: str,
    at: datetime,
    phone: str | None = None,
) -> SmsReceived:
    return SmsReceived(
        sms_id=sms_id,
        provider=PROVIDER,
        account=account,
        line=line,
        path=path,
        sender=payload.sender,
        text=payload.message,
        received_at=payload.received_at,
        ingested_at=at,
        phone=phone,
    )


class Text2fa:
    """The client of one account: its six calls, and what the poller asks of a provider.

    Args:
        http: the client that is handed in; its owner closes it.
        settings: of the account; must hold an API key.
        clock: our clock, aware.
        sleep: how to wait between tries.

    Raises:
        ValueError: the settings hold no API key.
    """

    name = PROVIDER

    def __init__(self, http: httpx.AsyncClient, settings: Text2faSettings, *, clock: Clock, sleep: Sleep) -> None:
        if settings.api_key is None:
            raise ValueError("text2fa has no API key: set api_key to the one from the dashboard, Settings → API Key")
        self.account = settings.account
        self._clock = clock
        self._calls = Calls(
            http,
            provider=PROVIDER,
            base_url=str(settings.base_url),
            headers={"Authorization": f"Bearer {settings.api_key.get_secret_value()}"},
            timeout_seconds=settings.request_timeout_seconds,
            requests_per_second=settings.requests_per_second,
            clock=clock,
            sleep=sleep,
        )

    async def list_numbers(self) -> Reply[RentalState]:
        """Fetch the rented numbers: `GET /v1/numbers`.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no list.
        """
        content = await self._calls.get("/v1/numbers", call="list_numbers")
        now = self._clock()
        return Reply.of(
            json_list(content, call=f"{PROVIDER} list_numbers"),
            lambda item: read_number(item, account=self.account, now=now),
        )

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:
        """Fetch the messages of a number: `GET /v1/numbers/{number_id}/messages`.

        Args:
            rental: the number.
            since: older messages are left out: the API gives all that it keeps, each time.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no list.
        """
        number_id = quote(rental.line.removeprefix(f"{PROVIDER}:"), safe="")
        content = await self._calls.get(f"/v1/numbers/{number_id}/messages", call="list_messages")
        now = self._clock()

        def read(item: Any) -> SmsReceived | None:
            payload = parse_message(item)
            if payload.received_at < since:
                return None
            return sms_of_message(payload, rental, sms_id=uuid4().hex, ingested_at=now)

        return Reply.of(json_list(content, call=f"{PROVIDER} list_messages"), read)

    async def register_webhook(self, url: str) -> None:
        """Register where webhooks go: `POST /v1/webhooks`; made once, since a repeat could register twice.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says.
        """
        await self._calls.once("POST", "/v1/webhooks", call="register_webhook", body={"url": url})

    async def list_webhooks(self) -> Reply[Webhook]:
        """Fetch the registered webhooks: `GET /v1/webhooks`.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no list.
        """
        content = await self._calls.get("/v1/webhooks", call="list_webhooks")
        return Reply.of(json_list(content, call=f"{PROVIDER} list_webhooks"), lambda item: read_payload(Webhook, item))

    async def delete_webhook(self, webhook_id: str) -> None:
        """Delete one webhook: `DELETE /v1/webhooks/{webhook_id}`; made once.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says.
        """
        await self._calls.once("DELETE", f"/v1/webhooks/{quote(webhook_id, safe='')}", call="delete_webhook")

    async def account_details(self) -> Mapping[str, Any]:
        """Fetch the account and its balance: `GET /v1/account-details`.

        Returns:
            The JSON object as it came: the guide does not say what is in it.

        Raises:
            ProviderError: as :class:`~ingest.providers.calls.Calls` says, or the reply is no object.
        """
        content = await self._calls.get("/v1/account-details", call="account_details")
        return json_object(content, call=f"{PROVIDER} account_details")
