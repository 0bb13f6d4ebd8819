"""What the words of a dashboard webhook mean: which kind of order, what happened, and what became of the order. Pure.

No document lists the words. One of an event is read in any spelling (`rental.updated`, `RENTAL_UPDATED`, `rentalUpdate`), and a field of a
kind says more than an event's name: `rental_update` may be of an order of any kind, and `s2` can only be one.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ingest.providers.loose import plain
from ingest.providers.settings import DashboardKind, WebhookShape
from ingest.providers.text2fa_dashboard.payloads import state_named
from schemas.events import Unreadable
from schemas.rentals import State

EVENT_NAMES = ("event", "event_type", "event_name", "type", "action", "topic", "notification_type")
KIND_NAMES = (
    "kind",
    "server",
    "service_type",
    "number_type",
    "order_type",
    "product",
    "category",
    "plan",
    "source_type",
)

_S1 = r"s[_-]?1|server[_-]?1"
_S2 = r"s[_-]?2|server[_-]?2"
_ONLY_A_KIND = re.compile(rf"{_S1}|{_S2}|rentals?")
_KIND_WORDS: tuple[tuple[DashboardKind, re.Pattern[str]], ...] = (
    ("s1", re.compile(rf"(?:^|[^a-z0-9])(?:{_S1})(?:$|[^a-z0-9])")),
    ("s2", re.compile(rf"(?:^|[^a-z0-9])(?:{_S2})(?:$|[^a-z0-9])")),
    ("rental", re.compile(r"rental|renew|long[_-]?term")),
)
_SMS_WORDS = re.compile(r"sms|message|otp|code|text(?!2fa)|inbound")
_RENTAL_WORDS = re.compile(
    r"number|order|rental|assign|renew|extend|cancel|reject|refund|expir|releas|end(?:ed)?$|activ|reserv"
)
_STATE_WORDS: tuple[tuple[State, re.Pattern[str]], ...] = (
    ("refunded", re.compile(r"refund")),
    ("cancelled", re.compile(r"cancel|reject")),
    # That it will expire is no end yet.
    ("expired", re.compile(r"expired?(?![a-z])")),
    ("released", re.compile(r"releas|unassign|inactiv|deactiv|(?:^|[^a-z])end(?:ed)?(?![a-z])")),
    ("active", re.compile(r"assign|renew|extend|activ|reserv|creat|start")),
)

Meaning = Literal["sms", "rental"]


class Kind(NamedTuple):
    """Which kind of order a webhook is about."""

    said: DashboardKind | None
    """What a field says, or an event that names S1 or S2; or the only one that the account has."""
    hinted: DashboardKind | None
    """What the event's name sounds like, for want of anything better."""


def kind_of(fields: Mapping[str, Any], shape: WebhookShape, kinds: tuple[DashboardKind, ...]) -> Kind:
    """Read which kind of order a webhook is about.

    Args:
        fields: under plain names.
        shape: what the operator says of the words.
        kinds: of the account.

    Raises:
        Unreadable: it names S1 and S2.
    """
    events = list(_words(fields, EVENT_NAMES))
    of_a_kind = [*_words(fields, KIND_NAMES), *(word for word in events if _ONLY_A_KIND.fullmatch(plain(word)))]
    for word in (*of_a_kind, *events):
        if word in shape.kinds:
            return Kind(shape.kinds[word], None)
    said, heard = _kinds_in(of_a_kind), _kinds_in(events)
    one_time = {*said, *heard} - {"rental"}
    if len(one_time) > 1:
        raise Unreadable("kind: both s1 and s2 are named")
    named = next(iter(one_time), None) or ("rental" if "rental" in said else None)
    if named is None and len(kinds) == 1:
        named = kinds[0]
    return Kind(named, "rental" if "rental" in heard else None)


def meaning_of(fields: Mapping[str, Any], shape: WebhookShape) -> Meaning | None:
    """Read from an event's name whether it is about an SMS or an order, None where it does not tell."""
    words = list(_words(fields, EVENT_NAMES))
    configured = next((shape.events[word] for word in words if word in shape.events), None)
    if configured is not None:
        return configured
    for word in _names(words):
        if _SMS_WORDS.search(word):
            return "sms"
        if _RENTAL_WORDS.search(word):
            return "rental"
    return None


def state_of(fields: Mapping[str, Any]) -> State | None:
    """Read what became of an order: by its status, else by the event's name."""
    named = state_named(next(_words(fields, ("status", "state", "order_status")), None))
    if named is not None:
        return named
    words = list(_names(_words(fields, EVENT_NAMES)))
    return next((state for word in words for state, meant in _STATE_WORDS if meant.search(word)), None)


def _kinds_in(words: list[str]) -> set[DashboardKind]:
    return {kind for word in words for kind, meant in _KIND_WORDS if meant.search(plain(word))}


def _names(words: Iterator[str] | list[str]) -> Iterator[str]:
    """Yield the names of events in one spelling, without those that only say a kind of order."""
    return (name for name in map(plain, words) if not _ONLY_A_KIND.fullmatch(name))


def _words(fields: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    """Yield what the fields of these names say; a bare number of a server is `server 1`."""
    for name in names:
        value = fields.get(name)
        if name == "server" and str(value) in ("1", "2"):
            yield f"server {value}"
        elif isinstance(value, str):
            yield value
