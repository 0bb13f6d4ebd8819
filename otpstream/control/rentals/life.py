"""The turns in a rental's life, each inside one SQL transaction: state, money, messages and what is told on Kafka, or none of them."""

import logging
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from ingest.providers.contract import Rented
from otpstream.control import projection
from otpstream.control.rentals.rental import CancelReason, Intent, IntentState, Rental
from otpstream.control.rentals.states import LIVE, OVER, RentalStatus, advanced, may_become
from otpstream.control.store import rental_rows, spending
from schemas.rentals import RentalState

log = logging.getLogger(__name__)


async def begin(
    connection: AsyncConnection, intent: Intent, answer: Rented, *, earliest_cancel_seconds: float, now: datetime
) -> Rental:
    """Take in what a call to rent or reuse came to, as its answer or the supplier's list told it.

    An answer that comes after its intent was closed changes nothing: the list will show the number again, as an orphan.

    Args:
        connection: inside a transaction.
        intent: of the call.
        answer: the number, and what it cost where that is known.
        earliest_cancel_seconds: how long the supplier does not take it back.
        now: our clock, aware.
    """
    await rental_rows.hold_line(connection, answer.rental.line)
    rental = await rental_rows.held(connection, intent.rental_id)
    if not await rental_rows.settle_intent(connection, intent, "done", now=now):
        log.warning("a late answer for rental %s: what it rented is left to the supplier's list", rental.rental_id)
        return rental
    price, told = await _paid(connection, intent, answer)
    listed = answer.rental
    await _supersede(connection, rental, listed, now=now)
    state: RentalStatus = listed.state if listed.state in LIVE | OVER else "active"
    cancel_at, cancel_reason = _cancellation(rental, intent, earliest_cancel_seconds, now=now)
    margin = Decimal(intent.request.get("margin_percent", "0"))
    rental = await rental_rows.save(
        connection,
        rental,
        line=listed.line,
        supplier_rental_id=listed.rental_id,
        phone=listed.phone,
        country=listed.country or rental.country,
        state=state,
        price=price if told else None,
        charged=price * (1 + margin / 100) if told else None,
        began_at=now,
        started_at=listed.started_at or intent.created_at,
        ends_at=listed.ends_at,
        ended_at=now if state in OVER else None,
        cancel_at=cancel_at,
        cancel_reason=cancel_reason,
        updated_at=now,
    )
    return await projection.claim(connection, rental, now=now)


async def extend(connection: AsyncConnection, intent: Intent, answer: Rented, *, now: datetime) -> Rental:
    """Take in that a rental was renewed; where the answer shows no later end, by as many days as were asked for."""
    rental = await rental_rows.held(connection, intent.rental_id)
    if not await rental_rows.settle_intent(connection, intent, "done", now=now):
        return rental
    price, told = await _paid(connection, intent, answer)
    margin = Decimal(intent.request.get("margin_percent", "0"))
    ends_at = answer.rental.ends_at or rental.ends_at
    if ends_at is not None and rental.ends_at is not None and ends_at <= rental.ends_at:
        ends_at = rental.ends_at + timedelta(days=intent.days)
    return await rental_rows.save(
        connection,
        rental,
        ends_at=ends_at,
        price=rental.price + price if told and rental.price is not None else None,
        charged=rental.charged + price * (1 + margin / 100) if told and rental.charged is not None else None,
        updated_at=now,
    )


async def give_up(
    connection: AsyncConnection, intent: Intent, state: IntentState, *, reason: str, detail: str | None, now: datetime
) -> Rental:
    """Take in that a call came to nothing, or that nobody can tell; what cannot be told counts as spent.

    Args:
        connection: inside a transaction.
        intent: of the call.
        state: refused, failed or unknown.
        reason: why the rental never came to be, where it was to begin with this call.
        detail: for people.
        now: our clock, aware.
    """
    rental = await rental_rows.held(connection, intent.rental_id)
    if not await rental_rows.settle_intent(connection, intent, state, detail=detail, now=now):
        return rental
    spent = intent.reserved if state == "unknown" else Decimal(0)
    await spending.settle(connection, payer(intent), intent.spend_day, reserved=intent.reserved, spent=spent)
    if rental.state != "requested":
        return rental
    return await rental_rows.save(connection, rental, state="failed", reason=reason, ended_at=now, updated_at=now)


