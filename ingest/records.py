"""The records of the ingest stage: which topic, which key, which headers."""

from datetime import datetime
from functools import cache

from ingest.publisher import Outgoing
from schemas import wire
from schemas.cloudevents import Headers, fixed, rfc3339
from schemas.dead_letters import DeadLetter, dead_letter
from schemas.events import Path, SmsReceived
from schemas.rentals import RentalState
from schemas.topics import RENTALS, SMS, Topic, dead


def sms_record(sms: SmsReceived | wire.Sms) -> Outgoing:
    """Return the record of one SMS, keyed by its line."""
    return _record(
        SMS,
        SmsReceived.ce_type,
        wire.encode(sms) if isinstance(sms, wire.Sms) else sms.encode(),
        key=sms.line,
        path=sms.path,
        provider=sms.provider,
        event_id=sms.sms_id,
        time=sms.received_at,
    )


def rental_record(rental: RentalState, *, event_id: str, path: Path = "poll") -> Outgoing:
    """Return the record of one rental's state, keyed by its line; `path` is how we learnt of it."""
    return _record(
        RENTALS,
        RentalState.ce_type,
        rental.encode(),
        key=rental.line,
        path=path,
        provider=rental.provider,
        event_id=event_id,
        time=rental.updated_at,
    )


def dead_record(
    raw: bytes,
    detail: str,
    *,
    meant_for: Topic,
    line: str | None,
    provider: str,
    path: Path,
    letter_id: str,
    now: datetime,
) -> Outgoing:
    """Return the dead letter of what could not be read.

    Args:
        raw: the original bytes.
        detail: fields and kinds of fault; never a value.
        meant_for: the topic that it would have gone to.
        line: its key, where it is known without reading it.
        provider: the provider's name.
        path: the way it came in.
        letter_id: the id to give.
        now: our clock, aware.
    """
    letter = dead_letter(
        raw,
        key=None if line is None else line.encode(),
        reason="unreadable",
        detail=detail,
        stage="ingest",
        source=f"{path}/{provider}",
        dead_letter_id=letter_id,
        died_at=now,
    )
    return _record(
        dead(meant_for),
        DeadLetter.ce_type,
        letter.encode(),
        key=line,
        path=path,
        provider=provider,
        event_id=letter_id,
        time=now,
    )


def _record(
    topic: Topic,
    ce_type: str,
    value: bytes,
    *,
    key: str | None,
    path: Path,
    provider: str,
    event_id: str,
    time: datetime,
) -> Outgoing:
    headers: Headers = [
        *_fixed(ce_type, path, provider),
        ("ce_id", event_id.encode()),
        ("ce_time", rfc3339(time).encode()),
    ]
    return Outgoing(topic.name, None if key is None else key.encode(), value, headers)


@cache
def _fixed(ce_type: str, path: Path, provider: str) -> Headers:
    """Build once what every record of a kind shares."""
    return fixed(ce_type=ce_type, source=f"/otpstream/ingest/{path}/{provider}")
