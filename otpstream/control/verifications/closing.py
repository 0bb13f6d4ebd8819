"""How a verification that lives is brought to its end: checks and cancels, as pure functions; each returns the next version.

Both are claimed before the provider is asked. Those that the clock is to make by itself stand in `check_at` and `cancel_at`.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from ingest.providers.textmagic import EARLIEST_CANCEL_SECONDS
from otpstream.control.verifications.record import AGAIN_SECONDS, Verification, awaits_check, changed, put_off
from otpstream.control.verifications.refusals import Refusal
from schemas.verifications import Reason


def check_is_due(verification: Verification, now: datetime) -> bool:
    """Tell whether the clock is to check a code now."""
    return _is_due(verification, verification.check_at, now)


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
    return replace(
        verification,
        attempts=verification.attempts + 1,
        check_at=None,
        call="check",
        call_until=now + timedelta(seconds=call_seconds),
    )


def checking_by_hand(
    verification: Verification, *, attempts_limit: int, now: datetime, call_seconds: float
) -> Verification:
    """Claim a check for a person; the clock makes none any more.

    Raises:
        Refusal: as :func:`checking`.
    """
    claimed = checking(verification, attempts_limit=attempts_limit, now=now, call_seconds=call_seconds)
    return replace(claimed, code_ids=())


def no_more_codes(verification: Verification) -> Verification:
    """Return it with no code left for the clock to check: all attempts are used."""
    return replace(verification, code_ids=verification.code_ids[: verification.attempts], check_at=None)


def not_checked(verification: Verification, *, now: datetime) -> Verification:
    """Return it without the check that the clock had claimed: its code is one that was checked before. No event, and no attempt."""
    attempts = verification.attempts - 1
    code_ids = (*verification.code_ids[:attempts], *verification.code_ids[attempts + 1 :])
    after = replace(verification, attempts=attempts, code_ids=code_ids, call=None, call_until=None)
    return replace(after, check_at=now if awaits_check(after, attempts=attempts) else None)


def verified(verification: Verification, *, now: datetime) -> Verification:
    """Return it with the code found right: over, used."""
    return changed(verification, "verified", now, state="verified", ended_at=now)


def check_failed(verification: Verification, *, attempts_limit: int, now: datetime) -> Verification:
    """Return it with the code found wrong; where the clock has another one, that is next."""
    reason: Reason = "attempts_exhausted" if verification.attempts >= attempts_limit else "wrong_code"
    check_at = now if awaits_check(verification, attempts=verification.attempts) else None
    return changed(verification, "check_failed", now, reason=reason, check_at=check_at)


def check_refused(verification: Verification, *, reason: Reason, detail: str, now: datetime) -> Verification:
    """Return it after the provider's definite no to look at a code.

    Where it never saw the code, the attempt is given back; a check that was the clock's is the clock's again, a little later.
    """
    unseen = reason in ("provider_away", "key_refused")
    attempts = verification.attempts - 1 if unseen else verification.attempts
    again = reason == "provider_away" and awaits_check(verification, attempts=attempts)
    check_at = now + timedelta(seconds=AGAIN_SECONDS) if again else None
    return changed(
        verification, "check_failed", now, reason=reason, detail=detail, attempts=attempts, check_at=check_at
    )


def cancel_is_due(verification: Verification, now: datetime) -> bool:
    """Tell whether the clock is to cancel it now."""
    return _is_due(verification, verification.cancel_at, now)


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
    return [changed(verification, "cancel_scheduled", now, cancel_at=max(now, _earliest_cancel(verification)))]


def cancelled(verification: Verification, *, now: datetime) -> Verification:
    """Return it cancelled: over, its phone is free."""
    return changed(verification, "cancelled", now, state="cancelled", ended_at=now)


def cancel_refused(verification: Verification, *, detail: str, may_pass: bool, now: datetime) -> Verification:
    """Return it after the provider's definite no to a cancel: it lives on, and the clock asks again only where that may pass."""
    cancel_at = put_off(verification.cancel_at, now) if may_pass else None
    return changed(verification, "cancel_failed", now, reason="cancel_refused", detail=detail, cancel_at=cancel_at)


def _is_due(verification: Verification, at: datetime | None, now: datetime) -> bool:
    return verification.state == "started" and verification.call is None and at is not None and at <= now


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
