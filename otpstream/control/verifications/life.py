"""The life of a verification on our own clock, as pure functions: each returns the next version, one event a version.

No provider has a status call or a callback for it, so what the provider does by itself (steps at 0, 60 and 120 s, the end at 300 s) is
known only by the clock. Whatever is asked of the provider is *claimed* first: the claim is stored before the call, the outcome after it.
A claim whose outcome never came lapses, and then nobody knows what the provider did.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from ingest.providers.contract import Started, VerifyRequest
from ingest.providers.textmagic import EARLIEST_CANCEL_SECONDS, LIFE_SECONDS
from otpstream.control.verifications.record import (
    STEP_SECONDS,
    WORKFLOW_STEPS,
    Call,
    Verification,
    fits,
)
from otpstream.control.verifications.refusals import Refusal
from schemas.verifications import Change, Reason, State

CANCEL_AGAIN_SECONDS = 10
"""How long the clock leaves a provider alone that gave no usable answer to a cancel."""

_LAPSED: Mapping[Call, tuple[Change, Reason]] = MappingProxyType(
    {
        "start": ("uncertain", "start_unknown"),
        "check": ("check_failed", "check_unknown"),
        "cancel": ("cancel_failed", "cancel_unknown"),
    }
)


def requested(
    request: VerifyRequest,
    *,
    verification_id: str,
    client: str,
    provider: str,
    account: str,
    prefix: str,
    line: str | None,
    auto_complete: bool,
    now: datetime,
    call_seconds: float,
) -> Verification:
    """Return the intent to start, with its claim for so many seconds: what is stored before the provider is asked."""
    call_until = now + timedelta(seconds=call_seconds)
    return Verification(
        verification_id=verification_id,
        client=client,
        provider=provider,
        account=account,
        phone=request.phone,
        prefix=prefix,
        line=line,
        brand=request.brand,
        workflow=request.workflow,
        code_length=request.code_length,
        auto_complete=auto_complete,
        state="requested",
        change="requested",
        sequence=1,
        requested_at=now,
        # The provider may have begun as late as that, and the phone's slot stays taken until nothing of it can live.
        expires_at=call_until + timedelta(seconds=LIFE_SECONDS),
        updated_at=now,
        call="start",
        call_until=call_until,
    )


def held(intent: Verification, *, reason: Reason, detail: str) -> Verification:
    """Return an intent that the fraud guard stopped: over at once, nobody is asked."""
    now = intent.requested_at
    return replace(
        intent,
        state="held",
        change="held",
        reason=reason,
        detail=detail,
        expires_at=now,
        ended_at=now,
        call=None,
        call_until=None,
    )


def started(intent: Verification, answer: Started, *, now: datetime) -> list[Verification]:
    """Return what the provider's yes to the start makes of it, with the steps that are due; also where the claim had lapsed.

    The clock starts with the answer: not before the provider's own, so what is over here is over there.
    """
    first = _changed(
        intent,
        "started",
        now,
        state="started",
        provider_verification_id=answer.provider_verification_id,
        price=answer.price,
        started_at=now,
        expires_at=now + timedelta(seconds=LIFE_SECONDS),
    )
    return [first, *advanced(first, now)]


def refused(intent: Verification, *, reason: Reason, detail: str, now: datetime) -> Verification:
    """Return what the provider's definite no to the start makes of it: over, its phone is free."""
    return _changed(intent, "refused", now, state="refused", reason=reason, detail=detail, ended_at=now)


def lapsed(claimed: Verification, *, now: datetime) -> Verification:
    """Return what becomes of a claim whose outcome is unknown: the provider was asked, and gave no usable answer.

    A scheduled cancel stays scheduled, a little later: it does no harm twice.
    """
    if claimed.call is None:
        raise ValueError("no call is claimed")
    change, reason = _LAPSED[claimed.call]
    state: State = "uncertain" if claimed.call == "start" else claimed.state
    cancel_at = _later(claimed.cancel_at, now)
    return _changed(claimed, change, now, state=state, reason=reason, cancel_at=cancel_at)


def advanced(verification: Verification, now: datetime) -> list[Verification]:
    """Return the versions that the clock alone makes of it, in order: lapses, steps that are due, the end.

    While a call is out the clock stands: its outcome decides what came first.
    """
    made: list[Verification] = []
    current: Verification | None = _by_clock(verification, now)
    while current is not None:
        made.append(current)
        current = _by_clock(current, now)
    return made


def _by_clock(verification: Verification, now: datetime) -> Verification | None:
    if not verification.live:
        return None
    if verification.call_until is not None:
        return lapsed(verification, now=now) if verification.call_until <= now else None
    due = _step_due(verification)
    if due is not None and due <= now:
        return _changed(verification, "step", now, step=verification.step + 1)
    if verification.expires_at <= now:
        reason = verification.reason if verification.state == "uncertain" else None
        return _changed(verification, "expired", now, state="expired", reason=reason, ended_at=now)
    return None


def next_at(verification: Verification) -> datetime | None:
    """Return when the clock must look at it again; None when it is over."""
    if not verification.live:
        return None
    if verification.call_until is not None:
        return verification.call_until
    times = (_step_due(verification), verification.cancel_at, verification.expires_at)
    return min(time for time in times if time is not None)


def cancel_is_due(verification: Verification, now: datetime) -> bool:
    """Tell whether the clock is to cancel it now."""
    return (
        verification.state == "started"
        and verification.call is None
        and verification.cancel_at is not None
        and verification.cancel_at <= now
    )


