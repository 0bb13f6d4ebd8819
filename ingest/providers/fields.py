"""The fields of providers' payloads, read tolerantly where a value can only mean one thing, and refused where it would be a guess."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from schemas.events import Phone, Unreadable, complaints

CREDIBLE_YEARS = range(2000, 2100)
"""Of a time that a provider tells: outside of these its clock is broken, and arithmetic with it may leave what a date can be."""

_RFC3339_START = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d")
_PHONE_SEPARATORS = str.maketrans("", "", " -.()")


def _text_of_number(value: Any) -> Any:
    """Take a JSON integer for the string that it stands for: ids and short codes come as either."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def moment(value: Any, *, zone: tzinfo = UTC) -> datetime:
    """Read a date with a time, and nothing else: a bare number or day would be read as some other moment.

    Args:
        value: as JSON gives it.
        zone: of a time that comes without an offset.

    Returns:
        Aware, in UTC.

    Raises:
        ValueError: not RFC 3339, or not of a credible year.
    """
    if not isinstance(value, str) or not _RFC3339_START.match(value):
        raise ValueError("not RFC 3339")
    at = datetime.fromisoformat(value.upper())
    try:
        at = at if at.tzinfo is UTC else (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise ValueError("out of range") from None
    return credible(at)


def credible(at: datetime) -> datetime:
    """Return a time in UTC as it is.

    Raises:
        ValueError: its year is none of :data:`CREDIBLE_YEARS`.
    """
    if at.year not in CREDIBLE_YEARS:
        raise ValueError("not of a credible year")
    return at


def _utc_moment(value: Any) -> datetime:
    return moment(value)


def _without_separators(value: Any) -> Any:
    return value.translate(_PHONE_SEPARATORS) if isinstance(value, str) else value


def _country_or_none(value: Any) -> str | None:
    """Keep an ISO 3166-1 alpha-2 code and drop anything else: the country decides nothing, so it must not cost the number."""
    code = value.strip().upper() if isinstance(value, str) else ""
    return code if re.fullmatch("[A-Z]{2}", code) else None


Id = Annotated[str, BeforeValidator(_text_of_number), Field(pattern=r"^\S+$", max_length=100)]
"""A provider's id, a string or an integer in JSON."""
Sender = Annotated[str, BeforeValidator(_text_of_number), Field(max_length=256)]
"""A phone number, a short code or a name, as the provider wrote it."""
Moment = Annotated[datetime, BeforeValidator(_utc_moment)]
"""RFC 3339 of a credible year, aware and in UTC; without an offset it is taken for UTC."""
PhoneNumber = Annotated[Phone, BeforeValidator(_without_separators)]
"""E.164 with the plus; spaces, dots, dashes and brackets are dropped. Without the plus it could be any country's, so it is refused."""
Country = Annotated[str | None, BeforeValidator(_country_or_none)]
"""ISO 3166-1 alpha-2, None where it is anything else."""


class Payload(BaseModel):
    """What all payloads share: frozen, unknown fields ignored, no value in an error."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


_P = TypeVar("_P", bound=Payload)


def read_payload(model: type[_P], item: Any, *, context: Any = None) -> _P:
    """Read one item, as JSON gives it.

    Args:
        model: what it should be.
        item: what came.
        context: what the model's validators ask for besides.

    Raises:
        Unreadable: names the fields, holds no value.
    """
    try:
        return model.model_validate(item, context=context)
    except ValidationError as error:
        raise Unreadable(complaints(error)) from None


def read_body(model: type[_P], body: bytes) -> _P:
    """Read one JSON body.

    Raises:
        Unreadable: names the fields, holds no value.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise Unreadable(complaints(error)) from None
