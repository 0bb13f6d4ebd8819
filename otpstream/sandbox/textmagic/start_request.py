"""What a verification may be asked for with: the fields of its start, checked as TextMagic documents them; no I/O.

Source: TextMagic, "Send a verification code".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import phonenumbers

from otpstream.sandbox.textmagic.languages import LANGUAGES, language_of
from otpstream.sandbox.textmagic.workflows import DEFAULT_WORKFLOW, WORKFLOWS

_MAX_BRAND_CHARACTERS = 18
_DEFAULT_SENDER = "TextMagic"
_CODE_LENGTHS = {"4": 4, "6": 6}


class Invalid(Exception):
    """A request with fields at fault.

    Args:
        errors: Sentences by field.
    """

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("the request is invalid")
        self.errors = errors


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRequest:
    """A verification that was asked for."""

    phone: str = field(repr=False)
    """E.164."""
    brand: str
    code_length: int
    workflow_id: str
    language: str
    sender: str


def read_start(content: Mapping[str, object]) -> StartRequest:
    """Check the fields of a start.

    Raises:
        Invalid: Fields are missing or wrong; it names all of them.
    """
    errors: dict[str, list[str]] = {}
    phone, region = _read_phone(content, errors)
    brand = content.get("brand")
    if not isinstance(brand, str) or not (0 < len(brand) <= _MAX_BRAND_CHARACTERS and _alphanumeric(brand)):
        errors["brand"] = [f"must be 1 to {_MAX_BRAND_CHARACTERS} letters and digits"]
    code_length = _CODE_LENGTHS.get(_as_text(content.get("codeLength")))
    if code_length is None:
        errors["codeLength"] = ["must be 4 or 6"]
    workflow_id = _as_text(content.get("workflowId")) or DEFAULT_WORKFLOW
    if workflow_id not in WORKFLOWS:
        errors["workflowId"] = ["must be from 1 to 7"]
    language = _as_text(content.get("language")) or language_of(region)
    if language not in LANGUAGES:
        errors["language"] = ["is not supported"]
    if errors or code_length is None:
        raise Invalid(errors)
    return StartRequest(
        phone=phone,
        brand=_as_text(brand),
        code_length=code_length,
        workflow_id=workflow_id,
        language=language,
        sender=_as_text(content.get("senderId")) or _DEFAULT_SENDER,
    )


def _alphanumeric(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, str | int) else ""


def _read_phone(content: Mapping[str, object], errors: dict[str, list[str]]) -> tuple[str, str | None]:
    phone, country = _as_text(content.get("phone")), _as_text(content.get("country")).upper()
    if country and country not in phonenumbers.SUPPORTED_REGIONS:
        errors["country"] = ["must be a 2-letter ISO country code"]
        return "", None
    parsed = None
    if phone.isascii() and phone.isdecimal():
        parsed = _parse_local(phone, country) if country else _parse(f"+{phone}", None)
    if parsed is None:
        errors["phone"] = ["must be the digits of a phone number in E.164, or of a local one with its country"]
        return "", None
    region = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), country or region


def _parse_local(phone: str, country: str) -> phonenumbers.PhoneNumber | None:
    # A number that begins with its own country's calling code is taken for an international one.
    calling_code = str(phonenumbers.country_code_for_region(country))
    international = _parse(f"+{phone}", None) if phone.startswith(calling_code) else None
    return international or _parse(phone, country)


def _parse(phone: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return None
    # Possible, not valid: the numbers kept for films are in no numbering plan.
    return parsed if phonenumbers.is_possible_number(parsed) else None
