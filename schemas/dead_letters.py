"""What could not be processed: the reason, the stage and the original bytes, so that it can be driven again once mended."""

import base64
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Base64Bytes, Field

from schemas.events import Event

Reason = Literal["unreadable", "bug"]
"""unreadable: the bytes are not what they should be · bug: readable, but our own code failed on it."""

Stage = Literal["ingest", "process", "deliver"]

VALUE_LIMIT_BYTES = 700_000
"""Base64 makes four thirds of it, and brokers take 1 MiB a record: a letter that they refuse would hold up its source for good."""
KEY_LIMIT_BYTES = 16_000
"""The key goes twice into the record, as its key and in Base64: that leaves room for both beside the longest value."""
DETAIL_LIMIT_CHARACTERS = 2_000


class DeadLetter(Event):
    """One thing that stopped here, whole. Made by :func:`dead_letter`; the constructor takes Base64, as JSON holds it.

    Topic: `<topic>.dead`, keyed as its source; of an HTTP body, the topic that it was meant for.
    """

    ce_type = "otp.dead-letter.v1"

    dead_letter_id: str
    reason: Reason
    detail: str = Field(max_length=DETAIL_LIMIT_CHARACTERS)
    """Fields and kinds of fault, or the class of the exception; never a value, since values hold codes."""
    stage: Stage
    source: str
    """`<topic>/<partition>/<offset>`, or the route that received it, such as `webhook/text2fa`."""
    key: Base64Bytes | None
    """The original Kafka key, Base64 in JSON; None where there was none. Cut, as `detail` then says, like the value."""
    value: Base64Bytes | None
    """The original bytes, Base64 in JSON; None for a Kafka tombstone. Cut, as `detail` then says, where no broker would take it whole."""
    died_at: AwareDatetime


def dead_letter(
    value: bytes | None,
    *,
    key: bytes | None,
    reason: Reason,
    detail: str,
    stage: Stage,
    source: str,
    dead_letter_id: str,
    died_at: datetime,
) -> DeadLetter:
    """Return the dead letter of raw bytes; the other arguments are its fields. Its record is keyed by its `key`, which is bounded."""
    if key is not None and len(key) > KEY_LIMIT_BYTES:
        detail = f"key cut to {KEY_LIMIT_BYTES} of {len(key)} bytes; {detail}"
        key = key[:KEY_LIMIT_BYTES]
    if value is not None and len(value) > VALUE_LIMIT_BYTES:
        detail = f"cut to {VALUE_LIMIT_BYTES} of {len(value)} bytes; {detail}"
        value = value[:VALUE_LIMIT_BYTES]
    return DeadLetter(
        dead_letter_id=dead_letter_id,
        reason=reason,
        detail=detail[:DETAIL_LIMIT_CHARACTERS],
        stage=stage,
        source=source,
        key=None if key is None else base64.b64encode(key),
        value=None if value is None else base64.b64encode(value),
        died_at=died_at,
    )
