"""One of every shape of a verification's record, made by the code that really writes it."""

from collections.abc import Iterator
from decimal import Decimal

from ingest.providers.contract import Started, VerifyRequest
from otpstream.control.verifications import life
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
    checking = life.checking(arrived, attempts_limit=5, now=NOON + seconds(20), call_seconds=35)
    foreign = _intent(None)
    uncertain = life.lapsed(foreign, now=NOON + seconds(35))
    versions = {
        "requested": intent,
        "step": first_step[-1],
        "sms_arrived": arrived,
        "check_failed": life.check_failed(checking, attempts_limit=5, now=NOON + seconds(20.2)),
        "verified": life.verified(checking, now=NOON + seconds(20.2)),
        "uncertain": uncertain,
        "expired": life.advanced(uncertain, NOON + seconds(400))[-1],
        "refused": life.refused(foreign, reason="provider_live", detail="start: answered 409", now=NOON + seconds(1)),
        "held": life.held(foreign, reason="conversion_collapsed", detail="0 of 50 verifications of +1 were completed"),
    }
    for name, version in versions.items():
        yield name, event_of(version).encode()


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
