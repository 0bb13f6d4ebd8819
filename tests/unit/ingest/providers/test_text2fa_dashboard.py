"""The Text2FA dashboard: 21 calls as documented, three suppliers of them, and no reply whose shape costs money or messages."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.providers.contract import Area, Offer, RentRequest
from ingest.providers.errors import CallRefused, NotSupported, ProviderAway, ProviderError, ReplyUnreadable
from ingest.providers.settings import Text2faDashboardAccount
from ingest.providers.text2fa_dashboard.client import Text2faDashboard
from ingest.providers.text2fa_dashboard.events import Events
from ingest.providers.text2fa_dashboard.ordering import DashboardSupplier
from ingest.providers.text2fa_dashboard.orders import Orders
from ingest.providers.text2fa_dashboard.suppliers import SUPPLIERS
from schemas.rentals import RentalState
from tests.unit.ingest.providers.scripted import KEY, Respond, Scripted, always, by_path, clock, form_of, in_turn, sleep
from tests.unit.ingest.virtual_time import START

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
S1, S2, RENTAL = "text2fa-s1", "text2fa-s2", "text2fa-rental"
PHONE = "+14155552671"


def _account(**settings: Any) -> Text2faDashboardAccount:
    return Text2faDashboardAccount.model_validate({"api_keys": [KEY], "requests_per_second": 1000, **settings})


def _client(respond: Respond, call: Any, **settings: Any) -> tuple[Scripted, Any]:
    """Make one call of the client."""
    scripted = Scripted(respond)
    made = scripted.run(lambda http: call(Text2faDashboard(http, _account(**settings), clock=clock, sleep=sleep)))
    return scripted, made


def _supplier(name: str, respond: Respond, call: Any, **settings: Any) -> tuple[Scripted, Any]:
    """Make one call of a supplier."""
    scripted = Scripted(respond)

    async def main(http: httpx.AsyncClient) -> Any:
        account = _account(**settings)
        client = Text2faDashboard(http, account, clock=clock, sleep=sleep)
        return await call(SUPPLIERS[name](name, client, Events(account, Orders()), account, clock=clock))

    return scripted, scripted.run(main)


def _rental(name: str, order_id: str = "6", **fields: Any) -> RentalState:
    line = f"{name}:{order_id}"
    return RentalState.model_validate(
        {
            "rental_id": line,
            "provider": name,
            "line": line,
            "phone": PHONE,
            "state": "active",
            "updated_at": START,
            **fields,
        }
    )


CALLS: list[tuple[str, str, Any, dict[str, str] | None, Any]] = [
    ("account-details", "GET", lambda api: api.account_details(), None, {}),
    ("services-s1", "GET", lambda api: api.services_s1(), None, []),
    ("us-states", "GET", lambda api: api.us_states(), None, []),
    (
        "request-number-s1",
        "POST",
        lambda api: api.request_number_s1("ee1fdp", request_premium="10", state="AL"),
        {"service_key": "ee1fdp", "request_premium": "10", "state": "AL"},
        {},
    ),
    ("reuse-number-s1", "POST", lambda api: api.reuse_number_s1("6"), {"order_id": "6"}, {}),
    ("reject-number-s1", "POST", lambda api: api.reject_number_s1("6"), {"order_id": "6"}, {}),
    ("number-details-s1?order_id=6", "GET", lambda api: api.number_details_s1("6"), None, {}),
    ("reserved-list-s1", "GET", lambda api: api.reserved_list_s1(), None, []),
    ("services-s2", "GET", lambda api: api.services_s2(), None, []),
    (
        "request-number-s2",
        "POST",
        lambda api: api.request_number_s2("xyz123", area="610"),
        {"service_key": "xyz123", "key": "xyz123", "areas": "610", "state": "610"},
        {},
    ),
    ("reject-number-s2", "POST", lambda api: api.reject_number_s2("10"), {"order_id": "10"}, {}),
    ("number-details-s2?order_id=10", "GET", lambda api: api.number_details_s2("10"), None, {}),
    ("reserved-list-s2", "GET", lambda api: api.reserved_list_s2(), None, []),
    ("rental-service-list", "GET", lambda api: api.rental_service_list(), None, []),
    ("rental-states", "GET", lambda api: api.rental_states(), None, []),
    (
        "request-rental-number",
        "POST",
        lambda api: api.request_rental_number("rent123", duration_days=7),
        {"service_key": "rent123", "duration": "7"},
        {},
    ),
    ("rental-reserve-list", "GET", lambda api: api.rental_reserve_list(), None, []),
    ("rental-message?order_id=123", "GET", lambda api: api.rental_message("123"), None, []),
    ("active-rental-numbers", "GET", lambda api: api.active_rental_numbers(), None, []),
    (
        "renew-rental",
        "POST",
        lambda api: api.renew_rental("123", additional_days=7),
        {"order_id": "123", "additional_days": "7"},
        {},
    ),
    ("cancel-rental", "POST", lambda api: api.cancel_rental("123"), {"order_id": "123"}, {}),
]


@pytest.mark.parametrize(("target", "method", "call", "form", "reply"), CALLS, ids=[call[0] for call in CALLS])
def test_the_21_calls_are_made_as_documented(
    target: str, method: str, call: Any, form: dict[str, str] | None, reply: Any
) -> None:
    """Method, path, query, form and the raw token are those of the documentation."""
    scripted, _ = _client(always(200, reply), call)

    (request,) = scripted.requests
    assert (request.method, str(request.url)) == (method, f"https://app.text2fa.com/api/v1/{target}")
    assert (request.headers["authorization"], request.headers["accept"]) == (KEY, "application/json")
    assert (form_of(request) if request.content else None) == form


@pytest.mark.parametrize(
    "call", [call for _, method, call, *_ in CALLS if method == "POST"], ids=[c[0] for c in CALLS if c[1] == "POST"]
)
@pytest.mark.parametrize("fault", [httpx.Response(500), httpx.ReadTimeout("slow")], ids=["500", "time-out"])
def test_what_spends_money_is_made_once(call: Any, fault: Any) -> None:
    """An outcome that is unknown is never made known by asking again."""
    scripted = Scripted(in_turn(fault))

    async def main(http: httpx.AsyncClient) -> None:
        with pytest.raises(ProviderAway) as away:
            await call(Text2faDashboard(http, _account(), clock=clock, sleep=sleep))
        assert away.value.sent

    scripted.run(main)

    assert len(scripted.requests) == 1


def test_the_spelling_of_an_s2_request_can_be_chosen() -> None:
    """Should the provider refuse the double spelling, the settings name one."""
    scripted, _ = _client(
        always(200, {}),
        lambda api: api.request_number_s2("xyz", area="610"),
        s2_service_fields="key",
        s2_area_fields="areas",
    )

    assert form_of(scripted.requests[0]) == {"key": "xyz", "areas": "610"}


def test_a_list_in_pages_is_read_whole() -> None:
    """Half a list would release the numbers of the other half."""

    def respond(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params.get("page", "1"))
        items = [{"order_id": page, "number": PHONE}]
        return httpx.Response(200, json={"data": {"current_page": page, "last_page": 3, "data": items}})

    _, reply = _supplier(S1, respond, lambda supplier: supplier.list_rentals())

    assert [rental.line for rental in reply.read] == ["text2fa-s1:1", "text2fa-s1:2", "text2fa-s1:3"]


ORDER_SHAPES = [
    {"order_id": 6, "number": PHONE},
    {"id": "6", "phone_number": "4155552671"},
    {"orderId": 6, "msisdn": "14155552671"},
    {"data": {"order_id": "6", "phone": "(415) 555-2671"}},
    {"status": "success", "message": "Number reserved", "data": [{"id": 6, "number": 4155552671}]},
    {"status": True, "order": {"ID": 6, "Number": PHONE, "extra": {"kept": "out"}}},
    {"success": 1, "result": {"rental_id": "6", "mobile": PHONE, "status": "Waiting"}},
]


@pytest.mark.parametrize("shape", ORDER_SHAPES, ids=range(len(ORDER_SHAPES)))
@pytest.mark.parametrize(
    ("name", "request_"),
    [
        (S1, RentRequest(service="x")),
        (S2, RentRequest(service="x")),
        (RENTAL, RentRequest(service="x", duration_days=7)),
    ],
    ids=[S1, S2, RENTAL],
)
def test_an_order_is_read_in_every_common_shape(name: str, request_: RentRequest, shape: Any) -> None:
    """The documentation shows no reply, so no wrapping or spelling of it may lose what was paid for."""
    _, rented = _supplier(name, always(200, shape), lambda supplier: supplier.rent(request_))

    assert (rented.rental.line, rented.rental.phone, rented.rental.state) == (f"{name}:6", PHONE, "active")
    assert rented.rental.started_at == START


@given(
    price=st.sampled_from([("price", 0.25), ("cost", "$0.25"), ("amount", "0.25 USD")]),
    ends=st.sampled_from(
        [("expires_at", "2026-01-16T12:00:00Z"), ("expiry", 1768564800), ("endDate", "2026-01-16 12:00:00")]
    ),
    number=st.sampled_from([("number", PHONE), ("phone", "4155552671")]),
    rest=st.dictionaries(
        st.text(max_size=8).map(lambda name: f"x{name}"), st.integers() | st.text(max_size=8), max_size=4
    ),
    order=st.permutations(range(5)),
)
def test_synonyms_and_unknown_fields_change_nothing(
    price: Any, ends: Any, number: Any, rest: dict[str, Any], order: list[int]
) -> None:
    """Which name a field has, in which order, among which others: the rental is the same."""
    parts: list[Any] = [("order_id", 6), price, ends, number, *rest.items()]
    fields = dict([*(parts[at] for at in order if at < len(parts)), *parts])

    _, rented = _supplier(S1, always(200, fields), lambda supplier: supplier.rent(RentRequest(service="x")))

    assert (rented.price, rented.rental.phone) == (Decimal("0.25"), PHONE)
    assert rented.rental.ends_at == datetime(2026, 1, 16, 12, tzinfo=UTC)


def test_an_order_without_a_number_is_requested() -> None:
    """The number is assigned later; the order is held by its id."""
    _, rented = _supplier(
        S2, always(200, {"order_id": 9, "status": "pending"}), lambda one: one.rent(RentRequest(service="x"))
    )

    assert (rented.rental.line, rented.rental.phone, rented.rental.state) == ("text2fa-s2:9", None, "requested")


@pytest.mark.parametrize("reply", [{"data": {"number": PHONE}}, {"status": "success"}, [], "done", {"order_id": " "}])
def test_an_order_that_cannot_be_read_is_an_open_outcome_that_names_the_field(reply: Any) -> None:
    """Money may be gone, and only the list can tell."""
    with pytest.raises(ReplyUnreadable, match=r"order_id|no object"):
        _supplier(S1, always(200, reply), lambda supplier: supplier.rent(RentRequest(service="x")))


@pytest.mark.parametrize(
    ("name", "request_", "field"),
    [
        (S1, RentRequest(), "service"),
        (S1, RentRequest(service="x", duration_days=1), "duration_days"),
        (S1, RentRequest(service="x", country="GB"), "country"),
        (S2, RentRequest(service="x", premium=Decimal(1)), "premium"),
        (S2, RentRequest(service="x", country="GB"), "country"),
        (RENTAL, RentRequest(service="x"), "duration_days"),
        (RENTAL, RentRequest(service="x", duration_days=1, area="AL"), "area"),
    ],
    ids=str,
)
def test_what_cannot_be_honoured_is_refused_before_it_costs(name: str, request_: RentRequest, field: str) -> None:
    """Nothing that was asked for is silently left out."""
    scripted = Scripted(always(200, {}))

    async def main(http: httpx.AsyncClient) -> None:
        account = _account()
        client = Text2faDashboard(http, account, clock=clock, sleep=sleep)
        supplier = SUPPLIERS[name](name, client, Events(account, Orders()), account, clock=clock)
        with pytest.raises(NotSupported, match=field):
            await supplier.rent(request_)

    scripted.run(main)

    assert scripted.requests == []


OPERATIONS: dict[str, Any] = {
    "offers": lambda one: one.list_offers(),
    "areas": lambda one: one.list_areas(),
    "rent": lambda one: one.rent(RentRequest(service="x", duration_days=7 if one.name == RENTAL else None)),
    "reuse": lambda one: one.reuse(_rental(one.name)),
    "renew": lambda one: one.renew(_rental(one.name), additional_days=1),
    "rentals": lambda one: one.list_rentals(),
    "messages": lambda one: one.list_messages(_rental(one.name), since=LONG_AGO),
    "balance": lambda one: one.fetch_balance(),
    "give_back": lambda one: one.give_back(_rental(one.name)),
}


@pytest.mark.parametrize(("name", "operation"), list(itertools.product(SUPPLIERS, OPERATIONS)))
def test_a_supplier_does_what_it_says_it_supports_and_nothing_else(name: str, operation: str) -> None:
    """What is supported asks the provider, and the rest asks nobody."""
    supports = SUPPLIERS[name].supports
    is_supported = bool(supports & {"reject", "cancel"}) if operation == "give_back" else operation in supports
    scripted = Scripted(
        lambda request: httpx.Response(200, json=[] if "list" in request.url.path else {"order_id": 6, "data": []})
    )
    outcome: list[ProviderError] = []

    async def main(http: httpx.AsyncClient) -> None:
        account = _account()
        client = Text2faDashboard(http, account, clock=clock, sleep=sleep)
        try:
            await OPERATIONS[operation](SUPPLIERS[name](name, client, Events(account, Orders()), account, clock=clock))
        except ProviderError as error:
            outcome.append(error)

    scripted.run(main)

    assert bool(scripted.requests) is is_supported
    assert any(isinstance(error, NotSupported) for error in outcome) is not is_supported


@pytest.mark.parametrize(
    "reply",
    [
        [{"service_key": "ee1fdp", "name": "Facebook", "price": 0.25, "available": 12}],
        {"data": [{"key": "ee1fdp", "service_name": "Facebook", "cost": "$0.25", "count": "12"}]},
        {"status": "success", "services": {"ee1fdp": {"title": "Facebook", "rate": "0.25", "stock": 12}}},
    ],
    ids=["list", "envelope", "keyed"],
)
def test_services_are_offers(reply: Any) -> None:
    """A service, its price and how many there are."""
    _, offers = _supplier(S1, always(200, reply), lambda supplier: supplier.list_offers())

    [offer] = offers.read
    assert offer == Offer(service="ee1fdp", name="Facebook", country="US", price=Decimal("0.25"), available=12)


@pytest.mark.parametrize(("name", "where"), [(S1, "US"), (S2, "GB"), (RENTAL, "GB")])
def test_an_offer_is_where_its_numbers_are_rented(name: str, where: str) -> None:
    """S1 is of the US, the others of the account's country; what could not be rented there is not on offer."""
    services = [{"key": "plain"}, {"key": "ours", "country": where}, {"key": "theirs", "country": "FR"}]
    _, offers = _supplier(name, always(200, services), lambda supplier: supplier.list_offers(), country="GB")

    assert [(offer.service, offer.country) for offer in offers.read] == [("plain", where), ("ours", where)]


