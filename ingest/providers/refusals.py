"""What a provider's error body says, reduced to words of ours: the provider's own may quote keys, phones or codes. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ingest.providers.errors import Reason

_KEY_WORDS = re.compile(
    r"api[ _-]?key|(?:api|access|auth|invalid|bad|wrong|missing)[ _-]token|token (?:is |has )?(?:invalid|expired|wrong|missing)"
    r"|unauthori[sz]ed|unauthenticated|credentials",
    re.I,
)
_REASON_WORDS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    ("balance", re.compile(r"balance|funds|insufficient|credit|top[ -]?up", re.I)),
    (
        "early",
        re.compile(r"too (?:early|soon)|\byet\b|not earlier|please wait|wait (?:at least|until|\d)|\d+ seconds", re.I),
    ),
    (
        "over",
        re.compile(
            r"already (?!in progress)|expired|not active|inactive|no longer|ended|closed"
            r"|\b(?:is|was|been) (?:cancell?ed|rejected|released|refunded|completed|finished)",
            re.I,
        ),
    ),
    ("unknown", re.compile(r"not found|no such|unknown|does ?n[o']t exist|invalid (?:order|rental|verif)", re.I)),
    (
        "stock",
        re.compile(r"(?:no|zero) (?:\w+ )?numbers?|out of stock|unavailable|not available|no free|sold out", re.I),
    ),
)
_TEXTS = ("message", "error", "errors", "detail", "details", "description", "reason", "title", "error_message", "msg")
_NAME = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")
_ERROR_WORDS = {"error", "fail", "failed", "failure", "false", "unauthorized", "forbidden"}


class Told(NamedTuple):
    """What an error body says."""

    is_json: bool
    is_about_the_key: bool
    reason: Reason
    fields: frozenset[str]
    """Names of request fields; never a value."""


NOTHING_TOLD = Told(is_json=False, is_about_the_key=False, reason="other", fields=frozenset())


def told_in(content: bytes) -> Told:
    """Read the body of an error answer."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return NOTHING_TOLD
    return told(value) if isinstance(value, dict) else NOTHING_TOLD


def told(value: Mapping[str, Any]) -> Told:
    """Read an error object, such as `{"code": 400, "message": "…", "errors": {"phone": ["…"]}}`."""
    text = " ".join(_strings([value.get(name) for name in _TEXTS]))
    errors = value.get("errors")
    fields = frozenset(name for name in errors if _NAME.fullmatch(name)) if isinstance(errors, dict) else frozenset()
    return Told(True, _KEY_WORDS.search(text) is not None, _reason(text), fields)


def is_refusal(value: Any) -> bool:
    """Tell whether a 2xx body says by itself that the call failed: `{"status": "error"}`, `{"success": false}`, `{"error": "…"}`."""
    if not isinstance(value, dict):
        return False
    status = value.get("status")
    if status is False or (isinstance(status, str) and status.strip().lower() in _ERROR_WORDS):
        return True
    if isinstance(status, int) and status >= 400:
        return True
    if any(flag is False or flag == "false" for flag in (value.get("success"), value.get("ok"))):
        return True
    return bool(value.get("error")) and value.get("error") not in (0, "0", "false") and "data" not in value


def _reason(text: str) -> Reason:
    return next((reason for reason, words in _REASON_WORDS if words.search(text)), "other")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
