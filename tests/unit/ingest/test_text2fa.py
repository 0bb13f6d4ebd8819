"""Text2FA: its payloads become our events, its six calls are made as documented, and faults are told without secrets."""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.providers.calls import retry_after_seconds
from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway, ProviderError, ReplyUnreadable
from ingest.providers.fields import read_body
from ingest.providers.text2fa import Text2fa, WebhookBody, parse_message, read_number, read_webhook, sms_of_message
from ingest.settings import Text2faSettings
from schemas import wire
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState
from tests.unit.ingest import virtual_time

NOW = datetime(2026, 1, 15, 12, 0, 3, tzinfo=UTC)
KEY = "key-that-must-not-show"
NUMBER = {"id": "12345", "number": "+15551234567", "type": "non-voip", "country": "US"}
MESSAGE = {"from": "+12135559876", "message": "Your OTP is 843291", "received_at": "2025-06-26T08:15:00Z"}
WEBHOOK = {"number_id": "12345", **MESSAGE}
RENTAL = read_number(NUMBER, account="default", now=NOW)

Respond = Callable[[httpx.Request], httpx.Response]


def _webhook(**changes: Any) -> SmsReceived:
    body = json.dumps({**WEBHOOK, **changes}).encode()
    return _read(body)


def _read(body: bytes) -> SmsReceived:
    return SmsReceived.decode(wire.encode(read_webhook(body, account="default", sms_id="id", ingested_at=NOW)))


def test_both_paths_say_the_same_of_the_same_message() -> None:
    """The documented webhook and the documented poll item differ in nothing but the way and what only one way knows."""
    pushed = _webhook()
    polled = sms_of_message(parse_message(MESSAGE), RENTAL, sms_id="id", ingested_at=NOW)

    assert polled == pushed.model_copy(update={"path": "poll", "phone": "+15551234567"})
    assert pushed.line == "text2fa:12345"
    assert pushed.received_at == datetime(2025, 6, 26, 8, 15, tzinfo=UTC)


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=300),
    st.sampled_from(["12345", "a b", "x\n", "2025-06-26T08:15:00", "2025-06-26t08:15:00z", "2025-06-26 08:15+02:00"]),
)


@given(st.dictionaries(st.sampled_from(sorted(WEBHOOK)), ODD, max_size=3))
def test_the_short_way_reads_what_the_model_reads(odd: dict[str, Any]) -> None:
    """A body that is read without the model says what the model says; what the model refuses is refused."""
    body = json.dumps(WEBHOOK | odd).encode()
    try:
        model = read_body(WebhookBody, body)
    except Unreadable:
        with pytest.raises(Unreadable):
            _read(body)
    else:
        sms = _read(body)
        assert (sms.line, sms.sender, sms.text) == (f"text2fa:{model.number_id}", model.sender, model.message)
        assert sms.received_at == model.received_at


def test_a_number_is_an_active_rental_under_its_line() -> None:
    """The API has no rental id, so the line stands in for it."""
    assert (
        RentalState(
            rental_id="text2fa:12345",
            provider="text2fa",
            account="default",
            line="text2fa:12345",
            phone="+15551234567",
            country="US",
            state="active",
            updated_at=NOW,
        )
        == RENTAL
    )


@pytest.mark.parametrize("number_id", ["12345", 12345], ids=["string", "integer"])
def test_an_id_may_be_a_string_or_an_integer(number_id: Any) -> None:
    """JSON's two spellings of an id are one line."""
    assert _webhook(number_id=number_id).line == "text2fa:12345"
    assert read_number({**NUMBER, "id": number_id}, account="a", now=NOW).line == "text2fa:12345"


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("2025-06-26T08:15:00Z", 8, 15),
        ("2025-06-26T08:15:00.123456789Z", 8, 15),
        ("2025-06-26T10:15:00+02:00", 8, 15),
        ("2025-06-26T08:15:00", 8, 15),
        ("2025-06-26 08:15:00", 8, 15),
        ("2025-06-26t08:15:00z", 8, 15),
    ],
    ids=["z", "nanoseconds", "offset", "naive", "space", "lower-case"],
)
def test_times_are_read_tolerantly_and_in_utc(written: str, hour: int, minute: int) -> None:
    """An offset is applied, and a time without one is UTC."""
    at = _webhook(received_at=written).received_at

    assert (at.day, at.hour, at.minute, at.tzinfo) == (26, hour, minute, UTC)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        1750925700,
        "1750925700",
        "2025-06-26",
        "yesterday",
        "",
        "0001-01-01T00:00:00+14:00",
        "2025-02-30T00:00:00Z",
    ],
    ids=repr,
)
def test_a_time_that_could_mean_another_moment_is_unreadable(odd: Any) -> None:
    """Nothing is guessed: neither seconds from milliseconds, nor a day's hour."""
    with pytest.raises(Unreadable, match="received_at"):
        _webhook(received_at=odd)