def checking(verification: Verification, *, attempts_limit: int, now: datetime, call_seconds: float) -> Verification:
    """Claim a check: the attempt counts from here, whatever comes of it.

    Raises:
        Refusal: over, not started, busy, or no attempt is left.
    """
    _require_idle(verification, now)
    if verification.attempts >= attempts_limit:
        raise Refusal(
            "attempts_exhausted",
            f"all {attempts_limit} attempts are used: cancel it, or start anew once it is over",
            verification_id=verification.verification_id,
            retry_after_seconds=max(0.0, (verification.expires_at - now).total_seconds()),
        )
    attempts = verification.attempts + 1
    return replace(verification, attempts=attempts, call="check", call_until=now + timedelta(seconds=call_seconds))


def verified(verification: Verification, *, now: datetime) -> Verification:
    """Return it with the code found right: over, used."""
    return _changed(verification, "verified", now, state="verified", ended_at=now)


def check_failed(verification: Verification, *, attempts_limit: int, now: datetime) -> Verification:
    """Return it with the code found wrong."""
    reason: Reason = "attempts_exhausted" if verification.attempts >= attempts_limit else "wrong_code"
    return _changed(verification, "check_failed", now, reason=reason)


def check_refused(verification: Verification, *, reason: Reason, detail: str, now: datetime) -> Verification:
    """Return it after the provider's definite no to look at a code; where it never saw the code, the attempt is given back."""
    unseen = reason in ("provider_away", "key_refused")
    attempts = verification.attempts - 1 if unseen else verification.attempts
    return _changed(verification, "check_failed", now, reason=reason, detail=detail, attempts=attempts)


def too_early(verification: Verification, now: datetime) -> bool:
    """Tell whether it cannot be cancelled yet."""
    return now < _earliest_cancel(verification)


def cancelling(verification: Verification, *, now: datetime, call_seconds: float) -> Verification:
    """Claim a cancel.

    Raises:
        Refusal: over, not started, busy, or too early: with the seconds to wait.
    """
    _require_idle(verification, now)
    wait_seconds = (_earliest_cancel(verification) - now).total_seconds()
    if wait_seconds > 0:
        raise Refusal(
            "too_early",
            f"cannot be cancelled within {EARLIEST_CANCEL_SECONDS:g} seconds of its start: wait, or ask for it to be scheduled",
            verification_id=verification.verification_id,
            retry_after_seconds=wait_seconds,
        )
    return replace(verification, call="cancel", call_until=now + timedelta(seconds=call_seconds))


def cancel_scheduled(verification: Verification, *, now: datetime) -> list[Verification]:
    """Return it to be cancelled by the clock as early as may be; nothing where it is to be already.

    Raises:
        Refusal: over, not started, or busy.
    """
    _require_idle(verification, now)
    if verification.cancel_at is not None:
        return []
    return [_changed(verification, "cancel_scheduled", now, cancel_at=max(now, _earliest_cancel(verification)))]


def cancelled(verification: Verification, *, now: datetime) -> Verification:
    """Return it cancelled: over, its phone is free."""
    return _changed(verification, "cancelled", now, state="cancelled", ended_at=now)


def cancel_refused(verification: Verification, *, detail: str, may_pass: bool, now: datetime) -> Verification:
    """Return it after the provider's definite no to a cancel: it lives on, and the clock asks again only where that may pass."""
    cancel_at = _later(verification.cancel_at, now) if may_pass else None
    return _changed(verification, "cancel_failed", now, reason="cancel_refused", detail=detail, cancel_at=cancel_at)


def arrived(
    verification: Verification, *, message_id: str, received_at: datetime, code: str | None, now: datetime
) -> Verification | None:
    """Return it with the SMS that came for it on our own line; None where that says nothing new.

    The first message counts, and after one without a code the first that brings one. A call that is out stays out.
    """
    code_seen = fits(verification, code)
    if verification.message_id is not None and (verification.code_seen or not code_seen):
        return None
    since = verification.started_at or verification.requested_at
    return replace(
        verification,
        change="sms_arrived",
        sequence=verification.sequence + 1,
        updated_at=now,
        message_id=message_id,
        code_seen=code_seen,
        arrival_seconds=max(0.0, (received_at - since).total_seconds()),
    )


def _changed(verification: Verification, change: Change, now: datetime, **fields: Any) -> Verification:
    """Return the next version: the claim is settled, and the reason is that of this change alone."""
    settled: dict[str, Any] = {"call": None, "call_until": None, "reason": None, "detail": None}
    return replace(
        verification, **{**settled, **fields}, change=change, sequence=verification.sequence + 1, updated_at=now
    )


def _step_due(verification: Verification) -> datetime | None:
    if verification.started_at is None or verification.step >= len(WORKFLOW_STEPS[verification.workflow]):
        return None
    return verification.started_at + timedelta(seconds=STEP_SECONDS * verification.step)


def _later(cancel_at: datetime | None, now: datetime) -> datetime | None:
    return None if cancel_at is None else max(cancel_at, now + timedelta(seconds=CANCEL_AGAIN_SECONDS))


def _earliest_cancel(verification: Verification) -> datetime:
    return (verification.started_at or verification.requested_at) + timedelta(seconds=EARLIEST_CANCEL_SECONDS)


def _require_idle(verification: Verification, now: datetime) -> None:
    """Refuse what is over, not started, or being asked about already."""
    name = verification.verification_id
    if not verification.live:
        raise Refusal("over", f"is over: {verification.state}", verification_id=name)
    left_seconds = max(0.0, ((verification.call_until or verification.expires_at) - now).total_seconds())
    if verification.call is not None and verification.call != "start":
        raise Refusal(
            "busy", f"a {verification.call} of it is under way", verification_id=name, retry_after_seconds=left_seconds
        )
    if verification.state != "started":
        text = "whether it started is not known: its phone is free once it has expired"
        raise Refusal("not_started", text, verification_id=name, retry_after_seconds=left_seconds)
