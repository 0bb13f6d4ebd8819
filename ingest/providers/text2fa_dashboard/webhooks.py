"""The webhooks of the dashboard: number assignment, SMS reception and rental updates, all POSTed to one URL.

No document shows them. So JSON and form bodies are read, flat or in an envelope, under common names; what is laid out differently is
said in :class:`~ingest.providers.settings.WebhookShape`; and what still could be two things is unreadable, hence a dead letter.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from ingest.providers.envelopes import WRAPPERS
from ingest.providers.loose import plain, with_plain_names
from ingest.providers.phones import e164
from ingest.providers.settings import DashboardKind, Text2faDashboardAccount, WebhookShape
from ingest.providers.text2fa_dashboard.events import NAMES, Events
from ingest.providers.text2fa_dashboard.payloads import (
    MESSAGES_NAMES,
    NUMBER_NAMES,
    ORDER_ID_NAMES,
    TEXT_NAMES,
    messages_in,
)
from ingest.providers.text2fa_dashboard.words import Meaning, kind_of, meaning_of, state_of
from schemas.events import SmsReceived, Unreadable
from schemas.rentals import RentalState, State

_INNER = (*WRAPPERS, "order", "rental", "object", "body", "params", "attributes")


class WebhookReader:
    """Reads the webhooks of one account.

    Args:
        settings: of the account.
        events: of the account; its known orders tell what a body leaves open.
    """

    def __init__(self, settings: Text2faDashboardAccount, events: Events) -> None:
        self._shape = settings.webhook_shape
        self._country = settings.country
        self._kinds = settings.kinds
        self._events = events

    def read(
        self,
        body: bytes,
        *,
        account: str,  # noqa: ARG002 - every reader is asked so; this one is of one account
        sms_id: str,
        ingested_at: datetime,
    ) -> SmsReceived | RentalState:
        """Read the body of a webhook.

        Args:
            body: the exact bytes.
            account: which of our accounts: the one of the settings.
            sms_id: the id to give to an SMS.
            ingested_at: when it came in, aware: our clock.

        Raises:
            Unreadable: says which field is missing or open, holds no value.
        """
        fields = _flat(_parsed(body), self._shape)
        if self._meaning(fields) == "sms":
            return self._sms(fields, sms_id=sms_id, now=ingested_at)
        return self._order(fields, now=ingested_at, told=state_of(fields), is_update=True)

    def _meaning(self, fields: Mapping[str, Any]) -> Meaning:
        named = meaning_of(fields, self._shape)
        if named is not None:
            return named
        if messages_in(fields):
            return "sms"
        if any(name in fields for name in (*ORDER_ID_NAMES, *NUMBER_NAMES)):
            return "rental"
        raise Unreadable("event: neither an SMS nor an order can be made out; name the event in webhook_shape.events")

    def _sms(self, fields: dict[str, Any], *, sms_id: str, now: datetime) -> SmsReceived:
        rental = self._order(fields, now=now)
        messages = messages_in(fields)
        if len(messages) != 1:
            raise Unreadable("text: missing" if not messages else "messages: more than one in one webhook")
        inside = any(isinstance(fields.get(name), (dict, list)) for name in MESSAGES_NAMES)
        message = messages[0] if inside else _of_message(fields, messages[0])
        sms = self._events.sms(message, rental, path="webhook", sms_id=sms_id, now=now)
        if sms is None:
            raise Unreadable("text: missing")
        return sms

    def _order(
        self,
        fields: dict[str, Any],
        *,
        now: datetime,
        told: State | None = None,
        is_update: bool = False,
    ) -> RentalState:
        """Find the order that a webhook is about, and take in what it says of it."""
        named = next((fields[name] for name in ORDER_ID_NAMES if isinstance(fields.get(name), (str, int))), None)
        order_id = None if named is None else str(named)
        phone = self._phone(fields)
        kind, hinted = kind_of(fields, self._shape, self._kinds)
        known = self._known(order_id, phone, kind)
        if known is None and order_id is None:
            raise Unreadable("order_id: missing, and the number is of no order that is known here")
        if known is None and kind is None:
            kind = hinted or self._shape.default_kind
            known = self._known(order_id, phone, kind)
            if kind is None:
                raise Unreadable(
                    "kind: s1, s2 or rental cannot be told apart; set webhook_shape.kinds or .default_kind"
                )
        if known is not None and not is_update:
            return known if known.phone or phone is None else known.model_copy(update={"phone": phone})
        name = known.provider if known is not None else NAMES[kind or "s1"]
        about = {"order_id": order_id or self._id_of(known), "number": phone}
        if is_update:
            # Of a webhook, `created_at` may be the event's own time; of one about an SMS, status and price may be the SMS's too.
            about = {**fields, **about, "created_at": None}
        order = self._events.order(about)
        state = order.state or told
        rental = self._events.rental(name, order, now=now, state=state, known=known)
        if state in ("released", "expired", "cancelled", "refunded"):
            rental = rental.model_copy(update={"ends_at": min(rental.ends_at or now, now), "state": state})
            self._events.orders.note(rental)
        return rental

    def _known(self, order_id: str | None, phone: str | None, kind: DashboardKind | None) -> RentalState | None:
        """Find the order among those of a kind, or of all of the account's."""
        names = [NAMES[one] for one in ((kind,) if kind else self._kinds)]
        return self._events.orders.find(order_id, phone, names)

    def _phone(self, fields: Mapping[str, Any]) -> str | None:
        number = next((fields[name] for name in NUMBER_NAMES if isinstance(fields.get(name), (str, int))), None)
        return None if number is None else e164(str(number), country=self._country)

    @staticmethod
    def _id_of(known: RentalState | None) -> str | None:
        return None if known is None else known.line.partition(":")[2]