@pytest.mark.parametrize(
    ("field", "odd"),
    [
        ("number_id", None),
        ("number_id", ""),
        ("number_id", "a b"),
        ("number_id", True),
        ("number_id", 1.5),
        ("from", None),
        ("from", ["843291"]),
        ("from", "843291" * 50),
        ("message", None),
        ("message", 843291),
    ],
    ids=str,
)
def test_a_complaint_names_the_field_and_no_value(field: str, odd: Any) -> None:
    """What is unreadable can be mended from its reason, and the reason can be logged."""
    with pytest.raises(Unreadable) as complaint:
        _webhook(**{field: odd})

    assert field in str(complaint.value)
    assert "843291" not in str(complaint.value) + repr(complaint.value)


@pytest.mark.parametrize("field", ["id", "number"])
@pytest.mark.parametrize("odd", [None, "", "555 123 4567 ext 9"], ids=repr)
def test_a_number_without_its_field_is_unreadable(field: str, odd: Any) -> None:
    """A number that cannot be told from another is not rented out to codes."""
    with pytest.raises(Unreadable, match=field):
        read_number({**NUMBER, field: odd}, account="a", now=NOW)


@pytest.mark.parametrize(
    ("changes", "phone", "country"),
    [
        ({"number": "+1 (555) 123-4567"}, "+15551234567", "US"),
        ({"country": "us"}, "+15551234567", "US"),
        ({"country": "United States"}, "+15551234567", None),
        ({"country": None}, "+15551234567", None),
    ],
    ids=["separators", "lower-case", "a-name", "none"],
)
def test_a_number_is_read_tolerantly(changes: dict[str, Any], phone: str, country: str | None) -> None:
    """Spelling costs nothing, and an odd country does not cost the number."""
    rental = read_number({**NUMBER, **changes}, account="a", now=NOW)

    assert (rental.phone, rental.country) == (phone, country)


