"""The suppliers, each as its document has it: what it can do, what it rents out, and by which calls."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.providers.contract import Operation, RentRequest, Supplier
from otpstream.sandbox import BARE, ENVELOPED, DashboardRules, Dialect, RentalRules, Sandbox
from otpstream.sandbox.ledger import LiveOrder
from otpstream.sandbox.rental_api.account import Offer
from otpstream.sandbox.text2fa_dashboard.catalogue import SERVICES, STATES, Kind
from otpstream.sandbox.wallet import Wallet
from schemas.rentals import RentalState
from tests.conformance.world import HOOK_URL, World
from tests.unit.ingest.virtual_time import START

OPERATIONS: tuple[Operation, ...] = (
    "rent",
    "reuse",
    "renew",
    "reject",
    "cancel",
    "offers",
    "areas",
    "balance",
    "rentals",
    "messages",
)
ANYTHING = RentRequest(service="any", country="US")
WINDOW_SECONDS = 60
"""How long nothing can be given back, where the rules have such a window."""

Offered = tuple[str | None, str | None, Decimal, int]
"""Service, country, price and how many are left."""


@dataclass(frozen=True, kw_only=True)
class Renting:
    """How numbers are rented by API."""

    request: RentRequest
    price_cents: int
    scarce: RentRequest
    """Of which only `stock` can be had at a time."""
    stock: int
    rent: str
    """The path of the call."""
    give_back: str
    list: str | None
    """None: there is no list, and a lost answer stays open."""
    cannot_choose_by: tuple[str, ...]
    """Fields of a request that it does not take."""
    refuses_used: bool
    """Whether a number that got an SMS is not taken back."""


@dataclass(frozen=True, kw_only=True)
class System:
    """One supplier, in one dialect."""

    name: str
    provider: str
    """Its simulator's name."""
    can: frozenset[Operation]
    offers: Callable[[Sandbox], list[Offered]] = lambda _: []
    areas: frozenset[str] = frozenset()
    renting: Renting | None
    hook: str | None
    """Under which name its webhooks are read; None: it has none."""
    dialect: Dialect = ENVELOPED

    def __str__(self) -> str:
        return f"{self.name}-bare" if self.dialect is BARE else self.name

    def of(self, world: World) -> Supplier:
        return world.supplier(self.name)

    def wallet(self, world: World) -> Wallet:
        return world.sandbox.wallets[self.provider]

    def live(self, world: World) -> list[LiveOrder]:
        return list(world.sandbox.live_orders[self.provider])

    @property
    def rents(self) -> Renting:
        """How it rents by API; only of those that do."""
        assert self.renting is not None
        return self.renting

    async def hold(self, world: World) -> RentalState:
        """Have a number: rented by API, or in the dashboard where that is the only way."""
        if self.renting is not None:
            return (await self.of(world).rent(self.renting.request)).rental
        number = world.sandbox.text2fa.rent()
        if not world.sandbox.text2fa.account.webhooks:
            await world.text2fa.register_webhook(HOOK_URL)
        listed = (await self.of(world).list_rentals()).read
        return next(one for one in listed if one.line == f"{self.name}:{number.id}")


def _services(kind: Kind) -> Callable[[Sandbox], list[Offered]]:
    def offered(sandbox: Sandbox) -> list[Offered]:
        account = sandbox.text2fa_dashboard.account
        return [
            (one.key, "US", Decimal(one.price_cents) / 100, account.available(kind, one))
            for one in SERVICES[kind].values()
        ]

    return offered


def _countries(sandbox: Sandbox) -> list[Offered]:
    account = sandbox.rental_api.account
    return [
        (None, country, Decimal(account.rules.offers[country].price_cents) / 100, account.available(country))
        for country in account.countries()
    ]


