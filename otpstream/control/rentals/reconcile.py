"""What a supplier's list of live rentals says of our intents and our rentals. Pure.

A call whose answer was lost is never repeated; the list tells what it did. A listed rental that nobody here knows and that began after an
intent was written is the intent's. What no intent accounts for is an orphan. A line of ours that the list lacks is gone.

A supplier may keep the id of an order whose number is rented again. Then the line is ours already, and only its start tells that it
began anew; where the list does not say so, nobody can tell whether the money was spent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from otpstream.control.rentals.rental import CLOCK_SKEW_SECONDS, Intent, Rental
from otpstream.control.rentals.states import LIVE
from schemas.rentals import RentalState

_SKEW = timedelta(seconds=CLOCK_SKEW_SECONDS)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One look at a supplier's list."""

    rentals: Sequence[RentalState]
    is_whole: bool
    """Whether every item could be read; only then does absence say anything."""
    asked_at: datetime
    """Before the list was asked for: our clock."""
    first_seen: Mapping[str, datetime]
    """When this process first saw each listed line."""


@dataclass(frozen=True, kw_only=True)
class Ours:
    """What the store holds of the account, read after the list was fetched: an answer that came meanwhile is in it."""

    live: Sequence[Rental]
    ended: Sequence[Rental]
    """Those that ended so lately that the list may still show them."""
    intents: Sequence[Intent]
    """The open ones."""
    previous: Mapping[str, Rental] = field(default_factory=dict)
    """By intent: the rental whose number a `reuse` asked for."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What is to be done."""

    found: list[tuple[Intent, RentalState]]
    """The call took effect, and this came of it."""
    not_found: list[Intent]
    """The call took no effect: there was time enough, and the list has nothing."""
    untold: list[Intent]
    """The list cannot say, and will not."""
    still_there: list[Intent]
    """A number that was to be given back lives on."""
    orphans: list[RentalState]
    gone: list[Rental]
    seen: list[tuple[Rental, RentalState]]
    """Rentals of ours as the supplier sees them."""


def findings(listing: Listing, ours: Ours, *, now: datetime, grace_seconds: float) -> Findings:
    """Compare a list with what we hold.

    Args:
        listing: what the supplier says.
        ours: what we hold.
        now: our clock, aware.
        grace_seconds: how long after a call the list may lack what it did.
    """
    grace = timedelta(seconds=grace_seconds)
    listed = {one.line: one for one in listing.rentals}
    living = {line: one for line, one in listed.items() if one.state in (*LIVE, "requested")}
    held = {rental.line for rental in ours.live}
    late = {rental.line for rental in ours.ended}
    strangers = [one for line, one in living.items() if line not in held | late]
    asking = [intent for intent in ours.intents if intent.kind in ("rent", "reuse")]
    begun_anew = [
        one
        for line, one in living.items()
        if line in held and any(_fits(intent, one, listing, ours) for intent in asking)
    ]
    candidates = strangers + begun_anew
    under_way = [intent for intent in asking if now < intent.answer_by]
    unsettled = [intent for intent in asking if now >= intent.answer_by]

    awaited = {one.line for one in candidates for intent in under_way if _fits(intent, one, listing, ours)}
    found = _matches(unsettled, [one for one in candidates if one.line not in awaited], listing, ours)
    taken = {one.line for _, one in found} | awaited
    settled = {intent.intent_id for intent, _ in found}
    left = [intent for intent in unsettled if intent.intent_id not in settled]

    renewals = _renewals(ours, listed, now=now)
    returns = [one for one in ours.intents if one.kind == "give_back" and now >= one.answer_by]
    lines = {rental.rental_id: rental.line for rental in ours.live}
    busy = {intent.rental_id for intent in ours.intents}

    def in_time(intent: Intent) -> bool:
        return listing.is_whole and listing.asked_at >= intent.answer_by + grace

    silent = [
        intent
        for intent in left
        if in_time(intent) and not any(one.line in awaited and _fits(intent, one, listing, ours) for one in candidates)
    ]
    may_be_begun_anew = [intent for intent in silent if _line_before(intent, ours) in living]

    return Findings(
        found=found + renewals.found,
        not_found=[intent for intent in silent if intent not in may_be_begun_anew]
        + [intent for intent in renewals.unmoved if listing.asked_at >= intent.answer_by + grace],
        untold=may_be_begun_anew
        + [intent for intent in renewals.untold if listing.asked_at >= intent.answer_by + grace],
        still_there=[one for one in returns if lines.get(one.rental_id) in living],
        orphans=[
            one
            for one in strangers
            if one.line not in taken
            and (one.ends_at is None or one.ends_at > now)
            and not any(_fits(intent, one, listing, ours) for intent in left)
        ],
        gone=[
            rental
            for rental in ours.live
            if listing.is_whole
            and rental.line not in living
            and (rental.rental_id not in busy or any(one.rental_id == rental.rental_id for one in returns))
            and (rental.began_at is None or rental.began_at + grace <= listing.asked_at)
        ],
        seen=[
            (rental, living[rental.line])
            for rental in ours.live
            if rental.line in living and rental.rental_id not in busy
        ],
    )


