"""The three records of the hot path as structs: the fields of `schemas.events`, read and written at a quarter of pydantic's price.

The models remain the contract. What a struct cannot read is given to the model, which has the last word and the better complaint;
`tests/unit/schemas/test_wire.py` holds the structs to the models, field by field and byte by byte.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from schemas.events import Path, SmsReceived

_Aware = Annotated[datetime, Meta(tz=True)]
_LINE: Final = re.compile(r"[a-z0-9][a-z0-9-]*:.")
_Phone = Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{5,14}$")]


class Sms(Struct, frozen=True, gc=False):
    """:class:`schemas.events.SmsReceived`."""

    sms_id: Annotated[str, Meta(min_length=1, max_length=64)]
    provider: Annotated[str, Meta(min_length=1, max_length=40)]
    line: Annotated[str, Meta(max_length=200)]
    path: Path
    sender: Annotated[str, Meta(max_length=256)]
    text: Annotated[str, Meta(max_length=65536)]
    received_at: _Aware
    ingested_at: _Aware
    account: Annotated[str, Meta(max_length=40)] = "default"
    phone: _Phone | None = None
    provider_message_id: Annotated[str, Meta(max_length=200)] | None = None


class Message(Struct, frozen=True, gc=False):
    """:class:`schemas.events.Message`."""

    message_id: str
    revision: int
    provider: str
    account: str
    line: str
    path: str
    phone: str | None
    sender: str
    text: str
    received_at: datetime
    ingested_at: datetime
    processed_at: datetime
    code: str | None
    confidence: float
    reason: str
    kind: str | None
    service: str | None
    valid_seconds: int | None
    rental_id: str | None
    verification_id: str | None = None


class Code(Struct, frozen=True, gc=False):
    """:class:`schemas.events.Code`."""

    message_id: str
    revision: int
    code: str
    confidence: float
    kind: str | None
    service: str | None
    provider: str
    account: str
    line: str
    phone: str | None
    sender: str
    rental_id: str | None
    received_at: datetime
    ingested_at: datetime
    processed_at: datetime
    expires_at: datetime
    verification_id: str | None = None


encode = msgspec.json.Encoder().encode
"""Write a struct as JSON, UTF-8."""

_decode = msgspec.json.Decoder(Sms).decode


@lru_cache(maxsize=100_000)
def _is_line(line: str) -> bool:
    """Tell whether this can be a line; remembered, for a pattern costs as much as half a record and lines come again and again."""
    return _LINE.match(line) is not None


def read_sms(value: bytes | None) -> Sms:
    """Read an SMS.

    Raises:
        Unreadable: not an SMS; names the fields, holds no value.
    """
    try:
        sms = _decode(value or b"")
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _by_the_model(value)
    return sms if _is_line(sms.line) else _by_the_model(value)


def _by_the_model(value: bytes | None) -> Sms:
    sms = SmsReceived.decode(value)
    return Sms(**{name: getattr(sms, name) for name in Sms.__struct_fields__})
