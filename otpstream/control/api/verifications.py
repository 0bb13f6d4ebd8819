"""Verifications over HTTP: start, check, cancel, get, list."""

from collections.abc import Awaitable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from otpstream.control.api.access import Access
from otpstream.control.api.idempotency import IdempotencyKey
from otpstream.control.api.pages import Cursor, Limit, Page, cursor_after, read_cursor
from otpstream.control.api.problems import FieldProblem, Problem, documented
from otpstream.control.api.text import OneLine
from otpstream.control.store.keys import Client
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.record import Verification
from otpstream.control.verifications.refusals import Kind, Refusal
from otpstream.control.verifications.request import Asked, RequestRefused
from schemas.verifications import Reason, State

_T = TypeVar("_T")

_STATUS: dict[Kind, int] = {
    "not_found": 404,
    "phone_live": 409,
    "provider_live": 409,
    "busy": 409,
    "idempotency_key_reused": 422,
    "not_started": 409,
    "over": 409,
    "too_early": 409,
    "attempts_exhausted": 409,
    "too_many": 429,
    "prefix_held": 403,
    "provider_refused": 502,
    "provider_away": 503,
    "outcome_unknown": 504,
}
"""The status of each refusal; its type is the kind, with hyphens."""


class Body(BaseModel):
    """What all request bodies share: an unknown field is a mistake, not a wish that is passed over."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True)


class StartBody(Body):
    """Whom to send a code, and how."""

    phone: str = Field(max_length=40, examples=["+447860021130"])
    """International with the plus, or local together with `country`."""
    brand: str = Field(max_length=40, examples=["Acme"])
    """Who it is from, as the text says it: 1 to 18 letters and digits."""
    country: str | None = Field(default=None, max_length=2, examples=["GB"])
    """ISO 3166-1 alpha-2, of a local phone."""
    code_length: Literal[4, 6] = 4
    """Digits of the code."""
    workflow: Literal["1", "2", "3", "4", "5", "6", "7"] = "1"
    """One step a minute: 1 SMS, call, call · 2 SMS, SMS, call · 3 call, call · 4 SMS, SMS · 5 SMS, call · 6 SMS · 7 call."""
    language: str | None = Field(default=None, max_length=5, examples=["en-gb"])
    """Of the text and the voice; left out: that of the phone's country."""
    sender_id: OneLine | None = Field(default=None, max_length=40)
    """A sender of the account."""
    provider: str | None = Field(default=None, max_length=40)
    """Whom to ask; left out: the first that is configured."""
    auto_complete: bool = False
    """For end-to-end tests on a line of our own: check the codes of its SMS by ourselves, each once, within a second or so."""


class CheckBody(Body):
    """What the person typed."""

    code: str = Field(max_length=20, examples=["0042"])
    """A string: its zeros count."""


class CancelBody(Body):
    """How to cancel."""

    schedule: bool = False
    """Where it is too early, cancel it by ourselves as soon as may be."""


class VerificationBody(BaseModel):
    """One verification; it never holds the code."""

    model_config = ConfigDict(from_attributes=True, use_attribute_docstrings=True)

    verification_id: str
    state: State
    reason: Reason | None
    """Why the latest change was not the wished one."""
    detail: str | None
    provider: str
    account: str
    phone: str
    line: str | None
    """The line whose number the phone is, where it is one of ours."""
    brand: str
    workflow: str
    code_length: int
    step: int
    """How many steps of the workflow went out."""
    attempts: int
    """Codes that were checked."""
    auto_complete: bool
    price: Decimal | None
    """Charged once it succeeds, in the account's currency."""
    requested_at: datetime
    started_at: datetime | None
    expires_at: datetime
    cancel_at: datetime | None
    """When it is going to be cancelled by ourselves."""
    ended_at: datetime | None
    updated_at: datetime
    code_seen: bool
    """Whether the SMS that is taken for its own brought a code of the right length."""
    message_id: str | None
    """That SMS: it came in on our own line, and names the brand if any does."""
    arrival_seconds: float | None
    """From the start to that SMS."""


class CheckedBody(VerificationBody):
    """What came of a check."""

    verified: bool
    attempts_left: int


VerificationId = Annotated[OneLine, Path(max_length=64)]


