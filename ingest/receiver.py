"""The webhook route of one account: POST in, 202 once the message, or what it says of a rental, is durable.

| answer | when | what became of the body |
|---|---|---|
| 202 | all in-sync replicas acknowledged it | published; not what it says of a rental that the control plane manages |
| 401, 403 | authentication failed | nothing |
| 405 | not a POST | nothing |
| 408 | the body did not come in time | nothing |
| 413 | longer than 64 KiB | nothing |
| 422 | unreadable | dead-lettered, whole |
| 503 with Retry-After | the broker did not acknowledge, or our own code failed | nothing sure: the provider sends it again |

A plain ASGI callable, since a framework around this path costs more than the path itself. Bodies are never logged.

Source: ASGI 3.0, HTTP connection scope.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from http import HTTPStatus
from secrets import token_hex
from typing import Any, Protocol

from ingest.answers import (
    ACCEPTED,
    BROKER_AWAY,
    BUG,
    LONGEST_BODY_BYTES,
    NOT_POST,
    REFUSALS,
    TOO_LARGE,
    TOO_SLOW,
    Answer,
    problem,
)
from ingest.authentication import RequestFacts, authenticate_body, authenticate_sender
from ingest.faults import whereabouts
from ingest.metrics import WebhookMetrics
from ingest.publisher import BrokerAway, Outgoing, Publisher
from ingest.records import dead_record, rental_record, sms_record
from ingest.rentals import Managed, none_managed
from ingest.settings import WebhookAuthenticationSettings
from schemas import wire
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState
from schemas.topics import SMS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)


class ReadWebhook(Protocol):
    """Reads a provider's webhook body, or raises :class:`~schemas.events.Unreadable`."""

    def __call__(
        self, body: bytes, /, *, account: str, sms_id: str, ingested_at: datetime
    ) -> SmsReceived | wire.Sms | RentalState: ...


class _TooLarge(Exception):
    """The body is longer than allowed."""


class _Disconnected(Exception):
    """The sender went away in the middle of the body."""


class Receiver:
    """The ASGI application of one account's webhook route.

    Args:
        path: of the route; one more segment after it is the path token.
        provider: the provider's name.
        account: which of our accounts the webhooks are for.
        read: reads a body of this provider.
        authentication: how a request proves where it comes from.
        publisher: where messages go.
        metrics: what is counted.
        clock: our clock, aware.
        body_timeout_seconds: how long a body may take to come in whole.
        managed: tells of a line whether the control plane publishes its rentals.
    """

    def __init__(
        self,
        *,
        path: str,
        provider: str,
        account: str,
        read: ReadWebhook,
        authentication: WebhookAuthenticationSettings,
        publisher: Publisher,
        metrics: WebhookMetrics,
        clock: Callable[[], datetime],
        body_timeout_seconds: float,
        managed: Managed = none_managed,
    ) -> None:
        self._path = path
        self._provider = provider
        self._account = account
        self._read = read
        self._authentication = authentication
        self._publisher = publisher
        self._metrics = metrics
        self._clock = clock
        self._body_timeout_seconds = body_timeout_seconds
        self._managed = managed
        self._broker_is_away = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            answer = await self._answer(scope, receive)
        except _Disconnected:
            self._metrics.requests["disconnected"].inc()
            return
        except Exception as error:
            # Whatever it is, it is ours and not the sender's; logged without its message, which may quote the body.
            log.error("The %s webhook route failed: %s", self._provider, whereabouts(error))  # noqa: TRY400
            answer = BUG
        self._metrics.requests[answer.result].inc()
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            return NOT_POST
        facts = self._facts(scope)
        # Before the body: whoever may not send one must not make us read it.
        refusal = authenticate_sender(facts, self._authentication)
        if refusal is not None:
            return REFUSALS[refusal]
        try:
            async with asyncio.timeout(self._body_timeout_seconds):
                body = await _body(scope, receive)
        except TimeoutError:
            return TOO_SLOW
        except _TooLarge:
            return TOO_LARGE
        now = self._clock()
        refusal = authenticate_body(body, facts, self._authentication, now)
        if refusal is not None:
            return REFUSALS[refusal]
        try:
            return await self._take(body, now)
        except BrokerAway:
            return BROKER_AWAY

    def _facts(self, scope: Scope) -> RequestFacts:
        client = scope.get("client")
        rest = scope["path"].removeprefix(self._path).removeprefix("/")
        return RequestFacts(scope["headers"], client[0] if client else None, rest or None)

    async def _take(self, body: bytes, now: datetime) -> Answer:
        """Publish what the body says, or the body itself where it cannot be read."""
        try:
            event = self._read(body, account=self._account, sms_id=token_hex(16), ingested_at=now)
        except Unreadable as complaint:
            return await self._bury(body, str(complaint), now)
        if isinstance(event, RentalState):
            # The control plane asks the provider itself, and a state from here could undo a later one of its own.
            if not self._managed(event.line):
                await self._publish(rental_record(event, event_id=token_hex(16), path="webhook"))
            return ACCEPTED
        await self._publish(sms_record(event))
        metrics = self._metrics if event.provider == self._provider else self._metrics.of(event.provider)
        metrics.messages.inc()
        metrics.latency_seconds.observe(max(0.0, (now - event.received_at).total_seconds()))
        return ACCEPTED

    async def _bury(self, body: bytes, detail: str, now: datetime) -> Answer:
        letter = dead_record(
            body,
            detail,
            meant_for=SMS,
            line=None,
            provider=self._provider,
            path="webhook",
            letter_id=token_hex(16),
            now=now,
        )
        await self._publish(letter)
        self._metrics.dead.inc()
        return problem("unreadable", HTTPStatus.UNPROCESSABLE_ENTITY, f"Not a message of {self._provider}: {detail}")

    async def _publish(self, record: Outgoing) -> None:
        """Publish; log when the broker goes and when it comes back, and not every request between."""
        try:
            await self._publisher.publish((record,))
        except BrokerAway as fault:
            if not self._broker_is_away:
                log.warning("Webhooks of %s are answered 503 until the broker is back: %s", self._provider, fault)
            self._broker_is_away = True
            raise
        if self._broker_is_away:
            log.info("The broker is back: webhooks of %s are accepted again", self._provider)
            self._broker_is_away = False


async def _body(scope: Scope, receive: Receive) -> bytes:
    """Read the body, no further than its bound.

    Raises:
        _TooLarge: it is longer, or says that it is.
        _Disconnected: the sender went away.
    """
    for name, value in scope["headers"]:
        # A length that is no number is the server's to refuse; the bound below holds in any case.
        if name == b"content-length" and value.isdigit() and (len(value) > 18 or int(value) > LONGEST_BODY_BYTES):
            raise _TooLarge
    chunks: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise _Disconnected
        chunk = message.get("body", b"")
        length += len(chunk)
        if length > LONGEST_BODY_BYTES:
            raise _TooLarge
        chunks.append(chunk)
        if not message.get("more_body", False):
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)
