"""From the settings to suppliers, verifiers, pollers and webhook routes: every account, each told apart."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry
from pydantic import ValidationError

from ingest.metrics import IngestMetrics, PollMetrics
from ingest.poller import Poller
from ingest.providers.contract import RentRequest
from ingest.providers.errors import NotSupported, ReplyUnreadable
from ingest.providers.polled import PolledSupplier
from ingest.providers.registry import Providers, build
from ingest.providers.settings import ProvidersSettings, Text2faAccount, Text2faDashboardAccount
from ingest.providers.text2fa import Text2fa
from ingest.settings import Text2faSettings
from schemas.rentals import RentalState
from tests.unit.ingest.fakes import RecordingPublisher
from tests.unit.ingest.providers.scripted import KEY, Scripted, always, by_path, clock, sleep
from tests.unit.ingest.virtual_time import START

TOKEN = "0123456789abcdef-token"
ALL: dict[str, Any] = {
    "text2fa": [{"api_keys": [KEY], "webhook": {"path_tokens": TOKEN}}, {"account": "second", "api_keys": [KEY]}],
    "text2fa_dashboard": [
        {"api_keys": [KEY], "webhook": {"path_tokens": TOKEN}},
        {"account": "b", "kinds": "s1", "webhook": {"path_tokens": TOKEN}},
    ],
    "textmagic": [{"username": "john", "api_keys": [KEY]}, {"account": "b", "username": "jane", "api_keys": [KEY]}],
    "rental": [
        {"base_url": "https://one.test", "api_keys": [KEY]},
        {"base_url": "https://two.test", "api_keys": [KEY], "name": "rental-two"},
    ],
}


def _build(settings: dict[str, Any]) -> Providers:
    async def main(http: httpx.AsyncClient) -> Providers:
        return build(ProvidersSettings.model_validate(settings), http, clock, sleep)

    return Scripted(always(200)).run(main)


def test_every_account_becomes_what_it_can_be() -> None:
    """Suppliers and verifiers by name and account; an account without a key has its webhook alone."""
    providers = _build(ALL)

    assert [(one.name, one.account) for one in providers.suppliers] == [
        ("text2fa", "default"),
        ("text2fa", "second"),
        ("text2fa-s1", "default"),
        ("text2fa-s2", "default"),
        ("text2fa-rental", "default"),
        ("rental", "default"),
        ("rental-two", "default"),
    ]
    assert [polled.supplier for polled in providers.polled] == providers.suppliers
    assert [(one.provider, one.account) for one in providers.circuits] == [
        ("text2fa", "default"),
        ("text2fa", "second"),
        ("text2fa-dashboard", "default"),
        ("rental", "default"),
        ("rental-two", "default"),
        ("textmagic", "default"),
        ("textmagic", "b"),
    ]
    assert [(one.name, one.account) for one in providers.verifiers] == [("textmagic", "default"), ("textmagic", "b")]
    assert providers.supplier("rental-two", "default") is providers.suppliers[-1]
    assert providers.supplier("rental-two", "b") is None
    assert providers.verifier("textmagic", "b") is providers.verifiers[-1]
    assert [(route.path, route.provider, route.account) for route in providers.webhooks] == [
        ("/webhooks/text2fa", "text2fa", "default"),
        ("/webhooks/text2fa-dashboard", "text2fa-dashboard", "default"),
        ("/webhooks/text2fa-dashboard/b", "text2fa-dashboard", "b"),
    ]


def test_the_webhooks_of_an_account_know_the_orders_of_its_suppliers() -> None:
    """What was listed tells whose SMS a webhook brings."""
    scripted = Scripted(by_path({"reserved-list-s2": [{"order_id": 6, "number": "+14155552671"}]}))

    async def main(http: httpx.AsyncClient) -> Any:
        providers = build(
            ProvidersSettings.model_validate({"text2fa_dashboard": ALL["text2fa_dashboard"]}), http, clock, sleep
        )
        supplier = providers.supplier("text2fa-s2", "default")
        assert supplier is not None
        await supplier.list_rentals()
        body = json.dumps({"order_id": 6, "sms": "Your OTP is 843291"}).encode()
        return providers.webhooks[0].read(body, account="default", sms_id="id", ingested_at=clock())

    assert scripted.run(main).line == "text2fa-s2:6"


def test_nothing_is_built_of_nothing() -> None:
    """No settings, no providers, no fault."""
    assert _build({}) == Providers()


def test_accounts_come_from_the_environment_as_json() -> None:
    """A list does not fit into one variable otherwise."""
    settings = ProvidersSettings.model_validate({system: json.dumps(accounts) for system, accounts in ALL.items()})

    assert settings == ProvidersSettings.model_validate(ALL)
    assert ProvidersSettings.model_validate({"rental": ""}).rental == ()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"text2fa": "key-that-must-not-show"}, "JSON list"),
        ({"text2fa": [{"api_keys": [f"{KEY} é"]}]}, "api_keys"),
        ({"text2fa": [{"api_keys": [KEY, ""]}]}, "api_keys"),
        ({"text2fa": [{"api_keys": [KEY, "b", "c"]}]}, "api_keys"),
        ({"text2fa": [{"api_keys": [KEY], "api_key_file": "/x"}]}, "api_key_file"),
        ({"text2fa": [{"account": "a"}]}, "no key"),
        ({"text2fa": [{"api_keys": [KEY]}, {"api_keys": ["other"]}]}, "two accounts"),
        ({"textmagic": [{"api_keys": [KEY]}]}, "username"),
        ({"textmagic": [{"username": "a:b", "api_keys": [KEY]}]}, "username"),
        ({"rental": [{"api_keys": [KEY]}]}, "base_url"),
        ({"text2fa_dashboard": [{"api_keys": [KEY], "time_zone": "Mars/Base"}]}, "time_zone"),
        (
            {
                "rental": [
                    {"base_url": "https://one.test", "api_keys": [KEY]},
                    {"base_url": "https://two.test", "api_keys": [KEY], "account": "b"},
                ]
            },
            "name",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_wrong_setting_is_named_without_its_value(settings: dict[str, Any], told: str) -> None:
    """Whoever reads the complaint knows what to mend, and learns no key."""
    with pytest.raises(ValidationError) as complaint:
        ProvidersSettings.model_validate(settings)

    assert told in str(complaint.value)
    assert KEY not in str(complaint.value)


def test_settings_do_not_print_their_keys() -> None:
    """They may be logged as a whole."""
    assert KEY not in repr(ProvidersSettings.model_validate(ALL)) + str(ProvidersSettings.model_validate(ALL))


NUMBER = {"id": "12345", "number": "+15551234567", "country": "US"}
RENTAL = RentalState(
    rental_id="text2fa:12345",
    provider="text2fa",
    line="text2fa:12345",
    phone="+15551234567",
    state="active",
    updated_at=START,
)


def _text2fa(respond: Any, call: Any) -> Any:
    account = Text2faAccount.model_validate({"api_keys": [KEY], "requests_per_second": 1000})
    return Scripted(respond).run(lambda http: call(Text2fa(http, account, clock=clock, sleep=sleep)))


def test_text2fa_v1_supplies_numbers_that_were_rented_elsewhere() -> None:
    """It lists, reads and tells the balance; everything else asks nobody."""
    replies = {"numbers": [NUMBER], "messages": [], "account-details": {"email": "x", "balance": "12.50"}}

    async def work(supplier: Text2fa) -> None:
        assert [rental.line for rental in (await supplier.list_rentals()).read] == ["text2fa:12345"]
        assert (await supplier.get_rental(RENTAL)).state == "active"
        assert str(await supplier.fetch_balance()) == "12.50"
        for refused in (
            supplier.rent(RentRequest(country="US")),
            supplier.give_back(RENTAL),
            supplier.list_offers(),
            supplier.list_areas(),
            supplier.reuse(RENTAL),
            supplier.renew(RENTAL, additional_days=1),
        ):
            with pytest.raises(NotSupported):
                await refused

    _text2fa(by_path(replies), work)


def test_a_text2fa_number_that_is_not_listed_is_released() -> None:
    """Unless an item that cannot be read could be it."""
    assert _text2fa(by_path({"numbers": []}), lambda one: one.get_rental(RENTAL)).state == "released"
    with pytest.raises(ReplyUnreadable, match="number"):
        _text2fa(by_path({"numbers": [{"id": "12345"}]}), lambda one: one.get_rental(RENTAL))


def test_a_text2fa_number_that_was_over_ended_when_it_did() -> None:
    """Looking again moves no end."""
    over = RENTAL.model_copy(update={"state": "expired", "ends_at": RENTAL.updated_at})
    assert _text2fa(by_path({"numbers": []}), lambda one: one.get_rental(over)) == over


def _poll(
    scripted: Scripted, settings: dict[str, Any], *, seconds: float, known: list[RentalState]
) -> RecordingPublisher:
    """Poll all suppliers of the settings for a while, as the poller does."""
    publisher = RecordingPublisher()

    async def rentals() -> list[RentalState]:
        return known

    async def main(http: httpx.AsyncClient) -> None:
        providers = build(ProvidersSettings.model_validate(settings), http, clock, sleep)
        (polled,) = providers.polled
        poller = Poller(
            PolledSupplier(polled.supplier, known=rentals),
            publisher=publisher,
            metrics=PollMetrics(IngestMetrics(CollectorRegistry()), polled.supplier.name, polled.supplier.account),
            settings=polled.settings,
            clock=clock,
            sleep=sleep,
        )
        async with asyncio.timeout(seconds):
            await poller.run()

    with pytest.raises(TimeoutError):
        scripted.run(main)
    return publisher


def test_the_poller_publishes_a_timeless_sms_once_however_often_it_is_fetched() -> None:
    """Ten minutes of polling one order: one rental, one message."""
    replies = {
        "reserved-list-s1": [{"order_id": 6, "number": "+14155552671"}],
        "number-details-s1": {"order_id": 6, "status": "active", "code": "843291"},
    }
    scripted = Scripted(by_path(replies))

    published = _poll(scripted, {"text2fa_dashboard": [{"api_keys": [KEY], "kinds": "s1"}]}, seconds=600, known=[])

    assert [sms.text for sms in published.sms] == ["843291"]
    assert [rental.line for rental in published.rentals] == ["text2fa-s1:6"]
    assert published.letters == []
    assert scripted.paths.count("/api/v1/number-details-s1") >= 50


def test_a_supplier_without_a_list_is_polled_for_what_we_know() -> None:
    """Of its own rentals those that live, and of no other supplier any."""
    received_at = datetime(2026, 1, 15, 11, 59, tzinfo=UTC).isoformat()
    messages = {"status": "success", "messages": [{"sender": "Facebook", "text": "123456", "received_at": received_at}]}

    def rental(line: str, **changes: Any) -> RentalState:
        name = line.partition(":")[0]
        return RENTAL.model_copy(update={"rental_id": line, "line": line, "provider": name, **changes})

    known = [
        rental("rental:1"),
        rental("rental:2", state="cancelled"),
        rental("rental:3", account="other"),
        rental("text2fa-s1:4"),
    ]
    scripted = Scripted(by_path({"getSMS": messages}))

    settings = {"rental": [{"base_url": "https://one.test", "api_keys": [KEY]}]}
    published = _poll(scripted, settings, seconds=60, known=known)

    assert [sms.line for sms in published.sms] == ["rental:1"]
    assert {request.url.params["rental_id"] for request in scripted.requests} == {"1"}


def test_a_lone_account_is_the_same_account() -> None:
    """What one account was set to holds for the client that is built of it."""
    lone = Text2faSettings.model_validate(
        {"api_key": KEY, "account": "a", "requests_per_second": 2, "poll_interval_seconds": 7}
    )

    account = Text2faAccount.of(lone)

    assert (account.account, account.requests_per_second, account.poll_interval_seconds) == ("a", 2, 7)
    assert [key.get_secret_value() for key in account.api_keys] == [KEY]


def test_every_dashboard_kind_is_a_supplier_by_default() -> None:
    """An operator who names nothing gets all three."""
    assert Text2faDashboardAccount.model_validate({"api_keys": [KEY]}).kinds == ("s1", "s2", "rental")
