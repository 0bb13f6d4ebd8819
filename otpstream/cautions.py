"""What an operator should know of settings that are valid: said once at the start, and by `otpstream doctor`. Pure.

Each sentence names the variables that mend it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ingest.providers import settings as providers
from ingest.settings import WebhookAuthenticationSettings
from otpstream.settings import Settings, variable

_NOTHING = (
    "nothing comes in: set TEXT2FA_API_KEY to poll, or TEXT2FA_WEBHOOK_PATH_TOKENS to receive at /webhooks/text2fa; "
    "accounts at other systems go into PROVIDERS_TEXT2FA_DASHBOARD and PROVIDERS_RENTAL"
)


class _Account(NamedTuple):
    """An account that messages come from by webhook, by poll or by both."""

    has_key: bool
    webhook: WebhookAuthenticationSettings | None
    key: str
    """What the setting of its key is called."""
    called: Callable[[str], str]
    """What a setting of its webhook is called."""


def of_ingest(settings: Settings) -> list[str]:
    """Return what is to be said of the ways in."""
    accounts = list(_with_webhooks(settings))
    if not accounts and not settings.providers.rental:
        return [_NOTHING]
    return [caution for account in accounts for caution in _of(account, window_seconds=settings.process.window_seconds)]


def _with_webhooks(settings: Settings) -> Iterator[_Account]:
    """Yield the accounts whose provider sends webhooks; the four-endpoint API has none."""
    lone = settings.text2fa
    if lone.api_key is not None or lone.webhook is not None:
        yield _Account(
            lone.api_key is not None,
            lone.webhook,
            "TEXT2FA_API_KEY",
            lambda field: variable(("text2fa", "webhook", field)),
        )
    yield from (_listed("PROVIDERS_TEXT2FA", one) for one in settings.providers.text2fa)
    yield from (_listed("PROVIDERS_TEXT2FA_DASHBOARD", one) for one in settings.providers.text2fa_dashboard)


def _listed(name: str, account: providers.Text2faAccount | providers.Text2faDashboardAccount) -> _Account:
    place = f"of account {account.account} in {name}"
    return _Account(account.has_key, account.webhook, f"api_keys {place}", lambda field: f"webhook.{field} {place}")


def _of(account: _Account, *, window_seconds: int) -> Iterator[str]:
    webhook, called = account.webhook, account.called
    if webhook is None:
        yield (
            f"webhooks are off, so a code waits for the next poll: set {called('path_tokens')}, "
            f"{called('hmac_secrets')} or {called('allowed_networks')} to receive them"
        )
        return
    if webhook.method == "none":
        yield (
            f"{called('method')} is none: webhooks are accepted from ANYONE, and whoever knows the address can plant messages; "
            f"set {called('path_tokens')} instead"
        )
    elif webhook.hmac_secrets and webhook.hmac_timestamp_header is None:
        yield (
            f"webhooks are signed without a time: one that was recorded can be sent again once PROCESS_WINDOW_SECONDS "
            f"({window_seconds / 3600:g} h) are over; set {called('hmac_timestamp_header')} where the provider signs a time"
        )
    if not account.has_key:
        yield f"polling is off, so a lost webhook is a lost SMS: set {account.key}"