async def end(
    connection: AsyncConnection,
    rental_id: str,
    state: RentalStatus,
    *,
    reason: str,
    refund: Decimal | None = None,
    now: datetime,
) -> Rental:
    """End a rental, and with it the call to give it back; one that is over already stays as it is, but for a refund.

    Args:
        connection: inside a transaction.
        rental_id: ours.
        state: how it ends; with a refund it is `refunded`.
        reason: why, a word of a bounded set.
        refund: what the supplier paid back; None: it does not say.
        now: our clock, aware.
    """
    rental = await rental_rows.held(connection, rental_id)
    intent = await rental_rows.open_intent(connection, rental_id)
    if intent is not None and intent.kind == "give_back":
        await rental_rows.settle_intent(connection, intent, "done", now=now)
    refund = _paid_back(rental, state, refund)
    wanted: RentalStatus = "refunded" if refund else state
    if not may_become(rental.state, wanted):
        return rental
    if refund:
        await spending.give_back(connection, rental.client or spending.NOBODY, rental.spend_day or now.date(), refund)
    return await rental_rows.save(
        connection,
        rental,
        state=wanted,
        reason=rental.reason or reason,
        refund=rental.refund if refund is None else refund,
        ended_at=rental.ended_at or now,
        cancel_at=None,
        cancel_reason=None,
        updated_at=now,
    )


async def given_back(connection: AsyncConnection, intent: Intent, answer: Rented, *, now: datetime) -> Rental:
    """Take in that a supplier took a number back."""
    state: RentalStatus = answer.rental.state if answer.rental.state in OVER else "cancelled"
    reason: str = intent.request["reason"]
    return await end(connection, intent.rental_id, state, reason=reason, refund=answer.refund, now=now)


async def see(connection: AsyncConnection, rental_id: str, seen: RentalState, *, now: datetime) -> Rental:
    """Take in how the supplier sees a rental of ours."""
    rental = await rental_rows.held(connection, rental_id)
    if not rental.live:
        return rental
    state = advanced(rental.state, seen.state)
    if state in OVER:
        return await end(connection, rental_id, state, reason="supplier_ended", now=now)
    return await rental_rows.save(
        connection,
        rental,
        state=state,
        phone=rental.phone or seen.phone,
        country=rental.country or seen.country,
        ends_at=seen.ends_at or rental.ends_at,
        code_received_at=rental.code_received_at or (now if state == "code_received" else None),
        updated_at=now,
    )


async def adopt(
    connection: AsyncConnection,
    rental_id: str,
    seen: RentalState,
    *,
    supplier: str,
    cancel_at: datetime | None,
    now: datetime,
) -> Rental:
    """Take in a rental that nobody here asked for; with a time at which it is to be given back, or none."""
    await rental_rows.hold_line(connection, seen.line)
    rental = Rental(
        rental_id=rental_id,
        client=None,
        supplier=supplier,
        account=seen.account,
        line=seen.line,
        supplier_rental_id=seen.rental_id,
        phone=seen.phone,
        country=seen.country,
        service=seen.service,
        state=seen.state if seen.state in LIVE else "active",
        reason="orphan",
        requested_at=now,
        began_at=now,
        started_at=seen.started_at,
        ends_at=seen.ends_at,
        cancel_at=cancel_at,
        cancel_reason=None if cancel_at is None else "asked",
        updated_at=now,
    )
    await rental_rows.insert_rental(connection, rental)
    return await projection.claim(connection, rental, now=now)


def payer(intent: Intent) -> str:
    """Return whose cap a call counts against."""
    return intent.client or spending.NOBODY


async def _paid(connection: AsyncConnection, intent: Intent, answer: Rented) -> tuple[Decimal, bool]:
    """Settle what a call cost: what the answer says, else what was offered, else what was assumed; and whether anybody said it."""
    told = intent.price_told(answer.price)
    price = intent.reserved if told is None else told
    await spending.settle(connection, payer(intent), intent.spend_day, reserved=intent.reserved, spent=price)
    return price, told is not None


def _paid_back(rental: Rental, state: RentalStatus, told: Decimal | None) -> Decimal | None:
    """Return what came back, never more than was paid: what was told; of a one-time number that is told as refunded, all of it."""
    if told is None and state == "refunded" and rental.duration_days is None:
        return rental.price
    return told if told is None or rental.price is None else min(told, rental.price)


def _cancellation(
    rental: Rental, intent: Intent, earliest_cancel_seconds: float, *, now: datetime
) -> tuple[datetime | None, CancelReason | None]:
    """Tell when a rental that begins is given back by itself, and why."""
    earliest = now + timedelta(seconds=earliest_cancel_seconds)
    if rental.cancel_at is not None:
        return max(rental.cancel_at, earliest), rental.cancel_reason
    seconds = intent.request.get("cancel_after_seconds")
    if seconds is None:
        return None, None
    return max(now + timedelta(seconds=seconds), earliest), "no_code"


async def _supersede(connection: AsyncConnection, rental: Rental, listed: RentalState, *, now: datetime) -> None:
    """End what still lives on the line: the supplier says that it is the new rental's."""
    earlier = await rental_rows.on_line(connection, rental.account, listed.line)
    if earlier is not None and earlier.rental_id != rental.rental_id:
        await end(connection, earlier.rental_id, "released", reason="superseded", now=now)