@pytest.mark.parametrize(
    "reply",
    [
        ["AL", "OK"],
        {"AL": "AL", "OK": "OK"},
        {"data": [{"code": "AL", "name": "AL"}, {"abbreviation": "OK", "state_name": "OK"}]},
    ],
    ids=["strings", "keyed", "objects"],
)
def test_states_are_areas(reply: Any) -> None:
    """The code is what a request takes."""
    _, areas = _supplier(S1, always(200, reply), lambda supplier: supplier.list_areas())

    assert [area.code for area in areas.read] == ["AL", "OK"]
    assert all(isinstance(area, Area) for area in areas.read)


def test_a_bad_item_of_a_list_is_handed_back_with_its_reason() -> None:
    """It costs the others nothing, and stays a sign that the list is not whole."""
    items = [{"order_id": 1, "number": PHONE}, {"number": PHONE}, {"order_id": 2, "number": "call us"}, 7]

    _, reply = _supplier(S1, always(200, items), lambda supplier: supplier.list_rentals())

    assert [rental.line for rental in reply.read] == ["text2fa-s1:1"]
    assert [one.detail for one in reply.unread][:2] == ["order_id: missing", "number: not a phone number"]
    assert len(reply.unread) == 3


def test_rentals_are_those_of_both_lists_each_once() -> None:
    """One list alone would release what only the other has."""
    replies = {
        "rental-reserve-list": [{"order_id": 1, "number": PHONE}, {"order_id": 2, "number": PHONE}],
        "active-rental-numbers": [{"order_id": 2, "number": PHONE}, {"order_id": 3, "number": PHONE}],
    }

    _, reply = _supplier(RENTAL, by_path(replies), lambda supplier: supplier.list_rentals())

    assert sorted(rental.line for rental in reply.read) == [f"{RENTAL}:{number}" for number in (1, 2, 3)]


