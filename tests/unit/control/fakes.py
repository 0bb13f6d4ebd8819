"""A supplier with a memory of its own, whose answers can be lost, late, garbled or refused; and a control plane around it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from prometheus_client import CollectorRegistry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from ingest.providers.contract import Area, Offer, Operation, Rented, RentRequest
from ingest.providers.errors import CallRefused, NotSupported, ProviderAway, ReplyUnreadable
from ingest.providers.replies import Reply, Unread
from ingest.publisher import Outgoing
from otpstream.control.projection import Projection
from otpstream.control.relay import Relay
from otpstream.control.rentals.calls import RentalCalls
from otpstream.control.rentals.commands import Rentals
from otpstream.control.rentals.metrics import ControlMetrics
from otpstream.control.rentals.offers import Offers, Order
from otpstream.control.rentals.reconciler import Reconciler
from otpstream.control.rentals.rental import Rental
from otpstream.control.rentals.upkeep import Upkeep
from otpstream.control.settings import RentalSettings, StoreSettings
from otpstream.control.store import outbox, rental_rows
from otpstream.control.store.keys import Client
from otpstream.control.store.rentals import intents, rentals
from schemas.events import SmsReceived
from schemas.rentals import RentalState

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = START.date()
ALL: frozenset[Operation] = frozenset(
    {"rent", "reuse", "renew", "reject", "cancel", "offers", "areas", "rentals", "balance"}
)

Fault = Literal["refuse", "over", "lose", "away", "not_sent", "garble", "bug", "hang"]
"""refuse: a definite no · over: one that says that it is over · lose: done, and the answer lost ·
away: not done, and nobody says so · not_sent: never reached the supplier · garble: done, and the answer unreadable ·
bug: not done, our client fails · hang: done, and no answer ever."""


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Supplier:
    """Rents numbers out, and remembers every one and every charge whatever becomes of the answer."""

    def __init__(
        self,
        clock: ManualClock,
        *,
        name: str = "fake",
        supports: frozenset[Operation] = ALL,
        price: Decimal | None = Decimal("0.50"),
        tells_price: bool = True,
        is_per_day: bool = False,
        earliest_cancel_seconds: float = 0,
        service: str | None = "facebook",
        country: str | None = "US",
        tells_start: bool = True,
    ) -> None:
        self.clock = clock
        self.name = name
        self.account = "default"
        self.supports = supports
        self.price = price
        self.tells_price = tells_price
        self.is_per_day = is_per_day
        self.earliest_cancel_seconds = earliest_cancel_seconds
        self.service = service
        self.country = country
        self.tells_start = tells_start
        self.numbers: dict[str, RentalState] = {}
        self.charges: list[Decimal] = []
        self.refunds: list[Decimal] = []
        self.faults: dict[str, list[Fault | None]] = {}
        self.unreadable_items = 0
        self.assigns_after_looks = 0
        """So many times its list shows a rental without its number, which the answer lacks too."""
        self.balance = Decimal(100)
        self.charged = asyncio.Event()

    @property
    def live(self) -> list[str]:
        """The lines that cost money now."""
        return [line for line, one in self.numbers.items() if one.state in ("active", "code_received")]

    def bring_code(self, line: str) -> None:
        """Take in an SMS: from now on nothing is paid back."""
        self.numbers[line] = self.numbers[line].model_copy(update={"state": "code_received"})

    async def list_offers(self, *, country: str | None = None) -> Reply[Offer]:  # noqa: ARG002
        await self._enter("offers")
        offer = Offer(
            service=self.service,
            name="Facebook",
            country=self.country,
            price=self.price,
            is_per_day=self.is_per_day,
            available=9,
        )
        return Reply([offer], [])

    async def list_areas(self) -> Reply[Area]:
        return Reply([Area(code="CA", name="California")], [])

    async def rent(self, request: RentRequest) -> Rented:
        fault = await self._enter("rent")
        line = f"{self.name}:{len(self.numbers) + 1}"
        rental = self._new(line, phone=f"+1415555{len(self.numbers) + 1:04d}", ends_in_days=request.duration_days)
        told = rental.model_copy(update={"phone": None}) if self.assigns_after_looks else rental
        return await self._leave(fault, Rented(rental=told, price=self._charge(request.duration_days)))

    async def reuse(self, rental: RentalState) -> Rented:
        fault = await self._enter("reuse")
        again = self._new(rental.line, phone=rental.phone, ends_in_days=None)
        return await self._leave(fault, Rented(rental=again, price=self._charge()))

    async def renew(self, rental: RentalState, *, additional_days: int) -> Rented:
        fault = await self._enter("renew")
        current = self.numbers[rental.line]
        assert current.ends_at is not None
        longer = current.model_copy(update={"ends_at": current.ends_at + timedelta(days=additional_days)})
        self.numbers[rental.line] = longer
        return await self._leave(fault, Rented(rental=longer, price=self._charge(additional_days)))

    async def give_back(self, rental: RentalState) -> Rented:
        fault = await self._enter("give_back")
        current = self.numbers[rental.line]
        refund = None
        if current.state in ("active", "code_received"):
            refund = self.price if current.state == "active" else None
            self.refunds += [] if refund is None else [refund]
        ended = current.model_copy(update={"state": "cancelled"})
        self.numbers[rental.line] = ended
        return await self._leave(fault, Rented(rental=ended, refund=refund))

    async def get_rental(self, rental: RentalState) -> RentalState:
        await self._enter("get")
        return self.numbers[rental.line]

    async def list_rentals(self) -> Reply[RentalState]:
        await self._enter("rentals")
        unread = [Unread(b"{}", "id: missing")] * self.unreadable_items
        self.assigns_after_looks = max(0, self.assigns_after_looks - 1)
        unassigned = {"phone": None} if self.assigns_after_looks else {}
        return Reply([self.numbers[line].model_copy(update=unassigned) for line in self.live], unread)

    async def list_messages(self, rental: RentalState, *, since: datetime) -> Reply[SmsReceived]:  # noqa: ARG002
        return Reply([], [])

    async def fetch_balance(self) -> Decimal | None:
        await self._enter("balance")
        return self.balance

    async def _enter(self, operation: str) -> Fault | None:
        script = self.faults.get(operation, [])
        fault = script.pop(0) if script else None
        await asyncio.sleep(0)
        match fault:
            case "refuse":
                raise CallRefused(f"{self.name} {operation}: answered 422", status=422)
            case "over":
                raise CallRefused(f"{self.name} {operation}: answered 409", status=409, reason="over")
            case "away":
                raise ProviderAway(f"{self.name} {operation}: answered 502")
            case "not_sent":
                raise ProviderAway(f"{self.name} {operation}: ConnectError", sent=False)
            case "bug":
                raise KeyError(operation)
            case _:
                return fault

    async def _leave(self, fault: Fault | None, answer: Rented) -> Rented:
        await asyncio.sleep(0)
        if fault == "lose":
            raise ProviderAway(f"{self.name}: ReadError")
        if fault == "garble":
            raise ReplyUnreadable(f"{self.name}: not JSON")
        if fault == "hang":
            await asyncio.Event().wait()
        return answer

    def _new(self, line: str, *, phone: str | None, ends_in_days: int | None) -> RentalState:
        now = self.clock()
        rental = RentalState(
            rental_id=f"their-{len(self.charges) + 1}",
            provider=self.name,
            line=line,
            phone=phone,
            country=self.country,
            service=self.service,
            state="active",
            started_at=now if self.tells_start else None,
            ends_at=None if ends_in_days is None else now + timedelta(days=ends_in_days),
            updated_at=now,
        )
        self.numbers[line] = rental
        return rental

    def _charge(self, days: int | None = None) -> Decimal | None:
        price = (self.price or Decimal("0.75")) * ((days or 1) if self.is_per_day else 1)
        self.charges.append(price)
        self.charged.set()
        return price if self.tells_price else None


class ListlessSupplier(Supplier):
    """Has neither a list of its rentals nor a call to look one up: the four-endpoint API."""

    def __init__(self, clock: ManualClock, **words: Any) -> None:
        super().__init__(clock, supports=ALL - {"rentals"}, **words)

    async def get_rental(self, rental: RentalState) -> RentalState:  # noqa: ARG002
        raise NotSupported(f"{self.name} cannot look up one rental")


class Kafka:
    """Acknowledges and remembers."""

    def __init__(self) -> None:
        self.records: list[Outgoing] = []
        self._more = asyncio.Event()

    async def publish(self, records: Sequence[Outgoing]) -> None:
        await asyncio.sleep(0)
        self.records.extend(records)
        self._more.set()

    async def published(self, count: int) -> None:
        """Wait until so many records are here."""
        while len(self.records) < count:
            self._more.clear()
            await self._more.wait()

    @property
    def states(self) -> list[tuple[str, str]]:
        """What was told of rentals: line and state."""
        told = [RentalState.decode(record.value) for record in self.records if record.value is not None]
        return [(one.line, one.state) for one in told]


ORDER = Order(request=RentRequest(service="facebook", country="US"))
CLIENT = Client(name="acme", key_id="k", scopes=frozenset({"rentals:read", "rentals:write"}))


@dataclass
class World:
    """One process of the control plane; another one on the same store is what a restart makes."""

    engine: AsyncEngine
    clock: ManualClock
    suppliers: Sequence[Supplier]
    kafka: Kafka = field(default_factory=Kafka)
    settings: RentalSettings = field(default_factory=RentalSettings)
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        metrics = ControlMetrics(self.registry)
        self.calls = RentalCalls(
            engine=self.engine, suppliers=self.suppliers, settings=self.settings, metrics=metrics, clock=self.clock
        )
        self.offers = Offers(self.suppliers, kept_seconds=60, clock=self.clock)
        self.rentals = Rentals(calls=self.calls, offers=self.offers)
        self.reconciler = Reconciler(calls=self.calls)
        self.upkeep = Upkeep(rentals=self.rentals, reconciler=self.reconciler, store=StoreSettings())
        self.projection = Projection(self.engine, kept_seconds=3600, clock=self.clock)
        self.relay = Relay(
            engine=self.engine, publish=self.kafka.publish, metrics=metrics, clock=self.clock, interval_seconds=1
        )

    @property
    def supplier(self) -> Supplier:
        return self.suppliers[0]

    async def rent(self, order: Order = ORDER, *, client: Client = CLIENT, key: str | None = None) -> Rental:
        return await self.rentals.rent(order, client=client, idempotency_key=key)

    async def settle(self, *, looks: int = 4) -> None:
        """Let all time that calls and lists may take pass, and look at the lists as often as it takes."""
        for _ in range(looks):
            for supplier in self.suppliers:
                await self.reconciler.reconcile(supplier)
            self.clock.advance(self.settings.call_timeout_seconds + self.settings.intent_grace_seconds + 60)

    async def all(self) -> list[Rental]:
        async with self.engine.connect() as connection:
            rows = await connection.execute(select(rentals).order_by(rentals.c.requested_at, rentals.c.rental_id))
            return [Rental(**row._mapping) for row in rows]

    async def live(self) -> list[Rental]:
        return [rental for rental in await self.all() if rental.live]

    async def now(self, rental: Rental) -> Rental:
        async with self.engine.connect() as connection:
            found = await rental_rows.find(connection, rental.rental_id)
        assert found is not None
        return found

    async def open_intents(self) -> int:
        async with self.engine.connect() as connection:
            return len((await connection.execute(select(intents).where(intents.c.state == "open"))).all())

    async def told(self) -> list[tuple[str, str]]:
        """Publish the outbox, and return all that was told of rentals."""
        while await self.relay.step():
            pass
        return self.kafka.states

    async def waiting(self) -> int:
        async with self.engine.connect() as connection:
            return (await outbox.backlog(connection))[0]
