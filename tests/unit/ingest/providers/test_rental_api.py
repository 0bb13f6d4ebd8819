"""The four-endpoint rental API: as documented, the key where it belongs, and nothing spent twice."""

import json
import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from ingest.providers.contract import Offer, RentRequest
from ingest.providers.errors import CallRefused, KeyRefused, NotSupported, ProviderAway, ReplyUnreadable
from ingest.providers.rental_api import RentalApi
from ingest.providers.settings import RentalApiAccount
from schemas.rentals import RentalState
from tests.unit.ingest.providers.scripted import KEY, Respond, Scripted, always, clock, form_of, in_turn, sleep
from tests.unit.ingest.virtual_time import START

NUMBERS = {
    "status": "success",
    "numbers": [
        {"country": "US", "country_name": "United States", "available": 5000, "price_per_sms": 0.05},
        {"country": "GB", "country_name": "United Kingdom", "available": 3200, "price_per_sms": 0.06},
    ],
}
RENTED = {
    "status": "success",
    "number": "+14155552671",
    "rental_id": "rent_12345",
    "expires_at": "2023-06-15T15:30:45Z",
    "country": "US",
}
MESSAGE = {"sender": "Facebook", "text": "Your verification code is: 123456", "received_at": "2023-06-15T15:25:30Z"}
MESSAGES = {"status": "success", "messages": [MESSAGE], "number": "+14155552671"}
CANCELLED = {
    "status": "success",
    "message": "Number rental cancelled successfully",
    "rental_id": "rent_12345",
    "refund_amount": 0.00,
}
RENTAL = RentalState(
    rental_id="rental:rent_12345",
    provider="rental",
    account="default",
    line="rental:rent_12345",
    phone="+14155552671",
    country="US",
    state="active",
    updated_at=START,
)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _run(respond: Respond, call: Any, **settings: Any) -> tuple[Scripted, Any]:
    scripted = Scripted(respond)
    account = RentalApiAccount.model_validate(
        {"base_url": "https://api.yourservice.com", "api_keys": [KEY], "requests_per_second": 1000, **settings}
    )
    return scripted, scripted.run(lambda http: call(RentalApi(http, account, clock=clock, sleep=sleep)))


def test_numbers_are_offered_as_documented() -> None:
    """The key and the country are in the query; each country is an offer."""
    scripted, offers = _run(always(200, NUMBERS), lambda api: api.list_offers(country="US"))

    (request,) = scripted.requests
    assert (request.method, request.url.path) == ("GET", "/getNumbers")
    assert dict(request.url.params) == {"country": "US", "api_key": KEY}
    assert offers.read[0] == Offer(
        service=None, name="United States", country="US", price=Decimal("0.05"), available=5000
    )
    assert len(offers.read) == 2


@pytest.mark.parametrize("body_format", ["json", "form"])
def test_a_number_is_rented_as_documented(body_format: str) -> None:
    """The key is in the body and not in the URL; the reply is an active rental that began with the call."""
    scripted, rented = _run(
        always(200, RENTED),
        lambda api: api.rent(RentRequest(country="US", service="facebook")),
        body_format=body_format,
    )

    (request,) = scripted.requests
    sent = form_of(request) if body_format == "form" else json.loads(request.content)
    assert (request.method, str(request.url)) == ("POST", "https://api.yourservice.com/rentNumber")
    assert sent == {"api_key": KEY, "country": "US", "service": "facebook"}
    assert rented.rental == RENTAL.model_copy(
        update={
            "service": "facebook",
            "started_at": START,
            "ends_at": datetime(2023, 6, 15, 15, 30, 45, tzinfo=UTC),
        }
    )


def test_messages_are_listed_as_documented() -> None:
    """A sender may be a name; the line is that of the rental."""
    scripted, reply = _run(always(200, MESSAGES), lambda api: api.list_messages(RENTAL, since=LONG_AGO))

    (request,) = scripted.requests
    assert (request.method, request.url.path) == ("GET", "/getSMS")
    assert dict(request.url.params) == {"rental_id": "rent_12345", "api_key": KEY}
    (sms,) = reply.read
    assert (sms.line, sms.sender, sms.text) == ("rental:rent_12345", "Facebook", MESSAGE["text"])
    assert sms.received_at == datetime(2023, 6, 15, 15, 25, 30, tzinfo=UTC)


def test_a_rental_is_cancelled_as_documented() -> None:
    """A refund of nothing is a cancellation, any other a refund."""
    scripted, rented = _run(always(200, CANCELLED), lambda api: api.give_back(RENTAL))
    (request,) = scripted.requests
    assert (request.method, str(request.url)) == ("POST", "https://api.yourservice.com/cancelNumber")
    assert json.loads(request.content) == {"api_key": KEY, "rental_id": "rent_12345"}
    assert (rented.rental.state, rented.refund) == ("cancelled", Decimal(0))

    _, refunded = _run(always(200, {**CANCELLED, "refund_amount": 0.05}), lambda api: api.give_back(RENTAL))
    assert (refunded.rental.state, refunded.refund) == ("refunded", Decimal("0.05"))


def test_messages_that_are_too_old_or_unreadable_are_told_apart() -> None:
    """The one is left out, the other handed back with its field; the rest is read."""
    items = [MESSAGE, {**MESSAGE, "received_at": "2023-06-15T14:00:00Z"}, {"sender": "x", "text": "y"}]
    since = datetime(2023, 6, 15, 15, tzinfo=UTC)

    _, reply = _run(
        always(200, {"status": "success", "messages": items}), lambda api: api.list_messages(RENTAL, since=since)
    )

    assert len(reply.read) == 1
    assert [one.detail for one in reply.unread] == ["received_at: missing"]


