"""All suppliers and verifiers of the settings, and the webhooks that their providers send."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

import httpx

from ingest.providers import text2fa
from ingest.providers.breaker import Breaker
from ingest.providers.calls import Clock, Sleep
from ingest.providers.contract import Supplier, Verifier
from ingest.providers.rental_api import RentalApi
from ingest.providers.settings import ProvidersSettings, Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.client import PROVIDER as DASHBOARD
from ingest.providers.text2fa_dashboard.client import Text2faDashboard
from ingest.providers.text2fa_dashboard.events import NAMES, Events
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.suppliers import SUPPLIERS
from ingest.providers.text2fa_dashboard.webhooks import WebhookReader
from ingest.providers.textmagic import Textmagic
from ingest.settings import PollSettings, WebhookAuthenticationSettings
from schemas import wire
from schemas.events import SmsReceived
from schemas.rentals import RentalState


class ReadsWebhook(Protocol):
    """Reads a provider's webhook body, or raises :class:`~schemas.events.Unreadable`."""

    def __call__(
        self, body: bytes, /, *, account: str, sms_id: str, ingested_at: datetime
    ) -> SmsReceived | wire.Sms | RentalState: ...


class Polled(NamedTuple):
    """A supplier that is polled, and how hard."""

    supplier: Supplier
    settings: PollSettings


class Circuit(NamedTuple):
    """The circuit breaker of one account, which all its suppliers share."""

    provider: str
    account: str
    breaker: Breaker


class WebhookRoute(NamedTuple):
    """A webhook that one account's provider sends."""

    path: str
    """`/webhooks/<system>` of the account called `default`, `/webhooks/<system>/<account>` of any other."""
    provider: str
    account: str
    authentication: WebhookAuthenticationSettings
    read: ReadsWebhook


@dataclass(frozen=True)
class Providers:
    """What the settings make available."""

    suppliers: list[Supplier] = field(default_factory=list)
    verifiers: list[Verifier] = field(default_factory=list)
    polled: list[Polled] = field(default_factory=list)
    """Every supplier, with its account's settings."""
    webhooks: list[WebhookRoute] = field(default_factory=list)
    circuits: list[Circuit] = field(default_factory=list)
    """Of every account with a key."""

    def supplier(self, name: str, account: str) -> Supplier | None:
        """Return the supplier of that name and account."""
        return next((one for one in self.suppliers if (one.name, one.account) == (name, account)), None)

    def verifier(self, name: str, account: str) -> Verifier | None:
        """Return the verifier of that name and account."""
        return next((one for one in self.verifiers if (one.name, one.account) == (name, account)), None)


def build(settings: ProvidersSettings, http: httpx.AsyncClient, clock: Clock, sleep: Sleep) -> Providers:
    """Build every supplier, verifier and webhook route; an account without a key has its webhook route alone.

    Args:
        settings: the accounts.
        http: the client that all calls share; its owner closes it.
        clock: our clock, aware.
        sleep: how to wait between tries.
    """
    built = Providers()
    for v1 in settings.text2fa:
        if v1.has_key:
            numbers = text2fa.Text2fa(http, v1, clock=clock, sleep=sleep)
            _add(built, numbers, v1)
            built.circuits.append(Circuit(numbers.name, numbers.account, numbers.circuit))
        _add_route(built, text2fa.PROVIDER, v1.account, v1.webhook, text2fa.read_webhook)
    for dashboard in settings.text2fa_dashboard:
        _add_dashboard(built, dashboard, http, clock, sleep)
    for rental in settings.rental:
        supplier = RentalApi(http, rental, clock=clock, sleep=sleep)
        _add(built, supplier, rental)
        built.circuits.append(Circuit(supplier.name, supplier.account, supplier.circuit))
    for textmagic in settings.textmagic:
        verifier = Textmagic(http, textmagic, clock=clock, sleep=sleep)
        built.verifiers.append(verifier)
        built.circuits.append(Circuit(verifier.name, verifier.account, verifier.circuit))
    return built


def _add_dashboard(
    built: Providers, account: Text2faDashboardAccount, http: httpx.AsyncClient, clock: Clock, sleep: Sleep
) -> None:
    """Add the suppliers of one account, which share its limits and the orders that are known."""
    events = Events(account, Orders())
    if account.has_key:
        client = Text2faDashboard(http, account, clock=clock, sleep=sleep)
        built.circuits.append(Circuit(DASHBOARD, account.account, client.circuit))
        for kind in account.kinds:
            supplier = SUPPLIERS[NAMES[kind]](NAMES[kind], client, events, account, clock=clock)
            _add(built, supplier, account)
    _add_route(built, DASHBOARD, account.account, account.webhook, WebhookReader(account, events).read)


def _add(built: Providers, supplier: Supplier, settings: PollSettings) -> None:
    built.suppliers.append(supplier)
    built.polled.append(Polled(supplier, settings))


def _add_route(
    built: Providers,
    provider: str,
    account: str,
    authentication: WebhookAuthenticationSettings | None,
    read: ReadsWebhook,
) -> None:
    if authentication is not None:
        path = f"/webhooks/{provider}" if account == "default" else f"/webhooks/{provider}/{account}"
        built.webhooks.append(WebhookRoute(path, provider, account, authentication, read))
