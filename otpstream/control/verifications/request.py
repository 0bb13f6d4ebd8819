"""What may be asked of a verifier, checked before it costs anything.

Source: TextMagic verify, "Step 1: Send a verification code"; the libphonenumber metadata for phone numbers.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import get_args

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from ingest.providers.contract import VerifyRequest, Workflow
from ingest.providers.textmagic import BRAND, LANGUAGES

WORKFLOWS: tuple[str, ...] = get_args(Workflow)

_SENDER_LIMIT_CHARACTERS = 20
_NORTH_AMERICA = 1
_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})
"""Numbers whose owner is paid for each call to them: what toll fraud lives on."""


class RequestRefused(ValueError):
    """A field of a request is wrong; nobody was asked.

    Args:
        field: the field's name.
        message: what is wrong and what would be right; holds no phone number and no code.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as a client words it."""

    phone: str
    """E.164 with the plus, or local together with `country`."""
    brand: str
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    code_length: int = 4
    workflow: str = "1"
    language: str | None = None
    sender_id: str | None = None


def checked(asked: Asked) -> VerifyRequest:
    """Return the request as it may go to a verifier.

    Raises:
        RequestRefused: names the field.
    """
    if not BRAND.fullmatch(asked.brand):
        raise RequestRefused("brand", "must be 1 to 18 letters A-Z, a-z and digits")
    if asked.code_length not in (4, 6):
        raise RequestRefused("code_length", "must be 4 or 6")
    if asked.workflow not in WORKFLOWS:
        raise RequestRefused("workflow", f"must be one of {', '.join(WORKFLOWS)}")
    language = None if asked.language is None else asked.language.lower()
    if language is not None and language not in LANGUAGES:
        raise RequestRefused("language", f"must be one of {', '.join(sorted(LANGUAGES))}")
    if asked.sender_id is not None and not 1 <= len(asked.sender_id.strip()) <= _SENDER_LIMIT_CHARACTERS:
        raise RequestRefused("sender_id", f"must be 1 to {_SENDER_LIMIT_CHARACTERS} characters, or left out")
    country = None if asked.country is None else asked.country.upper()
    return VerifyRequest(
        phone=e164(asked.phone, country=country),
        brand=asked.brand,
        code_length=4 if asked.code_length == 4 else 6,
        workflow=_workflow(asked.workflow),
        language=language,
        sender_id=None if asked.sender_id is None else asked.sender_id.strip(),
        country=country,
    )


def hash_of(request: VerifyRequest, *, provider: str | None, auto_complete: bool) -> str:
    """Return what tells a request from another one; its country only helped to read its phone."""
    told = asdict(request) | {"country": None, "provider": provider, "auto_complete": auto_complete}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def e164(phone: str, *, country: str | None) -> str:
    """Write a phone number in E.164, with the plus.

    Args:
        phone: international with the plus, or local together with the country.
        country: ISO 3166-1 alpha-2, upper case.

    Raises:
        RequestRefused: not a number that exists, without a country where one is needed, of another country than the one named, or one
            whose owner is paid for calls.
    """
    if country is not None and country not in phonenumbers.SUPPORTED_REGIONS:
        raise RequestRefused("country", "must be an ISO 3166-1 alpha-2 code, such as US")
    international = phone.strip().startswith("+")
    if not international and country is None:
        raise RequestRefused("phone", "is local: write it as +<country code><number>, or name its country")
    try:
        number = phonenumbers.parse(phone, None if international else country)
    except NumberParseException:
        raise RequestRefused("phone", "is not a phone number") from None
    if country is not None and phonenumbers.country_code_for_region(country) != number.country_code:
        raise RequestRefused("country", "is not the country of the phone number: mend one of the two")
    if number.extension or not phonenumbers.is_valid_number(number):
        raise RequestRefused("phone", "is not a number that its country gives out")
    if phonenumbers.number_type(number) in _COSTLY:
        raise RequestRefused("phone", "is a premium-rate or shared-cost number, which is never verified")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def country_prefix(phone: str) -> str:
    """Return the prefix that a phone is counted under: `+44`, `+1`, or `+1876` for a country that shares +1 with the United States.

    Args:
        phone: E.164 with the plus.
    """
    number: PhoneNumber = phonenumbers.parse(phone, None)
    prefix = f"+{number.country_code}"
    if number.country_code != _NORTH_AMERICA or phonenumbers.region_code_for_number(number) == "US":
        return prefix
    # Every other country of the plan is told by its area codes, of three digits each.
    return prefix + phonenumbers.national_significant_number(number)[:3]


def checked_code(code: str, *, code_length: int) -> str:
    """Return a code as it may go to a verifier: its digits, zeros kept.

    Raises:
        RequestRefused: not that many digits; quotes nothing.
    """
    digits = code.strip().replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == code_length):
        raise RequestRefused("code", f"must be {code_length} digits")
    return digits


def _workflow(word: str) -> Workflow:
    return next(one for one in get_args(Workflow) if one == word)
