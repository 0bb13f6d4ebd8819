"""Every event of the dashboard, of every kind of order, in both ways that a kind may be told and in any spelling."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from prometheus_client import CollectorRegistry

from ingest.app import mounted, routes
from ingest.metrics import IngestMetrics
from ingest.providers.registry import WebhookRoute
from ingest.providers.settings import DashboardKind, Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.client import PROVIDER
from ingest.providers.text2fa_dashboard.events import Events
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.webhooks import WebhookReader
from ingest.providers.text2fa_dashboard.words import state_of
from ingest.receiver import Receive, Scope, Send
from ingest.settings import WebhookAuthenticationSettings
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState, State
from tests.unit.ingest.fakes import RecordingPublisher
from tests.unit.ingest.virtual_time import START

KINDS: tuple[DashboardKind, ...] = ("s1", "s2", "rental")
PHONE = "+14155552671"
TEXT = "Your OTP is 843291"
ORDER = {"order_id": 6, "number": PHONE, "status": "active"}
MESSAGE = {"from": "Facebook", "message": TEXT, "received_at": "2026-01-15T11:00:00Z"}
SPELLINGS = {
    "number.assigned": ["number.assigned", "NUMBER_ASSIGNED", "numberAssigned", "Number assignment"],
    "sms.received": ["sms.received", "SMS_RECEIVED", "smsReceived", "SMS reception"],
    "rental.updated": ["rental.updated", "RENTAL_UPDATED", "rentalUpdated", "rental_update"],
}


class Known:
    """A reader, and the orders that it knows."""

    def __init__(self, *orders: tuple[str, str], **settings: Any) -> None:
        account = Text2faDashboardAccount.model_validate({"api_keys": "key", **settings})
        events = Events(account, Orders())
        for name, phone in orders:
            events.rental(name, events.order({"order_id": "6", "number": phone}), now=START, state="active")
        self.reader = WebhookReader(account, events)

    def read(self, body: Any) -> SmsReceived | RentalState:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.reader.read(raw, account="default", sms_id="id", ingested_at=START)


def layouts(event: str, kind: str) -> list[Any]:
    """Word one event as a provider might: with `type` for the kind or for the event, wrapped or flat, JSON or a form."""
    fields = {**ORDER, **(MESSAGE if "sms" in event.lower() else {})}
    return [
        {"event": event, "type": kind, **fields},
        {"event": event, "data": {"type": kind, **fields}},
        {"type": event, "category": kind, **fields},
        {"type": kind, "action": event, **fields},
        {"event": event, "server": {"s1": 1, "s2": "2"}.get(kind, kind), "payload": {"order": fields}},
        {"eventType": event, "serviceType": kind.upper(), **fields},
        urlencode({"event": event, "type": kind, **fields}).encode(),
        urlencode(
            {"event": event, **{f"data[{name}]": value for name, value in {"kind": kind, **fields}.items()}}
        ).encode(),
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("event", "spelling"), [(event, spelling) for event, several in SPELLINGS.items() for spelling in several]
)
def test_every_event_of_every_kind_is_read(event: str, spelling: str, kind: DashboardKind) -> None:
    """A field that names the kind decides, whatever the event is called: an S2 order has rental updates too."""
    for body in layouts(spelling, kind):
        read = Known().read(body)

        assert (read.line, read.phone) == (f"text2fa-{kind}:6", PHONE), body
        assert isinstance(read, SmsReceived) is (event == "sms.received"), body
        if isinstance(read, SmsReceived):
            assert (read.text, read.sender) == (TEXT, "Facebook"), body
        else:
            assert read.state == "active", body


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("rental_update_s2", "s2"),
        ("S2.rental.updated", "s2"),
        ("rentalUpdateS1", "s1"),
        ("rental_renewed", "rental"),
        ("server 2: rental update", "s2"),
    ],
)
def test_the_name_of_an_event_may_hold_the_kind(event: str, kind: str) -> None:
    """S1 and S2 before rental, which is a word for anything that is rented."""
    assert Known().read({"event": event, **ORDER}).line == f"text2fa-{kind}:6"


@pytest.mark.parametrize("name", ["text2fa-s1", "text2fa-s2", "text2fa-rental"])
def test_a_known_order_says_more_than_the_name_of_an_event(name: str) -> None:
    """`rental_update` alone: the one order of that id is meant."""
    assert Known((name, PHONE)).read({"event": "rental_update", "order_id": 6}).line == f"{name}:6"


def test_of_several_known_orders_the_name_of_the_event_tells() -> None:
    """Both have the id, and one of them is a rental."""
    known = Known(("text2fa-s2", "+14155550100"), ("text2fa-rental", PHONE))

    assert known.read({"event": "rental_update", "order_id": 6}).line == "text2fa-rental:6"
    assert known.read({"event": "rental_update", "order_id": 6, "number": "+14155550100"}).line == "text2fa-s2:6"


def test_the_only_kind_of_an_account_says_more_than_the_name_of_an_event() -> None:
    """An account of S2 has no rentals."""
    assert Known(kinds="s2").read({"event": "rental_update", **ORDER}).line == "text2fa-s2:6"


def test_a_number_is_looked_for_among_the_orders_of_its_kind() -> None:
    """Without an order id, the number of an S1 order is none of S2's."""
    known = Known(("text2fa-s1", PHONE))
    body = {"event": "sms", "number": PHONE, "message": TEXT}

    assert known.read({**body, "type": "s1"}).line == "text2fa-s1:6"
    with pytest.raises(Unreadable, match="order_id"):
        known.read({**body, "type": "s2"})


