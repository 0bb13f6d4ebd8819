"""The way that every call goes which changes something at a supplier: intent, call, outcome.

The intent is written first, with what the call may cost held against the client's cap. The call is made once. What came of it is written
together with the event that tells of it. A process may die between any two of these: the intent stays open, and the supplier's lists
settle it (:mod:`otpstream.control.rentals.reconciler`).
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ingest.providers.contract import Operation, Rented, Supplier
from otpstream.control.rentals import life
from otpstream.control.rentals.asking import Refused, Unknown, ask
from otpstream.control.rentals.metrics import ControlMetrics
from otpstream.control.rentals.offers import Clock
from otpstream.control.rentals.refusals import Kind, Refusal
from otpstream.control.rentals.rental import Intent, IntentKind, Rental, days_in
from otpstream.control.settings import RentalSettings
from otpstream.control.store import rental_rows, spending
from otpstream.control.store.keys import Client

ANSWER_SLACK_SECONDS = 10.0
"""How much later than its time-out a call may still be under way: what a busy process needs to notice."""

_KINDS: dict[str, Kind] = {
    "early": "too_early",
    "over": "not_live",
    "not_supported": "not_supported",
    "away": "supplier_away",
}
_NOTHING_DONE: dict[IntentKind, str] = {
    "rent": "nothing was rented and nothing was spent",
    "reuse": "nothing was rented and nothing was spent",
    "renew": "it was not extended and nothing was spent",
    "give_back": "it was not given back",
}


@dataclass(frozen=True, kw_only=True)
class RentalCalls:
    """Makes the calls.

    Args:
        engine: of the store.
        suppliers: all accounts.
        settings: of renting.
        metrics: where calls are counted.
        clock: our clock, aware.
    """

    engine: AsyncEngine
    suppliers: Sequence[Supplier]
    settings: RentalSettings
    metrics: ControlMetrics
    clock: Clock

    def supplier_of(self, rental: Rental) -> Supplier:
        """Return the supplier that a rental is of.

        Raises:
            Refusal: supplier_away, it is no longer among the settings.
        """
        for supplier in self.suppliers:
            if (supplier.name, supplier.account) == (rental.supplier, rental.account):
                return supplier
        raise Refusal(
            "supplier_away",
            f"supplier {rental.supplier}, account {rental.account}, is not configured",
            rental_id=rental.rental_id,
        )

    def able(self, rental: Rental, *operations: Operation) -> Supplier:
        """Return the supplier of a rental, which can do one of these.

        Raises:
            Refusal: not_supported or supplier_away.
        """
        supplier = self.supplier_of(rental)
        if not supplier.supports.intersection(operations):
            raise Refusal(
                "not_supported", f"{rental.supplier} does not {' or '.join(operations)}", rental_id=rental.rental_id
            )
        return supplier

    def intent(
        self,
        rental: Rental,
        kind: IntentKind,
        request: dict[str, Any],
        *,
        client: Client | None,
        price: Decimal | None = Decimal(0),
        key: str | None = None,
        attempt: int = 0,
    ) -> Intent:
        """Return the intent of a call that is to be made at once.

        Args:
            rental: what it is about.
            kind: of call.
            request: what is asked for.
            client: who asks; None: we ourselves.
            price: what it will cost, all days of it; None: nobody knows.
            key: the idempotency key of the client's request.
            attempt: how many suppliers refused before.
        """
        now = self.clock()
        margin = client.margin_percent if client is not None else None
        return Intent(
            intent_id=uuid4().hex,
            rental_id=rental.rental_id,
            client=None if client is None else client.name,
            supplier=rental.supplier,
            account=rental.account,
            kind=kind,
            request={
                **request,
                "price": None if price is None else str(price),
                "margin_percent": str(margin or 0),
            },
            state="open",
            reserved=self.settings.assumed_price * days_in(request) if price is None else price,
            spend_day=now.date(),
            idempotency_key=key,
            attempt=attempt,
            created_at=now,
            answer_by=now + timedelta(seconds=self.settings.call_timeout_seconds + ANSWER_SLACK_SECONDS),
        )

    async def earlier(self, client: Client, idempotency_key: str | None) -> tuple[Rental | None, int]:
        """Return what a request under this key came to, so that it is never carried out twice.

        Returns:
            The rental, None where there is none yet; and the number of the next attempt. What was refused may be asked for again.
        """
        if idempotency_key is None:
            return None, 0
        async with self.engine.connect() as connection:
            intent = await rental_rows.asked_before(connection, client.name, idempotency_key)
            if intent is None:
                return None, 0
            if intent.state == "refused":
                return None, intent.attempt + 1
            return await rental_rows.find(connection, intent.rental_id), intent.attempt + 1

    async def concurrent(self, client: Client, idempotency_key: str | None) -> Rental:
        """Return what another request under the same key has begun."""
        earlier, _ = await self.earlier(client, idempotency_key)
        if earlier is None:
            raise LookupError("the store refused an intent that no other request explains")
        return earlier

    async def is_open(self, rental: Rental) -> bool:
        """Tell whether the outcome of a call about a rental is not known."""
        async with self.engine.connect() as connection:
            return await rental_rows.open_intent(connection, rental.rental_id) is not None

    async def open(self, rental: Rental, intent: Intent, *, client: Client) -> bool:
        """Write a new rental with its intent; False where a request under the same key has done so.

        Raises:
            Refusal: spend_cap or too_many_live.
        """
        try:
            async with self.engine.begin() as connection:
                await self.admit(connection, intent, client=client)
                limit = client.live_rentals_limit or self.settings.live_rentals_limit
                # Counted after the client's row of the day was written, which its other calls wait for.
                if await rental_rows.count_live(connection, client.name) >= limit:
                    raise Refusal("too_many_live", f"{limit} rentals live at the same time: give one back first")
                await rental_rows.insert_rental(connection, rental)
                await rental_rows.insert_intent(connection, intent)
        except IntegrityError:
            return False
        return True

    async def claim(self, intent: Intent, *, client: Client | None) -> Rental:
        """Write the intent of a call about a live rental that no other call is about, and return the rental.

        Raises:
            Refusal: not_live, busy or spend_cap.
        """
        try:
            async with self.engine.begin() as connection:
                # The rental before the money, as everywhere: so no two transactions wait for each other.
                rental = await rental_rows.held(connection, intent.rental_id)
                if not rental.live:
                    raise Refusal("not_live", f"the rental is {rental.state}", rental_id=rental.rental_id)
                if client is not None:
                    await self.admit(connection, intent, client=client)
                # By its end a renewal is known to have been made, so it has to be the end that no other renewal moves any more.
                ends_at = None if rental.ends_at is None else rental.ends_at.isoformat()
                await rental_rows.insert_intent(
                    connection, replace(intent, request={**intent.request, "ends_at": ends_at})
                )
                return rental
        except IntegrityError:
            raise Refusal(
                "busy",
                "the outcome of an earlier call about this rental is not known yet",
                rental_id=intent.rental_id,
                retry_after_seconds=5,
            ) from None

    async def admit(self, connection: AsyncConnection, intent: Intent, *, client: Client) -> None:
        """Hold what a call may cost against the client's cap.

        Raises:
            Refusal: spend_cap.
        """
        cap = self.settings.spend_cap_per_day if client.spend_cap is None else client.spend_cap
        if not await spending.reserve(connection, client.name, intent.spend_day, intent.reserved, cap=cap):
            raise Refusal("spend_cap", "this would pass what may be spent in a day (UTC)")

    async def ask(
        self, supplier: Supplier, intent: Intent, call: Callable[[], Awaitable[Rented]]
    ) -> Rented | Refused | Unknown:
        """Make the call of an intent, unless its time is up already: then somebody else may have settled it."""
        left_seconds = (intent.answer_by - self.clock()).total_seconds() - ANSWER_SLACK_SECONDS
        if left_seconds <= 0:
            return Refused(kind="away", detail="not asked: this process was too slow")
        answer = await ask(call(), timeout_seconds=left_seconds)
        self.metrics.called(supplier, intent.kind, answer)
        return answer

    async def began(self, intent: Intent, answer: Rented | Refused | Unknown, supplier: Supplier) -> Rental:
        """Write what a call to rent or reuse came to.

        Raises:
            Refusal: the supplier refused.
        """
        if not isinstance(answer, Rented):
            return await self.without_answer(intent, answer)
        async with self.engine.begin() as connection:
            return await life.begin(
                connection,
                intent,
                answer,
                earliest_cancel_seconds=supplier.earliest_cancel_seconds,
                now=self.clock(),
            )

    async def without_answer(self, intent: Intent, answer: Refused | Unknown) -> Rental:
        """Write that a call was refused, or that nobody knows what came of it; in that case return the rental as it stands.

        Raises:
            Refusal: the supplier refused.
        """
        if isinstance(answer, Refused):
            async with self.engine.begin() as connection:
                await life.give_up(
                    connection, intent, "refused", reason=answer.kind, detail=answer.detail, now=self.clock()
                )
            raise _refusal(answer, intent)
        async with self.engine.begin() as connection:
            await rental_rows.note_unknown(connection, intent, answer.detail, now=self.clock())
            return await rental_rows.held(connection, intent.rental_id)


def _refusal(answer: Refused, intent: Intent) -> Refusal:
    """Return what a client is told when a supplier refused."""
    return Refusal(
        _KINDS.get(answer.kind, "supplier_refused"),
        f"{_NOTHING_DONE[intent.kind]}: {answer.detail}",
        rental_id=intent.rental_id,
        retry_after_seconds=answer.retry_after_seconds,
    )
