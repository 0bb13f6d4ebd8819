"""The webhook route: every answer, and what became of the body."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from ingest.answers import LONGEST_BODY_BYTES
from ingest.app import mounted, routes
from ingest.metrics import IngestMetrics
from ingest.publisher import Publisher
from ingest.receiver import Receive, Scope, Send
from schemas.topics import SMS, SMS_DEAD
from tests.unit.ingest import virtual_time
from tests.unit.ingest.fakes import AwayPublisher, BuggyPublisher, FlakyPublisher, RecordingPublisher, text2fa_webhook

NOW = datetime(2026, 1, 15, 12, 0, 3, tzinfo=UTC)
CODE = "843291"
SECRET = "shared-secret-of-the-webhook"
TOKEN = "token-0123456789-abcdef"
BODY = {
    "number_id": "12345",
    "from": "+12135559876",
    "message": f"Your OTP is {CODE}",
    "received_at": "2026-01-15T12:00:00Z",
}
RAW = json.dumps(BODY).encode()
PATH = "/webhooks/text2fa"
NONE: dict[str, Any] = {"method": "none"}


async def _not_found(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Door:
    """The mounted routes with a publisher, and a client that posts to them."""

    def __init__(self, publisher: Publisher, authentication: dict[str, Any], **limits: Any) -> None:
        self.registry = CollectorRegistry()
        metrics = IngestMetrics(self.registry)
        webhook_routes = routes(
            [text2fa_webhook(authentication)], publisher=publisher, metrics=metrics, clock=lambda: NOW, **limits
        )
        self.app = mounted(webhook_routes, otherwise=_not_found)

    async def send(
        self, content: Any = RAW, *, method: str = "POST", path: str = PATH, **kwargs: Any
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True, client=("192.0.2.7", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://otpstream.test") as client:
            return await client.request(method, path, content=content, **kwargs)

    def counted(self, result: str) -> float | None:
        return self.registry.get_sample_value(
            "otp_ingest_webhook_requests_total", {"provider": "text2fa", "result": result}
        )


def _is_problem(answer: httpx.Response) -> bool:
    document = answer.json()
    return (
        answer.headers["content-type"] == "application/problem+json"
        and document["status"] == answer.status_code
        and set(document) == {"type", "title", "status", "detail"}
    )


async def test_a_message_is_accepted_once_it_is_published() -> None:
    """202 means that the event is on its topic, under its line."""
    publisher = RecordingPublisher()
    door = Door(publisher, NONE)

    answer = await door.send()

    (record,), (sms,) = publisher.records, publisher.sms
    assert (answer.status_code, answer.content) == (202, b"")
    assert (record.topic, record.key) == (SMS.name, b"text2fa:12345")
    assert (sms.line, sms.path, sms.sender, sms.text) == ("text2fa:12345", "webhook", BODY["from"], BODY["message"])
    assert (sms.received_at, sms.ingested_at) == (datetime(2026, 1, 15, 12, 0, 0, tzinfo=UTC), NOW)
    assert (sms.phone, sms.provider_message_id) == (None, None)
    assert door.counted("accepted") == 1


async def test_the_record_carries_cloudevents_headers() -> None:
    """A consumer can route an event without parsing it."""
    publisher = RecordingPublisher()

    await Door(publisher, NONE).send()

    assert dict(publisher.records[0].headers) == {
        "ce_specversion": b"1.0",
        "ce_type": b"otp.sms.received.v1",
        "ce_source": b"/otpstream/ingest/webhook/text2fa",
        "content-type": b"application/json",
        "ce_id": publisher.sms[0].sms_id.encode(),
        "ce_time": b"2026-01-15T12:00:00.000Z",
    }


async def test_latency_is_counted_from_the_providers_receipt() -> None:
    """The histogram says how late the provider was."""
    door = Door(RecordingPublisher(), NONE)

    await door.send()

    labels = {"provider": "text2fa", "path": "webhook"}
    assert door.registry.get_sample_value("otp_ingest_provider_latency_seconds_sum", labels) == 3.0
    assert door.registry.get_sample_value("otp_ingest_messages_total", labels) == 1.0


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_any_method_but_post_is_answered_405(method: str) -> None:
    """Whoever comes by another method is told which one to use."""
    publisher = RecordingPublisher()
    door = Door(publisher, NONE)

    answer = await door.send(method=method)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert _is_problem(answer)
    assert publisher.records == []
    assert door.counted("method_not_allowed") == 1


async def _chunks(total_bytes: int) -> AsyncIterator[bytes]:
    for _ in range(0, total_bytes, 1024):
        yield b"x" * 1024


@pytest.mark.parametrize("streamed", [False, True], ids=["content-length", "streamed"])
async def test_a_body_over_the_bound_is_answered_413(streamed: bool) -> None:
    """The bound holds whether or not the sender says how much is coming."""
    publisher = RecordingPublisher()
    door = Door(publisher, NONE)
    size = LONGEST_BODY_BYTES + 1024

    answer = await door.send(_chunks(size) if streamed else b"x" * size)

    assert answer.status_code == 413
    assert _is_problem(answer)
    assert publisher.records == []
    assert door.counted("too_large") == 1


async def test_a_body_at_the_bound_is_still_read() -> None:
    """64 KiB is inside."""
    publisher = RecordingPublisher()

    answer = await Door(publisher, NONE).send(RAW + b" " * (LONGEST_BODY_BYTES - len(RAW)))

    assert (answer.status_code, len(publisher.sms)) == (202, 1)


async def test_a_body_over_the_bound_is_not_read_to_its_end() -> None:
    """A sender cannot fill the memory with what it streams."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 1024

    door = Door(RecordingPublisher(), NONE)
    read = endless()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": await anext(read), "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await door.app({"type": "http", "method": "POST", "path": PATH, "headers": [], "client": None}, receive, send)

    assert sent[0]["status"] == 413
    assert taken == LONGEST_BODY_BYTES // 1024 + 1


