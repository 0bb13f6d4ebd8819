"""The envelopes of replies that no document shows: `{"data": […]}`, `{"status": "success", …}`, a bare list. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.providers.errors import CallRefused, KeyRefused, ProviderError, ReplyUnreadable
from ingest.providers.loose import with_plain_names
from ingest.providers.refusals import is_refusal, told
from ingest.providers.replies import json_value

WRAPPERS = ("data", "result", "results", "response", "items", "list", "records", "rows", "payload")
DEEPEST = 4
_ENVELOPE_FIELDS = ("status", "success", "ok", "message", "msg", "error", "errors", "status_code")
_SUCCESS_CODES = ("0", "200", "201")
"""What `code` says of a call that went well; any other may be the code of an SMS."""
_SUCCESS_WORDS = {"success", "successful", "ok", "true", "200"}
OK_STATUS = 200


class Body:
    """The JSON of one 2xx reply, opened.

    Args:
        content: the bytes.
        call: the provider and the call, for error texts.

    Raises:
        ReplyUnreadable: it is not JSON.
        CallRefused: it is, and says that the call failed; so nothing was done.
        KeyRefused: it says that it does so for the key.
    """

    def __init__(self, content: bytes, *, call: str) -> None:
        self._value = json_value(content, call=call)
        self._call = call
        if is_refusal(self._value):
            raise _refusal(self._value, call)

    def items(self, *names: str, is_keyed: bool = False) -> list[Any]:
        """Return the list of the reply.

        Args:
            names: what the list may be called, besides the common wrappers.
            is_keyed: whether an object may stand for the list, its names being the items' keys: `{"AL": "Alabama"}`.

        Raises:
            ReplyUnreadable: there is none.
        """
        found = _list_in(self._value, (*names, *WRAPPERS), is_keyed=is_keyed, depth=0)
        if found is None:
            raise ReplyUnreadable(f"{self._call}: the reply holds no list ({', '.join(names)} or data)")
        return found

    def fields(self, *names: str) -> dict[str, Any]:
        """Return the object of the reply, its fields under plain names, without those that speak of the call itself.

        Args:
            names: what the object may be called, besides the common wrappers.

        Raises:
            ReplyUnreadable: there is none.
        """
        value = self._value
        for _ in range(DEEPEST):
            if isinstance(value, list) and len(value) == 1:
                value = value[0]
            if not isinstance(value, dict):
                break
            plainly = with_plain_names(value)
            inner = next((plainly[name] for name in (*names, *WRAPPERS) if _is_wrapped(plainly.get(name))), None)
            if inner is None:
                return without_envelope(plainly)
            value = inner
        raise ReplyUnreadable(f"{self._call}: the reply holds no object ({', '.join(names)} or data)")

    def next_page(self) -> int | None:
        """Return the number of the page that follows, None where the reply is whole.

        Source: the paginators of common frameworks: `current_page` and `last_page`, at the top or below `data`, `meta` or `pagination`.
        """
        return _next_page(self._value)


def without_envelope(fields: dict[str, Any]) -> dict[str, Any]:
    """Drop `status`, `message` and the like where they speak of the call: where the status is a word for success."""
    flags = (fields.get("status"), fields.get("success"), fields.get("ok"))
    if not any(str(flag).lower() in _SUCCESS_WORDS for flag in flags if flag is not None):
        return fields
    return {
        name: value
        for name, value in fields.items()
        if name not in _ENVELOPE_FIELDS and not (name == "code" and str(value) in _SUCCESS_CODES)
    }


def unreadable(call: str, complaint: Exception) -> ReplyUnreadable:
    """Return the error of a reply whose fields cannot be read."""
    return ReplyUnreadable(f"{call}: {complaint}")


def _refusal(value: Mapping[str, Any], call: str) -> ProviderError:
    said = told(value)
    if said.is_about_the_key:
        return KeyRefused(
            f"{call}: answered 200, and in the body that it does not accept the API key; check that it is current"
        )
    because = "" if said.reason == "other" else f" ({said.reason})"
    what = f"{call}: answered 200, and in the body that it failed{because}"
    return CallRefused(what, status=OK_STATUS, reason=said.reason, fields=said.fields, is_told=True)


def _is_wrapped(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict))


def _list_in(value: Any, names: Sequence[str], *, is_keyed: bool, depth: int) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth > DEEPEST:
        return None
    fields = {str(name).strip().lower(): inner for name, inner in value.items()}
    for name in names:
        if name in fields:
            inner = fields[name]
            if inner is None or inner == {}:
                return [] if without_envelope(with_plain_names(value)) != with_plain_names(value) else None
            found = _list_in(inner, names, is_keyed=is_keyed, depth=depth + 1)
            if found is not None:
                return found
    return _keyed(value) if is_keyed and value else None


def _keyed(value: Mapping[str, Any]) -> list[Any] | None:
    """Read `{"AL": "Alabama"}` or `{"ee1fdp": {"name": …}}` as a list of objects that hold their key."""
    items: list[Any] = []
    for key, inner in value.items():
        if key in _ENVELOPE_FIELDS:  # as it is written: OK is Oklahoma
            continue
        if isinstance(inner, dict):
            items.append({"key": key, **inner})
        elif isinstance(inner, str):
            items.append({"key": key, "name": inner})
        else:
            return None
    return items


def _next_page(value: Any) -> int | None:
    if not isinstance(value, dict):
        return None
    current, last = value.get("current_page"), value.get("last_page")
    if isinstance(current, int) and isinstance(last, int):
        return current + 1 if current < last else None
    return next((page for name in ("data", "meta", "pagination") if (page := _next_page(value.get(name)))), None)