SMS = {"text": "Your OTP is 843291", "sender": "Facebook", "received_at": "2026-01-15T11:00:00Z"}
MESSAGE_SHAPES = [
    {"order_id": 6, "messages": [SMS]},
    {"order_id": 6, "sms": [{"message": SMS["text"], "from": "Facebook", "created_at": "2026-01-15 11:00:00"}]},
    {"data": {"id": 6, "sms": {"full_text": SMS["text"], "sender": "Facebook", "date": 1768474800}}},
    {
        "status": "success",
        "message": "OK",
        "order_id": 6,
        "sms": SMS["text"],
        "from": "Facebook",
        "sms_time": 1768474800,
    },
]


@pytest.mark.parametrize("shape", MESSAGE_SHAPES, ids=range(len(MESSAGE_SHAPES)))
def test_the_sms_of_an_order_is_read_in_every_common_shape(shape: Any) -> None:
    """In a list, on its own or flat: the same text, sender and time."""
    _, reply = _supplier(S1, always(200, shape), lambda supplier: supplier.list_messages(_rental(S1), since=LONG_AGO))

    (sms,) = reply.read
    assert (sms.text, sms.sender, sms.line, sms.phone) == (SMS["text"], "Facebook", "text2fa-s1:6", PHONE)
    assert sms.received_at == datetime(2026, 1, 15, 11, tzinfo=UTC)
    assert sms.provider_message_id is None