async def test_a_sender_that_hangs_up_is_counted_and_not_answered() -> None:
    """Half a body is no message."""
    publisher = RecordingPublisher()
    door = Door(publisher, NONE)
    messages = [{"type": "http.request", "body": RAW[:10], "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        raise AssertionError(message)

    await door.app({"type": "http", "method": "POST", "path": PATH, "headers": [], "client": None}, receive, send)

    assert publisher.records == []
    assert door.counted("disconnected") == 1


class Trickle:
    """A sender that lets one byte of the body through in so many virtual seconds."""

    def __init__(self, pause_seconds: float) -> None:
        self._left = [*RAW]
        self._pause_seconds = pause_seconds
        self.asked = 0
        self.answered: list[Any] = []

    async def receive(self) -> dict[str, Any]:
        self.asked += 1
        await asyncio.sleep(self._pause_seconds)
        byte = bytes([self._left.pop(0)])
        return {"type": "http.request", "body": byte, "more_body": bool(self._left)}

    async def send(self, message: Any) -> None:
        self.answered.append(message)

    def post(self, door: Door, path: str = PATH) -> float:
        """Post the body, and return after how many virtual seconds the route was done."""

        async def main() -> float:
            scope = {"type": "http", "method": "POST", "path": path, "headers": [], "client": ("192.0.2.7", 4711)}
            await door.app(scope, self.receive, self.send)
            return asyncio.get_running_loop().time()

        return virtual_time.run(main())


def test_a_body_that_does_not_come_in_time_is_answered_408() -> None:
    """A sender that drips cannot hold the connection, and its half message is not taken for one."""
    publisher = RecordingPublisher()
    door = Door(publisher, NONE)
    sender = Trickle(pause_seconds=1)

    assert sender.post(door) == 10

    start, body = sender.answered
    headers = dict(start["headers"])
    assert (start["status"], json.loads(body["body"])["status"]) == (408, 408)
    assert (headers[b"content-type"], headers[b"connection"]) == (b"application/problem+json", b"close")
    assert publisher.records == []
    assert door.counted("too_slow") == 1


def test_the_time_for_a_body_can_be_set() -> None:
    """Behind a slow line the operator gives more."""
    publisher = RecordingPublisher()
    sender = Trickle(pause_seconds=1)

    sender.post(Door(publisher, NONE, body_timeout_seconds=len(RAW) + 1))

    assert sender.answered[0]["status"] == 202
    assert len(publisher.sms) == 1


@pytest.mark.parametrize(
    ("authentication", "path", "status"),
    [
        ({"path_tokens": TOKEN}, f"{PATH}/wrong-token", 401),
        ({"path_tokens": TOKEN}, PATH, 401),
        ({"allowed_networks": "198.51.100.0/24", "hmac_secrets": SECRET}, PATH, 403),
    ],
    ids=["wrong-token", "no-token", "strange-address"],
)
def test_who_may_not_post_is_answered_before_the_body(authentication: dict[str, Any], path: str, status: int) -> None:
    """What shows without the body is decided without it, and the connection closed under the rest."""
    sender = Trickle(pause_seconds=1)

    assert sender.post(Door(RecordingPublisher(), authentication), path) == 0

    assert (sender.asked, sender.answered[0]["status"]) == (0, status)
    assert dict(sender.answered[0]["headers"])[b"connection"] == b"close"


@pytest.mark.parametrize("field", ["number_id", "from", "message", "received_at"])
async def test_an_unreadable_body_is_kept_whole_and_answered_422(field: str) -> None:
    """The provider hears which field is wrong; the bytes are in the dead-letter topic; no value shows."""
    publisher = RecordingPublisher()
    door = Door(publisher, NONE)
    raw = json.dumps({**BODY, field: {"odd": CODE}}).encode()

    answer = await door.send(raw)

    (record,), (letter,) = publisher.records, publisher.letters
    assert answer.status_code == 422
    assert _is_problem(answer)
    assert field in answer.json()["detail"]
    assert CODE not in answer.text + letter.detail
    assert (record.topic, record.key) == (SMS_DEAD.name, None)
    assert (letter.value, letter.key, letter.reason, letter.stage) == (raw, None, "unreadable", "ingest")
    assert (letter.source, letter.died_at) == ("webhook/text2fa", NOW)
    assert field in letter.detail
    assert door.counted("unreadable") == 1


async def test_an_unreadable_body_is_not_refused_before_it_is_kept() -> None:
    """Without an acknowledgement the provider must send it again, so the answer is 503 and not 422."""
    answer = await Door(AwayPublisher(), NONE).send(b"not json")

    assert answer.status_code == 503


async def test_without_the_broker_the_answer_is_503_and_the_next_try_succeeds() -> None:
    """Nothing is promised that is not durable, and a provider that follows Retry-After loses nothing."""
    publisher = FlakyPublisher(False)
    door = Door(publisher, NONE)

    first, second = await door.send(), await door.send()

    assert (first.status_code, second.status_code) == (503, 202)
    assert int(first.headers["retry-after"]) > 0
    assert _is_problem(first)
    assert len(publisher.sms) == 1
    assert door.counted("broker_away") == 1


async def test_the_log_says_once_that_the_broker_went_and_once_that_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An outage under load does not fill the disk."""
    caplog.set_level(logging.INFO)
    door = Door(FlakyPublisher(True, False, False, False, True), NONE)

    for _ in range(6):
        await door.send()

    assert [
        (record.levelname, "back" in record.getMessage())
        for record in caplog.records
        if record.name == "ingest.receiver"
    ] == [
        ("WARNING", True),
        ("INFO", True),
    ]


async def test_a_fault_of_ours_is_answered_503_and_logged_without_the_body(caplog: pytest.LogCaptureFixture) -> None:
    """A provider never pays for our bug, and the log never holds a code."""
    door = Door(BuggyPublisher(), NONE)

    answer = await door.send()

    assert answer.status_code == 503
    assert "retry-after" in answer.headers
    assert CODE not in answer.text + caplog.text
    assert "KeyError at fakes.py" in caplog.text
    assert door.counted("bug") == 1


async def test_a_wrong_signature_is_answered_401_and_nothing_is_published() -> None:
    """What cannot prove where it comes from leaves no trace but a count: not even a dead letter."""
    publisher = RecordingPublisher()
    door = Door(publisher, {"hmac_secrets": SECRET})
    signature = hmac.new(SECRET.encode(), RAW, hashlib.sha256).hexdigest()

    answers = [
        await door.send(),
        await door.send(b"not json"),
        await door.send(RAW + b" ", headers={"X-Signature": signature}),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert all(_is_problem(answer) and "www-authenticate" in answer.headers for answer in answers)
    assert publisher.records == []
    assert door.counted("unauthorized") == 3
    assert (await door.send(headers={"X-Signature": signature})).status_code == 202


async def test_a_strange_address_is_answered_403() -> None:
    """The allow-list holds at the door, for the address that the server saw."""
    publisher = RecordingPublisher()
    door = Door(publisher, {"allowed_networks": "198.51.100.0/24"})

    answer = await door.send(headers={"X-Forwarded-For": "198.51.100.7"})

    assert answer.status_code == 403
    assert _is_problem(answer)
    assert publisher.records == []
    assert door.counted("forbidden") == 1


async def test_a_path_token_opens_the_route() -> None:
    """The right last segment is accepted; a wrong or a missing one is not, and is not quoted."""
    publisher = RecordingPublisher()
    door = Door(publisher, {"path_tokens": TOKEN})

    answers = [await door.send(path=f"{PATH}/{token}") for token in (TOKEN, "wrong-token")] + [await door.send()]

    assert [answer.status_code for answer in answers] == [202, 401, 401]
    assert "wrong-token" not in answers[1].text
    assert len(publisher.sms) == 1


async def test_without_tokens_there_is_no_deeper_path() -> None:
    """A path that means nothing is not answered as if it did."""
    assert (await Door(RecordingPublisher(), NONE).send(path=f"{PATH}/anything")).status_code == 404


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
_field = st.sampled_from([*BODY, "extra"])
_mangled = st.dictionaries(_field, st.one_of(_json, st.sampled_from(list(BODY.values()))), max_size=5).map(
    lambda changes: json.dumps({**BODY, **changes}).encode()
)


@settings(deadline=None)
@given(raw=st.one_of(st.binary(max_size=300), _mangled, _json.map(lambda value: json.dumps(value).encode())))
async def test_any_bytes_are_answered_and_none_is_lost(raw: bytes) -> None:
    """Every body is either one event or one dead letter with exactly its bytes; none brings the route down."""
    publisher = RecordingPublisher()

    answer = await Door(publisher, NONE).send(raw)

    assert answer.status_code in (202, 422)
    if answer.status_code == 202:
        assert [record.topic for record in publisher.records] == [SMS.name]
    else:
        assert [record.topic for record in publisher.records] == [SMS_DEAD.name]
        assert publisher.letters[0].value == raw


@settings(deadline=None)
@given(size=st.integers(LONGEST_BODY_BYTES - 2, LONGEST_BODY_BYTES + 2), fill=st.sampled_from([b" ", b"x", b"\xff"]))
async def test_the_bound_is_exact(size: int, fill: bytes) -> None:
    """One byte over the bound is 413, up to it the body counts."""
    answer = await Door(RecordingPublisher(), NONE).send((RAW + fill * size)[:size])

    assert answer.status_code == (413 if size > LONGEST_BODY_BYTES else 202 if fill == b" " else 422)
