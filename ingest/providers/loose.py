"""Payloads whose documents show no example: spelling and order of fields are free, and a value is taken only if it has one meaning."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from ingest.providers.fields import Payload, credible, moment

_MONEY = re.compile(r"[^\d.,+-]*(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)[^\d.,]*")
_EPOCH_SECONDS_DIGITS = 10
_EPOCH_MILLISECONDS_DIGITS = 13


@dataclass(frozen=True)
class Conventions:
    """What an account's provider leaves unsaid in its payloads."""

    zone: tzinfo = UTC
    """Of times without an offset."""


def plain(name: str) -> str:
    """Write a field's name the one way that is looked up: `orderId`, `Order-ID` and `order id` are `order_id`."""
    return re.sub(r"[\s.-]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())).lower()


def with_plain_names(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that say something, under plain names; of two with one name the first counts."""
    fields: dict[str, Any] = {}
    for name, value in item.items():
        if value is not None and value != "":
            fields.setdefault(plain(name), value)
    return fields


class Also:
    """Further names of a field, as metadata of its type; the field's own name is looked up first, then these in their order."""

    def __init__(self, *names: str) -> None:
        self.names = names


class Loose(Payload):
    """What loosely read payloads share; an empty field counts as one that is not there."""

    @model_validator(mode="before")
    @classmethod
    def _by_any_name(cls, item: Any) -> Any:
        if not isinstance(item, dict):
            return item
        said = with_plain_names(item)
        found = {}
        for name, field in cls.model_fields.items():
            names = (name, *(also for meta in field.metadata if isinstance(meta, Also) for also in meta.names))
            found[name] = next((said[one] for one in names if one in said), None)
        return {name: value for name, value in found.items() if value is not None}


def _loose_moment(value: Any, info: ValidationInfo) -> datetime:
    """Read RFC 3339, or Unix time in seconds or milliseconds, which their lengths tell apart."""
    digits = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(digits, str) and digits.isascii() and digits.isdigit():
        if len(digits) == _EPOCH_SECONDS_DIGITS:
            return credible(datetime.fromtimestamp(int(digits), UTC))
        if len(digits) == _EPOCH_MILLISECONDS_DIGITS:
            return credible(datetime.fromtimestamp(int(digits) / 1000, UTC))
        raise ValueError("not a time")
    return moment(value, zone=info.context.zone if isinstance(info.context, Conventions) else UTC)


def _loose_moment_or_none(value: Any, info: ValidationInfo) -> datetime | None:
    try:
        return None if value is None else _loose_moment(value, info)
    except ValueError:
        return None


def _money(value: Any) -> Decimal:
    """Read `0.25`, `"$0.25"`, `"0.25 USD"` or `"1,234.50"`; `"0,25"` could be either and is refused."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError("not an amount")  # noqa: TRY004 - pydantic turns only ValueError into a complaint
    text = format(Decimal(str(value)), "f") if isinstance(value, float) else str(value)
    match = _MONEY.fullmatch(text.strip())
    if match is None:
        raise ValueError("not an amount")
    return Decimal(match[1].replace(",", ""))


def _money_or_none(value: Any) -> Decimal | None:
    try:
        return None if value is None else _money(value)
    except ValueError:
        return None


def _text_of_number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _text_or_none(value: Any) -> str | None:
    """Take a text, also out of `{"key": "ee1fdp", "name": "Facebook"}`."""
    if isinstance(value, dict):
        fields = with_plain_names(value)
        value = next((fields[name] for name in ("key", "service_key", "name", "id") if name in fields), None)
    text = _text_of_number(value)
    return text.strip() or None if isinstance(text, str) else None


LooseMoment = Annotated[datetime, BeforeValidator(_loose_moment)]
"""A time, aware and in UTC; without an offset it is of the account's zone."""
LooseMomentOrNone = Annotated[datetime | None, BeforeValidator(_loose_moment_or_none)]
"""A time that decides nothing by itself: None where it cannot be read."""
Money = Annotated[Decimal, BeforeValidator(_money)]
"""An amount in the account's currency."""
MoneyOrNone = Annotated[Decimal | None, BeforeValidator(_money_or_none)]
"""An amount that must not cost the rest: None where it cannot be read."""
Key = Annotated[str, BeforeValidator(_text_of_number), Field(min_length=1, max_length=200)]
"""A provider's key for something, such as a service or a state; a string or an integer in JSON."""
Text = Annotated[str, BeforeValidator(_text_of_number), Field(min_length=1, max_length=65_536)]
"""The text of an SMS; an integer stands for a bare code."""
TextOrNone = Annotated[str | None, BeforeValidator(_text_or_none)]
"""A name or key, on its own or inside of an object."""