def verifications_router(
    verifications: Verifications, *, access: Access, route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """Return the routes of verifications, below `/v1`.

    Args:
        verifications: the commands.
        access: tells who calls.
        route_class: of the POSTs, such as :func:`~otpstream.control.api.idempotency.idempotent_route` gives.
    """
    router = APIRouter(prefix="/v1/verifications", tags=["verifications"], route_class=route_class)
    reader = Annotated[Client, Depends(access.needs("verifications:read"))]
    writer = Annotated[Client, Depends(access.needs("verifications:write"))]

    @router.post(
        "", status_code=201, responses={202: {"model": VerificationBody}, **documented(409, 429, 502, 503, 504)}
    )
    async def start(
        body: StartBody, client: writer, response: Response, key: IdempotencyKey = None
    ) -> VerificationBody:
        """Send a code to a phone. The provider charges for it once the code was found right.

        Sent again under its key, it tells how the verification stands; 202 while whether it started is not known.
        """
        asked = Asked(
            phone=body.phone,
            brand=body.brand,
            country=body.country,
            code_length=body.code_length,
            workflow=body.workflow,
            language=body.language,
            sender_id=body.sender_id,
        )
        after = await _told(
            verifications.start(
                asked,
                client=client.name,
                provider=body.provider,
                auto_complete=body.auto_complete,
                idempotency_key=key,
            )
        )
        if after.state in ("requested", "uncertain"):
            response.status_code = 202
        return _shown(after)

    @router.post("/{verification_id}/check", responses=documented(404, 409, 502, 503, 504))
    async def check(verification_id: VerificationId, body: CheckBody, client: writer) -> CheckedBody:
        """Check the code that the person typed; the right one works once, and then it is over.

        Once `attempts_left` is 0 any further check is 409, attempts-exhausted; it lives on, and its phone stays taken until it is
        cancelled or expires.
        """
        after = await _told(verifications.check(verification_id, body.code, client=_whose(client)))
        left = max(0, verifications.settings.attempts_limit - after.attempts)
        shown = _shown(after).model_dump()
        return CheckedBody(**shown, verified=after.state == "verified", attempts_left=left)

    @router.post(
        "/{verification_id}/cancel", responses={202: {"model": VerificationBody}, **documented(404, 409, 502, 503, 504)}
    )
    async def cancel(
        verification_id: VerificationId, client: writer, response: Response, body: CancelBody | None = None
    ) -> VerificationBody:
        """End a verification, not earlier than 30 s after its start; 202 where it was scheduled for then."""
        schedule = body is not None and body.schedule
        after = await _told(verifications.cancel(verification_id, client=_whose(client), schedule=schedule))
        if after.state != "cancelled":
            response.status_code = 202
        return _shown(after)

    @router.get("/{verification_id}", responses=documented(404))
    async def get(verification_id: VerificationId, client: reader) -> VerificationBody:
        """Return a verification as it stands now."""
        return _shown(await _told(verifications.get(verification_id, client=_whose(client))))

    @router.get("", responses=documented())
    async def listed(
        client: reader,
        phone: Annotated[OneLine | None, Query(max_length=16, description="Of this phone alone, in E.164.")] = None,
        state: Annotated[State | None, Query(description="In this state alone.")] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[VerificationBody]:
        """Return verifications, the newest first."""
        found = await verifications.listed(
            client=_whose(client), phone=phone, state=state, before=read_cursor(cursor), limit=limit
        )
        places = [(one.requested_at, one.verification_id) for one in found]
        return Page(items=[_shown(one) for one in found], next=cursor_after(places, limit=limit))

    return router


async def _told(work: Awaitable[_T]) -> _T:
    """Wait for a command, and tell what it refuses as a problem."""
    try:
        return await work
    except RequestRefused as error:
        _, _, detail = str(error).partition(": ")
        errors = [FieldProblem(field=f"body.{error.field}", detail=detail)]
        raise Problem(422, "invalid-request", str(error), errors=errors) from None
    except Refusal as refusal:
        raise Problem(
            _STATUS[refusal.kind],
            refusal.kind.replace("_", "-"),
            str(refusal),
            retry_after_seconds=refusal.retry_after_seconds,
            verification_id=refusal.verification_id,
        ) from None


def _whose(client: Client) -> str | None:
    """Return whose verifications a client may see; None: everybody's."""
    return None if client.may("admin") else client.name


def _shown(verification: Verification) -> VerificationBody:
    return VerificationBody.model_validate(verification)
