"""Valid settings that an operator should think twice about: each is said once, with the variables that mend it."""

import re
from typing import Any

import pytest

from otpstream import cautions
from otpstream.settings import Settings, leaves, load, variable

KEY = "api-key-847291"
SECRET = "hmac-secret-847291"
VARIABLES = {variable(path) for path, _ in leaves(Settings)}


def of(**text2fa: Any) -> list[str]:
    return cautions.of_ingest(load({"text2fa": text2fa}))


@pytest.mark.parametrize(
    ("text2fa", "told"),
    [
        ({}, "nothing comes in"),
        ({"api_key": KEY}, "webhooks are off"),
        ({"api_key": KEY, "webhook": {"method": "none"}}, "ANYONE"),
        ({"api_key": KEY, "webhook": {"hmac_secrets": SECRET}}, "can be sent again once PROCESS_WINDOW_SECONDS (24 h)"),
        ({"webhook": {"path_tokens": "0123456789abcdef"}}, "polling is off"),
    ],
    ids=["nothing", "poll-alone", "anyone", "replay", "webhook-alone"],
)
def test_what_is_risky_is_said_once(text2fa: dict[str, Any], told: str) -> None:
    """One sentence, which names real variables and no value."""
    [caution] = of(**text2fa)

    assert told in caution
    named = set(re.findall(r"\b[A-Z][A-Z0-9]+_[A-Z0-9_]+", caution))
    assert named
    assert named <= VARIABLES
    assert "847291" not in caution


@pytest.mark.parametrize(
    "webhook",
    [
        {"hmac_secrets": SECRET, "hmac_timestamp_header": "X-Time"},
        {"path_tokens": "0123456789abcdef"},
        {"allowed_networks": "192.0.2.0/24"},
    ],
    ids=["timestamp", "token", "network"],
)
def test_what_is_sound_is_not_cautioned(webhook: dict[str, Any]) -> None:
    """A warning that is always there is read by nobody."""
    assert of(api_key=KEY, webhook=webhook) == []
