"""What every process serves to those who operate it: /metrics, /health/live, /health/ready and, where it reads codes, /asyncapi."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from faststream.asgi import AsgiFastStream, AsgiResponse, get
from faststream.asgi.types import Scope
from faststream.kafka import KafkaBroker
from prometheus_client import CollectorRegistry, make_asgi_app

from ingest.answers import problem
from ingest.app import AsgiApp
from ingest.receiver import Receive, Send

_DETAILS = {
    HTTPStatus.NOT_FOUND: (
        "Nothing is served at this path. There are /metrics, /health/live and /health/ready, the webhook routes that are turned on, "
        "and /v1 and /docs where the control plane runs."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: "This path is not served by this method; the Allow header names those that it is served by.",
}


Check = Callable[[], Awaitable[bool]]
"""Tells whether a part is ready; one that raises is not."""


@dataclass
class Health:
    """Asks every part whether it is ready."""

    checks: dict[str, Check] = field(default_factory=dict)
    """By the name of the part, as /health/ready tells it."""

    async def unready(self) -> list[str]:
        """Return the parts that are not ready; a check that fails is one that is not."""
        answers = await asyncio.gather(*(check() for check in self.checks.values()), return_exceptions=True)
        return [name for name, answer in zip(self.checks, answers, strict=True) if answer is not True]


def operations_app(brokers: Sequence[KafkaBroker], registry: CollectorRegistry, health: Health) -> AsgiApp:
    """Make the application.

    Args:
        brokers: of the subscribers, which /asyncapi describes; they get FastStream's context by this. Empty where nothing is read.
        registry: of all metrics.
        health: of all parts.
    """

    @get(include_in_schema=False)
    async def live(scope: Scope) -> AsgiResponse:  # noqa: ARG001
        return AsgiResponse(b"alive\n", 200, {"content-type": "text/plain"})

    @get(include_in_schema=False)
    async def ready(scope: Scope) -> AsgiResponse:  # noqa: ARG001
        unready = await health.unready()
        body = f"not ready: {', '.join(unready)}\n" if unready else "ready\n"
        return AsgiResponse(body.encode(), 503 if unready else 200, {"content-type": "text/plain"})

    routes: list[tuple[str, Any]] = [
        ("/health/live", live),
        ("/health/ready", ready),
        ("/metrics", make_asgi_app(registry)),
    ]
    if not brokers:
        return _with_problems(AsgiFastStream(asgi_routes=routes))
    return _with_problems(AsgiFastStream(*brokers, asgi_routes=routes, asyncapi_path="/asyncapi"))


def _with_problems(app: Any) -> AsgiApp:
    """Answer problem documents where FastStream has a plain text of its own: nothing at the path, or not by the method."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_replaced = False

        async def translated(message: MutableMapping[str, Any]) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and message["status"] in _DETAILS:
                is_replaced = True
                status = HTTPStatus(message["status"])
                allowed = (header for header in message["headers"] if header[0] == b"allow")
                _, _, headers, body = problem("", status, _DETAILS[status], *allowed)
                await send({**message, "headers": list(headers)})
                await send({"type": "http.response.body", "body": body})
            elif not is_replaced:
                await send(message)

        await app(scope, receive, translated)

    return answer
