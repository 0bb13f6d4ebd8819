"""Valid settings that an operator should think twice about: each is said once, with the variables that mend it."""

import re
from typing import Any

import pytest

from otpstream import cautions
from otpstream.settings import Settings, leaves, load, variable

KEY = "api-key-847291"
SECRET = "hmac-secret-847291"
VARIABLES = {variable(path) for path, _ in leaves(Settings)}


WEBHOOK = {"path_tokens": "0123456789abcdef"}


def of(**text2fa: Any) -> list[str]:
    return cautions.of_ingest(load({"text2fa": text2fa}))


def of_listed(**providers: Any) -> list[str]:
    return cautions.of_ingest(load({"providers": providers}))


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


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ({"api_keys": KEY}, "webhooks are off"),
        ({"api_keys": KEY, "webhook": {"method": "none"}}, "webhook.method of account b"),
        ({"api_keys": KEY, "webhook": {"hmac_secrets": SECRET}}, "set webhook.hmac_timestamp_header of account b"),
        ({"webhook": WEBHOOK}, "polling is off"),
    ],
    ids=["poll-alone", "anyone", "replay", "webhook-alone"],
)
@pytest.mark.parametrize("system", ["text2fa", "text2fa_dashboard"])
def test_each_account_is_cautioned_by_its_name(system: str, account: dict[str, Any], told: str) -> None:
    """Of several, the operator knows which one is meant."""
    sound = {"account": "a", "api_keys": KEY, "webhook": WEBHOOK}

    [caution] = of_listed(**{system: [sound, {"account": "b", **account}]})

    assert told in caution
    assert f"of account b in PROVIDERS_{system.upper()}" in caution
    assert "847291" not in caution


def test_the_four_endpoints_have_no_webhook_to_miss() -> None:
    """Polling is all there is; and verifications bring nothing in."""
    assert of_listed(rental=[{"base_url": "https://one.test", "api_keys": KEY}]) == []
    [caution] = of_listed(textmagic=[{"username": "john", "api_keys": KEY}])
    assert "nothing comes in" in caution


def test_anyone_may_post_and_nothing_is_polled() -> None:
    """Two cautions, not the first alone."""
    assert len(of(webhook={"method": "none"})) == 2
