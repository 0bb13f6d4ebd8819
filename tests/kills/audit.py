"""Holds the store and what was published to the providers' books. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from otpstream.control.rentals.rental import Intent, Rental
from otpstream.control.rentals.states import LIVE, may_become
from otpstream.control.verifications.record import Verification
from schemas.rentals import RentalState
from schemas.topics import RENTALS, VERIFICATIONS
from schemas.verifications import VerificationState
from tests.kills.books import Ordered, Provided, Stored
from tests.kills.sink import Record

UNLISTED = "rental"
"""The supplier without a list: there a lost answer stays open, and counts as spent."""
_LATE_SECONDS = 60.0
"""By the sandbox's clock: how much later than the provider the store may learn that something has ended."""
_ROUNDED_SECONDS = 1.0
"""How exact the providers' replies are about time."""
_CENT = Decimal(100)

Streams = Mapping[tuple[str, str], Sequence[Record]]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is wrong, a sentence each; and what is not, and is told all the same."""

    lost: list[str] = field(default_factory=list)
    """Numbers that live and that the store does not know; money that nothing accounts for; verifications nobody knows of."""
    paid_twice: list[str] = field(default_factory=list)
    """Requests that were paid for, or sent a code, more than once."""
    open: list[str] = field(default_factory=list)
    """What was never settled."""
    untold: list[str] = field(default_factory=list)
    """What was not published, not in order, or not as the store has it."""
    orphaned: list[str] = field(default_factory=list)
    """Rentals that were paid for and tied to no request."""
    sent_again: list[str] = field(default_factory=list)
    """Requests to verify, each sent again under its key over more than a code's life, that sent a code each time. No complaint: see
    `test_a_verification_is_started_once_per_key`."""
    refunds_untold: Decimal = Decimal(0)
    """What the providers paid back without a reply that said so, or none that came: we count it as spent."""
    unlisted: int = 0
    """Numbers whose answer was lost at a supplier that has no list; each is accounted for as spent."""

    @property
    def complaints(self) -> list[str]:
        """All that is wrong."""
        return [*self.lost, *self.paid_twice, *self.orphaned, *self.open, *self.untold]


def audit(provided: Provided, stored: Stored, streams: Streams) -> Verdict:
    """Compare the books.

    Args:
        provided: the providers'.
        stored: ours, after all was settled.
        streams: what was published, by topic and key, in order.
    """
    rentals: dict[str, list[Rental]] = defaultdict(list)
    for rental in stored.rentals:
        if rental.line is not None:
            rentals[rental.line].append(rental)
    unlisted = [one for one in provided.orders if one.line.startswith(f"{UNLISTED}:") and not rentals.get(one.line)]
    return Verdict(
        lost=[
            *_lost_orders(provided, rentals),
            *_lost_among_unlisted(unlisted, stored.intents),
            *_lost_days(provided, rentals),
            *_lost_verifications(provided, stored),
        ],
        paid_twice=[
            *_paid_twice(provided, stored, rentals),
            *_started_twice(provided, stored),
            *_miscounted(provided, stored, rentals),
            *_miscounted_refunds(provided, stored, rentals),
        ],
        open=list(_open(provided, stored)),
        untold=[*_untold_rentals(stored, streams), *_untold_verifications(stored, streams)],
        orphaned=[f"{one.line} was paid for, and nobody asked for it" for one in stored.rentals if one.client is None],
        refunds_untold=sum(one.refunded_cents for one in provided.orders) / _CENT - stored.spend["refunded"],
        unlisted=len(unlisted),
        sent_again=list(_sent_again(provided)),
    )


def _lost_orders(provided: Provided, rentals: Mapping[str, list[Rental]]) -> Iterator[str]:
    for order in provided.orders:
        known = rentals.get(order.line, [])
        if known:
            if order.live and not any(one.state in LIVE for one in known):
                yield f"{order.line} lives, and is {known[0].state} in the store"
        elif not order.line.startswith(f"{UNLISTED}:") and (order.live or order.paid_cents):
            yield f"{order.line} {'lives' if order.live else 'was paid for'}, and the store does not know it"


def _lost_among_unlisted(orders: Sequence[Ordered], intents: Sequence[Intent]) -> Iterator[str]:
    """Give each number without a rental an intent that counts as spent, made when the number was ordered."""
    left = sorted(
        (one for one in intents if one.supplier == UNLISTED and one.kind == "rent" and one.state == "unknown"),
        key=lambda one: one.answer_by,
    )
    for order in sorted(orders, key=lambda one: one.ordered_at):
        fitting = next((one for one in left if one.created_at <= order.ordered_at <= one.answer_by), None)
        if fitting is None:
            yield f"{order.line} was paid for, and no call accounts for it"
        else:
            left.remove(fitting)


def _lost_days(provided: Provided, rentals: Mapping[str, list[Rental]]) -> Iterator[str]:
    for order in provided.orders:
        for rental in rentals.get(order.line, []) if order.live else []:
            apart = None if rental.ends_at is None else abs((rental.ends_at - order.ends_at).total_seconds())
            if rental.state in LIVE and (apart is None or apart > _ROUNDED_SECONDS):
                yield f"{order.line} ends at {order.ends_at}, and at {rental.ends_at} in the store"


def _lost_verifications(provided: Provided, stored: Stored) -> Iterator[str]:
    """Find what was started and no intent of ours, each under its own brand, accounts for."""
    rows = _asked(stored)
    for one in provided.verifications:
        known = [row for row in rows[one.brand] if row.provider_verification_id in (None, one.id)]
        if not known:
            yield f"verification {one.brand} was started, and the store does not know it"
        elif one.charges and not any(row.attempts for row in known):
            yield f"verification {one.brand} was charged, and the store knows of no check"


def _asked(stored: Stored) -> dict[str, list[Verification]]:
    """Return the verifications that a provider may have started, by brand: what was refused or held, it did not."""
    rows: dict[str, list[Verification]] = defaultdict(list)
    for row in stored.verifications:
        if row.state not in ("refused", "held"):
            rows[row.brand].append(row)
    return rows


def _paid_twice(provided: Provided, stored: Stored, rentals: Mapping[str, list[Rental]]) -> Iterator[str]:
    for line, known in rentals.items():
        if len(known) > 1:
            yield f"{line} is {len(known)} rentals in the store"
    by_key: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    renewals: dict[str, list[Intent]] = defaultdict(list)
    for intent in stored.intents:
        if intent.idempotency_key is not None:
            by_key[intent.client, intent.idempotency_key].add(intent.rental_id)
        if intent.kind == "renew":
            renewals[intent.rental_id].append(intent)
    paid = {rental.rental_id for one in provided.orders if one.charges for rental in rentals.get(one.line, [])}
    for (_, key), names in by_key.items():
        if len(names & paid) > 1:
            yield f"{key} was paid for {len(names & paid)} times"
    for order in provided.orders:
        counted = Counter(reason for reason, _ in order.charges)
        asked = [one.state for rental in rentals.get(order.line, []) for one in renewals[rental.rental_id]]
        if not asked.count("done") <= counted["renew"] <= asked.count("done") + asked.count("unknown"):
            yield f"{order.line} was renewed {counted['renew']} times; the store has {asked}"


def _started_twice(provided: Provided, stored: Stored) -> Iterator[str]:
    rows = _asked(stored)
    for brand, times in Counter(one.brand for one in provided.verifications).items():
        if times > len(rows[brand]):
            yield f"verification {brand} was started {times} times, of {len(rows[brand])} intents"
    for one in provided.verifications:
        if one.charges > 1:
            yield f"verification {one.brand} was charged {one.charges} times"


def _sent_again(provided: Provided) -> Iterator[str]:
    for brand, times in Counter(one.brand for one in provided.verifications).items():
        if times > 1:
            yield f"the request of {brand} sent {times} codes"


def _miscounted(provided: Provided, stored: Stored, rentals: Mapping[str, list[Rental]]) -> Iterator[str]:
    """Compare what was charged with what is counted as spent; what nobody can tell counts as spent."""
    ours = {line for line, known in rentals.items() if any(one.client is not None for one in known)}
    charged = sum(cents for one in provided.orders if one.line in ours for _, cents in one.charges)
    unknown = sum((one.reserved for one in stored.intents if one.state == "unknown"), Decimal(0))
    if stored.spend["spent"] - unknown != charged / _CENT:
        yield f"the providers charged {charged / _CENT} for our rentals, and we count {stored.spend['spent'] - unknown}"
    for one in provided.orders:
        charges = sum(cents for _, cents in one.charges) / _CENT
        for rental in rentals.get(one.line, []):
            if rental.client is not None and rental.price is not None and rental.price != charges:
                yield f"{one.line} ({one.what}) cost {charges}, and we count {rental.price} ({rental.service})"
    if stored.spend["reserved"]:
        yield f"{stored.spend['reserved']} is held for calls that are over"


def _miscounted_refunds(provided: Provided, stored: Stored, rentals: Mapping[str, list[Rental]]) -> Iterator[str]:
    """Compare what was paid back with what is counted as such: what a reply said is right, and nothing else is counted."""
    for one in provided.orders:
        for rental in rentals.get(one.line, []):
            if rental.refund is not None and rental.refund != one.refunded_cents / _CENT:
                yield f"of {one.line} {one.refunded_cents / _CENT} was paid back, and we count {rental.refund}"
    told = sum((one.refund or Decimal(0) for one in stored.rentals), Decimal(0))
    if told != stored.spend["refunded"]:
        yield f"of our rentals {told} was paid back, and clients may spend {stored.spend['refunded']} again"


def _open(provided: Provided, stored: Stored) -> Iterator[str]:
    for intent in stored.intents:
        if intent.state == "open":
            yield f"a call to {intent.kind} of {intent.supplier} was never settled"
    live = {one.line for one in provided.orders if one.live}
    for rental in stored.rentals:
        if rental.state == "requested":
            yield f"{rental.rental_id} is requested for ever"
        if rental.state in LIVE and rental.line not in live:
            left = None if rental.ends_at is None else (rental.ends_at - provided.at).total_seconds()
            if left is None or abs(left) > _LATE_SECONDS:
                yield f"{rental.line} is over, and {rental.state} in the store"
    for row in stored.verifications:
        if row.live and (provided.at - row.expires_at).total_seconds() > _LATE_SECONDS:
            yield f"verification {row.brand} never ends"
    if stored.unpublished:
        yield f"{stored.unpublished} records were never published"


def _untold_rentals(stored: Stored, streams: Streams) -> Iterator[str]:
    rows = {rental.rental_id: rental for rental in stored.rentals}
    last: dict[str, RentalState] = {}
    for (topic, key), records in streams.items():
        if topic != RENTALS.name:
            continue
        yield from _repeated(key, records)
        for record in records:
            told = RentalState.decode(record.value)
            before = last.get(told.rental_id)
            if told.line != key:
                yield f"{told.line} was told under {key}"
            if before is not None and told.state != before.state and not may_become(before.state, told.state):
                yield f"{key} went from {before.state} to {told.state}"
            if before is not None and told.updated_at < before.updated_at:
                yield f"{key} was told out of order"
            last[told.rental_id] = told
    for name, rental in rows.items():
        if rental.line is None or rental.state in ("requested", "failed"):
            continue
        if name not in last or last[name].state != rental.state:
            yield f"{rental.line} is {rental.state}, and was told as {last[name].state if name in last else 'nothing'}"


def _untold_verifications(stored: Stored, streams: Streams) -> Iterator[str]:
    sequences: dict[str, list[int]] = defaultdict(list)
    for (topic, key), records in streams.items():
        if topic != VERIFICATIONS.name:
            continue
        yield from _repeated(key, records)
        for record in records:
            told = VerificationState.decode(record.value)
            sequences[told.verification_id].append(told.sequence)
    for row in stored.verifications:
        told_of = sequences.pop(row.verification_id, [])
        if told_of != list(range(1, row.sequence + 1)):
            yield f"verification {row.brand} has {row.sequence} changes, and was told {told_of}"
    for name in sequences:
        yield f"verification {name} was told, and is not in the store"


def _repeated(key: str, records: Sequence[Record]) -> Iterator[str]:
    for name, times in Counter(record.id for record in records).items():
        if times > 1:
            yield f"{key}: record {name} came again after a later one"
