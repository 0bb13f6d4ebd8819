"""Renting a number: the cheapest supplier that fits is asked, and where it refuses the next one, each under an intent of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.providers.contract import Rented, RentRequest, Supplier
from otpstream.control.rentals.asking import Refused
from otpstream.control.rentals.calls import RentalCalls
from otpstream.control.rentals.offers import Candidate, Offers, Order
from otpstream.control.rentals.refusals import Refusal
from otpstream.control.rentals.rental import Intent, Rental, new_id
from otpstream.control.store import rental_rows, spending
from otpstream.control.store.keys import Client


@dataclass(frozen=True, kw_only=True)
class Renting:
    """Rents.

    Args:
        calls: makes the calls.
        offers: of the same suppliers.
    """

    calls: RentalCalls
    offers: Offers

    async def rent(self, order: Order, *, client: Client, idempotency_key: str | None = None) -> Rental:
        """Rent a number from the cheapest supplier that fits; one that refuses is followed by the next.

        Returns:
            The rental: active; or requested, where the outcome is not known yet.

        Raises:
            Refusal: no number, and nothing spent.
        """
        earlier, attempt = await self.calls.earlier(client, idempotency_key)
        if earlier is not None:
            return earlier
        candidates = await self.offers.candidates(order)
        if not candidates:
            raise Refusal("no_offer", "nothing on offer fits: look at the offers for services, countries and prices")
        now = self.calls.clock()
        rental = Rental(
            rental_id=new_id(),
            client=client.name,
            supplier=candidates[0].supplier.name,
            account=candidates[0].supplier.account,
            country=order.request.country,
            area=order.request.area,
            service=order.request.service,
            duration_days=order.request.duration_days,
            state="requested",
            spend_day=now.date(),
            requested_at=now,
            updated_at=now,
        )
        intent = self._intent(rental, order, candidates[0], client=client, key=idempotency_key, attempt=attempt)
        if not await self.calls.open(rental, intent, client=client):
            return await self.calls.concurrent(client, idempotency_key)
        for candidate, then in zip(candidates, [*candidates[1:], None], strict=True):
            answer = await self.calls.ask(candidate.supplier, intent, _rent(candidate.supplier, candidate.request))
            following = None
            if isinstance(answer, Refused) and then is not None:
                following = await self._follow(intent, answer, then, order, client=client)
            if following is None:
                return await self.calls.began(intent, answer, candidate.supplier)
            intent = following
        raise AssertionError("the last candidate ends the loop")

    async def _follow(
        self, intent: Intent, answer: Refused, then: Candidate, order: Order, *, client: Client
    ) -> Intent | None:
        """Close the intent of a supplier that refused and write the next one's, in one step; None where that would pass the cap."""
        now = self.calls.clock()
        try:
            async with self.calls.engine.begin() as connection:
                rental = await rental_rows.held(connection, intent.rental_id)
                if not await rental_rows.settle_intent(connection, intent, "refused", detail=answer.detail, now=now):
                    return None
                await spending.settle(
                    connection, client.name, intent.spend_day, reserved=intent.reserved, spent=Decimal(0)
                )
                supplier = then.supplier
                rental = await rental_rows.save(
                    connection, rental, supplier=supplier.name, account=supplier.account, updated_at=now
                )
                following = self._intent(
                    rental, order, then, client=client, key=intent.idempotency_key, attempt=intent.attempt + 1
                )
                await self.calls.admit(connection, following, client=client)
                await rental_rows.insert_intent(connection, following)
                return following
        except Refusal:
            return None

    def _intent(
        self,
        rental: Rental,
        order: Order,
        candidate: Candidate,
        *,
        client: Client,
        key: str | None,
        attempt: int,
    ) -> Intent:
        """Return the intent to rent, with enough of the request to know it again in the supplier's list."""
        request = candidate.request
        asked: dict[str, Any] = {
            "service": request.service,
            "service_name": candidate.service_name,
            "country": request.country,
            "area": request.area,
            "duration_days": request.duration_days,
            "cancel_after_seconds": order.cancel_after_seconds,
        }
        if order.cancel_after_seconds is None and request.duration_days is None:
            asked["cancel_after_seconds"] = self.calls.settings.auto_cancel_seconds
        return self.calls.intent(rental, "rent", asked, client=client, price=candidate.price, key=key, attempt=attempt)


def _rent(supplier: Supplier, request: RentRequest) -> Callable[[], Awaitable[Rented]]:
    return lambda: supplier.rent(request)
