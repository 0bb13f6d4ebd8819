"""The ingest stage put together: a route for each webhook and a poller for each supplier, out of what the composition root hands in."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime

from ingest.metrics import IngestMetrics, PollMetrics, WebhookMetrics
from ingest.poller import Clock, Poller, Sleep
from ingest.providers.polled import PolledSupplier
from ingest.providers.registry import Polled, WebhookRoute
from ingest.publisher import Publisher
from ingest.receiver import Receive, Receiver, Scope, Send
from ingest.rentals import Managed, none_managed
from ingest.settings import BODY_TIMEOUT_SECONDS
from schemas.rentals import RentalState

AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Route = tuple[str, AsgiApp]
"""A path and what answers it; a last segment `{token}` stands for any one segment."""

TOKEN_SEGMENT = "/{token}"  # noqa: S105 - a placeholder, no secret


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def routes(
    webhooks: Iterable[WebhookRoute],
    *,
    publisher: Publisher,
    metrics: IngestMetrics,
    clock: Clock = utc_now,
    body_timeout_seconds: float = BODY_TIMEOUT_SECONDS,
    managed: Managed = none_managed,
) -> list[Route]:
    """Return the routes of webhooks: of each the one with a token only where tokens are set; `managed` as :class:`Receiver` takes it."""
    found: list[Route] = []
    for webhook in webhooks:
        receiver = Receiver(
            path=webhook.path,
            provider=webhook.provider,
            account=webhook.account,
            read=webhook.read,
            authentication=webhook.authentication,
            publisher=publisher,
            metrics=WebhookMetrics(metrics, webhook.provider),
            clock=clock,
            body_timeout_seconds=body_timeout_seconds,
            managed=managed,
        )
        found.append((webhook.path, receiver))
        if webhook.authentication.path_tokens:
            found.append((webhook.path + TOKEN_SEGMENT, receiver))
    return found


def pollers(
    polled: Iterable[Polled],
    *,
    publisher: Publisher,
    metrics: IngestMetrics,
    clock: Clock = utc_now,
    sleep: Sleep = asyncio.sleep,
    known: Callable[[], Iterable[RentalState]] = tuple,
    managed: Managed = none_managed,
) -> list[Poller]:
    """Return a poller for each supplier; `known` and `managed` as :class:`Poller` takes them."""
    return [
        Poller(
            PolledSupplier(supplier),
            publisher=publisher,
            metrics=PollMetrics(metrics, supplier.name, supplier.account),
            settings=settings,
            clock=clock,
            sleep=sleep,
            known=known,
            managed=managed,
        )
        for supplier, settings in polled
    ]


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

    def app(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return _answerer(scope, exact, with_token, otherwise)(scope, receive, send)

    return app


def _answerer(
    scope: Scope, exact: Mapping[str, AsgiApp], with_token: Mapping[str, AsgiApp], otherwise: AsgiApp
) -> AsgiApp:
    if scope["type"] != "http":
        return otherwise
    path: str = scope["path"]
    return exact.get(path) or with_token.get(path.rpartition("/")[0]) or otherwise