@pytest.mark.parametrize(
    "shape",
    [
        {"order_id": 6, "status": "pending"},
        {"order_id": 6, "sms": None, "code": ""},
        {"order_id": 6, "sms": "Waiting for SMS"},
        {"order_id": 6, "code": 0},
        {"order_id": 6, "sms": []},
        {"order_id": 6, "sms": [{"text": None}]},
        {"status": "success", "message": "Order found", "order_id": 6},
    ],
    ids=str,
)
def test_an_order_whose_sms_did_not_come_has_none(shape: Any) -> None:
    """A place that is kept for an SMS is no SMS, and nothing that is wrong."""
    _, reply = _supplier(S1, always(200, shape), lambda supplier: supplier.list_messages(_rental(S1), since=LONG_AGO))

    assert (reply.read, reply.unread) == ([], [])


def test_a_message_without_a_time_is_the_same_message_each_time() -> None:
    """Polled again and again, it keeps its first time and its identity: one message, not many."""

    async def twice(supplier: DashboardSupplier) -> Any:
        first = await supplier.list_messages(_rental(S1), since=LONG_AGO)
        await sleep(60)
        return [*first.read, *(await supplier.list_messages(_rental(S1), since=LONG_AGO)).read]

    _, (first, second) = _supplier(S1, always(200, {"order_id": 6, "code": "843291"}), twice)

    assert first.received_at == second.received_at == START
    assert first.provider_message_id == second.provider_message_id is not None
    assert second.ingested_at - first.ingested_at == timedelta(seconds=60)