@dataclass(frozen=True, kw_only=True)
class _Renewals:
    found: list[tuple[Intent, RentalState]]
    unmoved: list[Intent]
    untold: list[Intent]


def _renewals(ours: Ours, listed: Mapping[str, RentalState], *, now: datetime) -> _Renewals:
    """Tell by its end whether a rental was extended."""
    lines = {rental.rental_id: rental.line or "" for rental in ours.live}
    result = _Renewals(found=[], unmoved=[], untold=[])
    for intent in ours.intents:
        if intent.kind != "renew" or now < intent.answer_by:
            continue
        seen = listed.get(lines.get(intent.rental_id, ""))
        before = intent.request.get("ends_at")
        if seen is None or seen.ends_at is None or before is None:
            result.untold.append(intent)
        elif seen.ends_at > datetime.fromisoformat(before) + _DAY / 2:
            result.found.append((intent, seen))
        else:
            result.unmoved.append(intent)
    return result


def _matches(
    intents: Iterable[Intent], strangers: Sequence[RentalState], listing: Listing, ours: Ours
) -> list[tuple[Intent, RentalState]]:
    """Give each intent the listed rental that fits it best; each rental goes to one intent."""
    pairs = sorted(
        (
            (_distance(intent, one), intent.created_at, intent.intent_id, one.line, intent, one)
            for intent in intents
            for one in strangers
            if _fits(intent, one, listing, ours)
        ),
        key=lambda pair: pair[:4],
    )
    matched: dict[str, tuple[Intent, RentalState]] = {}
    lines: set[str] = set()
    for *_, intent, one in pairs:
        if intent.intent_id not in matched and one.line not in lines:
            matched[intent.intent_id] = (intent, one)
            lines.add(one.line)
    return list(matched.values())


def _fits(intent: Intent, one: RentalState, listing: Listing, ours: Ours) -> bool:
    """Tell whether a listed rental may be what an intent asked for."""
    holder = next((rental for rental in ours.live if rental.line == one.line), None)
    if holder is not None:
        return one.line == _line_before(intent, ours) and _began_anew(intent, one, holder)
    if intent.kind == "reuse":
        previous = ours.previous.get(intent.intent_id)
        if previous is None:
            return False
        is_same_phone = one.phone is not None and one.phone == previous.phone
        return one.line == previous.line or (is_same_phone and _began_with(intent, one, listing))
    country = intent.request.get("country")
    if country is not None and one.country is not None and country != one.country:
        return False
    return _began_with(intent, one, listing) and (one.started_at is not None or _service_rank(intent, one) < _OTHER)


def _line_before(intent: Intent, ours: Ours) -> str | None:
    """Return the line whose number a `reuse` asked for; None for every other intent."""
    previous = ours.previous.get(intent.intent_id) if intent.kind == "reuse" else None
    return None if previous is None else previous.line


def _began_anew(intent: Intent, one: RentalState, holder: Rental) -> bool:
    """Tell whether a line of ours began once more while the intent's call was out, and not when its holder's rental did."""
    if one.started_at is None or holder.began_at is None or one.started_at <= holder.began_at + _SKEW:
        return False
    return intent.created_at - _SKEW <= one.started_at <= intent.answer_by + _SKEW


def _began_with(intent: Intent, one: RentalState, listing: Listing) -> bool:
    """Tell whether a rental began while the intent's call was out; without its time, whether nobody saw it before."""
    if one.started_at is not None:
        return intent.created_at - _SKEW <= one.started_at <= intent.answer_by + _SKEW
    return listing.first_seen.get(one.line, listing.asked_at) >= intent.created_at


_REUSED, _SAME, _UNTOLD, _OTHER = 0, 1, 2, 3
"""A number that was asked for again by its phone comes first: nothing else can be that intent's."""


def _service_rank(intent: Intent, one: RentalState) -> int:
    """Rank how well the services agree. Another word may be another name of the same, so alone it rules nothing out."""
    asked = {word.casefold() for word in (intent.request.get("service"), intent.request.get("service_name")) if word}
    if not asked or one.service is None:
        return _UNTOLD
    return _SAME if one.service.casefold() in asked else _OTHER


def _days_apart(intent: Intent, one: RentalState) -> int:
    """Return by how many days a listed rental is longer or shorter than asked for; a supplier may round, so it rules nothing out."""
    days: int | None = intent.request.get("duration_days")
    if days is None or one.started_at is None or one.ends_at is None:
        return 0
    return abs(round((one.ends_at - one.started_at) / _DAY) - days)


def _distance(intent: Intent, one: RentalState) -> tuple[int, int, float]:
    apart = 0.0 if one.started_at is None else abs((one.started_at - intent.created_at).total_seconds())
    rank = _REUSED if intent.kind == "reuse" else _service_rank(intent, one)
    return rank, _days_apart(intent, one), apart