CREDIBLE = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year not in range(2000, 2100)))
@example(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
@example(datetime(1, 1, 1, tzinfo=UTC))
def test_a_time_of_an_incredible_year_is_unreadable(at: datetime) -> None:
    """Of a message by webhook as by poll: whoever reckons with it would leave what a date can be, or keep the message for ever."""
    with pytest.raises(Unreadable, match="received_at"):
        _webhook(received_at=at.isoformat())
    with pytest.raises(Unreadable, match="received_at"):
        parse_message({"from": "a", "message": "b", "received_at": at.isoformat()})


@given(CREDIBLE)
def test_a_time_survives_being_written_and_read(at: datetime) -> None:
    """Whatever moment the provider writes is the moment of the event."""
    assert _webhook(received_at=at.isoformat()).received_at == at


@given(st.text(max_size=200), st.text(max_size=200))
def test_sender_and_text_arrive_as_they_were_written(sender: str, text: str) -> None:
    """No letter, emoji or control character of an SMS is changed."""
    sms = _webhook(**{"from": sender, "message": text})

    assert (sms.sender, sms.text) == (sender, text)
    assert SmsReceived.decode(sms.encode()) == sms


class Api:
    """A scripted provider: answers from a function and remembers the requests with their virtual times."""

    def __init__(self, respond: Respond, **settings: Any) -> None:
        self.requests: list[httpx.Request] = []
        self.times: list[float] = []
        self._respond = respond
        self._settings = Text2faSettings.model_validate({"api_key": KEY, "requests_per_second": 1000, **settings})

    def run(self, call: Callable[[Text2fa], Any]) -> Any:
        """Make one call in virtual time."""

        async def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            self.times.append((virtual_time.clock() - virtual_time.START).total_seconds())
            return self._respond(request)

        async def main() -> Any:
            async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
                return await call(Text2fa(http, self._settings, clock=virtual_time.clock, sleep=asyncio.sleep))

        return virtual_time.run(main())


def _always(status: int, body: Any = None, **headers: str) -> Respond:
    return lambda _request: httpx.Response(status, json=body, headers=headers)


def _in_turn(*steps: httpx.Response | Exception) -> Respond:
    left = list(steps)

    def respond(_request: httpx.Request) -> httpx.Response:
        step = left.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    return respond


@pytest.mark.parametrize(
    ("call", "method", "path", "body"),
    [
        (lambda api: api.list_numbers(), "GET", "/v1/numbers", None),
        (lambda api: api.list_messages(RENTAL, since=NOW), "GET", "/v1/numbers/12345/messages", None),
        (lambda api: api.register_webhook("https://x.test/y"), "POST", "/v1/webhooks", {"url": "https://x.test/y"}),
        (lambda api: api.list_webhooks(), "GET", "/v1/webhooks", None),
        (lambda api: api.delete_webhook("w/1"), "DELETE", "/v1/webhooks/w%2F1", None),
        (lambda api: api.account_details(), "GET", "/v1/account-details", None),
    ],
    ids=["list-numbers", "list-messages", "register", "list-webhooks", "delete", "account"],
)
def test_the_six_calls_are_made_as_documented(call: Any, method: str, path: str, body: Any) -> None:
    """Method, path, body and the bearer key are those of the guide."""
    api = Api(_always(200, {} if path.endswith("details") else []))

    api.run(call)

    (request,) = api.requests
    assert (request.method, request.url.raw_path.decode()) == (method, path)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert (json.loads(request.content) if request.content else None) == body


def test_replies_are_read_item_by_item() -> None:
    """A bad item is handed back with its reason, and costs the others nothing: not even half a surrogate pair does."""
    api = Api(
        lambda _: httpx.Response(200, content=json.dumps([MESSAGE, {"from": "x"}, {**MESSAGE, "message": "\ud83d"}]))
    )

    reply = api.run(lambda client: client.list_messages(RENTAL, since=datetime(2025, 1, 1, tzinfo=UTC)))

    assert [sms.text for sms in reply.read] == [MESSAGE["message"]]
    assert [json.loads(one.raw).get("message") for one in reply.unread] == [None, "\ud83d"]
    assert reply.unread[0].detail == "message: missing; received_at: missing"


def test_older_messages_than_asked_for_are_left_out() -> None:
    """The API gives all that it keeps, each time; only what may be new becomes an event."""
    items = [{**MESSAGE, "received_at": f"2025-06-26T08:1{minute}:00Z"} for minute in range(10)]

    reply = Api(_always(200, items)).run(
        lambda client: client.list_messages(RENTAL, since=datetime(2025, 6, 26, 8, 17, tzinfo=UTC))
    )

    assert [sms.received_at.minute for sms in reply.read] == [17, 18, 19]


def test_webhooks_are_listed_without_printing_their_urls() -> None:
    """The url ends in a secret where path tokens are used."""
    api = Api(_always(200, [{"webhook_id": 7, "url": "https://x.test/webhooks/text2fa/secret-token"}]))

    (webhook,) = api.run(lambda client: client.list_webhooks()).read

    assert (webhook.id, webhook.url.rpartition("/")[2]) == ("7", "secret-token")
    assert "secret-token" not in repr(webhook) + str(webhook)


_FAULTS: list[httpx.Response | Exception] = [
    httpx.Response(500),
    httpx.Response(503),
    httpx.Response(429),
    httpx.ReadTimeout("slow"),
    httpx.ConnectError("refused"),
    httpx.RemoteProtocolError("hung up"),
]


@pytest.mark.parametrize("fault", _FAULTS, ids=["500", "503", "429", "time-out", "connection", "hung-up"])
def test_a_safe_call_outlives_faults_that_pass(fault: httpx.Response | Exception) -> None:
    """Two faults and then an answer are an answer."""
    api = Api(_in_turn(fault, fault, httpx.Response(200, json=[NUMBER])))

    assert api.run(lambda client: client.list_numbers()).read[0].line == "text2fa:12345"
    assert len(api.requests) == 3


@pytest.mark.parametrize("fault", _FAULTS, ids=["500", "503", "429", "time-out", "connection", "hung-up"])
@pytest.mark.parametrize(
    "call",
    [lambda client: client.register_webhook("https://x.test"), lambda client: client.delete_webhook("1")],
    ids=["register", "delete"],
)
def test_an_unsafe_call_is_made_once(call: Any, fault: httpx.Response | Exception) -> None:
    """Whether the first took effect is unknown, so it is never repeated blindly."""
    api = Api(_in_turn(fault))

    with pytest.raises(ProviderAway):
        api.run(call)

    assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, KeyRefused), (403, KeyRefused), (404, CallRefused), (302, CallRefused), (400, CallRefused)],
)
def test_what_no_repeat_mends_is_not_repeated(status: int, error: type[ProviderError]) -> None:
    """A refusal is told at once, by its kind."""
    api = Api(_always(status))

    with pytest.raises(error, match=str(status)):
        api.run(lambda client: client.list_numbers())

    assert len(api.requests) == 1


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b"[" * 100_000, b'{"numbers": []}'], ids=repr)
def test_a_reply_that_is_no_list_is_unreadable(content: bytes) -> None:
    """An error page with status 200 is not an empty list of numbers."""
    api = Api(lambda _: httpx.Response(200, content=content))

    with pytest.raises(ReplyUnreadable):
        api.run(lambda client: client.list_numbers())


