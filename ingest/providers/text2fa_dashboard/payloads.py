"""What the dashboard says of orders and messages, under every name that is common for it. Pure.

The documentation shows no reply and no webhook. So a field is looked up under its usual names, and what is missing is named in the error.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from ingest.providers.fields import Country, Id, Sender
from ingest.providers.loose import (
    Also,
    Key,
    Loose,
    LooseMoment,
    LooseMomentOrNone,
    Money,
    MoneyOrNone,
    Text,
    TextOrNone,
    plain,
    with_plain_names,
)
from schemas.rentals import State

ORDER_ID_NAMES = (
    "order_id",
    "orderid",
    "rental_id",
    "request_id",
    "activation_id",
    "reservation_id",
    "number_id",
    "order",
    "id",
)
NUMBER_NAMES = ("number", "phone_number", "phone", "phonenumber", "msisdn", "mobile", "mdn", "tel", "rental_number")
TEXT_NAMES = (
    "text",
    "sms",
    "sms_text",
    "full_sms",
    "full_text",
    "sms_content",
    "message",
    "message_text",
    "sms_message",
    "content",
    "body",
    "msg",
    "sms_code",
    "code",
    "otp",
    "otp_code",
    "pin",
)
SENDER_NAMES = ("sender", "from", "from_number", "sender_id", "sms_from", "source", "originator")
SMS_TIME_NAMES = ("received_at", "sms_received_at", "receive_time", "received_time", "sms_time", "sms_date", "received")
"""Names that can only mean when the SMS came; the others may be an order's."""
TIME_NAMES = (*SMS_TIME_NAMES, "time", "timestamp", "datetime", "date_time", "date", "created_at", "sent_at")
MESSAGES_NAMES = ("messages", "sms", "sms_list", "received_sms", "message", "texts", "inbox")

_NOTHING_YET = re.compile(r"(?:no(?:ne|t)?\b.*|null|n/?a|-+|0|false|(?:waiting|pending).*)", re.I)
"""What stands where an SMS will be; a real text of such a beginning is longer than this."""
_NOTHING_YET_CHARACTERS = 40

_STATES: dict[str, State] = {
    **dict.fromkeys(("requested", "processing", "queued"), "requested"),
    **dict.fromkeys(("active", "reserved", "pending", "waiting", "open", "rented", "assigned", "in_use"), "active"),
    **dict.fromkeys(
        ("received", "sms_received", "code_received", "completed", "complete", "finished"), "code_received"
    ),
    **dict.fromkeys(("released", "closed", "ended", "inactive", "released_number"), "released"),
    **dict.fromkeys(("expired", "timeout", "timed_out", "time_out"), "expired"),
    **dict.fromkeys(("cancelled", "canceled", "rejected", "cancel", "reject"), "cancelled"),
    **dict.fromkeys(("refunded", "refund"), "refunded"),
}


class Order(Loose):
    """One order of any kind."""

    order_id: Annotated[Id, Also(*ORDER_ID_NAMES)]
    number: Annotated[TextOrNone, Also(*NUMBER_NAMES)] = None
    country: Annotated[Country, Also("country_code", "country_iso")] = None
    service_key: Annotated[TextOrNone, Also("key", "service", "service_name", "app", "application")] = None
    status: Annotated[TextOrNone, Also("state", "order_status")] = None
    price: Annotated[MoneyOrNone, Also("cost", "amount", "charge", "charged", "total", "fee")] = None
    price_per_day: Annotated[MoneyOrNone, Also("daily_price", "day_price", "daily_rate", "rate_per_day")] = None
    started_at: Annotated[
        LooseMomentOrNone, Also("start_date", "start_time", "rented_at", "reserved_at", "created_at")
    ] = None
    ends_at: Annotated[
        LooseMomentOrNone,
        Also(
            "expires_at",
            "expired_at",
            "expire_at",
            "expiry",
            "expiry_date",
            "expiration",
            "expires",
            "end_date",
            "end_time",
            "valid_until",
            "expiration_date",
            "expire_time",
        ),
    ] = None

    @property
    def state(self) -> State | None:
        """The state that the order's own words name, None where they name none that is known."""
        return state_named(self.status)

    def price_of(self, days: int | None) -> Decimal | None:
        """Return what the order cost at first; a reply may say what each of its days costs, under one name or two.

        Args:
            days: that it was asked for; None where it is no rental by the day.
        """
        if days is None or self.price_per_day is None or self.price not in (None, self.price_per_day):
            return self.price
        return self.price_per_day * days


