"""What an operator should know of settings that are valid: said once at the start, and by `otpstream doctor`. Pure.

Each sentence names the variables that mend it.
"""

from ingest.settings import Text2faSettings
from otpstream.settings import Settings

_PREFIX = "TEXT2FA_WEBHOOK"
_TURNS_WEBHOOKS_ON = f"set {_PREFIX}_PATH_TOKENS, {_PREFIX}_HMAC_SECRETS or {_PREFIX}_ALLOWED_NETWORKS"


def of_ingest(settings: Settings) -> list[str]:
    """Return what is to be said of the ways in."""
    text2fa = settings.text2fa
    if text2fa.webhook is None and text2fa.api_key is None:
        return [
            f"nothing comes in: set TEXT2FA_API_KEY to poll, or {_TURNS_WEBHOOKS_ON} to receive at /webhooks/text2fa"
        ]
    if text2fa.webhook is None:
        return [
            f"webhooks are off, so a code waits for the next poll: {_TURNS_WEBHOOKS_ON} to receive at /webhooks/text2fa"
        ]
    cautions = _of_webhooks(text2fa, window_seconds=settings.process.window_seconds)
    if text2fa.api_key is None:
        cautions.append("polling is off, so a lost webhook is a lost SMS: set TEXT2FA_API_KEY")
    return cautions


def _of_webhooks(text2fa: Text2faSettings, *, window_seconds: int) -> list[str]:
    webhook = text2fa.webhook
    if webhook is None:
        return []
    if webhook.method == "none":
        return [
            f"{_PREFIX}_METHOD is none: webhooks are accepted from ANYONE, and whoever knows the address can plant messages; "
            f"set {_PREFIX}_PATH_TOKENS instead"
        ]
    if webhook.hmac_secrets and webhook.hmac_timestamp_header is None:
        return [
            f"webhooks are signed without a time: one that was recorded can be sent again once PROCESS_WINDOW_SECONDS "
            f"({window_seconds / 3600:g} h) are over; set {_PREFIX}_HMAC_TIMESTAMP_HEADER where the provider signs a time"
        ]
    return []
