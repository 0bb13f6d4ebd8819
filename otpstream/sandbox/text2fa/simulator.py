"""The Text2FA simulator: an account, its API with faults in front, its webhooks, and the truth about every message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Self

from aiolimiter import AsyncLimiter
from starlette.types import ASGIApp

from otpstream.sandbox.clock import Clock, utc_now
from otpstream.sandbox.fault_injection import InjectFaults
from otpstream.sandbox.faults import Faults, FaultSource
from otpstream.sandbox.ledger import Ledger, Push, SentMessage
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.text2fa.account import RentedNumber, Text2faAccount
from otpstream.sandbox.text2fa.api import text2fa_app
from otpstream.sandbox.webhooks import WebhookSender


class Text2faSimulator:
    """One Text2FA account that takes in SMS, tells webhooks, and remembers the truth in its ledger.

    Enter it with `async with` before SMS are sent to a registered webhook; on leaving, webhooks still on their way are
    cancelled and replies that a fault holds back are let go.

    Args:
        api_key: The key that every call must carry as Bearer.
        faults: What goes wrong, and how often; nothing by default.
        seed: Decides every fault.
        sender: Sends the webhooks; by default unsigned, over aiohttp.
        clock: Tells the time of receipt.
        balance_cents: Opening balance in US cents.
        history_limit: How many messages of a number a poll shows.
        calls_per_second_limit: Calls beyond this rate (after a burst of as many) are answered 429; None sets no limit.
        pool: Where its numbers come from; its own by default.
    """

    def __init__(
        self,
        *,
        api_key: str,
        faults: Faults | None = None,
        seed: int = 0,
        sender: WebhookSender | None = None,
        clock: Clock = utc_now,
        balance_cents: int = 1_000_000,
        history_limit: int = 1_000,
        calls_per_second_limit: int | None = None,
        pool: NumberPool | None = None,
    ) -> None:
        self.account = Text2faAccount(
            api_key=api_key, balance_cents=balance_cents, history_limit=history_limit, pool=pool or NumberPool()
        )
        self.ledger = Ledger()
        self.fault_source = FaultSource(faults or Faults(), seed=seed)
        self._sender = sender or WebhookSender()
        self._clock = clock
        self._closing = asyncio.Event()
        self.app: ASGIApp = InjectFaults(
            text2fa_app(self.account),
            source=self.fault_source,
            closing=self._closing,
            limiter=None if calls_per_second_limit is None else AsyncLimiter(calls_per_second_limit, time_period=1),
        )

    async def __aenter__(self) -> Self:
        await self._sender.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._sender.__aexit__()

    @property
    def number_ids(self) -> Sequence[str]:
        """The ids of the rented numbers, in the order of renting."""
        return self.account.number_ids

    def rent(self, country: str = "US") -> RentedNumber:
        """Add a number to the account, also during a run; see `Text2faAccount.rent`."""
        return self.account.rent(country)

    def send(self, number_id: str, *, sender: str, text: str, expected_code: str | None) -> SentMessage:
        """Let an SMS come in on a rented number: it shows in the poll at once and is told to every webhook.

        Args:
            number_id: Id of a rented number.
            sender: Phone number or name of the sender.
            text: Body of the SMS.
            expected_code: The code in it, for the ledger alone.

        Raises:
            ValueError: The number is not rented.
            RuntimeError: A webhook is registered and the simulator is not entered.
        """
        return self._send(number_id, sender=sender, text=text, expected_code=expected_code, resend_of=None)

    def deliver(self, phone_or_order: str, sender: str, text: str, *, expected_code: str | None = None) -> SentMessage:
        """Let an SMS come in on a rented number, named by its phone number (E.164) or its id; see `send`."""
        number_id = self.holder_of(phone_or_order)
        if number_id is None and phone_or_order.startswith("+"):
            raise ValueError("no such phone number is rented: account.numbers lists those that are")
        return self.send(number_id or phone_or_order, sender=sender, text=text, expected_code=expected_code)

    def holder_of(self, phone: str) -> str | None:
        """Return the id under which a phone number (E.164) is rented, or None if it is not."""
        return next((rented.id for rented in self.account.numbers if rented.number == phone), None)

    def resend(self, message: SentMessage) -> SentMessage:
        """Let the same text come in again: a new message, stamped at least `RESEND_GAP` after the first."""
        return self._send(
            message.number_id,
            sender=message.sender,
            text=message.text,
            expected_code=message.expected_code,
            resend_of=message.sequence,
        )

    async def drain_webhooks(self) -> None:
        """Wait until every webhook is accepted or given up."""
        await self._sender.drain()

    def _send(
        self, number_id: str, *, sender: str, text: str, expected_code: str | None, resend_of: int | None
    ) -> SentMessage:
        rented = self.account.find_number(number_id)
        if rented is None:
            raise ValueError(f"number {number_id} is not rented: rent() gives the ids that can be used")
        message = SentMessage(
            sequence=len(self.ledger),
            number_id=number_id,
            sender=sender,
            text=text,
            received_at=rented.inbox.stamp(sender=sender, text=text, now=self._clock()),
            expected_code=expected_code,
            resend_of=resend_of,
        )
        self._tell_webhooks(message)
        rented.inbox.append(message)
        self.ledger.append(message)
        return message

    def _tell_webhooks(self, message: SentMessage) -> None:
        # Drawn also without a webhook: the n-th message of a seed then always has the same fate.
        plan = self.fault_source.plan_webhook()
        webhooks = self.account.webhooks
        message.webhook_lost = plan.lost and bool(webhooks)
        message.webhook_duplicated = plan.duplicated and bool(webhooks)
        body = _webhook_body(message)
        for webhook in webhooks:
            for delay_seconds in plan.delays_seconds:
                push = Push(webhook_id=webhook.id)
                self._sender.push(push, url=webhook.url, body=body, delay_seconds=delay_seconds)
                message.pushes.append(push)


def _webhook_body(message: SentMessage) -> bytes:
    payload = {
        "number_id": message.number_id,
        "from": message.sender,
        "message": message.text,
        "received_at": message.received_at_text,
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
