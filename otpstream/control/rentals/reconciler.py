"""Settles by the suppliers' lists what no answer told: after a time-out, after a lost reply, after a crash at any step.

Calls that spend money are never repeated here. Giving a number back spends nothing, so that alone is asked for again.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from ingest.providers.contract import Rented, Supplier
from ingest.providers.errors import CallRefused, NotSupported, ProviderError, ReplyUnreadable
from otpstream.control.rentals import life
from otpstream.control.rentals.asking import Refused, Unknown
from otpstream.control.rentals.calls import ANSWER_SLACK_SECONDS, RentalCalls
from otpstream.control.rentals.reconcile import Findings, Listing, Ours, findings
from otpstream.control.rentals.rental import OUTCOME_UNKNOWN, Intent, Rental, as_asked, new_id
from otpstream.control.rentals.states import OVER, RentalStatus
from otpstream.control.store import rental_rows
from schemas.rentals import RentalState

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Reconciler:
    """Compares the suppliers' lists with ours.

    Args:
        calls: the same that the commands make.
    """

    calls: RentalCalls
    _first_seen: dict[tuple[str, str], dict[str, datetime]] = field(default_factory=dict)

    async def unsettled(self, supplier: Supplier) -> bool:
        """Tell whether the outcome of a call to a supplier waits to be settled."""
        async with self.calls.engine.connect() as connection:
            intents = await rental_rows.open_intents(connection, supplier.name, supplier.account)
        self.calls.metrics.unsettled(supplier, len(intents))
        now = self.calls.clock()
        return any(intent.answer_by <= now for intent in intents)

    async def as_it_stands(self, rental: Rental) -> Rental:
        """Return a rental as the store holds it."""
        async with self.calls.engine.connect() as connection:
            return await rental_rows.find(connection, rental.rental_id) or rental

    async def reconcile(self, supplier: Supplier) -> None:
        """Look at the list of one supplier and do what it tells; a supplier that does not answer is looked at again later."""
        if "rent" not in supplier.supports:
            return
        try:
            listing = await (self._list(supplier) if "rentals" in supplier.supports else self._look_up(supplier))
        except ProviderError as error:
            log.warning("no list of rentals of %s: %s", supplier.name, error)
            return
        ours = await self._ours(supplier, listing)
        now = self.calls.clock()
        told = findings(listing, ours, now=now, grace_seconds=self.calls.settings.intent_grace_seconds)
        await self._settle(supplier, told, now=now)
        if "rentals" not in supplier.supports:
            await self._settle_unlisted(supplier, listing, ours, now=now)
        for orphan in told.orphans:
            await self._alone(self._take_in(supplier, orphan, now=now))
        open_intents = {intent.rental_id: intent for intent in ours.intents}
        for rental in told.gone:
            await self._alone(self._ended(supplier, rental, open_intents.get(rental.rental_id), now=now))
        for rental, seen in told.seen:
            if _says_more(rental, seen):
                await self._alone(self._in_transaction(life.see, rental.rental_id, seen, now=now))

    async def _list(self, supplier: Supplier) -> Listing:
        asked_at = self.calls.clock()
        reply = await supplier.list_rentals()
        if reply.unread:
            log.warning("%d rentals in the list of %s cannot be read", len(reply.unread), supplier.name)
        key = (supplier.name, supplier.account)
        earlier = self._first_seen.get(key, {})
        self._first_seen[key] = {one.line: earlier.get(one.line, asked_at) for one in reply.read}
        return Listing(
            rentals=reply.read, is_whole=not reply.unread, asked_at=asked_at, first_seen=self._first_seen[key]
        )

    async def _look_up(self, supplier: Supplier) -> Listing:
        """Ask one by one for the rentals of open calls, where a supplier has no list."""
        asked_at = self.calls.clock()
        async with self.calls.engine.connect() as connection:
            intents = await rental_rows.open_intents(connection, supplier.name, supplier.account)
            live = {one.rental_id: one for one in await rental_rows.of_supplier(connection, *_account(supplier))}
        asked = [live[one.rental_id] for one in intents if one.rental_id in live]
        seen = [await self._seen(supplier, rental) for rental in asked]
        return Listing(
            rentals=[one for one in seen if one is not None], is_whole=False, asked_at=asked_at, first_seen={}
        )

    async def _seen(self, supplier: Supplier, rental: Rental) -> RentalState | None:
        try:
            return await supplier.get_rental(as_asked(rental))
        except ProviderError:
            return None

    async def _ours(self, supplier: Supplier, listing: Listing) -> Ours:
        since = listing.asked_at - timedelta(seconds=self.calls.settings.intent_grace_seconds)
        async with self.calls.engine.connect() as connection:
            intents = await rental_rows.open_intents(connection, *_account(supplier))
            previous: dict[str, Rental] = {}
            for intent in intents:
                if intent.kind == "reuse":
                    rental = await rental_rows.find(connection, intent.rental_id)
                    earlier = rental and await rental_rows.find(connection, rental.reused_from or "")
                    if earlier:
                        previous[intent.intent_id] = earlier
            return Ours(
                live=await rental_rows.of_supplier(connection, *_account(supplier)),
                ended=await rental_rows.ended_since(connection, *_account(supplier), since=since),
                intents=intents,
                previous=previous,
            )

    async def _settle(self, supplier: Supplier, told: Findings, *, now: datetime) -> None:
        for intent, one in told.found:
            answer = Rented(rental=one)
            if intent.kind == "renew":
                await self._alone(self._in_transaction(life.extend, intent, answer, now=now))
            else:
                window = supplier.earliest_cancel_seconds
                await self._alone(
                    self._in_transaction(life.begin, intent, answer, earliest_cancel_seconds=window, now=now)
                )
            self.calls.metrics.settled(supplier, intent.kind, "done")
        for intent in told.not_found:
            await self._alone(
                self._in_transaction(
                    life.give_up, intent, "failed", reason="not_found", detail="not in the list", now=now
                )
            )
            self.calls.metrics.settled(supplier, intent.kind, "failed")
        for intent in told.untold:
            await self._give_up_unknown(supplier, intent, now=now)
        for intent in told.still_there:
            await self._alone(self._give_back_again(supplier, intent))

    async def _settle_unlisted(self, supplier: Supplier, listing: Listing, ours: Ours, *, now: datetime) -> None:
        """Settle what only a list could tell, where there is none."""
        looked_up = {one.line: one for one in listing.rentals}
        live = {one.rental_id: one for one in ours.live}
        grace = timedelta(seconds=self.calls.settings.intent_grace_seconds)
        for intent in ours.intents:
            rental = live.get(intent.rental_id)
            seen = None if rental is None else looked_up.get(rental.line or "")
            if intent.kind == "give_back" and rental is not None and now >= intent.answer_by:
                if seen is None:
                    await self._alone(self._give_back_again(supplier, intent))
                elif seen.state in OVER:
                    await self._alone(self._ended(supplier, rental, intent, now=now))
            elif intent.kind in ("rent", "reuse") and now >= intent.answer_by + grace:
                await self._give_up_unknown(supplier, intent, now=now)

    async def _give_up_unknown(self, supplier: Supplier, intent: Intent, *, now: datetime) -> None:
        log.warning("nobody can tell what a call to %s came to; it counts as spent", supplier.name)
        await self._alone(
            self._in_transaction(life.give_up, intent, "unknown", reason=OUTCOME_UNKNOWN, detail=intent.detail, now=now)
        )
        self.calls.metrics.settled(supplier, intent.kind, "unknown")

    async def _give_back_again(self, supplier: Supplier, intent: Intent) -> None:
        """Ask once more for what spends nothing."""
        now = self.calls.clock()
        until = now + timedelta(seconds=self.calls.settings.call_timeout_seconds + ANSWER_SLACK_SECONDS)
        async with self.calls.engine.begin() as connection:
            rental = await rental_rows.held(connection, intent.rental_id)
            if not rental.live or not await rental_rows.prolong_intent(connection, intent, answer_by=until, now=now):
                return
        answer = await self.calls.ask(supplier, _until(intent, until), lambda: supplier.give_back(as_asked(rental)))
        now = self.calls.clock()
        # A list tells better than the words of a refusal, of which `the code was already received` sounds like an end.
        is_over = isinstance(answer, Refused) and answer.kind == "over" and "rentals" not in supplier.supports
        async with self.calls.engine.begin() as connection:
            if isinstance(answer, Unknown):
                await rental_rows.note_unknown(connection, intent, answer.detail, now=now)
            elif isinstance(answer, Refused) and not is_over:
                await life.give_up(connection, intent, "refused", reason=answer.kind, detail=answer.detail, now=now)
            elif isinstance(answer, Refused):
                await life.end(connection, intent.rental_id, "cancelled", reason=intent.request["reason"], now=now)
            else:
                await life.given_back(connection, intent, answer, now=now)

    async def _take_in(self, supplier: Supplier, orphan: RentalState, *, now: datetime) -> None:
        """Keep an orphan under watch, or have it given back in time, as the settings say."""
        can_release = bool(supplier.supports & {"cancel", "reject"})
        release = self.calls.settings.orphans == "release" and can_release
        earliest = (orphan.started_at or now) + timedelta(seconds=supplier.earliest_cancel_seconds)
        await self._in_transaction(
            life.adopt,
            new_id(),
            orphan,
            supplier=supplier.name,
            cancel_at=max(earliest, now) if release else None,
            now=now,
        )
        log.warning(
            "a rental of %s that nobody here asked for is %s", supplier.name, "given back" if release else "kept"
        )
        self.calls.metrics.orphan(supplier, "released" if release else "adopted")

    async def _ended(self, supplier: Supplier, rental: Rental, intent: Intent | None, *, now: datetime) -> None:
        """End a rental that the list lacks: the supplier may say how it ended."""
        if intent is not None:
            reason: str = intent.request["reason"]
            state = await self._state_at_end(supplier, rental)
            await self._in_transaction(life.end, rental.rental_id, state, reason=reason, now=now)
            return
        if rental.state == "active":
            try:
                seen = await supplier.get_rental(as_asked(rental))
            except (CallRefused, NotSupported):
                pass
            else:
                if seen.state not in OVER:
                    return
                await self._in_transaction(life.see, rental.rental_id, seen, now=now)
                return
        await self._in_transaction(life.end, rental.rental_id, "released", reason="gone", now=now)

    async def _state_at_end(self, supplier: Supplier, rental: Rental) -> RentalStatus:
        """Return how a rental ended whose return was asked for: it may be refunded, which the lost answer would have said.

        Raises:
            ProviderAway: to be asked again.
        """
        if rental.state == "active":
            try:
                seen = await supplier.get_rental(as_asked(rental))
            except (CallRefused, NotSupported, ReplyUnreadable):
                pass
            else:
                return seen.state if seen.state in OVER - {"released"} else "cancelled"
        return "cancelled"

    async def _in_transaction(self, turn: Callable[..., Awaitable[Rental]], *args: object, **words: object) -> None:
        async with self.calls.engine.begin() as connection:
            await turn(connection, *args, **words)

    async def _alone(self, work: Awaitable[None]) -> None:
        """Let one rental's fault cost no other: what cannot be done stays as it is, for the next look."""
        try:
            await work
        except (IntegrityError, ProviderError) as fault:
            log.warning("left for the next look at the list: %s", type(fault).__name__)


def _account(supplier: Supplier) -> tuple[str, str]:
    return supplier.name, supplier.account


def _until(intent: Intent, answer_by: datetime) -> Intent:
    return replace(intent, answer_by=answer_by)


def _says_more(rental: Rental, seen: RentalState) -> bool:
    if rental.state == "active" and seen.state not in ("requested", "active"):
        return True
    news = [(rental.phone is None, seen.phone), (rental.country is None, seen.country)]
    return any(lacks and told is not None for lacks, told in news) or (
        seen.ends_at is not None and seen.ends_at != rental.ends_at
    )
