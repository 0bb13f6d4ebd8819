"""What the worker publishes to: takes batches over HTTP, refuses some, and remembers every record in the order of arrival."""

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record that was acknowledged, or whose acknowledgement the worker did not live to see."""

    topic: str
    key: str
    id: str
    value: bytes


class Sink:
    """Takes records.

    Args:
        seed: decides which batches are refused.
        refused_share: how many of them.
        on_batch: told of each batch that was taken, before it is acknowledged.
    """

    def __init__(self, *, seed: int, refused_share: float, on_batch: Callable[[], None]) -> None:
        self.records: list[Record] = []
        self._random = random.Random(f"{seed}:sink")
        self._refused_share = refused_share
        self._on_batch = on_batch
        self.app = Starlette(routes=[Route("/", self._take, methods=["POST"])])

    async def _take(self, request: Request) -> Response:
        try:
            batch = await request.json()
        except ClientDisconnect:
            return Response(status_code=400)
        if self._random.random() < self._refused_share:
            return Response(status_code=503)
        self.records += [
            Record(topic=one["topic"], key=one["key"], id=one["id"], value=base64.b64decode(one["value"]))
            for one in batch
        ]
        self._on_batch()
        return Response(status_code=204)

    def by_key(self) -> dict[tuple[str, str], list[Record]]:
        """Return the records by topic and key, in their order; one that was sent again at once counts once."""
        parted: dict[tuple[str, str], list[Record]] = {}
        for record in self.records:
            earlier = parted.setdefault((record.topic, record.key), [])
            if not earlier or earlier[-1].id != record.id:
                earlier.append(record)
        return parted