def _of_message(fields: Mapping[str, Any], message: Mapping[str, Any]) -> dict[str, Any]:
    """Add what a flat webhook says of the SMS besides: there, a bare `time` or `created_at` is of the SMS, not of the order."""
    others = {
        name: value
        for name, value in fields.items()
        if name not in TEXT_NAMES and name not in ORDER_ID_NAMES and name not in NUMBER_NAMES
    }
    return {**others, **message}


def _parsed(body: bytes) -> dict[str, Any]:
    """Read a JSON object, or a form; names like `data[order_id]` are nested."""
    text = body.decode("utf-8", "surrogateescape").strip()
    if text.startswith(("{", "[")):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise Unreadable("body: not JSON") from None
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            raise Unreadable("body: JSON, but no object")
        return value
    pairs = parse_qsl(text, keep_blank_values=True) if "=" in text else []
    if not pairs:
        raise Unreadable("body: neither a JSON object nor a form")
    form: dict[str, Any] = {}
    for name, value in pairs:
        outer, *inner = re.findall(r"[^\[\]]+", name) or [name]
        place = form
        for part in inner:
            below = place.setdefault(outer, {})
            if not isinstance(below, dict):
                raise Unreadable("body: the form has one name for a value and for a group")
            place, outer = below, part
        place[outer] = value
    return form


def _flat(body: dict[str, Any], shape: WebhookShape) -> dict[str, Any]:
    """Return the fields of a body and of the envelopes in it, the inner ones before the outer, the configured ones before all."""
    layers = [with_plain_names(body)]
    while len(layers) < 4:
        inner = next((layers[-1][name] for name in _INNER if isinstance(layers[-1].get(name), dict)), None)
        if inner is None:
            break
        layers.append(with_plain_names(inner))
    fields: dict[str, Any] = {}
    for depth, layer in enumerate(layers, start=1):
        if depth < len(layers):
            layer.pop("id", None)  # of the webhook, not of the order
        fields.update(
            {name: value for name, value in layer.items() if name not in _INNER or not isinstance(value, dict)}
        )
    for name, path in shape.fields.items():
        found = _at(body, path)
        if found is not None:
            fields[plain(name)] = found
    return fields


def _at(body: Any, path: str) -> Any:
    for part in path.split("."):
        if isinstance(body, dict):
            body = body.get(part)
        elif isinstance(body, list) and part.isdigit() and int(part) < len(body):
            body = body[int(part)]
        else:
            return None
    return body
