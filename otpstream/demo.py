"""The main job, whole, on one machine: a simulated provider with faults → otpstream on the embedded broker → a subscriber.

Everything is real but the provider: webhooks and polls over HTTP, the broker, the processors, signed pushes. At the end every SMS that the
provider received is looked for in `otp.messages.v1`, and every code at the subscriber. Meanwhile a client rents a number and verifies it.
"""

import asyncio
import base64
import contextlib
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ingest.providers.settings import ProvidersSettings
from otpstream.control import keys_admin
from otpstream.demo_account import Account, account_of, summary
from otpstream.demo_lives import lives
from otpstream.http_server import serving
from otpstream.parts import StartError
from otpstream.roles import Role, Running, running
from otpstream.sandbox import Faults, Sandbox, WebhookSender, WebhookSigner, run_traffic
from otpstream.sandboxed import accounts
from otpstream.settings import Settings, load
from otpstream.subscriber import Subscriber

FAULTS = Faults(
    api_error_rate=0.05,
    api_rate_limit_rate=0.02,
    webhook_lost_rate=0.08,
    webhook_duplicate_rate=0.08,
    webhook_reorder_rate=0.2,
)
"""About as bad as a bad day: one webhook in twelve is lost, one comes twice, one call in fourteen fails."""

_NUMBERS = 12
_SETTLE_SECONDS = 45.0
"""How long stragglers may take: lost webhooks wait for the next poll, and failing calls for their retries."""
_SHOWN_CODES_SECONDS = 0.5
"""One code is shown so often: more than that nobody reads."""


async def demo(*, messages: int, rate_per_second: float, seed: int, console: Console) -> bool:
    """Run it, show codes as they arrive, and print the summary.

    Returns:
        Whether every message is accounted for.
    """
    signing_key, subscriber = secrets.token_urlsafe(), Subscriber(f"whsec_{_base64_key()}")
    sender = WebhookSender(signer=WebhookSigner(secret=signing_key, timestamp_header="X-Timestamp"))
    sandbox = Sandbox(seed=seed, text2fa_sender=sender)
    simulator = sandbox.text2fa
    simulator.fault_source.faults = FAULTS
    for _ in range(_NUMBERS):
        simulator.rent()
    async with contextlib.AsyncExitStack() as stack:
        subscribed = await stack.enter_async_context(serving(subscriber.app, host="127.0.0.1", port=0))
        await stack.enter_async_context(sandbox)
        store = f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/store.db"
        settings = _settings(sandbox, store, signing_key, f"{subscribed}/codes", subscriber.secret)
        console.print("Starting the embedded broker and all four roles ...")
        process = await stack.enter_async_context(running(settings, frozenset(Role)))
        api_key = await asyncio.to_thread(keys_admin.create, store, client="demo", scopes=["admin"])
        await _ready(process)
        simulator.account.register_webhook(f"{process.base_url}/webhooks/text2fa")
        console.print(
            f"{messages} SMS at {rate_per_second:g}/s to {_NUMBERS} numbers; lost, doubled and late webhooks, failing calls:\n"
        )
        async with _shown(subscriber, console=console, total=messages):
            traffic = asyncio.create_task(
                run_traffic(simulator, rate_per_second=rate_per_second, total=messages, seed=seed)
            )
            # A number is rented while SMS already flow: its first messages meet their rental late.
            await asyncio.sleep(1)
            simulator.rent()
            lived = await lives(process.base_url, api_key)
            await traffic
            await simulator.drain_webhooks()
            account = await _settled(lambda: account_of(process, list(simulator.ledger), subscriber))
    console.print(summary(account, subscriber, lived))
    return account.complete


def _base64_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _settings(sandbox: Sandbox, store: str, signing_key: str, push_url: str, push_secret: str) -> Settings:
    return load(
        {
            "kafka": {"bootstrap_servers": None},
            "http": {"host": "127.0.0.1", "port": 0},
            "text2fa": {
                "base_url": sandbox.base_urls["text2fa"],
                "api_key": sandbox.credentials.text2fa_api_key,
                "poll_interval_seconds": 2,
                "numbers_interval_seconds": 4,
                "requests_per_second": 50,
                "longest_pause_seconds": 2,
                "webhook": {"hmac_secrets": [signing_key], "hmac_timestamp_header": "X-Timestamp"},
            },
            "providers": ProvidersSettings.model_validate({**accounts(sandbox), "text2fa": []}),
            "control": {"store": {"url": store}},
            "subscription": {
                "url": push_url,
                "secrets": [push_secret],
                "events": ["otp.code.extracted", "otp.code.correlated"],
            },
        }
    )


async def _ready(process: Running) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(300):
            if process.failure.done():
                raise process.failure.result()
            answer = await http.get(f"{process.base_url}/health/ready")
            if answer.status_code == httpx.codes.OK:
                return
            await asyncio.sleep(0.1)
    raise StartError(f"the pipeline is {answer.text.strip()} after 30 seconds; LOG_LEVEL=INFO tells more")


@contextlib.asynccontextmanager
async def _shown(subscriber: Subscriber, *, console: Console, total: int) -> AsyncIterator[None]:
    """Show codes and a bar while the context lasts."""
    bar = Progress(
        TextColumn("codes at the subscriber"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
    )
    with bar:
        task = bar.add_task("", total=total)
        showing = asyncio.create_task(_show(subscriber, bar, task))
        try:
            yield
        finally:
            showing.cancel()


async def _show(subscriber: Subscriber, bar: Progress, task: Any) -> None:
    shown = 0
    while True:
        await asyncio.sleep(_SHOWN_CODES_SECONDS)
        bar.update(task, completed=len(subscriber.pushes))
        if len(subscriber.pushes) > shown:
            shown = len(subscriber.pushes)
            data, taken = list(subscriber.pushes.values())[-1]
            service = data["service"] or data["sender"]
            bar.print(f"  {data['code']:<10} {service:<18} {data['line']:<16} {taken * 1000:6.1f} ms after receipt")


async def _settled(take: Callable[[], Account]) -> Account:
    """Take the account until it is complete and no longer moves, or the time for stragglers is over."""
    until = time.monotonic() + _SETTLE_SECONDS
    account = await asyncio.to_thread(take)
    while time.monotonic() < until:
        await asyncio.sleep(1)
        newer = await asyncio.to_thread(take)
        if newer.complete and newer.codes_delivered == account.codes_delivered and newer.by_poll == account.by_poll:
            return newer
        account = newer
    return account