def test_a_message_told_by_its_text_is_the_same_on_every_path() -> None:
    """Where one path knows the time and the other does not, the settings say that the text decides."""
    replies = {"number-details-s1": {"order_id": 6, "messages": [SMS, {"text": SMS["text"]}]}}

    _, reply = _supplier(
        S1,
        by_path(replies),
        lambda supplier: supplier.list_messages(_rental(S1), since=LONG_AGO),
        is_told_by_text=True,
    )

    assert len({sms.provider_message_id for sms in reply.read}) == 1
    assert len(reply.read) == 2


@pytest.mark.parametrize(
    ("reply", "state", "refund"),
    [
        ({"status": "success", "message": "Rejected"}, "cancelled", None),
        ({"status": "success", "refund": "0.25"}, "refunded", Decimal("0.25")),
        ({"data": {"order_id": 6, "refund_amount": 0}}, "cancelled", Decimal(0)),
    ],
    ids=str,
)
def test_a_rental_that_is_given_back_is_over(reply: Any, state: str, refund: Decimal | None) -> None:
    """With its refund where the reply names one."""
    _, rented = _supplier(S1, always(200, reply), lambda supplier: supplier.give_back(_rental(S1)))

    assert (rented.rental.state, rented.refund, rented.rental.ends_at) == (state, refund, START)


