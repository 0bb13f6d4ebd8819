"""TextMagic verify: a code by SMS or voice call, the check of what was typed, the cancellation.

Source: TextMagic, "Send Two-Factor Authentication Messages", and the published reference of `POST`, `PUT` and `DELETE /api/v2/verify`.
"""

import base64
import re
from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

import httpx
from pydantic import Field

from ingest.providers.breaker import Breaker
from ingest.providers.calls import Authorise, Call, Calls, Clock, Sleep
from ingest.providers.contract import Started, VerifyRequest
from ingest.providers.envelopes import unreadable
from ingest.providers.errors import CallRefused, NotSupported
from ingest.providers.fields import Payload, read_body
from ingest.providers.loose import Money
from ingest.providers.settings import TextmagicAccount
from schemas.events import Unreadable

PROVIDER = "textmagic"
PATH = "/api/v2/verify"

LANGUAGES = frozenset(
    (
        "de-de",
        "en-au",
        "en-gb",
        "en-us",
        "en-in",
        "es-es",
        "es-mx",
        "es-us",
        "fr-ca",
        "fr-fr",
        "is-is",
        "it-it",
        "ja-jp",
        "ko-kr",
        "nl-nl",
        "pl-pl",
        "pt-pt",
        "pt-br",
        "ro-ro",
        "ru-ru",
        "sv-se",
        "tr-tr",
        "zh-cn",
        "zh-tw",
    )
)
BRAND = re.compile(r"[A-Za-z0-9]{1,18}")
EARLIEST_CANCEL_SECONDS = 30.0
"""From the start of a verification; before that the provider refuses to cancel it."""
LIFE_SECONDS = 300.0
"""From the start of a verification: then its code is worth nothing, and the phone may be verified anew."""

_NOT_THE_CODE = (400, 404, 410, 422)


class StartedReply(Payload):
    """The reply to a start."""

    verify_id: Annotated[str, Field(alias="verifyId", pattern=r"^\S+$", max_length=100)]
    price: Money | None = None


class Textmagic:
    """The client of one account.

    Args:
        http: the client that is handed in; its owner closes it.
        settings: of the account.
        clock: our clock, aware.
        sleep: how to wait between tries; no call here is repeated.
    """

    name = PROVIDER

    def __init__(self, http: httpx.AsyncClient, settings: TextmagicAccount, *, clock: Clock, sleep: Sleep) -> None:
        self.account = settings.account
        authorise = _basic(settings.username) if settings.authentication == "basic" else _headers(settings.username)
        self._calls = Calls(http, provider=PROVIDER, settings=settings, authorise=authorise, clock=clock, sleep=sleep)

    @property
    def circuit(self) -> Breaker:
        """The circuit breaker of all calls of the account."""
        return self._calls.breaker

    async def start(self, request: VerifyRequest) -> Started:
        """Send a code: `POST /api/v2/verify`; made once, since a repeat could send two.

        Raises:
            NotSupported: the brand or the language is none that the provider takes; nobody was asked.
            CallRefused: with status 409, a verification of this phone lives already: an earlier start of ours, or somebody else's.
            ProviderAway: whether a code was sent is unknown, but where the error is not `sent`.
            ReplyUnreadable: it was sent, and the id to check it by is missing.
        """
        _check(request)
        body = {
            "phone": request.phone.removeprefix("+"),
            "brand": request.brand,
            "codeLength": request.code_length,
            "workflowId": request.workflow,
            "language": request.language,
            "senderId": request.sender_id,
            "country": request.country,
        }
        content = await self._calls.once(
            Call(
                name="start",
                method="POST",
                path=PATH,
                json={name: value for name, value in body.items() if value is not None},
            )
        )
        try:
            reply = read_body(StartedReply, content)
        except Unreadable as complaint:
            raise unreadable(f"{PROVIDER} start", complaint) from None
        return Started(provider_verification_id=reply.verify_id, price=reply.price)

    async def check(self, provider_verification_id: str, code: str) -> bool:
        """Tell whether this is the code: `PUT /api/v2/verify`; made once, since each check may count as an attempt.

        Returns:
            True after 204. False where the provider explains in JSON that the code is wrong or the verification is over.

        Raises:
            CallRefused: a refusal without an explanation, which is not the provider's: the address is wrong, or a proxy is in between.
            ProviderAway: whether the attempt counted is unknown, but where the error is not `sent`.
        """
        call = Call(name="check", method="PUT", path=PATH, json={"code": code, "verifyId": provider_verification_id})
        try:
            await self._calls.once(call)
        except CallRefused as refused:
            if refused.status in _NOT_THE_CODE and refused.is_told:
                return False
            raise
        return True

    async def cancel(self, provider_verification_id: str) -> None:
        """End a verification: `DELETE /api/v2/verify/{verifyId}`, not earlier than 30 s after its start; made once.

        Raises:
            CallRefused: too early, or over already (404).
            ProviderAway: whether it is cancelled is unknown, but where the error is not `sent`.
        """
        path = f"{PATH}/{quote(provider_verification_id, safe='')}"
        await self._calls.once(Call(name="cancel", method="DELETE", path=path))


def _check(request: VerifyRequest) -> None:
    if not BRAND.fullmatch(request.brand):
        raise NotSupported(f"{PROVIDER} start: brand must be 1 to 18 letters A-Z, a-z and digits")
    if request.language is not None and request.language not in LANGUAGES:
        raise NotSupported(f"{PROVIDER} start: language must be one of {', '.join(sorted(LANGUAGES))}")


def _basic(username: str) -> Authorise:
    """Authorise by HTTP Basic, RFC 7617."""

    def authorise(call: Call, key: str) -> Call:
        pair = base64.b64encode(f"{username}:{key}".encode()).decode()
        return replace(call, headers={"Authorization": f"Basic {pair}"})

    return authorise


def _headers(username: str) -> Authorise:
    """Authorise by the provider's own headers."""

    def authorise(call: Call, key: str) -> Call:
        return replace(call, headers={"X-TM-Username": username, "X-TM-Key": key})

    return authorise