def test_an_answer_that_never_comes_is_a_fault_in_bounded_time() -> None:
    """The time-out of the settings bounds each try, whatever the transport does."""

    async def never(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(1e9)
        raise AssertionError

    async def main() -> float:
        settings = Text2faSettings.model_validate({"api_key": KEY, "request_timeout_seconds": 10})
        async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as http:
            with pytest.raises(ProviderAway, match="no answer in 10 seconds"):
                await Text2fa(http, settings, clock=virtual_time.clock, sleep=asyncio.sleep).list_numbers()
        return asyncio.get_running_loop().time()

    assert 30 <= virtual_time.run(main()) < 60


def test_retry_after_is_waited_out() -> None:
    """The provider is not asked again before the time it named, in seconds or as a date."""
    date = format_datetime(virtual_time.START.replace(second=20), usegmt=True)
    api = Api(
        _in_turn(
            httpx.Response(429, headers={"Retry-After": "12"}),
            httpx.Response(503, headers={"Retry-After": date}),
            httpx.Response(200, json=[]),
        )
    )

    api.run(lambda client: client.list_numbers())

    assert api.times[1] >= 12
    assert api.times[2] >= 20


def test_a_long_retry_after_is_handed_to_the_caller_and_holds_for_every_call() -> None:
    """No call hangs for minutes, and none is made in the meantime."""
    api = Api(_always(429, **{"Retry-After": "600"}))
    waits: list[float | None] = []

    async def twice(client: Text2fa) -> None:
        for _ in range(2):
            with pytest.raises(ProviderAway) as away:
                await client.account_details()
            waits.append(away.value.retry_after_seconds)

    api.run(twice)

    assert waits == [600, 600]
    assert len(api.requests) == 1


def test_the_rate_limit_holds() -> None:
    """No second sees more requests than the settings allow, beyond the first burst."""
    api = Api(_always(200, {}), requests_per_second=2)

    async def many(client: Text2fa) -> None:
        for _ in range(20):
            await client.account_details()

    api.run(many)

    assert all(later - earlier >= 0.99 for earlier, later in zip(api.times[2:], api.times[4:], strict=False))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("12", 12.0),
        (" 0 ", 0.0),
        ("Thu, 15 Jan 2026 12:01:03 GMT", 60.0),
        ("Thu, 15 Jan 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("9" * 400, 86_400.0),
        ("", None),
    ],
    ids=repr,
)
def test_retry_after_is_read_in_both_forms(header: str | None, seconds: float | None) -> None:
    """Seconds and HTTP dates are understood, and nonsense is no wish at all."""
    assert retry_after_seconds(header, now=NOW) == seconds


@given(st.text(max_size=60))
def test_no_retry_after_header_crashes_or_asks_for_the_past(header: str) -> None:
    """Whatever a header says, the wait is none or a bounded one."""
    seconds = retry_after_seconds(header, now=NOW)

    assert seconds is None or 0 <= seconds <= 86_400


@pytest.mark.parametrize(
    "respond",
    [
        _always(401, {"error": f"bad key {KEY}"}),
        _always(500, {"error": KEY}),
        _always(418, {"error": KEY}),
        lambda _: httpx.Response(200, content=f"{KEY} 843291"),
        _in_turn(*[httpx.ConnectError(f"https://{KEY}@host")] * 3),
        _in_turn(httpx.LocalProtocolError(f"Illegal header value b'Bearer {KEY}'")),
    ],
    ids=["401", "500", "418", "odd-reply", "connection", "protocol"],
)
def test_no_error_holds_the_key_or_the_reply(respond: Respond, caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong can be logged, with its causes."""
    caplog.set_level(logging.DEBUG, logger="ingest")

    with pytest.raises(ProviderError) as failure:
        Api(respond).run(lambda client: client.list_numbers())

    told = f"{failure.value!s}{failure.value!r}{failure.value.__cause__!r}{caplog.text}"
    assert KEY not in told
    assert "843291" not in told
    assert failure.value.__suppress_context__ or failure.value.__context__ is None


def test_a_client_without_a_key_says_what_to_set() -> None:
    """Whoever forgot the key is told where it is."""
    with pytest.raises(ValueError, match="api_key"):
        Api(_always(200), api_key=None).run(lambda client: client.list_numbers())
