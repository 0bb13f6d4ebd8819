"""The doctor's look at the accounts: whether each provider answers, accepts our keys, and proves its webhooks.

Nothing is spent. Of TextMagic, which documents no call that only looks, a code of a verification that cannot be is checked: a refused key
is told apart by that, and another server that answers in JSON is not.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from ingest.providers import text2fa, textmagic
from ingest.providers.calls import Clock, Sleep
from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway, ProviderError
from ingest.providers.registry import Providers, build
from ingest.providers.settings import (
    AccountSettings,
    ProvidersSettings,
    RentalApiAccount,
    Text2faAccount,
    Text2faDashboardAccount,
)
from ingest.providers.text2fa_dashboard.client import PROVIDER as DASHBOARD
from ingest.settings import WebhookAuthenticationSettings
from otpstream.doctor.findings import Finding, Verdict
from otpstream.settings import Settings, variable

_SYSTEMS = {"text2fa": text2fa.PROVIDER, "text2fa_dashboard": DASHBOARD, "textmagic": textmagic.PROVIDER}
_NO_VERIFICATION, _NO_CODE = "00000000-0000-0000-0000-000000000000", "0000"


@dataclass(frozen=True)
class _Account:
    """One account, and what its settings are called."""

    system: str
    """The field of :class:`ProvidersSettings`."""
    settings: AccountSettings
    place: str
    """What stands before the name of a field."""
    keys: str
    """What the setting of its keys is called."""

    @property
    def subject(self) -> str:
        name = self.settings.name if isinstance(self.settings, RentalApiAccount) else _SYSTEMS[self.system]
        return f"{name}/{self.settings.account}"


async def examine_accounts(settings: Settings, http: httpx.AsyncClient, *, clock: Clock, sleep: Sleep) -> list[Finding]:
    """Ask every account at every provider, all at the same time.

    Args:
        settings: whose accounts.
        http: the client that all calls share.
        clock: our clock, aware.
        sleep: how to wait between tries.

    Returns:
        One finding an account, in the order of the settings; none of them holds a key.
    """
    asked = [_examine(account, http, clock=clock, sleep=sleep) for account in _all(settings)]
    return await asyncio.gather(*asked) or [Finding("providers", Verdict.OK, "not asked: no account is set")]


def _all(settings: Settings) -> Iterator[_Account]:
    has_lone = len(settings.accounts.text2fa) > len(settings.providers.text2fa)
    if has_lone:
        yield _Account("text2fa", settings.accounts.text2fa[0], "TEXT2FA_", "TEXT2FA_API_KEY")
    for system in type(settings.providers).model_fields:
        for number, account in enumerate(getattr(settings.providers, system)):
            place = f"{variable(('providers', system))}[{number}]."
            field = "api_keys" if account.api_key_file is None else "api_key_file"
            yield _Account(system, account, place, f"{place}{field}")


async def _examine(account: _Account, http: httpx.AsyncClient, *, clock: Clock, sleep: Sleep) -> Finding:
    webhooks, verdict = _webhooks(account.settings)
    if not account.settings.has_key:
        return Finding(account.subject, verdict, f"not asked: {account.keys} is not set; {webhooks}")
    told, refused = "", []
    try:
        keys = account.settings.key_ring(_SYSTEMS.get(account.system, account.system)).live()
        for place, key in enumerate(keys):
            with_it = account.settings.model_copy(update={"api_keys": (SecretStr(key),), "api_key_file": None})
            made = ProvidersSettings.model_validate({account.system: (with_it,)})
            try:
                told = "; ".join(await _ask(build(made, http, clock, sleep)))
            except KeyRefused as error:
                if len(keys) == 1:
                    raise
                refused.append((place, error))
    except ProviderError as error:
        return Finding(account.subject, *_mend(error, account))
    if not told:
        return Finding(account.subject, *_mend(refused[0][1], account))
    stale = [f"key {place + 1} of {account.keys} is not accepted: take it out, or mend it" for place, _ in refused]
    verdict = Verdict.WARNING if stale else verdict
    return Finding(account.subject, verdict, "; ".join(part for part in (told, *stale, webhooks) if part))


async def _ask(providers: Providers) -> list[str]:
    """Ask one account what it has.

    Raises:
        ProviderError: it does not say.
    """
    suppliers = providers.suppliers
    told = ["it answers and accepts the key" if suppliers else "it answers and does not refuse the key"]
    if suppliers and "balance" in suppliers[0].supports:
        balance = await suppliers[0].fetch_balance()
        told.append("its reply names no balance" if balance is None else f"balance {balance:f}")
    lists = [await one.list_rentals() for one in suppliers if "rentals" in one.supports]
    if lists:
        told.append(f"{sum(len(one.read) for one in lists)} numbers are rented")
    elif suppliers:
        told.append(f"{len((await suppliers[0].list_offers()).read)} countries are offered")
    unread = [one for reply in lists for one in reply.unread]
    if unread:
        told.append(f"{len(unread)} of its entries cannot be read ({unread[0].detail})")
    for verifier in providers.verifiers:
        await verifier.check(_NO_VERIFICATION, _NO_CODE)
    return told


def _mend(error: ProviderError, account: _Account) -> tuple[Verdict, str]:
    address = f"{account.place}{'BASE_URL' if account.place == 'TEXT2FA_' else 'base_url'}"
    if isinstance(error, KeyRefused):
        return Verdict.WRONG, f"{error}: mend {account.keys}"
    if isinstance(error, ProviderAway):
        return Verdict.WRONG, f"{error}: see that {address} is right, that this machine may go there, or wait"
    if isinstance(error, CallRefused):
        return Verdict.WRONG, f"{error}: see that {address} is right, and what the account may do"
    return Verdict.WARNING, f"{error}: it is not as documented; see that {address} is right"


def _webhooks(account: AccountSettings) -> tuple[str, Verdict]:
    """Say how webhooks prove where they come from; nothing of a provider that sends none."""
    if not isinstance(account, Text2faAccount | Text2faDashboardAccount):
        return "", Verdict.OK
    webhook = account.webhook
    if webhook is None:
        return "webhooks are off", Verdict.OK
    if webhook.method == "none":
        return "webhooks are accepted from ANYONE", Verdict.WARNING
    return f"webhooks are proven by {' and '.join(_proofs(webhook))}", Verdict.OK


def _proofs(webhook: WebhookAuthenticationSettings) -> Iterator[str]:
    if webhook.path_tokens:
        yield "the token of their path"
    if webhook.hmac_secrets:
        yield "a signature"
    if webhook.allowed_networks:
        yield "their network"
