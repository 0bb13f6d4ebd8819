"""Everything in one process with the sandbox as its providers: to try rentals and verifications on, where nothing is real.

No setting of a real account, cluster, store or subscriber is used, whatever the environment holds.
"""

import asyncio
import json
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from ingest.providers import text2fa
from ingest.providers.settings import ProvidersSettings
from ingest.providers.text2fa_dashboard.client import PROVIDER as DASHBOARD
from ingest.settings import Text2faSettings
from otpstream.control import keys_admin
from otpstream.control.settings import ControlSettings, FacadeSettings, StoreSettings
from otpstream.roles import Role, Running, running
from otpstream.sandbox import Arrivals, Sandbox, run_traffic
from otpstream.settings import KafkaSettings, Settings, load, variable

TRAFFIC_PER_SECOND = 0.2
"""SMS to the numbers of Text2FA v1, which are rented by hand: often enough to see that something flows, and no flood."""
NUMBERS = 3
PROVIDERS = ("text2fa", "text2fa_dashboard", "textmagic", "rental_api")
"""As the sandbox names them, in the order of their ports."""
_POLL = {"poll_interval_seconds": 2, "numbers_interval_seconds": 4, "requests_per_second": 50}


@dataclass(frozen=True, kw_only=True)
class Sandboxed:
    """A running otpstream between four simulated providers and whoever tries it."""

    process: Running
    sandbox: Sandbox
    api_key: str
    """Of the control plane, with every scope."""


@asynccontextmanager
async def sandboxed() -> AsyncIterator[Sandboxed]:
    """Run the sandbox and all roles for as long as the context lasts; the store is thrown away at the end.

    Raises:
        SettingsError: a setting of this process, such as its port, is wrong.
        AddressError: the HTTP address is taken.
        EmbeddedBrokerError: the embedded broker did not start.
    """
    token = secrets.token_urlsafe()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="otpstream-sandbox-"))
        sandbox = await stack.enter_async_context(Sandbox(arrivals=Arrivals(min_delay_seconds=4, max_delay_seconds=8)))
        settings = sandboxed_settings(sandbox, store=Path(folder) / "store.db", path_token=token)
        process = await stack.enter_async_context(running(settings, frozenset(Role)))
        api_key = await asyncio.to_thread(
            keys_admin.create, settings.control.store.url.get_secret_value(), client="sandbox", scopes=["admin"]
        )
        sandbox.text2fa.account.register_webhook(f"{process.base_url}/webhooks/{text2fa.PROVIDER}/{token}")
        sandbox.text2fa_dashboard.webhook_url = f"{process.base_url}/webhooks/{DASHBOARD}/{token}"
        for _ in range(NUMBERS):
            sandbox.text2fa.rent()
        traffic = asyncio.create_task(run_traffic(sandbox.text2fa, rate_per_second=TRAFFIC_PER_SECOND))
        stack.callback(traffic.cancel)
        yield Sandboxed(process=process, sandbox=sandbox, api_key=api_key)


def sandboxed_settings(sandbox: Sandbox, *, store: Path, path_token: str) -> Settings:
    """Return settings that point at the sandbox; of the environment only those of this process count.

    Args:
        sandbox: entered.
        store: the file of the control plane's store.
        path_token: the last segment of the webhooks' paths.

    Raises:
        SettingsError: a setting of this process is wrong.
    """
    control = ControlSettings(
        store=StoreSettings(url=SecretStr(f"sqlite:///{store}")), facade=FacadeSettings(enabled=True)
    )
    overrides: dict[str, Any] = {
        "kafka": KafkaSettings(),
        "text2fa": Text2faSettings(),
        "subscription": None,
        "providers": ProvidersSettings.model_validate(accounts(sandbox, path_token=path_token)),
        "control": control,
    }
    return load(overrides)


def accounts(sandbox: Sandbox, *, path_token: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the accounts of the sandbox, worded as the settings of the providers.

    Args:
        sandbox: entered.
        path_token: as :func:`sandboxed_settings` takes it; None: without webhooks.
    """
    keys, urls = sandbox.credentials, sandbox.base_urls
    webhook = {} if path_token is None else {"webhook": {"path_tokens": [path_token]}}
    return {
        "text2fa": [{"base_url": urls["text2fa"], "api_keys": [keys.text2fa_api_key], **_POLL, **webhook}],
        "text2fa_dashboard": [
            {
                "base_url": urls["text2fa_dashboard"],
                "api_keys": [keys.text2fa_dashboard_token],
                **_POLL,
                **webhook,
            }
        ],
        "textmagic": [
            {
                "base_url": urls["textmagic"],
                "api_keys": [keys.textmagic_api_key],
                "username": keys.textmagic_username,
            }
        ],
        "rental": [{"base_url": urls["rental_api"], "api_keys": [keys.rental_api_key], **_POLL}],
    }


def variables(sandbox: Sandbox) -> list[str]:
    """Return the environment variables that point otpstream at the sandbox, as a shell takes them."""
    return [f"{variable(('providers', name))}='{json.dumps(one)}'" for name, one in accounts(sandbox).items()]


def introduction(trial: Sandboxed) -> str:
    """Say where everything is, and what to try."""
    process = trial.process
    places = "\n".join(f"  {name:<19} {url}" for name, url in trial.sandbox.base_urls.items())
    return f"""\
otpstream is up at {process.base_url} with its sandbox: nothing here is real, and all of it is gone when it ends. Ctrl-C ends it.
  HTTP API            {process.base_url}/docs
{places}

In another shell:
  export OTPSTREAM_URL={process.base_url} OTPSTREAM_API_KEY={trial.api_key}
  export KAFKA_BOOTSTRAP_SERVERS={process.settings.kafka.bootstrap_servers}
  otpstream tail --from-beginning --show-codes
  otpstream rentals offers
  otpstream rentals rent --service Google
  otpstream verifications start +447860021130 --brand Acme"""
