"""The settings of a subscription refuse what cannot work, and never show a secret."""

import pytest
from pydantic import ValidationError

from sinks.settings import SubscriptionSettings
from tests.unit.sinks.conftest import NEXT_SECRET, SECRET

URL = "https://subscriber.example/hook?token=url-secret"


def read(**fields: object) -> SubscriptionSettings:
    return SubscriptionSettings.model_validate({"url": URL, "secrets": SECRET} | fields)


def test_one_string_with_commas_is_a_list() -> None:
    """An environment variable can name several events and both secrets."""
    settings = read(events="otp.code.extracted, otp.code.correlated", secrets=f"{NEXT_SECRET},{SECRET}")

    assert settings.events == ("otp.code.extracted", "otp.code.correlated")
    assert [secret.get_secret_value() for secret in settings.secrets] == [NEXT_SECRET, SECRET]


def test_only_extracted_codes_are_pushed_by_default() -> None:
    """A subscriber that asks for nothing special gets each code once."""
    assert read().events == ("otp.code.extracted",)


@pytest.mark.parametrize(
    "malformed",
    [
        SECRET.removeprefix("whsec_"),
        "whsec_",
        "whsec_not*base64*at*all*not*base64*at*all",
        "whsec_c2hvcnQ=",
        "whsec_" + "QUFB" * 22,
        "whsec_ключ",
    ],
)
def test_malformed_secret_is_named_by_place_not_by_value(malformed: str) -> None:
    """The error says which secret is wrong and how to make one, and quotes none."""
    with pytest.raises(ValidationError, match="secret 2 must be whsec_ followed by the Base64 of 24 to 64") as caught:
        read(secrets=(SECRET, malformed))

    assert SECRET not in str(caught.value)
    assert malformed == "whsec_" or malformed not in str(caught.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"secrets": ()},
        {"secrets": (SECRET, SECRET, SECRET)},
        {"url": "ftp://subscriber.example/hook"},
        {"url": "subscriber.example"},
        {"events": "otp.code.guessed"},
        {"events": ""},
        {"timeout_seconds": 0},
        {"timeout_seconds": 31},
        {"concurrency": 0},
        {"name": "two words"},
        {"retries": {"attempts_limit": 0}},
        {"retries": {"window_seconds": 901}},
        {"timeout": 5},
    ],
)
def test_what_cannot_work_is_refused(fields: dict[str, object]) -> None:
    """Out of bounds, misspelt or of another scheme: refused at the start, with no value in the text."""
    with pytest.raises(ValidationError) as caught:
        read(**fields)

    assert "url-secret" not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_settings_can_be_printed() -> None:
    """Neither a secret nor the address shows in what a log would print."""
    shown = repr(read())

    assert "whsec_" not in shown
    assert "subscriber.example" not in shown