def test_two_kinds_at_once_are_unreadable() -> None:
    """Either could be meant, and a guess would give the code to a stranger."""
    with pytest.raises(Unreadable, match="both s1 and s2"):
        Known().read({"event": "sms_s1", "type": "s2", **ORDER, **MESSAGE})


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("rental.renewed", "active"),
        ("rental.extended", "active"),
        ("rental_extend", "active"),
        ("rental.expired", "expired"),
        ("RENTAL_EXPIRE", "expired"),
        ("rental.expiring", None),
        ("rental.expires_soon", None),
        ("rental.ended", "released"),
        ("end", "released"),
        ("number.unassigned", "released"),
        ("rental_deactivated", "released"),
        ("number.released", "released"),
        ("order_rejected", "cancelled"),
        ("order.cancelled", "cancelled"),
        ("order refunded", "refunded"),
        ("rental_update", None),
    ],
)
def test_what_became_of_an_order_is_read_from_whole_words(event: str, state: State | None) -> None:
    """An extended rental has not ended, and one that will expire has not expired."""
    assert state_of({"event": event}) == state
    assert state_of({"type": "s2", "action": event}) == state


def test_the_words_of_the_operator_come_first() -> None:
    """Also against a word that would be understood without them."""
    shape = {"kinds": {"rental": "s2"}, "events": {"number.message": "rental"}}

    read = Known(webhook_shape=shape).read({"event": "number.message", "type": "rental", **ORDER})

    assert (read.line, type(read)) == ("text2fa-s2:6", RentalState)


async def _nowhere(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"event": "ping", "id": "evt_1", "payload": {"hello": "world"}}, "event: neither an SMS nor an order"),
        ({"event": "number.assigned", **ORDER}, "kind: s1, s2 or rental cannot be told apart"),
        ({"event": "sms.received", "type": "s2", **ORDER}, "text: missing"),
        ({"event": "sms.received", "type": "s2", **MESSAGE}, "order_id: missing"),
        ({"event": "sms", "type": "s1", "server": "s2", **ORDER, **MESSAGE}, "kind: both s1 and s2"),
    ],
    ids=["unknown-event", "unknown-kind", "no-text", "no-order", "two-kinds"],
)
async def test_what_cannot_be_read_is_a_dead_letter_and_422(body: Any, reason: str) -> None:
    """Nothing is lost: the exact bytes are kept with the reason, and the sender is told the same."""
    publisher, raw = RecordingPublisher(), json.dumps(body).encode()
    authentication = WebhookAuthenticationSettings(method="none")
    route = WebhookRoute(f"/webhooks/{PROVIDER}", PROVIDER, "default", authentication, Known().reader.read)
    metrics = IngestMetrics(CollectorRegistry())
    app = mounted(routes([route], publisher=publisher, metrics=metrics, clock=lambda: START), otherwise=_nowhere)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://otpstream.test") as http:
        answer = await http.post(route.path, content=raw)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    [letter] = publisher.letters
    assert reason in letter.detail
    assert reason in answer.json()["detail"]
    assert letter.value == raw
    assert len(publisher.records) == 1
    assert "843291" not in answer.text
    assert PHONE not in answer.text
