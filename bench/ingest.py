"""Webhooks acknowledged a second: the receiver against a bare ASGI callable that awaits the broker for each raw body.

Both run under uvicorn as `otpstream` serves, with the same producer, and answer 202 once all in-sync replicas have the record. The
receiver does its whole work besides: signature, validation, headers, metrics.
"""

import asyncio
import hashlib
import hmac
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from statistics import median
from typing import Any

import uvloop
from aiokafka import AIOKafkaProducer
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bench import broker, traffic
from bench.processes import Meter, Run, Worker, spawning
from bench.stage import SEED
from bench.webhook_load import Answered, post
from ingest import app as ingest_app
from ingest import publisher
from ingest.metrics import IngestMetrics
from ingest.providers import text2fa
from ingest.providers.registry import WebhookRoute
from ingest.receiver import Receive, Scope, Send
from ingest.settings import WebhookAuthenticationSettings
from ops.kafka import ports
from otpstream.http_server import serving
from otpstream.parts import ACK_TIMEOUT_SECONDS
from schemas.topics import SMS

CONNECTIONS = 64
_SECRET = "a benchmark signs as providers do"  # noqa: S105 - guards nothing
_PATH = f"/webhooks/{text2fa.PROVIDER}"
_WARM_UP_SECONDS = 2.0
_REQUESTS = 5_000
"""Different ones, repeated in turn."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """One run of one server."""

    answered: Answered
    server: Run


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Interleaved runs of the bare handler and of the receiver."""

    bare: list[Served]
    receiver: list[Served]

    @property
    def ratios(self) -> list[float]:
        """The receiver's speed as a share of the bare handler's, pair by pair."""
        pairs = zip(self.bare, self.receiver, strict=True)
        return [receiver.answered.per_second / bare.answered.per_second for bare, receiver in pairs]

    @property
    def ratio(self) -> float:
        """The median of the pairs."""
        return median(self.ratios)


def compare(*, pairs: int, seconds: float) -> Comparison:
    """Measure both servers in turn, each in a process of its own."""
    requests = _requests()
    with broker.kafka() as servers:
        _measure(serve_bare, servers, requests, seconds=seconds)  # warms up the broker
        bare, receiver = [], []
        for _ in range(pairs):
            bare.append(_measure(serve_bare, servers, requests, seconds=seconds))
            receiver.append(_measure(serve_receiver, servers, requests, seconds=seconds))
    return Comparison(bare=bare, receiver=receiver)


def _requests() -> list[bytes]:
    """Return signed webhooks of Text2FA, as they go over the wire."""
    rng = random.Random(SEED)
    now = datetime.now(UTC)
    requests = []
    for _ in range(_REQUESTS):
        sms = traffic.message(rng, received_at=now, ingested_at=now, silent=0.1)
        body = json.dumps(
            {
                "number_id": sms.line.partition(":")[2],
                "from": sms.sender,
                "message": sms.text,
                "received_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        ).encode()
        signature = hmac.new(_SECRET.encode(), body, hashlib.sha256).hexdigest()
        head = (
            f"POST {_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"X-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        requests.append(head.encode() + body)
    return requests


def _measure(serve: Callable[[str, int, Event], Run], servers: str, requests: list[bytes], *, seconds: float) -> Served:
    (port,) = ports.find_free(1)
    over = spawning.Event()
    with Worker(serve, servers, port, over) as server:
        with Worker(
            post, port, requests, connections=CONNECTIONS, warm_up_seconds=_WARM_UP_SECONDS, seconds=seconds
        ) as load:
            answered = load.result(timeout_seconds=seconds + 60)
        over.set()
        return Served(answered=answered, server=server.result(timeout_seconds=30))


def serve_receiver(bootstrap_servers: str, port: int, over: Event) -> Run:
    """Serve the receiver of Text2FA until told to stop."""
    return uvloop.run(_serve(bootstrap_servers, port, over, _receiver))


def serve_bare(bootstrap_servers: str, port: int, over: Event) -> Run:
    """Serve the bare handler until told to stop."""
    return uvloop.run(_serve(bootstrap_servers, port, over, _bare))


class _Counted:
    """Counts the requests of an application."""

    def __init__(self, app: ingest_app.AsgiApp) -> None:
        self._app = app
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests += 1
        await self._app(scope, receive, send)


async def _serve(
    bootstrap_servers: str, port: int, over: Event, build: Callable[[AIOKafkaProducer], ingest_app.AsgiApp]
) -> Run:
    async with _producing(bootstrap_servers) as producer:
        app = _Counted(build(producer))
        async with serving(app, host="127.0.0.1", port=port):
            meter = Meter()
            await asyncio.to_thread(over.wait)
            return meter.stop(app.requests)


@asynccontextmanager
async def _producing(bootstrap_servers: str) -> AsyncIterator[AIOKafkaProducer]:
    producer = publisher.producer(bootstrap_servers=[bootstrap_servers], ack_timeout_seconds=ACK_TIMEOUT_SECONDS)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


def _receiver(producer: AIOKafkaProducer) -> ingest_app.AsgiApp:
    metrics = IngestMetrics(CollectorRegistry())
    authentication = WebhookAuthenticationSettings(hmac_secrets=(SecretStr(_SECRET),))
    webhook = WebhookRoute(_PATH, text2fa.PROVIDER, "default", authentication, text2fa.read_webhook)
    to_kafka = publisher.KafkaPublisher(
        producer, ack_timeout_seconds=ACK_TIMEOUT_SECONDS, publish_seconds=metrics.publish_seconds
    )
    return ingest_app.mounted(ingest_app.routes([webhook], publisher=to_kafka, metrics=metrics), _nowhere)


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - an ASGI application
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _bare(producer: AIOKafkaProducer) -> ingest_app.AsgiApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        message: Any = await receive()
        await producer.send_and_wait(SMS.name, message["body"])
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    return app
