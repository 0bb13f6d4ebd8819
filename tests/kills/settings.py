"""The settings of the worker: what takes minutes in production takes seconds, and no limit of ours ends the storm."""

from collections.abc import Mapping

from ingest.providers.settings import ProvidersSettings
from otpstream.control.settings import ControlSettings
from otpstream.sandbox import Credentials

_CALL_SECONDS = 40
"""By the sandbox's clock, and longer than a request of `_REQUEST_SECONDS` takes by it."""
_REQUEST_SECONDS = 1
_GRACE_SECONDS = 30
"""By the sandbox's clock: a busy machine lets a process stand still for a second, and that is 20 of these."""


def control_settings(url: str) -> ControlSettings:
    """Return those of the control plane on a store."""
    return ControlSettings.model_validate(
        {
            "store": {"url": url, "relay_interval_seconds": 0.02},
            "rentals": {
                "auto_cancel_seconds": 300,
                "call_timeout_seconds": _CALL_SECONDS,
                "intent_grace_seconds": _GRACE_SECONDS,
                "reconcile_interval_seconds": 0.5,
                "unsettled_interval_seconds": 0.1,
                "upkeep_interval_seconds": 0.1,
                "cancel_retry_seconds": 20,
            },
            "verifications": {
                "call_timeout_seconds": _CALL_SECONDS,
                "tick_seconds": 0.1,
                "fraud": {
                    "client_limit": 1_000_000,
                    "phone_limit": 1_000_000,
                    "prefix_limit": 1_000_000,
                    "conversion_floor": 0,
                },
            },
        }
    )


def providers_settings(base_urls: Mapping[str, str], keys: Credentials) -> ProvidersSettings:
    """Return those of the accounts at the sandbox."""
    shared = {
        "requests_per_second": 1000,
        "concurrent_requests": 100,
        "request_timeout_seconds": _REQUEST_SECONDS,
        "breaker_failures": 1000,
    }
    return ProvidersSettings.model_validate(
        {
            "text2fa_dashboard": [
                {
                    **shared,
                    "base_url": base_urls["text2fa_dashboard"],
                    "api_keys": keys.text2fa_dashboard_token,
                    "rejects_are_refunded": True,
                }
            ],
            "textmagic": [
                {
                    **shared,
                    "base_url": base_urls["textmagic"],
                    "username": keys.textmagic_username,
                    "api_keys": keys.textmagic_api_key,
                }
            ],
            "rental": [{**shared, "base_url": base_urls["rental_api"], "api_keys": keys.rental_api_key}],
        }
    )
