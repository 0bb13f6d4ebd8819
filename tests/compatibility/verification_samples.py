"""One of every shape of a verification's and of a prefix's record, made by the code that really writes it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.providers.contract import Started, VerifyRequest
from otpstream.control.fraud import decision
from otpstream.control.fraud.decision import Conversion, PrefixHold
from otpstream.control.fraud.settings import FraudSettings
from otpstream.control.verifications import closing, life
from otpstream.control.verifications.record import Verification, event_of
from tests.builders import LINE, NOON, PHONE, seconds


def verification_samples() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the value of every sample; the same bytes each time."""
    intent = _intent(LINE)
    [_, *first_step] = life.started(
        intent, Started(provider_verification_id="p-1", price=Decimal("0.05")), now=NOON + seconds(1)
    )
    arrived = life.arrived(
        first_step[-1], message_id="sms-1", received_at=NOON + seconds(4), code="4711", now=NOON + seconds(4.5)
    )
    assert arrived is not None
    checking = closing.checking(arrived, attempts_limit=5, now=NOON + seconds(20), call_seconds=35)
    foreign = _intent(None)
    uncertain = life.lapsed(foreign, now=NOON + seconds(35))
    versions = {
        "requested": intent,
        "step": first_step[-1],
        "sms_arrived": arrived,
        "check_failed": closing.check_failed(checking, attempts_limit=5, now=NOON + seconds(20.2)),
        "verified": closing.verified(checking, now=NOON + seconds(20.2)),
        "uncertain": uncertain,
        "expired": life.advanced(uncertain, NOON + seconds(400))[-1],
        "refused": life.refused(foreign, reason="provider_live", detail="start: answered 409", now=NOON + seconds(1)),
        "held": life.held(foreign, reason="conversion_collapsed", detail="0 of 50 verifications of +1 were completed"),
    }
    for name, version in versions.items():
        yield name, event_of(version).encode()


def hold_samples() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the value of every sample of what stands on a prefix; the same bytes each time."""
    hold = decision.judged("+44", Conversion(started=50, completed=1), FraudSettings(), now=NOON)
    assert hold is not None
    allowed = PrefixHold(
        prefix="+44",
        action="allow",
        reason="held_by_operator",
        detail="campaign",
        changed_at=NOON + seconds(90),
        ends_at=None,
    )
    versions = {"hold": hold, "lifted": decision.lifted(hold, now=NOON + seconds(60)), "allow": allowed}
    for number, (name, version) in enumerate(versions.items(), start=1):
        yield name, decision.event_of(replace(version, sequence=number)).encode()


def _intent(line: str | None) -> Verification:
    return life.requested(
        VerifyRequest(phone=PHONE, brand="Acme", code_length=4, workflow="1"),
        verification_id="v-1",
        client="acme",
        provider="textmagic",
        account="default",
        prefix="+1",
        line=line,
        auto_complete=False,
        now=NOON,
        call_seconds=35,
    )
