"""Calls: what is safe is repeated and the rest never; limits hold, keys rotate, and no key shows anywhere."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from prometheus_client import CollectorRegistry

from ingest.metrics import watch_circuits
from ingest.providers.breaker import CircuitState
from ingest.providers.calls import Call, Calls
from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway, ProviderError
from ingest.providers.registry import Circuit
from ingest.providers.settings import Text2faAccount
from tests.unit.ingest.providers.scripted import KEY, Respond, Scripted, always, clock, in_turn, sleep

OTHER_KEY = "other-key-that-must-not-show"
GET = Call(name="look", method="GET", path="/look", query={"country": "US"})
POST = Call(name="buy", method="POST", path="/buy", form={"service": "x"})


def _in_query(call: Call, key: str) -> Call:
    return replace(call, query={**call.query, "api_key": key})


def _run(
    respond: Respond, work: Callable[[Calls], Awaitable[Any]], *, delay_seconds: float = 0, **settings: Any
) -> tuple[Scripted, Any]:
    scripted = Scripted(respond, delay_seconds=delay_seconds)
    account = Text2faAccount.model_validate(
        {"api_keys": [KEY], "base_url": "https://provider.test", "requests_per_second": 1000, **settings}
    )

    async def main(http: httpx.AsyncClient) -> Any:
        return await work(
            Calls(http, provider="testing", settings=account, authorise=_in_query, clock=clock, sleep=sleep)
        )

    return scripted, scripted.run(main)


def _fails(respond: Respond, call: Call = POST, **settings: Any) -> tuple[Scripted, ProviderError]:
    """Make one call that fails, and return its error."""

    async def work(calls: Calls) -> ProviderError:
        with pytest.raises(ProviderError) as failure:
            await (calls.safely(call) if call.method == "GET" else calls.once(call))
        return failure.value

    return _run(respond, work, **settings)


@pytest.mark.parametrize(
    ("fault", "sent"),
    [
        (httpx.ConnectError("refused"), False),
        (httpx.ConnectTimeout("slow"), False),
        (httpx.PoolTimeout("busy"), False),
        (httpx.ReadTimeout("slow"), True),
        (httpx.WriteTimeout("slow"), True),
        (httpx.ReadError("reset"), True),
        (httpx.WriteError("reset"), True),
        (httpx.RemoteProtocolError("hung up"), True),
        (httpx.Response(500), True),
        (httpx.Response(503), True),
        (httpx.Response(429), False),
    ],
    ids=lambda fault: type(fault).__name__ + str(getattr(fault, "status_code", "")) if fault is not True else "",
)
def test_an_unsafe_call_says_whether_it_may_have_taken_effect(fault: httpx.Response | Exception, sent: bool) -> None:
    """Money may be spent only if the provider may have seen the call; it is made once in any case."""
    scripted, error = _fails(in_turn(fault))

    assert isinstance(error, ProviderAway)
    assert error.sent is sent
    assert len(scripted.requests) == 1


def test_an_answer_that_never_comes_leaves_the_outcome_open() -> None:
    """The call went out, so nobody may take it for not made."""
    _, error = _fails(always(200), delay_seconds=1e9)

    assert isinstance(error, ProviderAway)
    assert error.sent


def test_a_form_and_a_query_are_written_as_such() -> None:
    """What a call says is what is sent."""

    async def work(calls: Calls) -> None:
        await calls.once(POST)
        await calls.safely(GET)

    scripted, _ = _run(always(200), work)

    bought, looked = scripted.requests
    assert (bought.content, bought.headers["content-type"]) == (b"service=x", "application/x-www-form-urlencoded")
    assert dict(looked.url.params) == {"country": "US", "api_key": KEY}


@pytest.mark.parametrize(
    ("body", "reason", "fields"),
    [
        ({"message": "Insufficient balance"}, "balance", set()),
        ({"error": "No numbers available for this service"}, "stock", set()),
        ({"message": "You can cancel not earlier than 30 seconds"}, "early", set()),
        ({"status": "error", "message": "the rental cannot be cancelled yet"}, "early", set()),
        ({"errors": {"phone": ["is not a phone"]}, "message": "Validation failed"}, "other", {"phone"}),
        ({"message": "Order not found"}, "unknown", set()),
        ({"message": "This order is already cancelled"}, "over", set()),
        ({"detail": [{"msg": f"{KEY} 843291"}]}, "other", set()),
        (None, "other", set()),
    ],
    ids=str,
)
def test_a_refusal_says_why_in_our_words(body: Any, reason: str, fields: set[str]) -> None:
    """The provider's own words may hold secrets; a word of a bounded set and names of fields do not."""
    _, error = _fails(always(400, body))

    assert isinstance(error, CallRefused)
    assert (error.status, error.reason) == (400, reason)
    assert error.fields == frozenset(fields)
    assert KEY not in str(error)
    assert "843291" not in str(error)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, None, KeyRefused),
        (403, None, KeyRefused),
        (400, {"message": "Invalid API key"}, KeyRefused),
        (403, {"message": "Please wait 30 seconds"}, CallRefused),
    ],
)
def test_a_key_is_told_from_a_call_that_is_refused(status: int, body: Any, error: type[ProviderError]) -> None:
    """The operator mends a key; a 403 with another reason is no matter of keys."""
    assert isinstance(_fails(always(status, body))[1], error)


