"""A subscriber to try pushes on: receives them, checks their signatures per Standard Webhooks, and remembers when each came."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def _ignore(_: dict[str, Any], __: float) -> None:
    """Do nothing with a push."""


@dataclass
class Subscriber:
    """Answers 204 to a push that is signed right, 401 to any other."""

    secret: str = field(repr=False)
    on_push: Callable[[dict[str, Any], float], None] = _ignore
    """Called with the data of each new push, and the seconds since our receipt of its SMS."""
    pushes: dict[str, tuple[dict[str, Any], float]] = field(default_factory=dict)
    """By `webhook-id`: the same."""
    repeated: int = 0
    """Pushes that came again under a known id: an at-least-once sender may do so."""
    forged: int = 0
    """Pushes whose signature is not right."""

    @property
    def app(self) -> Starlette:
        """The subscriber's server: `POST /codes`."""
        return Starlette(routes=[Route("/codes", self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        body = await request.body()
        try:
            Webhook(self.secret).verify(body, dict(request.headers))
        except WebhookVerificationError:
            self.forged += 1
            return Response(status_code=401)
        event_id, data = request.headers["webhook-id"], json.loads(body)["data"]
        if event_id in self.pushes:
            self.repeated += 1
        else:
            taken_seconds = (datetime.now(UTC) - datetime.fromisoformat(data["ingested_at"])).total_seconds()
            self.pushes[event_id] = (data, taken_seconds)
            self.on_push(data, taken_seconds)
        return Response(status_code=204)