@pytest.mark.parametrize(
    ("status", "body", "error", "reason"),
    [
        (200, {"status": "error", "message": "Insufficient balance"}, CallRefused, "balance"),
        (200, {"status": "error", "message": "No numbers available"}, CallRefused, "stock"),
        (404, {"status": "error", "message": "Rental not found"}, CallRefused, "unknown"),
        (401, {"status": "error", "message": "Invalid API key"}, KeyRefused, None),
        (200, {"status": "error", "message": "Invalid API key"}, KeyRefused, None),
    ],
    ids=str,
)
def test_every_reply_has_a_status_and_an_error_is_a_definite_no(
    status: int, body: Any, error: type[Exception], reason: str | None
) -> None:
    """Whether the HTTP status says so too or not."""
    with pytest.raises(error) as refused:
        _run(always(status, body), lambda api: api.rent(RentRequest(country="US")))

    assert getattr(refused.value, "reason", None) == reason


_SPENDING = {
    "rent": lambda api: api.rent(RentRequest(country="US")),
    "cancel": lambda api: api.give_back(RENTAL),
}


@pytest.mark.parametrize("call", _SPENDING.values(), ids=_SPENDING)
@pytest.mark.parametrize("fault", [httpx.Response(500), httpx.ReadTimeout("slow")], ids=["500", "time-out"])
def test_what_changes_a_rental_is_asked_once(call: Any, fault: Any) -> None:
    """There is no list to settle an open outcome with, so it is least of all made worse."""
    scripted = Scripted(in_turn(fault))

    async def main(http: httpx.AsyncClient) -> None:
        account = RentalApiAccount.model_validate({"base_url": "https://x.test", "api_keys": [KEY]})
        with pytest.raises(ProviderAway) as away:
            await call(RentalApi(http, account, clock=clock, sleep=sleep))
        assert away.value.sent

    scripted.run(main)

    assert len(scripted.requests) == 1


def test_a_rental_without_an_id_is_an_open_outcome() -> None:
    """The field is named."""
    with pytest.raises(ReplyUnreadable, match="rental_id"):
        _run(always(200, {"status": "success", "number": "+1"}), lambda api: api.rent(RentRequest(country="US")))


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (RentRequest(), "country"),
        (RentRequest(country="US", area="AL"), "area"),
        (RentRequest(country="US", duration_days=7), "duration_days"),
        (RentRequest(country="US", premium=Decimal(1)), "premium"),
    ],
    ids=str,
)
def test_what_the_api_cannot_choose_is_refused(request_: RentRequest, field: str) -> None:
    """Nothing that was asked for is silently left out."""
    with pytest.raises(NotSupported, match=field):
        _run(always(500), lambda api: api.rent(request_))


@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.list_rentals(),
        lambda api: api.list_areas(),
        lambda api: api.fetch_balance(),
        lambda api: api.reuse(RENTAL),
        lambda api: api.renew(RENTAL, additional_days=1),
    ],
    ids=["rentals", "areas", "balance", "reuse", "renew"],
)
def test_what_the_api_does_not_have_asks_nobody(call: Any) -> None:
    """Four endpoints are all there is."""
    with pytest.raises(NotSupported):
        _run(always(500), call)


def test_a_rental_that_ended_already_is_given_back() -> None:
    """The supplier's own word for it, whatever the status."""
    _, over = _run(always(409, {"status": "error", "message": "already cancelled"}), lambda api: api.give_back(RENTAL))
    assert (over.rental.state, over.rental.ends_at) == ("released", START)

    with pytest.raises(CallRefused):
        _run(always(404, {"status": "error", "message": "Rental not found"}), lambda api: api.give_back(RENTAL))


def test_a_rental_is_fetched_by_its_messages() -> None:
    """One with a message has received its code; one that has ended stays ended."""
    _, active = _run(always(200, {**MESSAGES, "messages": []}), lambda api: api.get_rental(RENTAL))
    assert active.state == "active"

    _, received = _run(always(200, MESSAGES), lambda api: api.get_rental(RENTAL.model_copy(update={"phone": None})))
    assert (received.state, received.phone) == ("code_received", RENTAL.phone)

    ended = RENTAL.model_copy(update={"state": "cancelled", "ends_at": START - timedelta(hours=1)})
    _, same = _run(always(200, MESSAGES), lambda api: api.get_rental(ended))
    assert (same.state, same.ends_at) == ("cancelled", ended.ends_at)


def test_another_supplier_has_lines_of_its_own() -> None:
    """Two suppliers may both have a rent_12345."""
    _, rented = _run(always(200, RENTED), lambda api: api.rent(RentRequest(country="US")), name="rental-acme")

    assert (rented.rental.line, rented.rental.provider) == ("rental-acme:rent_12345", "rental-acme")


@pytest.mark.parametrize(
    "call",
    [lambda api: api.list_offers(), lambda api: api.list_messages(RENTAL, since=LONG_AGO)],
    ids=["numbers", "sms"],
)
def test_the_key_in_the_url_is_never_logged(call: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Not by us, and not by the HTTP client at DEBUG."""
    caplog.set_level(logging.DEBUG)

    scripted, _ = _run(always(200, {"status": "success", "numbers": [], "messages": []}), call)

    assert KEY in str(scripted.requests[0].url)
    assert KEY not in caplog.text