class Renewed(Loose):
    """What the reply to a renewal may say besides; an order's own price is that of its first days."""

    renewal_price: Annotated[
        MoneyOrNone,
        Also(
            "renewal_cost",
            "renewal_amount",
            "renewal_fee",
            "renew_price",
            "renew_cost",
            "extension_price",
            "extension_cost",
            "additional_price",
            "additional_cost",
        ),
    ] = None


class Settled(Loose):
    """What the reply to a reject or cancel may say besides."""

    refund: Annotated[MoneyOrNone, Also("refund_amount", "refunded", "refunded_amount", "amount_refunded")] = None


class ShortMessage(Loose):
    """One SMS."""

    text: Annotated[Text, Also(*TEXT_NAMES)]
    sender: Annotated[Sender, Also(*SENDER_NAMES)] = ""
    received_at: Annotated[LooseMoment | None, Also(*TIME_NAMES)] = None


class Service(Loose):
    """One service that can be rented for."""

    key: Annotated[Key, Also("service_key", "code", "slug", "id", "service_id")]
    name: Annotated[TextOrNone, Also("service_name", "title", "label", "service")] = None
    country: Annotated[Country, Also("country_code", "country_iso")] = None
    price: Annotated[
        Money | None, Also("cost", "amount", "rate", "price_usd", "daily_price", "price_per_day", "fee")
    ] = None
    available: Annotated[int | None, Also("count", "quantity", "stock", "numbers", "qty")] = None


class Place(Loose):
    """One state or country."""

    code: Annotated[Key, Also("state_code", "key", "abbreviation", "abbr", "iso", "state", "id", "name")]
    name: Annotated[TextOrNone, Also("state_name", "title", "label", "country", "state")] = None


def state_named(word: str | None) -> State | None:
    """Return the state that a word of the provider means, None for a word that is not known."""
    return None if word is None else _STATES.get(re.sub(r"[\s-]+", "_", word.strip().lower()))


def messages_in(fields: Mapping[str, Any]) -> list[Any]:
    """Return the SMS that the details of an order hold: a list, one object, or fields of the order itself.

    Args:
        fields: of the order, under plain names.
    """
    for name in MESSAGES_NAMES:
        inside = fields.get(name)
        if isinstance(inside, dict):
            return [inside]
        if isinstance(inside, list):
            return [{"text": one} if isinstance(one, str) else one for one in inside]
    text = next((fields[name] for name in TEXT_NAMES if is_text(fields.get(name))), None)
    if text is None:
        return []
    said = {"text": str(text)}
    for ours, names in (("sender", SENDER_NAMES), ("received_at", SMS_TIME_NAMES)):
        value = next((fields[name] for name in names if fields.get(name)), None)
        if value is not None:
            said[ours] = value
    return [said]


def is_text(value: Any) -> bool:
    """Tell whether this is the text or code of an SMS, and not a word that none came yet."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value != 0
    if not isinstance(value, str) or not value.strip():
        return False
    return len(value) > _NOTHING_YET_CHARACTERS or _NOTHING_YET.fullmatch(value.strip()) is None


def is_awaited(item: Any) -> bool:
    """Tell whether an item of a list of SMS only keeps the place of one that did not come yet, as `{"sms": null}`."""
    if not isinstance(item, dict):
        return False
    said = {plain(name): value for name, value in item.items()}
    places = [name for name in TEXT_NAMES if name in said]
    return bool(places) and not any(is_text(said[name]) for name in places)


def listed(item: Any, *, name: str = "key") -> Any:
    """Return an item of a list of services or states: a bare string is its key."""
    return {name: item} if isinstance(item, str) else with_plain_names(item) if isinstance(item, dict) else item
