"""TextMagic: start, check and cancel as documented, each made once, and a wrong code told from a wrong address."""

import base64
import json
from decimal import Decimal
from typing import Any

import httpx
import pytest

from ingest.providers.contract import VerifyRequest
from ingest.providers.errors import CallRefused, KeyRefused, NotSupported, ProviderAway, ReplyUnreadable
from ingest.providers.settings import TextmagicAccount
from ingest.providers.textmagic import LANGUAGES, Textmagic
from tests.unit.ingest.providers.scripted import KEY, Respond, Scripted, always, clock, in_turn, sleep

ID = "123e4567-e89b-12d3-a456-426655440000"
REQUEST = VerifyRequest(phone="+447860021130", brand="TextMagic")
STARTED = {"verifyId": ID, "price": 0.05}
REFUSED = {"code": 400, "message": "Validation failed", "errors": {"common": ["The code is wrong"]}}


def _run(respond: Respond, call: Any, **settings: Any) -> tuple[Scripted, Any]:
    scripted = Scripted(respond)
    account = TextmagicAccount.model_validate({"username": "john", "api_keys": [KEY], **settings})
    return scripted, scripted.run(lambda http: call(Textmagic(http, account, clock=clock, sleep=sleep)))


def _sent(request: httpx.Request) -> Any:
    return json.loads(request.content)


def test_a_start_sends_what_is_asked_for() -> None:
    """Phone without the plus; what is left open is left out."""
    scripted, started = _run(always(200, STARTED), lambda api: api.start(REQUEST))

    (request,) = scripted.requests
    assert (request.method, str(request.url)) == ("POST", "https://rest.textmagic.com/api/v2/verify")
    assert _sent(request) == {"phone": "447860021130", "brand": "TextMagic", "codeLength": 4, "workflowId": "1"}
    assert (started.provider_verification_id, started.price) == (ID, Decimal("0.05"))


@pytest.mark.parametrize("workflow", ["1", "2", "3", "4", "5", "6", "7"])
def test_every_workflow_can_be_asked_for(workflow: Any) -> None:
    """With the rest of what a start may say."""
    request = VerifyRequest(
        phone="+14155552671",
        brand="Shop1",
        code_length=6,
        workflow=workflow,
        language="en-us",
        sender_id="Shop",
        country="US",
    )

    scripted, _ = _run(always(200, STARTED), lambda api: api.start(request))

    assert _sent(scripted.requests[0]) == {
        "phone": "14155552671",
        "brand": "Shop1",
        "codeLength": 6,
        "workflowId": workflow,
        "language": "en-us",
        "senderId": "Shop",
        "country": "US",
    }


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_24_languages_are_taken(language: str) -> None:
    """Each goes out as it is written."""
    request = VerifyRequest(phone="+14155552671", brand="Shop", language=language)

    scripted, _ = _run(always(200, STARTED), lambda api: api.start(request))

    assert _sent(scripted.requests[0])["language"] == language
    assert len(LANGUAGES) == 24


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"language": "en"}, "language"),
        ({"brand": "A" * 19}, "brand"),
        ({"brand": ""}, "brand"),
        ({"brand": "a b"}, "brand"),
    ],
)
def test_what_the_provider_does_not_take_is_refused_before_it_is_asked(changes: Any, field: str) -> None:
    """The field is named, and nobody was asked."""
    scripted = Scripted(always(200, STARTED))
    request = VerifyRequest(**{"phone": "+14155552671", "brand": "Shop", **changes})

    async def main(http: httpx.AsyncClient) -> None:
        account = TextmagicAccount.model_validate({"username": "john", "api_keys": [KEY]})
        with pytest.raises(NotSupported, match=field):
            await Textmagic(http, account, clock=clock, sleep=sleep).start(request)

    scripted.run(main)

    assert scripted.requests == []


def test_both_forms_of_authentication_are_sent_as_documented() -> None:
    """HTTP Basic, or the provider's two headers."""
    basic, _ = _run(always(200, STARTED), lambda api: api.start(REQUEST))
    assert basic.requests[0].headers["authorization"] == "Basic " + base64.b64encode(f"john:{KEY}".encode()).decode()

    headers, _ = _run(always(200, STARTED), lambda api: api.start(REQUEST), authentication="headers")
    sent = headers.requests[0].headers
    assert (sent["x-tm-username"], sent["x-tm-key"], sent.get("authorization")) == ("john", KEY, None)