@pytest.mark.parametrize(
    ("details", "listed", "state"),
    [
        ({"order_id": 6, "status": "cancelled"}, [], "cancelled"),
        ({"order_id": 6, "status": "expired"}, [], "expired"),
        (httpx.Response(404), [], "released"),
        (httpx.Response(404), [{"order_id": 6, "number": PHONE}], None),
        ({"order_id": 6, "status": "active"}, [], None),
    ],
    ids=["details-cancelled", "details-expired", "gone", "still-listed", "details-active"],
)
def test_a_refused_rejection_is_settled_by_looking(details: Any, listed: Any, state: str | None) -> None:
    """Over already is what was wanted; alive still is a refusal, and nothing is made of a wrong address."""
    replies = {
        "reject-number-s1": httpx.Response(422, json={"message": "cannot"}),
        "number-details-s1": details,
        "reserved-list-s1": listed,
    }

    def give_back() -> Any:
        return _supplier(S1, by_path(replies), lambda supplier: supplier.give_back(_rental(S1)))

    if state is None:
        with pytest.raises(CallRefused, match="422"):
            give_back()
    else:
        scripted, rented = give_back()
        assert rented.rental.state == state
        assert sum(request.method == "POST" for request in scripted.requests) == 1


def test_a_wrong_address_ends_no_rental() -> None:
    """Every path being 404, nothing is known to be over."""
    with pytest.raises(CallRefused):
        _supplier(S1, always(404), lambda supplier: supplier.give_back(_rental(S1)))


