"""The ingest stage put together: the webhook routes and the poller, out of what the composition root hands in."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime

import httpx

from ingest.metrics import IngestMetrics, PollMetrics, WebhookMetrics
from ingest.poller import Clock, Poller, Sleep
from ingest.providers import text2fa
from ingest.publisher import Publisher
from ingest.receiver import Receive, Receiver, Scope, Send
from ingest.settings import BODY_TIMEOUT_SECONDS, Text2faSettings
from schemas.rentals import RentalState

AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Route = tuple[str, AsgiApp]
"""A path and what answers it; a last segment `{token}` stands for any one segment."""

TEXT2FA_PATH = "/webhooks/text2fa"
TOKEN_SEGMENT = "/{token}"  # noqa: S105 - a placeholder, no secret


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def routes(
    settings: Text2faSettings,
    *,
    publisher: Publisher,
    metrics: IngestMetrics,
    clock: Clock = utc_now,
    body_timeout_seconds: float = BODY_TIMEOUT_SECONDS,
) -> list[Route]:
    """Return the webhook routes: none where no webhook is configured, and the one with a token only where tokens are set."""
    if settings.webhook is None:
        return []
    receiver = Receiver(
        path=TEXT2FA_PATH,
        provider=text2fa.PROVIDER,
        account=settings.account,
        read=text2fa.read_webhook,
        authentication=settings.webhook,
        publisher=publisher,
        metrics=WebhookMetrics(metrics, text2fa.PROVIDER),
        clock=clock,
        body_timeout_seconds=body_timeout_seconds,
    )
    paths = [TEXT2FA_PATH, TEXT2FA_PATH + TOKEN_SEGMENT] if settings.webhook.path_tokens else [TEXT2FA_PATH]
    return [(path, receiver) for path in paths]


def poller(
    settings: Text2faSettings,
    *,
    http: httpx.AsyncClient,
    publisher: Publisher,
    metrics: IngestMetrics,
    clock: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
    known: Iterable[RentalState] = (),
) -> Poller | None:
    """Return the poller of the account, or None where there is no API key to poll with; `known` as :class:`Poller` takes it."""
    if settings.api_key is None:
        return None
    return Poller(
        text2fa.Text2fa(http, settings, clock=clock, sleep=sleep),
        publisher=publisher,
        metrics=PollMetrics(metrics, text2fa.PROVIDER),
        settings=settings,
        clock=clock,
        sleep=sleep,
        known=known,
    )


def mounted(webhook_routes: Iterable[Route], otherwise: AsgiApp) -> AsgiApp:
    """Put webhook routes in front of another ASGI application, such as FastStream's, which matches whole paths only.

    Args:
        webhook_routes: as :func:`routes` returns them.
        otherwise: answers every other path, and the lifespan.
    """
    exact: dict[str, AsgiApp] = {}
    with_token: dict[str, AsgiApp] = {}
    for path, receiver in webhook_routes:
        if path.endswith(TOKEN_SEGMENT):
            with_token[path.removesuffix(TOKEN_SEGMENT)] = receiver
        else:
            exact[path] = receiver

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await _answerer(scope, exact, with_token, otherwise)(scope, receive, send)

    return app


def _answerer(
    scope: Scope, exact: Mapping[str, AsgiApp], with_token: Mapping[str, AsgiApp], otherwise: AsgiApp
) -> AsgiApp:
    if scope["type"] != "http":
        return otherwise
    path: str = scope["path"]
    return exact.get(path) or with_token.get(path.rpartition("/")[0]) or otherwise
