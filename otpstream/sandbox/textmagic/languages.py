"""The languages of verification messages, and which of them fits a number.

Source: TextMagic, parameter `language` of "Send a verification code".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TEXTS = {
    "de": "Ihre {brand}-PIN lautet {code}",
    "en": "Your {brand} PIN is {code}",
    "es": "Su PIN de {brand} es {code}",
    "fr": "Votre code PIN {brand} est {code}",
    "is": "{brand} PIN-númerið þitt er {code}",
    "it": "Il tuo PIN {brand} è {code}",
    "ja": "{brand} の PIN は {code} です",
    "ko": "{brand} PIN은 {code} 입니다",
    "nl": "Uw {brand}-pincode is {code}",
    "pl": "Twój PIN {brand} to {code}",
    "pt": "O seu PIN {brand} é {code}",
    "ro": "Codul PIN {brand} este {code}",
    "ru": "Ваш PIN-код {brand}: {code}",
    "sv": "Din PIN-kod för {brand} är {code}",
    "tr": "{brand} PIN kodunuz: {code}",
    "zh": "您的 {brand} PIN 码是 {code}",
}

# fmt: off
LANGUAGES = frozenset((
    "de-de", "en-au", "en-gb", "en-us", "en-in", "es-es", "es-mx", "es-us",
    "fr-ca", "fr-fr", "is-is", "it-it", "ja-jp", "ko-kr", "nl-nl", "pl-pl",
    "pt-pt", "pt-br", "ro-ro", "ru-ru", "sv-se", "tr-tr", "zh-cn", "zh-tw",
))
# fmt: on
"""What `language` may be."""

_FALLBACK = "en-us"
_BY_COUNTRY: Mapping[str, str] = MappingProxyType(
    # es-us yields to en-us: a number of the US says nothing of Spanish.
    {language[3:].upper(): language for language in LANGUAGES if language != "es-us"}
)


def language_of(country: str | None) -> str:
    """Choose the language that fits the country of a number (ISO 3166-1 alpha-2)."""
    return _BY_COUNTRY.get(country or "", _FALLBACK)


def write(language: str, *, brand: str, code: str) -> str:
    """Write the message of a verification."""
    return _TEXTS[language[:2]].format(brand=brand, code=code)
