"""All four simulated providers at once, on one clock and one set of phone numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from otpstream.sandbox.arrivals import Arrivals
from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.faults import Faults
from otpstream.sandbox.ledger import LiveOrder, SentMessage
from otpstream.sandbox.numbering import NumberPool
from otpstream.sandbox.rental_api import RentalApiSimulator, RentalRules
from otpstream.sandbox.renting import RentingSimulator
from otpstream.sandbox.server import Simulator, running_sandbox
from otpstream.sandbox.text2fa import Text2faSimulator
from otpstream.sandbox.text2fa_dashboard import ENVELOPED, DashboardRules, Dialect, Text2faDashboardSimulator
from otpstream.sandbox.textmagic import TextMagicSimulator, VerifyRules
from otpstream.sandbox.wallet import Wallet
from otpstream.sandbox.webhooks import WebhookSender


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What clients of the four simulators need."""

    text2fa_api_key: str = field(default="sandbox-text2fa-key", repr=False)
    text2fa_dashboard_token: str = field(default="sandbox-dashboard-token", repr=False)
    textmagic_username: str = "sandbox"
    textmagic_api_key: str = field(default="sandbox-textmagic-key", repr=False)
    rental_api_key: str = field(default="sandbox-rental-key", repr=False)


class Sandbox:
    """Text2FA v1, the Text2FA dashboard, TextMagic and a four-endpoint supplier, each on a port of its own.

    Enter it with `async with` to serve; before that, everything but HTTP and webhooks works. An SMS that TextMagic sends to a
    number rented from another of the four arrives there.

    Args:
        clock: Decides what is due at all four; real time by default.
        credentials: What clients must send.
        faults: What goes wrong at each, and how often; nothing by default. Each simulator's `fault_source` can be changed
            while it runs.
        seed: Decides every fault, code and arrival.
        arrivals: Decides which numbers rented by API get a code by themselves; none by default.
        text2fa_sender: Sends the webhooks of Text2FA v1; by default unsigned.
        dashboard_sender: Sends the webhooks of the dashboard; by default unsigned.
        dialect: How the dashboard words replies and webhooks.
        dashboard_rules: Times of the dashboard.
        verify_rules: Price and times of TextMagic.
        rental_rules: Prices and times of the supplier.
        calls_per_second_limit: Calls that TextMagic takes in a second of real time; None sets no limit.
        balance_cents: Opening balance of each account in US cents.
        host: Name or address to listen on.
        ports: Ports by provider name; 0, the default, picks a free one.
    """

    def __init__(
        self,
        *,
        clock: ScaledClock | None = None,
        credentials: Credentials | None = None,
        faults: Faults | None = None,
        seed: int = 0,
        arrivals: Arrivals | None = None,
        text2fa_sender: WebhookSender | None = None,
        dashboard_sender: WebhookSender | None = None,
        dialect: Dialect = ENVELOPED,
        dashboard_rules: DashboardRules | None = None,
        verify_rules: VerifyRules | None = None,
        rental_rules: RentalRules | None = None,
        calls_per_second_limit: int | None = 20,
        balance_cents: int = 1_000_000,
        host: str = "127.0.0.1",
        ports: Mapping[str, int] | None = None,
    ) -> None:
        self.clock = clock or ScaledClock()
        self.credentials = credentials or Credentials()
        pool = NumberPool()
        self.text2fa = Text2faSimulator(
            api_key=self.credentials.text2fa_api_key,
            faults=faults,
            seed=seed,
            sender=text2fa_sender,
            clock=self.clock,
            balance_cents=balance_cents,
            pool=pool,
        )
        self.text2fa_dashboard = Text2faDashboardSimulator(
            token=self.credentials.text2fa_dashboard_token,
            dialect=dialect,
            rules=dashboard_rules,
            clock=self.clock,
            faults=faults,
            seed=seed + 1,
            arrivals=arrivals,
            sender=dashboard_sender,
            pool=pool,
            balance_cents=balance_cents,
        )
        self.textmagic = TextMagicSimulator(
            username=self.credentials.textmagic_username,
            api_key=self.credentials.textmagic_api_key,
            rules=verify_rules,
            clock=self.clock,
            faults=faults,
            seed=seed + 2,
            hand_over=self._hand_over,
            balance_cents=balance_cents,
            calls_per_second_limit=calls_per_second_limit,
        )
        self.rental_api = RentalApiSimulator(
            api_key=self.credentials.rental_api_key,
            rules=rental_rules,
            clock=self.clock,
            faults=faults,
            seed=seed + 3,
            arrivals=arrivals,
            pool=pool,
            balance_cents=balance_cents,
        )
        self._host = host
        self._ports = ports or {}
        self._base_urls: dict[str, str] = {}
        self._servers: list[AbstractAsyncContextManager[object]] = []

    async def __aenter__(self) -> Self:
        try:
            for name, simulator in self.simulators.items():
                server = running_sandbox(simulator, host=self._host, port=self._ports.get(name, 0))
                self._base_urls[name] = (await server.__aenter__()).base_url
                self._servers.append(server)
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def _close(self) -> None:
        # All at once: each server takes a moment to notice.
        servers, self._servers = self._servers, []
        async with asyncio.TaskGroup() as group:
            for server in servers:
                group.create_task(_leave(server))

    @property
    def simulators(self) -> Mapping[str, Simulator]:
        """The simulators by provider name."""
        return MappingProxyType(
            {
                "text2fa": self.text2fa,
                "text2fa_dashboard": self.text2fa_dashboard,
                "textmagic": self.textmagic,
                "rental_api": self.rental_api,
            }
        )

    @property
    def base_urls(self) -> Mapping[str, str]:
        """Scheme, host and port of each provider by name, without path or slash at the end; empty before it is entered."""
        return MappingProxyType(self._base_urls)

    @property
    def wallets(self) -> Mapping[str, Wallet]:
        """The money of the accounts that are spent from by API, by provider name."""
        return MappingProxyType(
            {
                "text2fa_dashboard": self.text2fa_dashboard.wallet,
                "textmagic": self.textmagic.wallet,
                "rental_api": self.rental_api.wallet,
            }
        )

    @property
    def live_orders(self) -> Mapping[str, tuple[LiveOrder, ...]]:
        """What was ordered by API and is live, by provider name."""
        return MappingProxyType(
            {
                "text2fa_dashboard": tuple(self.text2fa_dashboard.live_orders),
                "textmagic": tuple(self.textmagic.live_orders),
                "rental_api": tuple(self.rental_api.live_orders),
            }
        )

    def deliver(self, phone_or_order: str, sender: str, text: str, *, expected_code: str | None = None) -> SentMessage:
        """Let an SMS come in on a rented number.

        Args:
            phone_or_order: Phone number (E.164), or provider name and order id as in "rental_api:rent_12345".
            sender: Phone number or name of the sender.
            text: Body of the SMS.
            expected_code: The code in it, for the ledger and for providers that read codes themselves.

        Raises:
            ValueError: No provider has rented it out.
        """
        self.clock.settle()
        holder = self._holder_of(phone_or_order) or self._named(phone_or_order)
        if holder is None:
            raise ValueError("no such number is rented: give its phone number, or provider:order")
        simulator, order_id = holder
        return simulator.send(order_id, sender=sender, text=text, expected_code=expected_code)

    def _hand_over(self, phone: str, sender: str, text: str, code: str) -> bool:
        holder = self._holder_of(phone)
        if holder is None:
            return False
        simulator, order_id = holder
        simulator.send(order_id, sender=sender, text=text, expected_code=code)
        return True

    def _holder_of(self, phone: str) -> tuple[Text2faSimulator | RentingSimulator, str] | None:
        for simulator in (self.text2fa, self.text2fa_dashboard, self.rental_api):
            order_id = simulator.holder_of(phone)
            if order_id is not None:
                return simulator, order_id
        return None

    def _named(self, line: str) -> tuple[Text2faSimulator | RentingSimulator, str] | None:
        name, _, order_id = line.partition(":")
        simulator = self.simulators.get(name)
        return (simulator, order_id) if isinstance(simulator, Text2faSimulator | RentingSimulator) else None


async def _leave(server: AbstractAsyncContextManager[object]) -> None:
    await server.__aexit__(None, None, None)
