"""Rentals as commands, one vocabulary over all suppliers: rent, reuse, renew, reject, cancel, get, list.

Nothing here repeats a call that spends money; see :mod:`otpstream.control.rentals.calls` for the way that each call goes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ingest.providers.contract import Rented, RentRequest, Supplier
from otpstream.control.rentals import life
from otpstream.control.rentals.calls import RentalCalls
from otpstream.control.rentals.offers import Offers, Order
from otpstream.control.rentals.refusals import Refusal
from otpstream.control.rentals.rental import Rental, as_asked, new_id
from otpstream.control.rentals.renting import Renting
from otpstream.control.store import rental_rows
from otpstream.control.store.keys import Client


@dataclass(frozen=True, kw_only=True)
class Rentals:
    """The commands.

    Args:
        calls: makes the calls.
        offers: of the same suppliers.
    """

    calls: RentalCalls
    offers: Offers

    async def rent(self, order: Order, *, client: Client, idempotency_key: str | None = None) -> Rental:
        """Rent a number from the cheapest supplier that fits, as :meth:`~otpstream.control.rentals.renting.Renting.rent` does."""
        return await Renting(calls=self.calls, offers=self.offers).rent(
            order, client=client, idempotency_key=idempotency_key
        )

    async def reuse(self, rental_id: str, *, client: Client, idempotency_key: str | None = None) -> Rental:
        """Rent the number of an earlier rental again.

        Returns:
            The new rental, as :meth:`rent` does.

        Raises:
            Refusal: no number, and nothing spent.
        """
        earlier, attempt = await self.calls.earlier(client, idempotency_key)
        if earlier is not None:
            return earlier
        previous = await self.get(rental_id, client=client)
        supplier = self.calls.able(previous, "reuse")
        if previous.state in ("requested", "active"):
            raise Refusal("still_live", "the rental still waits for its code: use it", rental_id=rental_id)
        if previous.line is None:
            raise Refusal("not_live", "the rental never had a number", rental_id=rental_id)
        now = self.calls.clock()
        rental = Rental(
            rental_id=new_id(),
            client=client.name,
            supplier=previous.supplier,
            account=previous.account,
            country=previous.country,
            area=previous.area,
            service=previous.service,
            state="requested",
            reused_from=rental_id,
            spend_day=now.date(),
            requested_at=now,
            updated_at=now,
        )
        asked = {"cancel_after_seconds": self.calls.settings.auto_cancel_seconds}
        listed = await self._listed_price(previous)
        price = previous.price if listed is None else listed
        intent = self.calls.intent(
            rental, "reuse", asked, client=client, price=price, key=idempotency_key, attempt=attempt
        )
        if not await self.calls.open(rental, intent, client=client):
            return await self.calls.concurrent(client, idempotency_key)
        answer = await self.calls.ask(supplier, intent, lambda: supplier.reuse(as_asked(previous)))
        return await self.calls.began(intent, answer, supplier)

    async def renew(
        self, rental_id: str, *, additional_days: int, client: Client, idempotency_key: str | None = None
    ) -> Rental:
        """Extend a rental.

        Returns:
            The rental; where the outcome is not known yet, as it was.

        Raises:
            Refusal: it was not extended, and nothing was spent.
        """
        earlier, attempt = await self.calls.earlier(client, idempotency_key)
        if earlier is not None:
            return earlier
        rental = await self.get(rental_id, client=client)
        supplier = self.calls.able(rental, "renew")
        price = await self._listed_price(rental, days=additional_days)
        if price is None and rental.price_of_a_day is not None:
            price = rental.price_of_a_day * additional_days
        intent = self.calls.intent(
            rental,
            "renew",
            {"additional_days": additional_days},
            client=client,
            price=price,
            key=idempotency_key,
            attempt=attempt,
        )
        rental = await self.calls.claim(intent, client=client)
        answer = await self.calls.ask(
            supplier, intent, lambda: supplier.renew(as_asked(rental), additional_days=additional_days)
        )
        if not isinstance(answer, Rented):
            return await self.calls.without_answer(intent, answer)
        async with self.calls.engine.begin() as connection:
            return await life.extend(connection, intent, answer, now=self.calls.clock())

    async def reject(self, rental_id: str, *, client: Client, when_possible: bool = False) -> Rental:
        """Give a number back that no code came to; otherwise as :meth:`cancel`.

        Raises:
            Refusal: it was not given back.
        """
        rental = await self.get(rental_id, client=client)
        if rental.state == "code_received":
            raise Refusal("code_received", "a code came: cancel the rental instead, if need be", rental_id=rental_id)
        return await self.cancel(rental_id, client=client, when_possible=when_possible)

    async def cancel(self, rental_id: str, *, client: Client, when_possible: bool = False) -> Rental:
        """End a rental before its time; one that is over stays as it is.

        Args:
            rental_id: ours.
            client: whose.
            when_possible: give it back by itself once that can be done, where it cannot be done now.

        Returns:
            The rental: over; or not over yet, where the outcome is not known, or where it is to be given back later.

        Raises:
            Refusal: it was not given back.
        """
        rental = await self.get(rental_id, client=client)
        if rental.over:
            return rental
        supplier = self.calls.able(rental, "cancel", "reject")
        if not rental.live and not when_possible:
            raise Refusal("busy", "whether it was rented is not known yet", rental_id=rental_id, retry_after_seconds=5)
        wait_seconds = self._too_early_seconds(rental, supplier)
        if wait_seconds <= 0 and rental.live:
            try:
                return await self.give_back(rental, reason="cancelled", client=client)
            except Refusal as refusal:
                if refusal.kind != "too_early" or not when_possible:
                    raise
                # A window that the settings do not know of.
                wait_seconds = refusal.retry_after_seconds or self.calls.settings.cancel_retry_seconds
        if when_possible:
            return await self._later(rental, wait_seconds)
        raise Refusal(
            "too_early",
            f"the supplier takes it back in {wait_seconds:.0f} seconds: ask again then, or for `when_possible`",
            rental_id=rental_id,
            retry_after_seconds=wait_seconds,
        )

    async def give_back(self, rental: Rental, *, reason: str, client: Client | None = None) -> Rental:
        """Ask the supplier to take a live rental back.

        Args:
            rental: as last read.
            reason: why it ends, a word of a bounded set.
            client: who asked for it; None: we ourselves.

        Raises:
            Refusal: it does not, or another call about the rental is out.
        """
        supplier = self.calls.supplier_of(rental)
        intent = self.calls.intent(rental, "give_back", {"reason": reason}, client=client)
        rental = await self.calls.claim(intent, client=None)
        answer = await self.calls.ask(supplier, intent, lambda: supplier.give_back(as_asked(rental)))
        if not isinstance(answer, Rented):
            return await self.calls.without_answer(intent, answer)
        async with self.calls.engine.begin() as connection:
            return await life.given_back(connection, intent, answer, now=self.calls.clock())

    async def get(self, rental_id: str, *, client: Client) -> Rental:
        """Return a rental of the client's; `admin` sees everybody's.

        Raises:
            Refusal: not_found.
        """
        async with self.calls.engine.connect() as connection:
            rental = await rental_rows.find(connection, rental_id)
        if rental is None or (rental.client != client.name and not client.may("admin")):
            raise Refusal("not_found", "there is no such rental of yours")
        return rental

    async def page(
        self,
        *,
        client: Client,
        states: Collection[str] = (),
        limit: int,
        before: tuple[datetime, str] | None = None,
    ) -> list[Rental]:
        """Return rentals of the client's, the newest first; of everybody's for `admin`."""
        whose = None if client.may("admin") else client.name
        async with self.calls.engine.connect() as connection:
            return await rental_rows.page(connection, client=whose, states=states, limit=limit, before=before)

    async def _later(self, rental: Rental, wait_seconds: float) -> Rental:
        """Note that a rental is to be given back as soon as that can be done."""
        now = self.calls.clock()
        at = now + timedelta(seconds=max(wait_seconds, 0.0))
        async with self.calls.engine.begin() as connection:
            held = await rental_rows.held(connection, rental.rental_id)
            if held.over:
                return held
            return await rental_rows.save(connection, held, cancel_at=at, cancel_reason="asked", updated_at=now)

    async def _listed_price(self, rental: Rental, *, days: int | None = None) -> Decimal | None:
        """Return what a rental's service costs by its supplier's list; None where the list does not say."""
        request = RentRequest(service=rental.service, country=rental.country, duration_days=days)
        return await self.offers.price(Order(request=request, supplier=rental.supplier, account=rental.account))

    def _too_early_seconds(self, rental: Rental, supplier: Supplier) -> float:
        begun = rental.requested_at if rental.started_at is None else max(rental.started_at, rental.requested_at)
        return supplier.earliest_cancel_seconds - (self.calls.clock() - begun).total_seconds()
