"""Verifications of phones as commands: start, check, cancel, get, list.

What is asked of a provider is claimed in the store first, so that a crash at any point leaves a trace. Nothing is ever asked a second
time by itself, but a scheduled cancel, which does no harm twice. What a request under an idempotency key came to is told to whoever
sends it again.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from ingest.providers.contract import Verifier, VerifyRequest
from otpstream.control.store import verifications as store
from otpstream.control.verifications import closing, life
from otpstream.control.verifications.calls import No, Unknown, Yes, outcome, refusal_of, unknown_of
from otpstream.control.verifications.ledger import Ledger
from otpstream.control.verifications.record import Verification, fits
from otpstream.control.verifications.refusals import Refusal
from otpstream.control.verifications.request import (
    Asked,
    RequestRefused,
    checked,
    checked_code,
    country_prefix,
    hash_of,
)
from otpstream.control.verifications.settings import VerificationSettings
from schemas.verifications import State

CLAIM_MARGIN_SECONDS = 5.0
"""A claim outlasts its call by this, so that an outcome that came is written before anybody takes it for lost."""

logger = logging.getLogger(__name__)

LineOf = Callable[[str], Awaitable[str | None]]
"""Gives the line whose number a phone (E.164) is; None where it is not one of ours."""


def _draw_id() -> str:
    return uuid4().hex


class Verifications:
    """All commands on verifications.

    Args:
        ledger: the store's transactions.
        verifiers: one per account; the first is the one that is asked where nobody says which.
        settings: of verifications.
        line_of: tells our own phones.
        draw_id: gives a new verification its id.
    """

    def __init__(
        self,
        ledger: Ledger,
        verifiers: Sequence[Verifier],
        *,
        settings: VerificationSettings,
        line_of: LineOf,
        draw_id: Callable[[], str] = _draw_id,
    ) -> None:
        self.ledger = ledger
        self.settings = settings
        self._verifiers = {(verifier.name, verifier.account): verifier for verifier in verifiers}
        self._line_of = line_of
        self._draw_id = draw_id
        self._claim_seconds = settings.call_timeout_seconds + CLAIM_MARGIN_SECONDS

    async def start(
        self,
        asked: Asked,
        *,
        client: str,
        provider: str | None = None,
        auto_complete: bool = False,
        idempotency_key: str | None = None,
    ) -> Verification:
        """Send a code to a phone.

        Args:
            asked: as the client worded it.
            client: who asks.
            provider: whom to ask, by name; None: the first.
            auto_complete: have the clock check the codes of the SMS that come in on our own line, each once.
            idempotency_key: of the client's request: what came of it before is returned as it stands, and nobody is asked; what was
                refused may be asked for again.

        Raises:
            RequestRefused: a field is wrong; nobody was asked, nothing was spent.
            Refusal: phone_live, too_many, prefix_held and idempotency_key_reused before the provider is asked; provider_live and
                provider_refused as it answered; outcome_unknown where it gave no usable answer: the phone's slot is then taken until
                nothing can live.
        """
        request = checked(asked)
        request_hash = hash_of(request, provider=provider, auto_complete=auto_complete)
        earlier = await self.ledger.under_key(client, idempotency_key)
        if earlier is not None:
            return await self._same(earlier, request_hash)
        verifier = self._chosen(provider)
        line = await self._line_of(request.phone)
        if auto_complete and line is None:
            raise RequestRefused("auto_complete", "works only where the phone is one of our own lines")
        intent = life.requested(
            request,
            verification_id=self._draw_id(),
            client=client,
            provider=verifier.name,
            account=verifier.account,
            prefix=country_prefix(request.phone),
            line=line,
            auto_complete=auto_complete,
            idempotency_key=idempotency_key,
            request_hash=request_hash,
            now=self.ledger.clock(),
            call_seconds=self._claim_seconds,
        )
        earlier = await self.ledger.open(intent, self.settings.fraud)
        if earlier is not None:
            return await self._same(earlier, request_hash)
        return await self._ask_start(verifier, intent, request)

    async def _same(self, earlier: Verification, request_hash: str) -> Verification:
        """Return what a request under the same key came to, as it stands.

        Raises:
            Refusal: idempotency_key_reused.
        """
        if earlier.request_hash != request_hash:
            text = "this Idempotency-Key was used for another request: choose a new one"
            raise Refusal("idempotency_key_reused", text)
        return await self.get(earlier.verification_id)

    async def _ask_start(self, verifier: Verifier, intent: Verification, request: VerifyRequest) -> Verification:
        answer = await outcome(verifier.start(request), timeout_seconds=self.settings.call_timeout_seconds)
        settle = partial(self.ledger.settle, intent)
        match answer:
            case Yes(started):
                after = await settle(lambda found, now: life.started(found, started, now=now), even_late=True)
                if after.started_at is None:
                    logger.warning("verification %s: the provider's yes came too late", intent.verification_id)
                    raise unknown_of(after, "it came too late")
                return after
            case No(reason=reason, detail=detail):
                await settle(
                    lambda found, now: [life.refused(found, reason=reason, detail=detail, now=now)], even_late=True
                )
                raise refusal_of(intent, answer)
            case Unknown(detail=detail):
                after = await settle(lambda found, now: [life.lapsed(found, now=now)])
                free_seconds = (after.expires_at - self.ledger.clock()).total_seconds()
                raise unknown_of(after, detail, retry_after_seconds=max(0.0, free_seconds))

    async def check(self, verification_id: str, code: str, *, client: str | None = None) -> Verification:
        """Check a code, once: the attempt counts whatever comes of it.

        Args:
            verification_id: which.
            code: the digits that the person typed.
            client: whose it must be; None: anybody's.

        Returns:
            The verification: its state is `verified` where the code was right.

        Raises:
            RequestRefused: not that many digits; no attempt was used.
            Refusal: not_found, over, not_started, busy, attempts_exhausted; provider_refused; outcome_unknown, after which the code
                may be checked again while attempts are left.
        """

        def claim(found: Verification, now: datetime) -> list[Verification]:
            limit = self.settings.attempts_limit
            claimed = closing.checking_by_hand(found, attempts_limit=limit, now=now, call_seconds=self._claim_seconds)
            digits.append(checked_code(code, code_length=found.code_length))
            self._verifier_of(found)
            return [claimed]

        digits: list[str] = []
        claimed, _ = await self.ledger.change(verification_id, claim, client=client)
        return await self._ask_check(claimed, digits[0])

    async def _complete(self, claimed: Verification) -> Verification:
        """Check the code that an SMS on our own line brought, as the clock has claimed.

        Raises:
            Refusal: over, provider_refused, outcome_unknown.
        """
        async with self.ledger.engine.begin() as connection:
            codes = await store.codes_of(connection, claimed.code_ids[: claimed.attempts])
        *earlier, mine = claimed.code_ids[: claimed.attempts]
        code = codes.get(mine)
        if code is None or not fits(claimed, code):
            # Messages are kept for a shorter time than a code may live, where that is set so.
            return await self.ledger.settle(claimed, lambda found, now: [life.lapsed(found, now=now)])
        if code in [codes.get(one) for one in earlier]:
            return await self.ledger.settle(claimed, lambda found, now: [closing.not_checked(found, now=now)])
        return await self._ask_check(claimed, code)

    async def _ask_check(self, claimed: Verification, code: str) -> Verification:
        call = self._verifier_of(claimed).check(claimed.provider_verification_id or "", code)
        answer = await outcome(call, timeout_seconds=self.settings.call_timeout_seconds)
        settle = partial(self.ledger.settle, claimed)
        match answer:
            case Yes(True):
                after = await settle(lambda found, now: [closing.verified(found, now=now)], even_late=True)
                return _in_state("verified", after)
            case Yes():
                limit = self.settings.attempts_limit
                return await settle(lambda found, now: [closing.check_failed(found, attempts_limit=limit, now=now)])
            case No(reason=reason, detail=detail):
                await settle(lambda found, now: [closing.check_refused(found, reason=reason, detail=detail, now=now)])
                raise refusal_of(claimed, answer)
            case Unknown(detail=detail):
                await settle(lambda found, now: [life.lapsed(found, now=now)])
                raise unknown_of(claimed, detail)

    async def cancel(self, verification_id: str, *, client: str | None = None, schedule: bool = False) -> Verification:
        """Cancel a verification.

        Args:
            verification_id: which.
            client: whose it must be; None: anybody's.
            schedule: where it is too early, have the clock cancel it as soon as may be.

        Raises:
            Refusal: not_found, over, not_started, busy; too_early with the seconds to wait; provider_refused; outcome_unknown.
        """

        def claim(found: Verification, now: datetime) -> list[Verification]:
            if schedule and closing.too_early(found, now):
                return closing.cancel_scheduled(found, now=now)
            self._verifier_of(found)
            return [closing.cancelling(found, now=now, call_seconds=self._claim_seconds)]

        claimed, changed = await self.ledger.change(verification_id, claim, client=client)
        if not changed or claimed.call is None:
            return claimed
        return await self._ask_cancel(claimed)

    def claim_due(self, found: Verification, now: datetime) -> list[Verification]:
        """Return it with the check or the cancel claimed that the clock is to make now."""
        is_check = closing.check_is_due(found, now)
        if not is_check and not closing.cancel_is_due(found, now):
            return []
        limit = self.settings.attempts_limit
        if is_check and found.attempts >= limit:
            return [closing.no_more_codes(found)]
        try:
            self._verifier_of(found)
        except Refusal as refusal:
            if is_check:
                return [closing.check_refused(found, reason="provider_refused", detail=str(refusal), now=now)]
            return [closing.cancel_refused(found, detail=str(refusal), may_pass=False, now=now)]
        if is_check:
            return [closing.checking(found, attempts_limit=limit, now=now, call_seconds=self._claim_seconds)]
        return [closing.cancelling(found, now=now, call_seconds=self._claim_seconds)]

    async def ask(self, claimed: Verification) -> Verification:
        """Ask the provider what the clock has claimed.

        Raises:
            Refusal: over, provider_refused, outcome_unknown.
        """
        return await (self._complete(claimed) if claimed.call == "check" else self._ask_cancel(claimed))

    async def _ask_cancel(self, claimed: Verification) -> Verification:
        """Ask the provider for a cancel that is claimed.

        Raises:
            Refusal: provider_refused, outcome_unknown.
        """
        call = self._verifier_of(claimed).cancel(claimed.provider_verification_id or "")
        answer = await outcome(call, timeout_seconds=self.settings.call_timeout_seconds)
        settle = partial(self.ledger.settle, claimed)
        match answer:
            # What the provider does not know any more lives no more: an earlier cancel went through unheard.
            case Yes() | No(is_gone=True):
                after = await settle(lambda found, now: [closing.cancelled(found, now=now)], even_late=True)
                return _in_state("cancelled", after)
            case No(detail=detail, may_pass=may_pass):
                await settle(
                    lambda found, now: [closing.cancel_refused(found, detail=detail, may_pass=may_pass, now=now)]
                )
                raise refusal_of(claimed, answer)
            case Unknown(detail=detail):
                await settle(lambda found, now: [life.lapsed(found, now=now)])
                raise unknown_of(claimed, detail)

    async def get(self, verification_id: str, *, client: str | None = None) -> Verification:
        """Return a verification as the clock has it now.

        Raises:
            Refusal: not_found.
        """
        found, _ = await self.ledger.change(verification_id, lambda _, __: (), client=client)
        return found

    async def listed(
        self,
        *,
        client: str | None,
        phone: str | None = None,
        state: str | None = None,
        before: tuple[datetime, str] | None = None,
        limit: int,
    ) -> list[Verification]:
        """Return verifications, the newest first; the arguments are those of :func:`store.listed`."""
        async with self.ledger.engine.begin() as connection:
            return await store.listed(connection, client=client, phone=phone, state=state, before=before, limit=limit)

    def _chosen(self, provider: str | None) -> Verifier:
        for verifier in self._verifiers.values():
            if provider in (None, verifier.name):
                return verifier
        names = sorted({name for name, _ in self._verifiers})
        raise RequestRefused("provider", f"must be one of {', '.join(names)}" if names else "none is configured")

    def _verifier_of(self, verification: Verification) -> Verifier:
        account = (verification.provider, verification.account)
        if account not in self._verifiers:
            text = f"{verification.provider}, account {verification.account}, is not configured any more"
            raise Refusal("provider_refused", text, verification_id=verification.verification_id)
        return self._verifiers[account]


def _in_state(state: State, after: Verification) -> Verification:
    """Return what reached a state.

    Raises:
        Refusal: it was over before, in another one.
    """
    if after.state != state:
        raise Refusal("over", f"is over: {after.state}", verification_id=after.verification_id)
    return after
