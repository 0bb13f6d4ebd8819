"""The dashboard's webhooks: three kinds of event in any common layout, and never a guess about whose SMS it is."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.providers.settings import Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.events import Events
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.webhooks import WebhookReader
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState
from tests.unit.ingest.virtual_time import START

TEXT = "Your OTP is 843291"
PHONE = "+14155552671"
AT = datetime(2026, 1, 15, 11, tzinfo=UTC)
SMS = {"order_id": 6, "number": PHONE, "message": TEXT, "from": "Facebook", "received_at": "2026-01-15T11:00:00Z"}


class Reading:
    """A reader with the orders that it knows."""

    def __init__(self, *known: tuple[str, str, str | None], **settings: Any) -> None:
        self.orders = Orders()
        account = Text2faDashboardAccount.model_validate({"account": "main", **settings})
        self.events = Events(account, self.orders)
        self._reader = WebhookReader(account, self.events)
        for name, order_id, phone in known:
            order = self.events.order({"order_id": order_id, "number": phone, "service": "Facebook"})
            self.events.rental(name, order, now=START, state="active")

    def __call__(self, body: Any) -> SmsReceived | RentalState:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._reader.read(raw, account="main", sms_id="id", ingested_at=START)

    def sms(self, body: Any) -> SmsReceived:
        sms = self(body)
        assert isinstance(sms, SmsReceived)
        return sms

    def rental(self, body: Any) -> RentalState:
        rental = self(body)
        assert isinstance(rental, RentalState)
        return rental


SMS_BODIES: list[Any] = [
    {"event": "sms.received", "type": "s1", **SMS},
    {"event": "sms_received_s1", "data": SMS},
    {"id": "evt_1", "event": "SMS reception", "kind": "S1", "payload": {"order": SMS}},
    {
        "server": "S-1",
        "orderId": "6",
        "phoneNumber": "4155552671",
        "sms": TEXT,
        "sender": "Facebook",
        "time": 1768474800,
    },
    {
        "type": "s1",
        "order_id": 6,
        "number": PHONE,
        "sms": {"text": TEXT, "sender": "Facebook", "date": "2026-01-15 11:00:00"},
    },
    {
        "event": "s1",
        "order_id": 6,
        "mdn": PHONE,
        "messages": [{"text": TEXT, "from": "Facebook", "received_at": 1768474800}],
    },
    [{"event": "otp", "category": "server 1", **SMS}],
    urlencode({"event": "sms", "server": "s1", **SMS}).encode(),
    urlencode({"event": "sms_s1", **{f"data[{name}]": value for name, value in SMS.items()}}).encode(),
]


@pytest.mark.parametrize("body", SMS_BODIES, ids=range(len(SMS_BODIES)))
def test_an_sms_is_read_in_every_common_layout(body: Any) -> None:
    """JSON or form, flat or wrapped, under any usual names: one event."""
    sms = Reading().sms(body)

    assert (sms.line, sms.provider, sms.account, sms.path) == ("text2fa-s1:6", "text2fa-s1", "main", "webhook")
    assert (sms.text, sms.sender, sms.phone, sms.received_at) == (TEXT, "Facebook", PHONE, AT)


def test_both_paths_say_the_same_of_the_same_message() -> None:
    """Line, sender, text and time are equal, or the message would count twice."""
    reading = Reading(("text2fa-s1", "6", PHONE))
    known = reading.orders.get("text2fa-s1:6")
    assert known is not None

    pushed = reading.sms({"event": "sms", **SMS})
    item = {"text": TEXT, "sender": "Facebook", "created_at": "2026-01-15 11:00:00"}
    polled = reading.events.sms(item, known, path="poll", sms_id="id", now=START)

    assert polled == pushed.model_copy(update={"path": "poll"})


@pytest.mark.parametrize("when", [{}, {"received_at": None}], ids=["no-field", "null"])
def test_a_message_without_a_time_is_one_message_by_both_paths(when: dict[str, Any]) -> None:
    """The text tells it from others, and its id is the same whoever brings it."""
    reading = Reading(("text2fa-s2", "6", PHONE))
    known = reading.orders.get("text2fa-s2:6")
    assert known is not None

    pushed = reading.sms({"order_id": 6, "code": "843291", **when})
    polled = reading.events.sms({"code": "843291"}, known, path="poll", sms_id="id", now=START)

    assert polled is not None
    assert pushed.provider_message_id == polled.provider_message_id is not None


@pytest.mark.parametrize(
    ("known", "body", "line"),
    [
        ([("text2fa-s2", "6", PHONE)], {"order_id": 6, "sms": TEXT}, "text2fa-s2:6"),
        ([("text2fa-rental", "9", PHONE)], {"number": "4155552671", "sms": TEXT}, "text2fa-rental:9"),
        (
            [("text2fa-s1", "6", "+14155550100"), ("text2fa-s2", "6", PHONE)],
            {"order_id": 6, "number": PHONE, "sms": TEXT},
            "text2fa-s2:6",
        ),
    ],
    ids=["by-order", "by-number", "by-both"],
)
def test_a_known_order_tells_what_the_body_leaves_open(known: Any, body: Any, line: str) -> None:
    """A webhook need not say s1, s2 or rental if only one of our orders can be meant."""
    assert Reading(*known).sms(body).line == line


@pytest.mark.parametrize(
    ("known", "body", "field"),
    [
        ([], {"order_id": 6, "sms": TEXT}, "kind"),
        ([("text2fa-s1", "6", None), ("text2fa-s2", "6", None)], {"order_id": 6, "sms": TEXT}, "kind"),
        ([], {"number": PHONE, "sms": TEXT}, "order_id"),
        ([], {"event": "sms", "kind": "s1", "order_id": 6}, "text"),
        ([], {"event": "sms", "kind": "s1", "order_id": 6, "sms": [{"text": "1"}, {"text": "2"}]}, "messages"),
        ([], {"kind": "s1", "order_id": 6, "sms": TEXT, "received_at": "yesterday"}, "received_at"),
        ([], {"hello": "world"}, "event"),
        ([], [], "body"),
        ([], b"", "body"),
        ([], b"{", "body"),
        ([], b"hello", "body"),
        ([], b"\xff\xfe", "body"),
        ([], b"a=1&a[b]=2", "form"),
    ],
    ids=str,
)
def test_what_could_be_two_things_is_unreadable_by_its_field(known: Any, body: Any, field: str) -> None:
    """A dead letter names what to set, and holds no value."""
    with pytest.raises(Unreadable, match=field) as complaint:
        Reading(*known)(body)

    assert "843291" not in str(complaint.value)
    assert PHONE not in str(complaint.value)


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"event": "number.assigned", "server": "s2", "order_id": 8, "number": PHONE}, "active"),
        ({"event": "text2fa.number_assigned_s2", "data": {"order_id": 8, "number": PHONE}}, "active"),
        ({"kind": "s2", "order_id": 8, "number": PHONE, "status": "expired"}, "expired"),
        ({"event": "order.cancelled", "kind": "s2", "order_id": 8, "number": PHONE}, "cancelled"),
        ({"event": "refund", "kind": "s2", "order_id": 8, "number": PHONE}, "refunded"),
    ],
    ids=str,
)
def test_what_becomes_of_a_number_is_the_state_of_its_rental(body: Any, state: str) -> None:
    """By the word of the event or of the status."""
    rental = Reading().rental(body)

    assert (rental.line, rental.phone, rental.state) == ("text2fa-s2:8", PHONE, state)
    assert (rental.ends_at == START) is (state != "active")


def test_a_rental_update_keeps_what_it_does_not_speak_of() -> None:
    """The newest record of a line replaces the older ones, so it must say all that is known."""
    reading = Reading(("text2fa-rental", "123", PHONE))

    renewed = reading.rental({"event": "rental.renewed", "order_id": 123, "expires_at": "2026-02-01T00:00:00Z"})
    assert (renewed.phone, renewed.service, renewed.state) == (PHONE, "Facebook", "active")
    assert renewed.ends_at == datetime(2026, 2, 1, tzinfo=UTC)

    ended = reading.rental({"event": "rental.expired", "order_id": 123})
    assert (ended.phone, ended.state, ended.ends_at) == (PHONE, "expired", START)


def test_the_time_of_a_webhook_is_not_the_start_of_a_rental() -> None:
    """Else the messages before it would belong to no rental."""
    reading = Reading()
    reading.sms({"kind": "s1", "order_id": 6, "sms": TEXT, "created_at": "2026-01-15 11:00:00"})

    updated = reading.rental(
        {"event": "order.updated", "kind": "s1", "order_id": 6, "created_at": "2026-01-15 11:30:00"}
    )

    assert updated.started_at is None


def test_a_layout_of_its_own_is_said_in_the_settings() -> None:
    """Paths, words of kinds and words of events are the operator's to name."""
    shape = {
        "fields": {"order_id": "d.o.0.uid", "text": "d.t", "kind": "d.plan", "event": "what", "received_at": "d.w"},
        "kinds": {"daily": "rental"},
        "events": {"ping": "sms"},
    }
    body = {"what": "ping", "d": {"o": [{"uid": 7}], "t": TEXT, "plan": "daily", "w": "2026-01-15T11:00:00Z"}}

    sms = Reading(webhook_shape=shape).sms(body)

    assert (sms.line, sms.text, sms.received_at) == ("text2fa-rental:7", TEXT, AT)


def test_a_default_kind_settles_what_nothing_else_does() -> None:
    """For an account that uses one kind of order, or says so."""
    assert Reading(webhook_shape={"default_kind": "s2"}).sms({"order_id": 6, "sms": TEXT}).line == "text2fa-s2:6"
    assert Reading(kinds="rental").sms({"order_id": 6, "sms": TEXT}).line == "text2fa-rental:6"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["event", "type", "data", "order_id", "id", "number", "sms", "message", "text", "status", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
def test_any_body_is_an_event_or_unreadable(body: bytes) -> None:
    """Nothing that comes in crashes the route, where it would be sent again for ever."""
    try:
        event = Reading(webhook_shape={"default_kind": "s1"})(body)
    except Unreadable:
        return
    assert type(event).decode(event.encode()) == event
