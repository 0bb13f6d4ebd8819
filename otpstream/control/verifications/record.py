"""A verification as the store holds it, the timetable of its workflow, and the event that tells of it. Pure.

Source: TextMagic verify, "Verification workflow" and "Cancel a verification".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from ingest.providers.contract import Workflow
from schemas.verifications import Change, Channel, Reason, State, VerificationState

STEP_SECONDS = 60
AGAIN_SECONDS = 10
"""How long the clock leaves a provider alone that gave no usable answer."""

WORKFLOW_STEPS: Mapping[Workflow, tuple[Channel, ...]] = MappingProxyType(
    {
        "1": ("sms", "call", "call"),
        "2": ("sms", "sms", "call"),
        "3": ("call", "call"),
        "4": ("sms", "sms"),
        "5": ("sms", "call"),
        "6": ("sms",),
        "7": ("call",),
    }
)
"""The channels of each workflow, one step every 60 s from the start."""

SMS_WORKFLOWS = frozenset(workflow for workflow, channels in WORKFLOW_STEPS.items() if "sms" in channels)
"""Those that bring an SMS at all; each begins with one."""

Call = Literal["start", "check", "cancel"]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """One version of one verification. The fields that :class:`~schemas.verifications.VerificationState` has too mean the same."""

    verification_id: str
    client: str
    """Whose it is; nobody else sees it."""
    provider: str
    account: str
    phone: str
    prefix: str
    """What it is counted under by the fraud guard, such as `+44`."""
    line: str | None
    brand: str
    workflow: Workflow
    code_length: Literal[4, 6]
    auto_complete: bool
    """Whether the clock checks the code of an SMS on our own line: for end-to-end tests."""
    idempotency_key: str | None = None
    """Of the request to start, so that it is started once under its key; None where nothing was started."""
    request_hash: str | None = None
    """Tells the request under that key from another one."""
    state: State
    change: Change
    sequence: int
    requested_at: datetime
    expires_at: datetime
    updated_at: datetime
    call: Call | None
    """The claim: what the provider is being asked."""
    call_until: datetime | None
    """When the claim lapses."""
    reason: Reason | None = None
    detail: str | None = None
    provider_verification_id: str | None = None
    price: Decimal | None = None
    step: int = 0
    attempts: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    check_at: datetime | None = None
    """When the next of `code_ids` is to be checked by the clock."""
    cancel_at: datetime | None = None
    """When it is to be cancelled by the clock."""
    code_seen: bool = False
    message_id: str | None = None
    arrival_seconds: float | None = None
    brand_named: bool = False
    """Whether the SMS that is taken for its own names the brand."""
    code_ids: tuple[str, ...] = ()
    """The messages whose codes the clock checks, in order: the first `attempts` are claimed. None once a person checked."""

    @property
    def live(self) -> bool:
        """Whether it takes its phone's one slot."""
        return self.ended_at is None


def fits(verification: Verification, code: str | None) -> bool:
    """Tell whether a code that was read out of an SMS may be this verification's."""
    return code is not None and code.isascii() and code.isdigit() and len(code) == verification.code_length


def brings_sms(verification: Verification) -> bool:
    """Tell whether an SMS may be this verification's: its workflow has one, and the provider may have sent it."""
    return verification.workflow in SMS_WORKFLOWS and verification.state not in ("refused", "held")


def names_brand(brand: str, *words: str | None) -> bool:
    """Tell whether a sender, a service or a text names a brand: as a word of its own, in capitals or not.

    Args:
        brand: letters A-Z, a-z and digits.
        words: what to look in.
    """
    named = re.compile(rf"(?<![A-Z0-9]){brand}(?![A-Z0-9])", re.ASCII | re.IGNORECASE)
    return any(named.search(one) for one in words if one is not None)


def holds_claim(verification: Verification, claimed: Verification) -> bool:
    """Tell whether a claim is out still, neither settled nor lapsed."""
    return (verification.call, verification.call_until) == (claimed.call, claimed.call_until)


def awaits_check(verification: Verification, *, attempts: int) -> bool:
    """Tell whether the clock has a code to check, after so many attempts."""
    return attempts < len(verification.code_ids)


def changed(verification: Verification, change: Change, now: datetime, **fields: Any) -> Verification:
    """Return the next version: the claim is settled, and the reason is that of this change alone."""
    settled: dict[str, Any] = {"call": None, "call_until": None, "reason": None, "detail": None}
    return replace(
        verification, **{**settled, **fields}, change=change, sequence=verification.sequence + 1, updated_at=now
    )


def put_off(at: datetime | None, now: datetime) -> datetime | None:
    """Return when the clock is to ask again what gave no usable answer; None where it was not the clock's to ask."""
    return None if at is None else max(at, now + timedelta(seconds=AGAIN_SECONDS))


def event_of(verification: Verification) -> VerificationState:
    """Return the event that tells of this version."""
    steps = WORKFLOW_STEPS[verification.workflow]
    return VerificationState(
        verification_id=verification.verification_id,
        sequence=verification.sequence,
        state=verification.state,
        change=verification.change,
        reason=verification.reason,
        detail=verification.detail,
        provider=verification.provider,
        account=verification.account,
        phone=verification.phone,
        line=verification.line,
        brand=verification.brand,
        workflow=verification.workflow,
        code_length=verification.code_length,
        step=verification.step,
        channel=steps[verification.step - 1] if verification.step else None,
        attempts=verification.attempts,
        price=verification.price,
        requested_at=verification.requested_at,
        started_at=verification.started_at,
        expires_at=verification.expires_at,
        ended_at=verification.ended_at,
        updated_at=verification.updated_at,
        code_seen=verification.code_seen,
        message_id=verification.message_id,
        arrival_seconds=verification.arrival_seconds,
    )
