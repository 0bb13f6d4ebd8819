"""The assembly: which routes there are, what lies behind them, and what the webhooks of all systems become."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from ingest.app import mounted, pollers, routes
from ingest.metrics import IngestMetrics
from ingest.providers.registry import Providers, build
from ingest.providers.settings import ProvidersSettings
from ingest.receiver import Receive, Scope, Send
from ingest.rentals import none_managed
from schemas.topics import RENTALS
from tests.unit.ingest.fakes import RecordingPublisher, text2fa_webhook

TOKEN = "token-0123456789-abcdef"


def _routes(webhook: dict[str, Any] | None) -> list[Any]:
    webhooks = [] if webhook is None else [text2fa_webhook(webhook)]
    return routes(webhooks, publisher=RecordingPublisher(), metrics=IngestMetrics(CollectorRegistry()))


@pytest.mark.parametrize(
    ("webhook", "paths"),
    [
        (None, []),
        ({"hmac_secrets": "secret"}, ["/webhooks/text2fa"]),
        ({"path_tokens": TOKEN}, ["/webhooks/text2fa", "/webhooks/text2fa/{token}"]),
    ],
    ids=["no-webhook", "signed", "token"],
)
def test_there_are_the_routes_that_are_configured(webhook: dict[str, Any] | None, paths: list[str]) -> None:
    """What nobody configured is not served."""
    assert [path for path, _ in _routes(webhook)] == paths


async def test_every_other_path_is_the_applications() -> None:
    """The routes stand in front of the application and hide nothing of it, nor its lifespan."""
    seen: list[str] = []

    async def application(scope: Scope, _receive: Receive, send: Send) -> None:
        seen.append(scope.get("path", scope["type"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    app = mounted(_routes({"path_tokens": TOKEN}), otherwise=application)
    paths = ["/metrics", "/webhooks", "/webhooks/text2fa/a/b", "/webhooks/text2fax", f"/other/{TOKEN}"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://otpstream.test") as client:
        for path in paths:
            await client.get(path)
        refused = await client.post("/webhooks/text2fa/wrong")

    async def ignore(*_: Any) -> Any:
        return {}

    await app({"type": "lifespan"}, ignore, ignore)

    assert seen == [*paths, "lifespan"]
    assert refused.status_code == 401


WEBHOOK = {"path_tokens": TOKEN}
ALL: dict[str, Any] = {
    "text2fa": [
        {"api_keys": "key", "webhook": WEBHOOK},
        {"account": "second", "api_keys": "key", "webhook": {"method": "none"}},
    ],
    "text2fa_dashboard": [
        {"api_keys": "key", "webhook": WEBHOOK},
        {"account": "second", "api_keys": "key", "kinds": "s1", "webhook": WEBHOOK},
    ],
    "textmagic": [{"username": "john", "api_keys": "key"}],
    "rental": [{"base_url": "https://one.test", "api_keys": "key"}],
}
"""Accounts at all four systems; the last two send no webhooks."""
SMS = {"from": "Facebook", "message": "Your OTP is 843291", "received_at": "2026-01-15T11:59:58Z"}
NUMBER = {"order_id": 6, "number": "+14155552671"}


class Stage:
    """The routes of all accounts with a publisher, and a client that posts to them."""

    def __init__(self, managed: Any = none_managed) -> None:
        self.publisher = RecordingPublisher()
        self.registry = CollectorRegistry()
        self.providers = _built()
        webhook_routes = routes(
            self.providers.webhooks,
            publisher=self.publisher,
            metrics=IngestMetrics(self.registry),
            clock=lambda: NOW,
            managed=managed,
        )
        self.app = mounted(webhook_routes, otherwise=webhook_routes[0][1])

    async def post(self, path: str, body: dict[str, Any]) -> int:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://otpstream.test") as client:
            return (await client.post(path, content=json.dumps(body))).status_code

    def count(self, series: str, **labels: str) -> float:
        return self.registry.get_sample_value(series, labels) or 0.0


NOW = datetime(2026, 1, 15, 12, 0, 3, tzinfo=UTC)


def _built() -> Providers:
    async def sleep(_seconds: float) -> None:
        raise AssertionError

    return build(ProvidersSettings.model_validate(ALL), httpx.AsyncClient(), lambda: NOW, sleep)


async def test_the_webhooks_of_every_system_become_records() -> None:
    """An SMS of each, a number that is assigned and an order that ends: each under its line and its account, each answered 202."""
    stage = Stage()
    dashboard = f"/webhooks/text2fa-dashboard/{TOKEN}"
    bodies: list[tuple[str, dict[str, Any]]] = [
        (f"/webhooks/text2fa/{TOKEN}", {"number_id": "12345", **SMS}),
        ("/webhooks/text2fa/second", {"number_id": "777", **SMS}),
        (dashboard, {"event": "number_assigned", "type": "rental", **NUMBER}),
        (dashboard, {"event": "sms", **NUMBER, **SMS}),
        (dashboard, {"event": "rental_update", "status": "expired", **NUMBER}),
        (f"/webhooks/text2fa-dashboard/second/{TOKEN}", {"event": "sms", **NUMBER, **SMS}),
    ]

    assert [await stage.post(path, body) for path, body in bodies] == [202] * len(bodies)

    assert [(sms.line, sms.account, sms.text) for sms in stage.publisher.sms] == [
        ("text2fa:12345", "default", SMS["message"]),
        ("text2fa:777", "second", SMS["message"]),
        ("text2fa-rental:6", "default", SMS["message"]),
        ("text2fa-s1:6", "second", SMS["message"]),
    ]
    assert [(one.line, one.state, one.phone) for one in stage.publisher.rentals] == [
        ("text2fa-rental:6", "active", NUMBER["number"]),
        ("text2fa-rental:6", "expired", NUMBER["number"]),
    ]
    assert [record.key for record in stage.publisher.of(RENTALS.name)] == [b"text2fa-rental:6"] * 2
    for record in stage.publisher.of(RENTALS.name):
        headers = dict(record.headers)
        assert headers["ce_source"] == b"/otpstream/ingest/webhook/text2fa-rental"
        assert headers["ce_id"]


async def test_sms_alone_are_counted_as_messages() -> None:
    """Under the supplier that the poller counts them under, too: else the two paths could not be compared."""
    stage = Stage()
    path = f"/webhooks/text2fa-dashboard/{TOKEN}"

    await stage.post(path, {"event": "number_assigned", "type": "s2", **NUMBER})
    await stage.post(path, {"event": "sms", **NUMBER, **SMS})

    assert stage.count("otp_ingest_messages_total", provider="text2fa-s2", path="webhook") == 1
    assert stage.count("otp_ingest_messages_total", provider="text2fa-dashboard", path="webhook") == 0
    assert stage.count("otp_ingest_provider_latency_seconds_count", provider="text2fa-s2", path="webhook") == 1
    assert stage.count("otp_ingest_webhook_requests_total", provider="text2fa-dashboard", result="accepted") == 2


async def test_what_a_webhook_says_of_a_managed_rental_undoes_nothing() -> None:
    """The control plane publishes those itself; the SMS come in all the same."""
    stage = Stage(managed=lambda line: line == "text2fa-s2:6")
    path = f"/webhooks/text2fa-dashboard/{TOKEN}"

    answers = [
        await stage.post(path, {"event": "number_assigned", "type": "s2", **NUMBER}),
        await stage.post(path, {"event": "sms", **NUMBER, **SMS}),
        await stage.post(path, {"event": "number_assigned", "type": "s1", **NUMBER}),
    ]

    assert answers == [202, 202, 202]
    assert [sms.line for sms in stage.publisher.sms] == ["text2fa-s2:6"]
    assert [rental.line for rental in stage.publisher.rentals] == ["text2fa-s1:6"]


async def test_a_token_of_one_account_does_not_open_another() -> None:
    """Each account proves itself at its own path."""
    stage = Stage()

    assert await stage.post("/webhooks/text2fa-dashboard/second", {"event": "sms", **NUMBER, **SMS}) == 401
    assert await stage.post("/webhooks/text2fa-dashboard/second/wrong", {"event": "sms", **NUMBER, **SMS}) == 401
    assert stage.publisher.records == []


def test_every_supplier_has_a_poller_of_its_own() -> None:
    """Each is counted under its account."""
    registry = CollectorRegistry()

    found = pollers(_built().polled, publisher=RecordingPublisher(), metrics=IngestMetrics(registry))

    gauges = {
        (sample.labels["provider"], sample.labels["account"])
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "otp_ingest_poll_last_success_timestamp_seconds"
    }
    assert len(found) == len(gauges)
    assert gauges == {
        ("text2fa", "default"),
        ("text2fa", "second"),
        ("text2fa-s1", "default"),
        ("text2fa-s2", "default"),
        ("text2fa-rental", "default"),
        ("text2fa-s1", "second"),
        ("rental", "default"),
    }
