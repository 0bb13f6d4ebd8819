"""What time does to rentals: they expire, and numbers without a code are given back; also balances, and what is kept too long."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from ingest.providers.contract import Supplier
from ingest.providers.errors import CallRefused, NotSupported, ProviderError
from otpstream.control import projection, tombstones
from otpstream.control.rentals import life
from otpstream.control.rentals.commands import Rentals
from otpstream.control.rentals.reconciler import Reconciler
from otpstream.control.rentals.refusals import Refusal
from otpstream.control.rentals.rental import Rental, as_asked
from otpstream.control.rentals.states import RentalStatus
from otpstream.control.settings import StoreSettings
from otpstream.control.store import idempotency, rental_rows, spending, verifications

log = logging.getLogger(__name__)

DUE_AT_ONCE = 100
FORGET_INTERVAL_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """Does what is due.

    Args:
        rentals: the commands.
        reconciler: of the same suppliers.
        store: what is kept how long.
    """

    rentals: Rentals
    reconciler: Reconciler
    store: StoreSettings

    async def run(self) -> None:
        """Do all of it until cancelled, each at its own pace; the lists of all suppliers first, for what a crash left open."""
        settings = self.rentals.calls.settings
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_every(settings.upkeep_interval_seconds, self.due, "what is due"))
            tasks.create_task(_every(settings.upkeep_interval_seconds, self.spending, "what is spent"))
            tasks.create_task(_every(FORGET_INTERVAL_SECONDS, self.forget, "what was kept long enough"))
            for supplier in self.rentals.calls.suppliers:
                tasks.create_task(self._reconcile(supplier))
                if "balance" in supplier.supports:
                    tasks.create_task(
                        _every(settings.balance_interval_seconds, _bound(self.balance, supplier), "a balance")
                    )

    async def due(self) -> None:
        """End what has expired, and give back what is to be given back."""
        calls = self.rentals.calls
        now = calls.clock()
        async with calls.engine.connect() as connection:
            rentals = await rental_rows.due(connection, now=now, limit=DUE_AT_ONCE)
        for rental in rentals:
            if rental.ends_at is not None and rental.ends_at <= now:
                await self._expire(rental)
            else:
                await self._give_back(rental)

    async def spending(self) -> None:
        """Look how near the clients are to their caps."""
        calls = self.rentals.calls
        async with calls.engine.connect() as connection:
            day, cap = calls.clock().date(), calls.settings.spend_cap_per_day
            calls.metrics.spend_cap_used(await spending.highest_share(connection, day, cap=cap))

    async def balance(self, supplier: Supplier) -> None:
        """Fetch what is left on an account."""
        try:
            amount = await supplier.fetch_balance()
        except ProviderError as error:
            log.warning("no balance of %s: %s", supplier.name, error)
            return
        if amount is not None:
            self.rentals.calls.metrics.balance(supplier, amount)

    async def forget(self) -> None:
        """Let go of messages and idempotency keys that were kept long enough, and of what the topics hold of what is long over."""
        now = self.rentals.calls.clock()
        before = now - timedelta(seconds=self.store.idempotency_kept_seconds)
        async with self.rentals.calls.engine.begin() as connection:
            await projection.forget(connection, now=now)
            await idempotency.forget(connection, before=before)
            await rental_rows.forget_idempotency(connection, before=before)
            await verifications.forget_keys(connection, before=before)
        await tombstones.bury(self.rentals.calls.engine, now=now)

    async def _expire(self, rental: Rental) -> None:
        calls = self.rentals.calls
        state = await self._state_at_end(rental)
        if state is None:
            return
        async with calls.engine.begin() as connection:
            held = await rental_rows.held(connection, rental.rental_id)
            intent = await rental_rows.open_intent(connection, rental.rental_id)
            now = calls.clock()
            # A renewal may have moved the end; the supplier's list will tell.
            is_being_renewed = intent is not None and intent.kind == "renew"
            if not is_being_renewed and held.ends_at is not None and held.ends_at <= now:
                await life.end(connection, rental.rental_id, state, reason="expired", now=now)

    async def _state_at_end(self, rental: Rental) -> RentalStatus | None:
        """Return how a rental ended whose time is over: one that no code came to may be refunded; None: not told yet.

        The supplier's clock may be behind ours, and the supplier away, so it is asked for as long as a list may lag.
        """
        calls = self.rentals.calls
        if rental.state != "active" or rental.duration_days is not None or rental.ends_at is None:
            return "expired"
        try:
            seen = (await calls.supplier_of(rental).get_rental(as_asked(rental))).state
        except (NotSupported, CallRefused, Refusal):
            return "expired"
        except ProviderError as error:
            log.info("how rental %s ended is not told yet: %s", rental.rental_id, error)
            seen = "active"
        if seen == "refunded":
            return "refunded"
        patience = timedelta(seconds=calls.settings.intent_grace_seconds)
        is_awaited = seen in ("requested", "active") and calls.clock() < rental.ends_at + patience
        return None if is_awaited else "expired"

    async def _give_back(self, rental: Rental) -> None:
        calls = self.rentals.calls
        reason = {"no_code": "no_code", "asked": "cancelled"}.get(rental.cancel_reason or "", "cancelled")
        try:
            ended = await self.rentals.give_back(rental, reason=reason)
        except Refusal as error:
            wait_seconds = max(error.retry_after_seconds or 0.0, calls.settings.cancel_retry_seconds)
            log.info("rental %s is not given back yet: %s", rental.rental_id, error.kind)
            async with calls.engine.begin() as connection:
                held = await rental_rows.held(connection, rental.rental_id)
                now = calls.clock()
                if held.live and held.cancel_at is not None:
                    later = None if error.kind == "not_supported" else now + timedelta(seconds=wait_seconds)
                    await rental_rows.save(connection, held, cancel_at=later, updated_at=now)
        else:
            if ended.over:
                calls.metrics.given_back(rental.supplier, reason)

    async def _reconcile(self, supplier: Supplier) -> None:
        settings = self.rentals.calls.settings
        idle_seconds = settings.reconcile_interval_seconds

        async def look() -> None:
            nonlocal idle_seconds
            idle_seconds += settings.unsettled_interval_seconds
            if idle_seconds >= settings.reconcile_interval_seconds or await self.reconciler.unsettled(supplier):
                idle_seconds = 0.0
                await self.reconciler.reconcile(supplier)

        await _every(settings.unsettled_interval_seconds, look, f"the list of {supplier.name}")


async def _every(interval_seconds: float, work: Callable[[], Awaitable[None]], what: str) -> None:
    """Do something again and again; a fault, such as a store that is away, costs one turn."""
    while True:
        try:
            await work()
        except Exception as fault:
            # Whatever a client or driver puts into its text stays out of the log.
            log.warning("%s waits for its next turn: %s", what, type(fault).__name__)
        await asyncio.sleep(interval_seconds)


def _bound(work: Callable[[Supplier], Awaitable[None]], supplier: Supplier) -> Callable[[], Awaitable[None]]:
    return lambda: work(supplier)
