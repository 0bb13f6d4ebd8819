"""A TextMagic account: verifications with their clock, their attempts and their price; no I/O.

Source: TextMagic, "Verification workflow" and "Cancel a verification".
"""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from otpstream.sandbox.clock import ScaledClock
from otpstream.sandbox.ledger import LiveOrder
from otpstream.sandbox.refusal import Refused, refuse_before
from otpstream.sandbox.textmagic.languages import write
from otpstream.sandbox.textmagic.start_request import StartRequest
from otpstream.sandbox.textmagic.workflows import STEP_SECONDS, WORKFLOWS, Channel, SentStep
from otpstream.sandbox.wallet import Wallet


class VerificationState(StrEnum):
    """Where a verification stands."""

    LIVE = "live"
    VERIFIED = "verified"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRules:
    """Prices and times, in seconds of the sandbox's clock."""

    price_cents: int = 5
    """Charged when the right code is checked."""
    expiry_seconds: float = 300.0
    cancel_not_before_seconds: float = 30.0
    max_wrong_codes: int = 5
    """After as many, no code is taken any more."""


@dataclass(slots=True, kw_only=True, eq=False)
class Verification:
    """One verification."""

    id: str
    request: StartRequest
    code: str = field(repr=False)
    started_at: datetime
    expires_at: datetime
    state: VerificationState = VerificationState.LIVE
    wrong_codes: int = 0


HandOver = Callable[[str, str, str, str], bool]
"""Takes an SMS to a phone: its number (E.164), sender, text and code; tells whether the number is one of the sandbox's."""


class VerifyAccount:
    """One account.

    Args:
        username: Whose key it is.
        api_key: The key that every call must carry; assign another to rotate it.
        rules: Prices and times.
        clock: Decides what is due.
        wallet: Its money.
        seed: Decides codes and ids.
        hand_over: Takes the SMS that are sent.
    """

    def __init__(
        self,
        *,
        username: str,
        api_key: str,
        rules: VerifyRules,
        clock: ScaledClock,
        wallet: Wallet,
        seed: int,
        hand_over: HandOver,
    ) -> None:
        self.username = username
        self.api_key = api_key
        self.rules = rules
        self.sent: list[SentStep] = []
        self._clock = clock
        self._wallet = wallet
        self._random = random.Random(f"{seed}:verifications")
        self._hand_over = hand_over
        self._verifications: dict[str, Verification] = {}

    @property
    def verifications(self) -> Sequence[Verification]:
        """Every verification, in the order of starting."""
        return tuple(self._verifications.values())

    def start(self, request: StartRequest) -> Verification:
        """Start a verification, and send its first step.

        Raises:
            Refused: The phone has a live one, or the balance does not cover one more.
        """
        live = [one for one in self.verifications if one.state is VerificationState.LIVE]
        if any(one.request.phone == request.phone for one in live):
            raise Refused(409, "a verification of this phone is live", field="phone")
        if self._wallet.balance_cents < self.rules.price_cents * (len(live) + 1):
            raise Refused(402, "insufficient balance")
        now = self._clock()
        verification = Verification(
            id=str(uuid.UUID(int=self._random.getrandbits(128), version=4)),
            request=request,
            code="".join(self._random.choices("0123456789", k=request.code_length)),
            started_at=now,
            expires_at=now + timedelta(seconds=self.rules.expiry_seconds),
        )
        self._verifications[verification.id] = verification
        self._schedule(verification)
        return verification

    def check(self, verify_id: str, code: str) -> None:
        """Finish a verification by its code, and charge it.

        Raises:
            Refused: It is unknown or over, the code is wrong, or too many were.
        """
        verification = self._find_live(verify_id)
        if verification.wrong_codes >= self.rules.max_wrong_codes:
            raise Refused(400, "too many wrong codes", field="code")
        if not secrets.compare_digest(code.encode("utf-8", "replace"), verification.code.encode()):
            verification.wrong_codes += 1
            raise Refused(400, "the code is wrong", field="code")
        self._wallet.charge(verification.id, self.rules.price_cents, reason="verified")
        verification.state = VerificationState.VERIFIED

    def cancel(self, verify_id: str) -> None:
        """Cancel a live verification; it costs nothing.

        Raises:
            Refused: It is unknown or over, or cannot be cancelled yet.
        """
        verification = self._find_live(verify_id)
        refuse_before(
            verification.started_at + timedelta(seconds=self.rules.cancel_not_before_seconds),
            now=self._clock(),
            status=400,
            message=f"a verification cannot be cancelled in its first {self.rules.cancel_not_before_seconds:g} seconds",
        )
        verification.state = VerificationState.CANCELLED

    def statement(self) -> Sequence[LiveOrder]:
        """List what is live and what it has cost."""
        return tuple(
            LiveOrder(
                order_id=one.id,
                kind="verification",
                phone=one.request.phone,
                ordered_at=one.started_at,
                expires_at=one.expires_at,
                paid_cents=self._wallet.paid_cents(one.id),
            )
            for one in self.verifications
            if one.state is VerificationState.LIVE
        )

    def _find_live(self, verify_id: str) -> Verification:
        verification = self._verifications.get(verify_id)
        if verification is None or verification.state is not VerificationState.LIVE:
            raise Refused(404, "no such verification is live", field="verifyId")
        return verification

    def _schedule(self, verification: Verification) -> None:
        def expire() -> None:
            if verification.state is VerificationState.LIVE:
                verification.state = VerificationState.EXPIRED

        self._clock.call_after(self.rules.expiry_seconds, expire)
        for step, channel in enumerate(WORKFLOWS[verification.request.workflow_id]):
            self._clock.call_after(step * STEP_SECONDS, partial(self._send, verification, step, channel))
        self._clock.settle()

    def _send(self, verification: Verification, step: int, channel: Channel) -> None:
        if verification.state is not VerificationState.LIVE:
            return
        request, code = verification.request, verification.code
        text = write(request.language, brand=request.brand, code=code)
        handed_over = channel is Channel.SMS and self._hand_over(request.phone, request.sender, text, code)
        self.sent.append(
            SentStep(
                verify_id=verification.id,
                step=step,
                channel=channel,
                phone=request.phone,
                sender=request.sender,
                language=request.language,
                text=text,
                code=code,
                sent_at=self._clock(),
                handed_over=handed_over,
            )
        )