def test_reuse_keeps_the_number_and_renewal_keeps_the_start() -> None:
    """A reused number begins anew, a renewed rental does not."""
    old = _rental(S1, state="cancelled", ends_at=START - timedelta(days=1), started_at=START - timedelta(days=2))
    _, reused = _supplier(S1, always(200, {"order_id": 7}), lambda supplier: supplier.reuse(old))
    assert (reused.rental.line, reused.rental.phone, reused.rental.state) == ("text2fa-s1:7", PHONE, "active")
    assert (reused.rental.started_at, reused.rental.ends_at) == (START, None)

    _, again = _supplier(S1, always(200, {"id": 8, "status": "active"}), lambda supplier: supplier.reuse(old))
    assert (again.rental.line, again.rental.phone) == ("text2fa-s1:8", PHONE)

    _, same = _supplier(S1, always(200, {"status": "success"}), lambda supplier: supplier.reuse(old))
    assert (same.rental.line, same.rental.state) == (old.line, "active")

    running = _rental(RENTAL, started_at=START - timedelta(days=2))
    _, renewed = _supplier(
        RENTAL,
        always(200, {"status": "success", "data": {"id": 99, "expires_at": "2026-02-01T00:00:00Z"}}),
        lambda supplier: supplier.renew(running, additional_days=7),
    )
    assert (renewed.rental.line, renewed.rental.started_at) == (running.line, running.started_at)
    assert renewed.rental.ends_at == datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("created_at", "started_at"),
    [("2026-01-15T11:59:50Z", START - timedelta(seconds=10)), ("2026-01-15T12:00:10Z", START), (None, START)],
    ids=["behind-us", "ahead-of-us", "not-said"],
)
def test_a_rental_starts_no_later_than_it_was_asked_for(created_at: str | None, started_at: datetime) -> None:
    """Whichever clock is ahead, the first SMS of the order comes after its start."""
    reply = {"order_id": 6, "number": PHONE, "created_at": created_at}

    _, rented = _supplier(S1, always(200, reply), lambda supplier: supplier.rent(RentRequest(service="x")))

    assert rented.rental.started_at == started_at


def test_details_are_of_the_order_that_was_asked_for() -> None:
    """Whatever other id the reply carries."""
    _, current = _supplier(
        S1,
        always(200, {"id": 77, "number": PHONE, "status": "active"}),
        lambda supplier: supplier.get_rental(_rental(S1)),
    )

    assert current.line == "text2fa-s1:6"


def test_one_rental_is_fetched_with_what_became_of_it() -> None:
    """Details with an SMS are a code received; a day rental is looked up in its lists."""
    _, received = _supplier(
        S1, always(200, {"order_id": 6, "code": "843291"}), lambda supplier: supplier.get_rental(_rental(S1))
    )
    assert received.state == "code_received"

    _, gone = _supplier(RENTAL, always(200, []), lambda supplier: supplier.get_rental(_rental(RENTAL)))
    assert (gone.state, gone.ends_at) == ("released", START)

    with pytest.raises(ReplyUnreadable):
        _supplier(RENTAL, always(200, [{"id": None}]), lambda supplier: supplier.get_rental(_rental(RENTAL)))


@pytest.mark.parametrize(
    ("reply", "balance"),
    [
        ({"balance": "12.50"}, Decimal("12.50")),
        ({"status": "success", "data": {"user": {"email": "x"}, "current_balance": 12.5}}, Decimal("12.5")),
        ({"user": {"name": "x", "wallet_balance": "$12.50"}}, Decimal("12.50")),
        ({"name": "x"}, None),
    ],
    ids=str,
)
def test_the_balance_is_found_or_is_none(reply: Any, balance: Decimal | None) -> None:
    """None is said where the account names none."""
    _, found = _supplier(S1, always(200, reply), lambda supplier: supplier.fetch_balance())

    assert found == balance


def test_a_balance_that_is_no_amount_is_told_by_its_field() -> None:
    """It is not taken for none."""
    with pytest.raises(ReplyUnreadable, match="balance"):
        _supplier(S1, always(200, {"balance": "a lot"}), lambda supplier: supplier.fetch_balance())
