"""How the simulated dashboard words its replies and webhooks, which its document does not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Shown = Mapping[str, object]
"""A record in the simulator's own words, before it is put into a dialect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A way to word replies and webhooks."""

    enveloped: bool = True
    """Replies are `{success, data}` and events `{event, data}`; otherwise both are bare."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the simulator's field names are replaced by."""
    plus_sign: bool = True
    """Numbers are E.164 with their plus sign; otherwise without."""
    errors_with_200: bool = False
    """Refusals by the rules come under HTTP 200 and only their body tells; authentication always answers 401."""

    def reply(self, shown: Shown | list[Shown]) -> object:
        """Word a reply."""
        translated = self._translate(shown)
        return {"success": True, "data": translated} if self.enveloped else translated

    def error(self, message: str, *, field_at_fault: str | None) -> object:
        """Word a refusal."""
        errors = {} if field_at_fault is None else {"errors": {field_at_fault: [message]}}
        verdict: dict[str, object] = {"success": False} if self.enveloped else {"status": "error"}
        return {**verdict, "message": message, **errors}

    def event(self, name: str, shown: Shown) -> object:
        """Word a webhook."""
        translated = self._translate(shown)
        if self.enveloped:
            return {"event": name, "data": translated}
        return {"type": name.upper().replace(".", "_"), **(translated if isinstance(translated, dict) else {})}

    def _translate(self, value: object) -> object:
        if isinstance(value, list):
            return [self._translate(entry) for entry in value]
        if not isinstance(value, Mapping):
            return value
        return {self.names.get(name, name): self._value(name, entry) for name, entry in value.items()}

    def _value(self, name: str, value: object) -> object:
        if name == "number" and isinstance(value, str) and not self.plus_sign:
            return value.removeprefix("+")
        return self._translate(value)


ENVELOPED = Dialect()
"""`{success, data}`, events as `{event, data}`, numbers with a plus sign, errors under their own HTTP status."""

BARE = Dialect(
    enveloped=False,
    names={
        "order_id": "id",
        "number": "phone_number",
        "type": "category",
        "messages": "sms_list",
        "from": "sender",
        "message": "text",
        "received_at": "date",
        "expires_at": "expiry",
        "service_key": "key",
    },
    plus_sign=False,
    errors_with_200=True,
)
"""No envelope, other names, numbers without a plus sign, refusals under HTTP 200."""
