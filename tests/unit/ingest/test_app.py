"""The assembly: which routes there are, what they warn of, and what lies behind them."""

from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from ingest.app import mounted, routes
from ingest.metrics import IngestMetrics
from ingest.receiver import Receive, Scope, Send
from ingest.settings import Text2faSettings
from tests.unit.ingest.fakes import RecordingPublisher

TOKEN = "token-0123456789-abcdef"


def _routes(webhook: dict[str, Any] | None) -> list[Any]:
    settings = Text2faSettings.model_validate({"webhook": webhook})
    return routes(settings, publisher=RecordingPublisher(), metrics=IngestMetrics(CollectorRegistry()))


@pytest.mark.parametrize(
    ("webhook", "paths"),
    [
        (None, []),
        ({"hmac_secrets": "secret"}, ["/webhooks/text2fa"]),
        ({"path_tokens": TOKEN}, ["/webhooks/text2fa", "/webhooks/text2fa/{token}"]),
    ],
    ids=["no-webhook", "signed", "token"],
)
def test_there_are_the_routes_that_are_configured(webhook: dict[str, Any] | None, paths: list[str]) -> None:
    """What nobody configured is not served."""
    assert [path for path, _ in _routes(webhook)] == paths


async def test_every_other_path_is_the_applications() -> None:
    """The routes stand in front of the application and hide nothing of it, nor its lifespan."""
    seen: list[str] = []

    async def application(scope: Scope, _receive: Receive, send: Send) -> None:
        seen.append(scope.get("path", scope["type"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    app = mounted(_routes({"path_tokens": TOKEN}), otherwise=application)
    paths = ["/metrics", "/webhooks", "/webhooks/text2fa/a/b", "/webhooks/text2fax", f"/other/{TOKEN}"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://otpstream.test") as client:
        for path in paths:
            await client.get(path)
        refused = await client.post("/webhooks/text2fa/wrong")

    async def ignore(*_: Any) -> Any:
        return {}

    await app({"type": "lifespan"}, ignore, ignore)

    assert seen == [*paths, "lifespan"]
    assert refused.status_code == 401