def test_a_right_code_is_true() -> None:
    """204, and the code goes out as the string that it is."""
    scripted, is_right = _run(always(204), lambda api: api.check(ID, "0042"))

    (request,) = scripted.requests
    assert is_right is True
    assert (request.method, request.url.path) == ("PUT", "/api/v2/verify")
    assert _sent(request) == {"code": "0042", "verifyId": ID}


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_wrong_or_expired_code_is_false(status: int) -> None:
    """The provider explains itself in JSON; the attempt is not repeated."""
    scripted, is_right = _run(always(status, REFUSED), lambda api: api.check(ID, "1234"))

    assert is_right is False
    assert len(scripted.requests) == 1


@pytest.mark.parametrize("status", [400, 404])
def test_a_refusal_that_is_not_the_providers_is_no_wrong_code(status: int) -> None:
    """A wrong address answers 404 to every code, the right one included."""
    with pytest.raises(CallRefused):
        _run(lambda _: httpx.Response(status, text="<html>nothing here</html>"), lambda api: api.check(ID, "1234"))


def test_a_live_verification_is_a_409() -> None:
    """A definite no, to be told from others by its status."""
    body = {"code": 409, "message": "Verification already in progress"}
    with pytest.raises(CallRefused) as refused:
        _run(always(409, body), lambda api: api.start(REQUEST))

    assert refused.value.status == 409


def test_a_verification_is_cancelled_by_its_id() -> None:
    """DELETE with the id in the path; 204 is all there is."""
    scripted, _ = _run(always(204), lambda api: api.cancel(ID))

    (request,) = scripted.requests
    assert (request.method, request.url.path, request.content) == ("DELETE", f"/api/v2/verify/{ID}", b"")


@pytest.mark.parametrize(
    ("status", "message", "reason"),
    [
        (400, "You can cancel not earlier than 30 seconds after the start", "early"),
        (404, "Verification not found", "unknown"),
    ],
)
def test_a_refused_cancellation_says_why(status: int, message: str, reason: str) -> None:
    """Too early can be waited out; what is over cannot be cancelled."""
    with pytest.raises(CallRefused) as refused:
        _run(always(status, {"code": status, "message": message}), lambda api: api.cancel(ID))

    assert (refused.value.status, refused.value.reason) == (status, reason)


_CALLS = {
    "start": lambda api: api.start(REQUEST),
    "check": lambda api: api.check(ID, "1234"),
    "cancel": lambda api: api.cancel(ID),
}


@pytest.mark.parametrize("call", _CALLS.values(), ids=_CALLS)
@pytest.mark.parametrize(
    ("fault", "sent"),
    [(httpx.Response(500), True), (httpx.ReadTimeout("slow"), True), (httpx.Response(429), False)],
    ids=["500", "time-out", "429"],
)
def test_every_call_is_made_once(call: Any, fault: Any, sent: bool) -> None:
    """A second start could send a second code, a second check burn an attempt."""
    scripted = Scripted(in_turn(fault))

    async def main(http: httpx.AsyncClient) -> None:
        account = TextmagicAccount.model_validate({"username": "john", "api_keys": [KEY]})
        with pytest.raises(ProviderAway) as away:
            await call(Textmagic(http, account, clock=clock, sleep=sleep))
        assert away.value.sent is sent

    scripted.run(main)

    assert len(scripted.requests) == 1


@pytest.mark.parametrize("reply", [{}, {"price": 1}, {"verifyId": ""}, [], "x"], ids=str)
def test_a_start_without_an_id_is_an_open_outcome(reply: Any) -> None:
    """A code was sent, and cannot be checked: the field is named."""
    with pytest.raises(ReplyUnreadable, match=r"verifyId|body"):
        _run(always(200, reply), lambda api: api.start(REQUEST))


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_as_one(status: int) -> None:
    """Nothing will work until it is mended."""
    with pytest.raises(KeyRefused):
        _run(always(status, {"code": status, "message": "Unable to authenticate"}), lambda api: api.check(ID, "1"))