def _dashboard(dialect: Dialect) -> list[System]:
    return [
        System(
            name="text2fa-s1",
            provider="text2fa_dashboard",
            can=frozenset({"rent", "reuse", "reject", "offers", "areas", "balance", "rentals", "messages"}),
            offers=_services(Kind.S1),
            areas=frozenset(STATES),
            hook="text2fa-dashboard",
            dialect=dialect,
            renting=Renting(
                request=RentRequest(service="ee1fdp", area="AL"),
                price_cents=50,
                scarce=RentRequest(service="pp4q1z"),
                stock=2,
                rent="/api/v1/request-number-s1",
                give_back="/api/v1/reject-number-s1",
                list="/api/v1/reserved-list-s1",
                cannot_choose_by=("duration_days",),
                refuses_used=True,
            ),
        ),
        System(
            name="text2fa-s2",
            provider="text2fa_dashboard",
            can=frozenset({"rent", "reject", "offers", "balance", "rentals", "messages"}),
            offers=_services(Kind.S2),
            hook="text2fa-dashboard",
            dialect=dialect,
            renting=Renting(
                request=RentRequest(service="xyz123", area="610"),
                price_cents=35,
                scarce=RentRequest(service="out000"),
                stock=0,
                rent="/api/v1/request-number-s2",
                give_back="/api/v1/reject-number-s2",
                list="/api/v1/reserved-list-s2",
                cannot_choose_by=("duration_days", "premium"),
                refuses_used=True,
            ),
        ),
        System(
            name="text2fa-rental",
            provider="text2fa_dashboard",
            can=frozenset({"rent", "renew", "cancel", "offers", "areas", "balance", "rentals", "messages"}),
            offers=_services(Kind.RENTAL),
            areas=frozenset({"US"}),
            hook="text2fa-dashboard",
            dialect=dialect,
            renting=Renting(
                request=RentRequest(service="rent123", duration_days=7),
                price_cents=7 * 120,
                scarce=RentRequest(service="rent456", duration_days=1),
                stock=3,
                rent="/api/v1/request-rental-number",
                give_back="/api/v1/cancel-rental",
                list="/api/v1/active-rental-numbers",
                cannot_choose_by=("area", "premium"),
                refuses_used=False,
            ),
        ),
    ]


TEXT2FA = System(
    name="text2fa",
    provider="text2fa",
    can=frozenset({"balance", "rentals", "messages"}),
    renting=None,
    hook="text2fa",
)
RENTAL_API = System(
    name="rental",
    provider="rental_api",
    can=frozenset({"rent", "cancel", "offers", "messages"}),
    offers=_countries,
    hook=None,
    renting=Renting(
        request=RentRequest(country="GB", service="facebook"),
        price_cents=6,
        scarce=RentRequest(country="DE"),
        stock=1,
        rent="/rentNumber",
        give_back="/cancelNumber",
        list=None,
        cannot_choose_by=("duration_days", "premium", "area"),
        refuses_used=False,
    ),
)
SYSTEMS = [TEXT2FA, *_dashboard(ENVELOPED), *_dashboard(BARE), RENTAL_API]
RENTING = [system for system in SYSTEMS if system.renting is not None]
"""Those that rent by API."""


def able(operation: Operation) -> list[System]:
    """Return those that have an operation."""
    return [system for system in SYSTEMS if operation in system.can]


def asking(supplier: Supplier, operation: Operation, rental: RentalState) -> Callable[[], Awaitable[object]]:
    """Return what asks a supplier for an operation."""
    ways: dict[Operation, Callable[[], Awaitable[object]]] = {
        "rent": lambda: supplier.rent(ANYTHING),
        "reuse": lambda: supplier.reuse(rental),
        "renew": lambda: supplier.renew(rental, additional_days=1),
        "reject": lambda: supplier.give_back(rental),
        "cancel": lambda: supplier.give_back(rental),
        "offers": supplier.list_offers,
        "areas": supplier.list_areas,
        "balance": supplier.fetch_balance,
        "rentals": supplier.list_rentals,
        "messages": lambda: supplier.list_messages(rental, since=START),
    }
    return ways[operation]


RULES: dict[str, Any] = {
    "dashboard_rules": DashboardRules(reject_not_before_seconds=0, rental_cancel_not_before_seconds=0),
    "rental_rules": RentalRules(offers={"US": Offer(5, 5_000), "GB": Offer(6, 800), "DE": Offer(8, 1)}),
}
"""Nothing is too early."""
KEEPING_RULES: dict[str, Any] = {
    **RULES,
    "dashboard_rules": DashboardRules(
        reject_not_before_seconds=0, rental_cancel_not_before_seconds=0, reuse_keeps_order_id=True
    ),
}
"""The same, and a number that is rented again keeps its order."""
WINDOWED_RULES: dict[str, Any] = {
    "dashboard_rules": DashboardRules(
        reject_not_before_seconds=WINDOW_SECONDS, rental_cancel_not_before_seconds=WINDOW_SECONDS
    ),
    "rental_rules": RentalRules(cancel_not_before_seconds=WINDOW_SECONDS),
}
