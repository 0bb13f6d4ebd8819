"""The life of a verification on our own clock, as pure functions: each returns the next version, one event a version.

No provider has a status call or a callback for it, so what the provider does by itself (steps at 0, 60 and 120 s, the end at 300 s) is
known only by the clock. Whatever is asked of the provider is *claimed* first: the claim is stored before the call, the outcome after it.
A claim whose outcome never came lapses, and then nobody knows what the provider did. Checks and cancels stand in
:mod:`~otpstream.control.verifications.closing`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from ingest.providers.contract import Started, VerifyRequest
from ingest.providers.textmagic import LIFE_SECONDS
from otpstream.control.verifications.record import (
    STEP_SECONDS,
    WORKFLOW_STEPS,
    Call,
    Verification,
    awaits_check,
    brings_sms,
    changed,
    fits,
    put_off,
)
from schemas.verifications import Change, Reason, State

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
    idempotency_key: str | None = None,
    request_hash: str | None = None,
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
        idempotency_key=idempotency_key,
        request_hash=request_hash,
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
    """Return an intent that the fraud guard stopped: over at once, nobody is asked, and its idempotency key may be used again."""
    now = intent.requested_at
    return replace(
        intent,
        state="held",
        change="held",
        reason=reason,
        detail=detail,
        expires_at=now,
        ended_at=now,
        idempotency_key=None,
        call=None,
        call_until=None,
    )


def started(intent: Verification, answer: Started, *, now: datetime) -> list[Verification]:
    """Return what the provider's yes to the start makes of it, with the steps that are due; also where the claim had lapsed.

    The clock starts with the answer: not before the provider's own, so what is over here is over there.
    """
    first = changed(
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
    """Return what the provider's definite no to the start makes of it: over, its phone is free, its idempotency key too."""
    return changed(
        intent, "refused", now, state="refused", reason=reason, detail=detail, ended_at=now, idempotency_key=None
    )


def lapsed(claimed: Verification, *, now: datetime) -> Verification:
    """Return what becomes of a claim whose outcome is unknown: the provider was asked, and gave no usable answer.

    A scheduled cancel stays scheduled, a little later: it does no harm twice. A code is checked once; the next one may be.
    """
    if claimed.call is None:
        raise ValueError("no call is claimed")
    change, reason = _LAPSED[claimed.call]
    state: State = "uncertain" if claimed.call == "start" else claimed.state
    cancel_at = put_off(claimed.cancel_at, now)
    is_next = claimed.call == "check" and awaits_check(claimed, attempts=claimed.attempts)
    check_at = now if is_next else claimed.check_at
    return changed(claimed, change, now, state=state, reason=reason, cancel_at=cancel_at, check_at=check_at)


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
        return changed(verification, "step", now, step=verification.step + 1)
    if verification.expires_at <= now:
        reason = verification.reason if verification.state == "uncertain" else None
        return changed(verification, "expired", now, state="expired", reason=reason, ended_at=now)
    return None


def next_at(verification: Verification) -> datetime | None:
    """Return when the clock must look at it again; None when it is over."""
    if not verification.live:
        return None
    if verification.call_until is not None:
        return verification.call_until
    # Before the provider's yes nothing can be checked or cancelled.
    asked = [verification.check_at, verification.cancel_at] if verification.state == "started" else []
    times = [_step_due(verification), verification.expires_at, *asked]
    return min(time for time in times if time is not None)


def arrived(
    verification: Verification,
    *,
    message_id: str,
    received_at: datetime,
    code: str | None,
    now: datetime,
    brand_named: bool = False,
) -> Verification | None:
    """Return it with an SMS that came in on our own line while it was live; None where that says nothing new.

    Of several the SMS is taken for its own that names the brand, then one that brings a code, then the first. A call that is out stays
    out. Where that was asked for, the clock is to check each code.
    """
    if not brings_sms(verification):
        return None
    code_seen = fits(verification, code)
    current = _with_code(verification, message_id, brand_named=brand_named, now=now) if code_seen else verification
    rank = (verification.brand_named, verification.code_seen)
    if verification.message_id is None or (brand_named, code_seen) > rank:
        since = verification.started_at or verification.requested_at
        current = replace(
            current,
            change="sms_arrived",
            sequence=verification.sequence + 1,
            updated_at=now,
            message_id=message_id,
            code_seen=code_seen,
            brand_named=brand_named,
            arrival_seconds=max(0.0, (received_at - since).total_seconds()),
        )
    return None if current == verification else current


def _with_code(verification: Verification, message_id: str, *, brand_named: bool, now: datetime) -> Verification:
    """Return it with one more code for the clock to check: before all others where the SMS names the brand."""
    claimed = verification.attempts
    known = verification.code_ids
    is_wanted = verification.auto_complete and verification.live and claimed <= len(known)
    if not is_wanted or message_id in known:
        return verification
    place = claimed if brand_named else len(known)
    code_ids = (*known[:place], message_id, *known[place:])
    return replace(verification, code_ids=code_ids, check_at=verification.check_at or now)


def _step_due(verification: Verification) -> datetime | None:
    if verification.started_at is None or verification.step >= len(WORKFLOW_STEPS[verification.workflow]):
        return None
    return verification.started_at + timedelta(seconds=STEP_SECONDS * verification.step)
