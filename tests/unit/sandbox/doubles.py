"""A clock that is moved by hand, and a webhook receiver that remembers what it was told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web


@dataclass
class ManualClock:
    """Stands still until it is moved."""

    now: datetime = datetime(2025, 6, 26, 8, 15, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Receiver:
    """Takes webhooks and keeps them in the order of arrival."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    """Statuses of the next replies; 204 once they are used up."""
    reply_headers: dict[str, str] = field(default_factory=dict)

    async def receive(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 204, headers=self.reply_headers)

    @property
    def payloads(self) -> list[dict[str, str]]:
        return [json.loads(body) for body in self.bodies]

    @property
    def keys(self) -> list[tuple[str, str, str, str]]:
        return [(p["number_id"], p["from"], p["message"], p["received_at"]) for p in self.payloads]