@pytest.mark.parametrize(
    ("response", "reason", "waits"),
    [
        (httpx.Response(402), "balance", None),
        (httpx.Response(409, headers={"Retry-After": "17"}), "early", 17.0),
        (httpx.Response(403, headers={"Retry-After": "17"}, json={"message": "please wait"}), "early", 17.0),
        (httpx.Response(409, json={"message": "the rental is cancelled"}), "over", None),
        (httpx.Response(409), "other", None),
    ],
    ids=["payment-required", "retry-after", "wait", "over", "nothing-said"],
)
def test_a_refusal_tells_by_status_and_header_too(response: httpx.Response, reason: str, waits: float | None) -> None:
    """402 is the balance; a time to wait is said as one, and keeps no other call back."""
    scripted, error = _fails(in_turn(response))

    assert isinstance(error, CallRefused)
    assert (str(error.reason), error.retry_after_seconds) == (reason, waits)
    assert len(scripted.requests) == 1


def _only(accepted: str) -> Respond:
    return lambda request: httpx.Response(200 if request.url.params["api_key"] == accepted else 401, json={})


def test_a_safe_call_goes_on_with_the_other_key() -> None:
    """While a key is rotated either may be the live one, and the refused one is not tried first again."""

    async def work(calls: Calls) -> None:
        await calls.safely(GET)
        await calls.safely(GET)

    scripted, _ = _run(_only(OTHER_KEY), work, api_keys=[KEY, OTHER_KEY])

    assert [request.url.params["api_key"] for request in scripted.requests] == [KEY, OTHER_KEY, OTHER_KEY]


def test_an_unsafe_call_is_made_with_one_key() -> None:
    """It is refused, definitely and once; the next one takes the other key."""

    async def work(calls: Calls) -> None:
        with pytest.raises(KeyRefused):
            await calls.once(POST)
        await calls.once(POST)

    scripted, _ = _run(_only(OTHER_KEY), work, api_keys=[KEY, OTHER_KEY])

    assert [request.url.params["api_key"] for request in scripted.requests] == [KEY, OTHER_KEY]


def test_a_key_in_a_file_is_rotated_without_a_restart(tmp_path: Path) -> None:
    """Each call reads the file anew; a file that is gone is told by its setting."""
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")

    async def work(calls: Calls) -> None:
        await calls.safely(GET)
        file.write_text(f" {OTHER_KEY} \n")
        await calls.safely(GET)
        file.unlink()
        with pytest.raises(KeyRefused, match="api_key_file"):
            await calls.safely(GET)

    scripted, _ = _run(always(200), work, api_keys=[], api_key_file=file)

    assert [request.url.params["api_key"] for request in scripted.requests] == [KEY, OTHER_KEY]


@pytest.mark.parametrize("content", ["", "clé", "a b", "1\n2\n3"], ids=repr)
def test_a_file_without_a_usable_key_is_no_call(tmp_path: Path, content: str) -> None:
    """Nothing that cannot be a key is sent, and nothing of the file is told."""
    file = tmp_path / "key"
    file.write_text(content, encoding="utf-8")

    scripted, error = _fails(always(200), GET, api_keys=[], api_key_file=file)

    assert isinstance(error, KeyRefused)
    assert "api_key_file" in str(error)
    assert scripted.requests == []


