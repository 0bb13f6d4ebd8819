"""The dashboard simulator: an account, its API with faults in front, its webhook, and the truth about it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from otpstream.sandbox.arrivals import Arrivals
from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.faults import Faults
from otpstream.sandbox.ledger import SentMessage
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.orders import Order
from otpstream.sandbox.renting import RentingSimulator
from otpstream.sandbox.text2fa_dashboard.account import DashboardAccount, Listeners
from otpstream.sandbox.text2fa_dashboard.api import dashboard_app
from otpstream.sandbox.text2fa_dashboard.catalogue import Kind
from otpstream.sandbox.text2fa_dashboard.dialect import ENVELOPED, Dialect, Shown
from otpstream.sandbox.text2fa_dashboard.events import EventName, EventPoster, PostedEvent
from otpstream.sandbox.text2fa_dashboard.rules import DashboardRules
from otpstream.sandbox.text2fa_dashboard.show import show_message, show_order
from otpstream.sandbox.wallet import Wallet
from otpstream.sandbox.webhooks import WebhookSender


class Text2faDashboardSimulator(RentingSimulator):
    """One account of the dashboard API.

    Args:
        token: What every call must carry as the whole Authorization header.
        dialect: How replies and webhooks are worded.
        rules: Times that the document leaves open.
        clock: Decides what is due; real time by default.
        faults: What goes wrong, and how often; nothing by default.
        seed: Decides every fault.
        arrivals: Decides which numbers get a code by themselves; none by default.
        sender: Sends the webhooks; by default unsigned, over aiohttp.
        pool: Where numbers come from; its own by default.
        balance_cents: Opening balance in US cents.
        history_limit: How many messages of an order a poll shows.
        calls_per_second_limit: Calls beyond this rate (after a burst of as many) are answered 429; None sets no limit.
    """

    def __init__(
        self,
        *,
        token: str,
        dialect: Dialect = ENVELOPED,
        rules: DashboardRules | None = None,
        clock: ScaledClock | None = None,
        faults: Faults | None = None,
        seed: int = 0,
        arrivals: Arrivals | None = None,
        sender: WebhookSender | None = None,
        pool: NumberPool | None = None,
        balance_cents: int = 1_000_000,
        history_limit: int = 1_000,
        calls_per_second_limit: int | None = None,
    ) -> None:
        clock = clock or ScaledClock()
        wallet = Wallet(balance_cents=balance_cents, clock=clock)
        super().__init__(clock=clock, wallet=wallet, faults=faults, seed=seed, arrivals=arrivals)
        self._sender = sender or WebhookSender()
        self._poster = EventPoster(sender=self._sender, source=self.fault_source, dialect=dialect)
        self.account = DashboardAccount(
            token=token,
            rules=rules or DashboardRules(),
            clock=clock,
            wallet=wallet,
            pool=pool or NumberPool(),
            history_limit=history_limit,
            listeners=Listeners(placed=self._on_placed, rental_updated=self._on_rental_updated),
        )
        self.book = self.account.book
        self.app = self._served(
            dashboard_app(self.account, dialect=dialect),
            calls_per_second_limit=calls_per_second_limit,
            error_body=lambda _, reason: dialect.error(reason, field_at_fault=None),
        )

    async def __aenter__(self) -> Self:
        await self._resources.enter_async_context(self._sender)
        return await super().__aenter__()

    @property
    def webhook_url(self) -> str | None:
        """Where events are POSTed, as its owner sets it in the dashboard; None posts nothing."""
        return self._poster.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._poster.url = url

    @property
    def events(self) -> Sequence[PostedEvent]:
        """Every event that was due to the webhook, in their order."""
        return tuple(self._poster.posted)

    async def drain_webhooks(self) -> None:
        """Wait until every webhook is accepted or given up."""
        await self._sender.drain()

    def _on_placed(self, order: Order) -> None:
        self._assign(order, after_seconds=self.account.rules.assignment_seconds)

    def _on_assigned(self, order: Order) -> None:
        if order.kind == Kind.RENTAL:
            order.status = "active"
        self._post(EventName.NUMBER_ASSIGNED, order)

    def _on_rental_updated(self, order: Order) -> None:
        self._post(EventName.RENTAL_UPDATED, order)

    def _on_sms(self, order: Order, message: SentMessage) -> None:
        if order.kind != Kind.RENTAL:
            order.status = "received"
        event = self._post(EventName.SMS_RECEIVED, order, show_message(message))
        if event is not None:
            message.pushes = event.pushes
            message.webhook_lost = event.lost
            message.webhook_duplicated = len(event.pushes) > 1

    def _post(self, name: EventName, order: Order, more: Shown | None = None) -> PostedEvent | None:
        shown = {**show_order(order), **(more or {})}
        return self._poster.post(name, order_id=order.id, status=order.status, shown=shown)
