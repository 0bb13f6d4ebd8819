"""Settings: what the environment may bring, and what is refused in one sentence."""

from typing import Any

import pytest
from pydantic import ValidationError

from ingest.settings import Text2faSettings, WebhookAuthenticationSettings

SECRET = "s3cr3t-that-must-not-show"


def _sentences(error: ValidationError) -> str:
    return " ".join(one["msg"] for one in error.errors())


def test_no_authentication_is_refused_unless_said_on_purpose() -> None:
    """A route that would accept anyone does not come up by forgetting something."""
    with pytest.raises(ValidationError) as refused:
        WebhookAuthenticationSettings()

    for word in ("hmac_secrets", "path_tokens", "allowed_networks", "method", "none"):
        assert word in _sentences(refused.value)


def test_none_is_accepted_when_said() -> None:
    """Whoever says `none` gets it."""
    assert WebhookAuthenticationSettings(method="none").method == "none"


def test_none_beside_a_secret_is_refused() -> None:
    """A secret that would never be looked at is a mistake."""
    with pytest.raises(ValidationError, match="contradictory"):
        WebhookAuthenticationSettings.model_validate({"method": "none", "hmac_secrets": SECRET})


def test_lists_come_as_comma_separated_strings() -> None:
    """The environment has no lists."""
    settings = WebhookAuthenticationSettings.model_validate(
        {"hmac_secrets": "one, two", "allowed_networks": "192.0.2.0/24, 2001:db8::/32", "trusted_proxies": ""}
    )

    assert [secret.get_secret_value() for secret in settings.hmac_secrets] == ["one", "two"]
    assert [str(network) for network in settings.allowed_networks] == ["192.0.2.0/24", "2001:db8::/32"]
    assert settings.trusted_proxies == ()


def test_numbers_and_absences_come_as_strings() -> None:
    """The environment has no numbers, and says nothing with an empty string."""
    settings = Text2faSettings.model_validate({"api_key": "", "poll_interval_seconds": "2.5", "poll_concurrency": "7"})

    assert (settings.api_key, settings.poll_interval_seconds, settings.poll_concurrency) == (None, 2.5, 7)


def test_the_documented_host_is_the_default() -> None:
    """Nothing but a key is needed for the real provider."""
    assert str(Text2faSettings().base_url) == "https://api.text2fa.com/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"path_tokens": "short"},
        {"path_tokens": "sixteen/chars/with/slashes"},
        {"path_tokens": ["token-of-sixteen-1", "token-of-sixteen-2", "token-of-sixteen-3"]},
        {"hmac_secrets": ["a", ""]},
        {"hmac_secrets": "a", "hmac_timestamp_tolerance_seconds": 0},
        {"hmac_secrets": "a", "hmac_header": "X Signature"},
        {"allowed_networks": "not a network"},
        {"hmac_secrets": "a", "unknown": 1},
    ],
    ids=[
        "short-token",
        "slashed-token",
        "three-tokens",
        "empty-secret",
        "no-tolerance",
        "header",
        "network",
        "unknown",
    ],
)
def test_wrong_authentication_settings_are_refused(wrong: dict[str, Any]) -> None:
    """Bounds hold."""
    with pytest.raises(ValidationError):
        WebhookAuthenticationSettings.model_validate(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"api_key": f"{SECRET}\nX-Evil: 1"},
        {"api_key": f"{SECRET}é"},
        {"api_key": SECRET, "poll_interval_seconds": 0},
        {"api_key": SECRET, "webhook": {"path_tokens": SECRET, "method": "none"}},
    ],
    ids=["newline", "not-ascii", "other-field", "nested"],
)
def test_a_secret_never_shows_in_an_error(wrong: dict[str, Any]) -> None:
    """What is printed when settings are wrong can be pasted into a ticket."""
    with pytest.raises(ValidationError) as refused:
        Text2faSettings.model_validate(wrong)

    assert SECRET not in str(refused.value) + repr(refused.value)


def test_a_secret_never_shows_in_the_settings() -> None:
    """Settings can be printed."""
    settings = Text2faSettings.model_validate({"api_key": SECRET, "webhook": {"hmac_secrets": SECRET}})

    assert SECRET not in repr(settings) + str(settings) + settings.model_dump_json()