def test_a_provider_that_is_down_is_left_alone_and_then_asked_once() -> None:
    """No call goes out while the breaker is open; one probe closes it, or opens it again."""
    is_up = False

    def respond(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if is_up else 503)

    async def work(calls: Calls) -> None:
        nonlocal is_up
        for _ in range(2):
            with pytest.raises(ProviderAway):
                await calls.once(POST)
        with pytest.raises(ProviderAway) as refused:
            await calls.once(POST)
        assert refused.value.sent is False
        assert refused.value.retry_after_seconds == 60
        await asyncio.sleep(60)
        with pytest.raises(ProviderAway):
            await calls.once(POST)
        with pytest.raises(ProviderAway):
            await calls.once(POST)
        is_up = True
        await asyncio.sleep(60)
        outcomes = await asyncio.gather(*(calls.once(POST) for _ in range(5)), return_exceptions=True)
        assert [isinstance(one, ProviderAway) for one in outcomes].count(False) == 1
        await calls.once(POST)

    scripted, _ = _run(respond, work, breaker_failures=2, breaker_pause_seconds=60, delay_seconds=1)

    assert len(scripted.requests) == 2 + 1 + 1 + 1


def test_the_state_of_a_circuit_is_told_whenever_it_is_asked_for() -> None:
    """Exactly one state at a time, without a call that would have to happen first."""
    registry = CollectorRegistry()

    def states() -> list[str]:
        return [
            state
            for state in get_args(CircuitState)
            if registry.get_sample_value(
                "otp_provider_circuit", {"provider": "testing", "account": "main", "state": state}
            )
        ]

    async def work(calls: Calls) -> None:
        watch_circuits(registry, [Circuit("testing", "main", calls.breaker)])
        assert states() == ["closed"]
        with pytest.raises(ProviderAway):
            await calls.once(POST)
        assert states() == ["open"]
        await asyncio.sleep(60)
        assert states() == ["half_open"]
        await calls.once(POST)
        assert states() == ["closed"]

    _run(in_turn(httpx.Response(503), httpx.Response(200)), work, breaker_failures=1, breaker_pause_seconds=60)


def test_a_provider_that_answers_is_not_down() -> None:
    """Refusals, 429 and a call that it fails on show that somebody is there, however many there are."""

    async def work(calls: Calls) -> None:
        for _ in range(5):
            with pytest.raises(ProviderError):
                await calls.once(POST)

    scripted, _ = _run(
        in_turn(*map(httpx.Response, (404, 429, 401, 500, 400))), work, breaker_failures=1, breaker_pause_seconds=60
    )

    assert len(scripted.requests) == 5


def test_no_more_requests_are_under_way_than_allowed() -> None:
    """The provider never sees more of us at the same time."""
    scripted, _ = _run(
        always(200),
        lambda calls: asyncio.gather(*(calls.safely(GET) for _ in range(9))),
        concurrent_requests=3,
        delay_seconds=5,
    )

    assert scripted.times == [0, 0, 0, 5, 5, 5, 10, 10, 10]


@pytest.mark.parametrize(
    "respond",
    [
        always(200),
        always(401, {"message": KEY}),
        always(500, {"message": KEY}),
        always(400, {"message": f"bad {KEY}"}),
        in_turn(*[httpx.ConnectError(f"https://provider.test/?api_key={KEY}")] * 3),
    ],
    ids=["ok", "401", "500", "400", "connection"],
)
def test_a_key_in_a_query_reaches_no_log_and_no_error(respond: Respond, caplog: pytest.LogCaptureFixture) -> None:
    """Httpx logs every URL at INFO; ours are logged without their query."""
    caplog.set_level(logging.DEBUG)

    async def work(calls: Calls) -> str:
        try:
            await calls.safely(GET)
        except ProviderError as error:
            return f"{error!s}{error!r}{error.__cause__!r}"
        return ""

    scripted, told = _run(respond, work)

    assert scripted.requests[0].url.params["api_key"] == KEY
    assert KEY not in told + caplog.text + json.dumps([repr(record.__dict__) for record in caplog.records])
    assert KEY not in repr(_in_query(GET, KEY))
