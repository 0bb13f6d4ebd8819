"""The sandbox and the clients that the registry builds, in virtual time: hours of rules pass at once, always in the same order."""

import asyncio
import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, ParamSpec
from uuid import uuid4

import httpx
from pydantic import SecretStr

from ingest.providers.contract import Supplier, Verifier
from ingest.providers.registry import Providers, build
from ingest.providers.settings import ProvidersSettings
from ingest.providers.text2fa import Text2fa
from ingest.providers.text2fa_dashboard.client import Text2faDashboard
from ingest.records import sms_record
from otpstream.sandbox import ENVELOPED, Credentials, Dialect, Sandbox, ScaledClock, WebhookSender
from otpstream.sandbox.server import Simulator
from otpstream.sandbox.webhooks import Post, Reply
from schemas.events import SmsReceived
from schemas.rentals import RentalState
from tests.unit.ingest import virtual_time

TOKEN = "conformance-path-token"
HOOK_URL = "http://otpstream.test/hook"

_P = ParamSpec("_P")


def in_virtual_time(test: Callable[_P, Coroutine[Any, Any, None]]) -> Callable[_P, None]:
    """Run a test in a loop of its own whose clock jumps."""

    @functools.wraps(test)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        virtual_time.run(test(*args, **kwargs))

    return run


class Doors(httpx.AsyncBaseTransport):
    """Leads each host to its simulator, and writes down what was asked."""

    def __init__(self, simulators: Mapping[str, Simulator]) -> None:
        self.calls: list[str] = []
        """Method and path of each request, in their order."""
        self._ways = {host: httpx.ASGITransport(simulator.app) for host, simulator in simulators.items()}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path}")
        return await self._ways[request.url.host.removesuffix(".test").replace("-", "_")].handle_async_request(request)


@dataclass
class World:
    """A sandbox, and what is tested against it."""

    sandbox: Sandbox
    http: httpx.AsyncClient
    doors: Doors
    settings: ProvidersSettings
    hooks: list[bytes] = field(default_factory=list)
    """The bodies of all webhooks, in the order of arrival."""

    def __post_init__(self) -> None:
        self.providers = self.build(self.settings)

    @property
    def clock(self) -> ScaledClock:
        return self.sandbox.clock

    def build(self, settings: ProvidersSettings) -> Providers:
        return build(settings, self.http, self.clock, asyncio.sleep)

    def supplier(self, name: str) -> Supplier:
        supplier = self.providers.supplier(name, "default")
        assert supplier is not None
        return supplier

    @property
    def verifier(self) -> Verifier:
        return self.providers.verifiers[0]

    @property
    def text2fa(self) -> Text2fa:
        """The client of all six calls."""
        return Text2fa(self.http, self.settings.text2fa[0], clock=self.clock, sleep=asyncio.sleep)

    @property
    def dashboard(self) -> Text2faDashboard:
        """The client of all 21 calls."""
        return Text2faDashboard(self.http, self.settings.text2fa_dashboard[0], clock=self.clock, sleep=asyncio.sleep)

    def read_hook(self, provider: str, body: bytes) -> SmsReceived | RentalState:
        """Read a webhook's body as the receiver does; an SMS as its topic has it then."""
        route = next(one for one in self.providers.webhooks if one.provider == provider)
        event = route.read(body, account="default", sms_id=uuid4().hex, ingested_at=self.clock())
        return event if isinstance(event, RentalState) else SmsReceived.decode(sms_record(event).value)

    def turn_key(self, provider: str, key: str) -> None:
        """Let a simulator take another key from here on."""
        if provider == "text2fa_dashboard":
            self.sandbox.text2fa_dashboard.account.token = key
        else:
            getattr(self.sandbox, provider).account.api_key = key


@asynccontextmanager
async def world(
    *, dialect: Dialect = ENVELOPED, authentication: Literal["basic", "headers"] = "basic", **sandbox: Any
) -> AsyncIterator[World]:
    """Make a world.

    Args:
        dialect: how the dashboard words things.
        authentication: the form of TextMagic's.
        sandbox: further arguments of the sandbox.
    """
    loop = asyncio.get_running_loop()
    hooks: list[bytes] = []
    clock = ScaledClock(start=virtual_time.START, monotonic=loop.time)

    @asynccontextmanager
    async def open_client() -> AsyncIterator[Post]:
        async def post(url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
            hooks.append(body)
            return Reply(status=202)

        yield post

    made = Sandbox(
        clock=clock,
        dialect=dialect,
        text2fa_sender=WebhookSender(open_client=open_client, clock=clock),
        dashboard_sender=WebhookSender(open_client=open_client, clock=clock),
        **sandbox,
    )
    doors = Doors(made.simulators)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(transport=doors))
        for simulator in made.simulators.values():
            await stack.enter_async_context(simulator)
        made.text2fa_dashboard.webhook_url = HOOK_URL
        settings = _settings(made.credentials, authentication)
        yield World(sandbox=made, http=http, doors=doors, settings=settings, hooks=hooks)


def _settings(keys: Credentials, authentication: str) -> ProvidersSettings:
    # The limits of our own have their tests elsewhere.
    shared = {"requests_per_second": 1000, "breaker_failures": 1000}
    webhook = {"path_tokens": TOKEN}
    return ProvidersSettings.model_validate(
        {
            "text2fa": [
                {**shared, "base_url": "http://text2fa.test", "api_keys": keys.text2fa_api_key, "webhook": webhook}
            ],
            "text2fa_dashboard": [
                {
                    **shared,
                    "base_url": "http://text2fa-dashboard.test",
                    "api_keys": keys.text2fa_dashboard_token,
                    "webhook": webhook,
                }
            ],
            "textmagic": [
                {
                    **shared,
                    "base_url": "http://textmagic.test",
                    "username": keys.textmagic_username,
                    "api_keys": keys.textmagic_api_key,
                    "authentication": authentication,
                }
            ],
            "rental": [{**shared, "base_url": "http://rental-api.test", "api_keys": keys.rental_api_key}],
        }
    )


def with_keys(settings: ProvidersSettings, *keys: str) -> ProvidersSettings:
    """Return settings in which every account has these keys."""
    secrets = tuple(map(SecretStr, keys))
    return settings.model_copy(
        update={
            system: tuple(one.model_copy(update={"api_keys": secrets}) for one in getattr(settings, system))
            for system in type(settings).model_fields
        }
    )
