"""Codes, texts and keys never reach a log: each stage at work at DEBUG, on what goes well and on what does not."""

import base64
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from ingest import app as ingest_app
from ingest.metrics import IngestMetrics
from ingest.providers import text2fa
from ingest.providers.registry import WebhookRoute
from ingest.publisher import Outgoing
from ingest.settings import WebhookAuthenticationSettings
from otpstream.tail import line_of
from processors.extract import Extraction
from processors.extract.recall import Recall
from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings, State
from schemas.events import Code
from schemas.topics import CODES, SMS
from tests.builders import OTP, PHONE, TEXT, FakeRecord, make_rental, make_sms, record_of

API_KEY = "api-key-of-the-account"
TOKEN = "0123456789abcdef-token"
SENDER = "+12135559876"
SECRETS = (OTP, TEXT, PHONE, SENDER, API_KEY, TOKEN, base64.b64encode(OTP.encode()).decode())


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Let a test log at DEBUG, and look for secrets in all that it logged."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    written = caplog.text + "".join(repr(record.__dict__) for record in caplog.records)
    assert [secret for secret in SECRETS if secret in written] == []


class Away:
    """A broker that takes nothing, and says why in the words that it was given."""

    async def publish(self, records: Sequence[Outgoing]) -> None:
        raise RuntimeError(f"cannot write {[record.value for record in records]!r}")


def test_the_processors_are_silent(logged: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages, copies, rentals, bad bytes and bugs: no log holds any of them, and no label of a metric."""
    registry = CollectorRegistry()
    metrics, stage, state, now = ProcessMetrics(registry), Pipeline(PipelineSettings()), State(), datetime.now(UTC)
    sms = record_of(make_sms(phone=PHONE, sender=SENDER))
    batches = [[sms, sms, FakeRecord(SMS.name, f'{{"code": "{OTP}"}}'.encode())], [record_of(make_rental())]]
    for batch in batches:
        result = stage.process(state, batch, now)
        stage.apply(state, result.changes, now)
        metrics.committed(results=[result], records=len(batch), seconds=0.1, now=now)

    def fails(self: Recall, text: str, sender: str) -> Extraction:
        raise RuntimeError(f"{text} {sender}")

    monkeypatch.setattr(Recall, "extract", fails)
    result = stage.process(state, [record_of(make_sms(text=f"{TEXT}!"))], now)
    metrics.committed(results=[result], records=1, seconds=0.1, now=now)

    told = "".join(poison.detail for poison in result.poison) + generate_latest(registry).decode()
    assert 'otp_process_dead_total{reason="bug"} 1.0' in told
    assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize(
    "body", [make_sms().text.encode(), f'{{"message": "{TEXT}", "number_id": []}}'.encode(), b"{}"]
)
async def test_the_receiver_is_silent_on_bodies(logged: pytest.LogCaptureFixture, body: bytes) -> None:
    """What cannot be read, or not be stored, is answered without a word of it; neither path token nor body is logged."""
    registry = CollectorRegistry()
    authentication = WebhookAuthenticationSettings.model_validate({"path_tokens": TOKEN})
    webhook = WebhookRoute("/webhooks/text2fa", "text2fa", "default", authentication, text2fa.read_webhook)
    routes = ingest_app.routes([webhook], publisher=Away(), metrics=IngestMetrics(registry))
    transport = httpx.ASGITransport(app=ingest_app.mounted(routes, routes[0][1]))
    good = f'{{"number_id": "1", "from": "{SENDER}", "message": "{TEXT}", "received_at": "2026-03-01T12:00:00Z"}}'
    logging.getLogger("httpx").setLevel(logging.WARNING)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        answers = [await http.post(f"/webhooks/text2fa/{TOKEN}", content=content) for content in (body, good.encode())]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert logged.records != []
    told = "".join(answer.text for answer in answers) + generate_latest(registry).decode()
    assert [secret for secret in SECRETS if secret in told] == []


def test_tail_shows_no_secret_unless_asked() -> None:
    """The line for people is masked by default."""
    stage = Pipeline(PipelineSettings())
    outputs = stage.process(State(), [record_of(make_sms(phone=PHONE, sender=SENDER))], datetime.now(UTC)).outputs
    [code] = [Code.decode(output.value) for output in outputs if output.topic == CODES.name]
    assert [secret for secret in SECRETS if secret in line_of(code, show=False)] == []
