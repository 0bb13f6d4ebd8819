"""The whole flow on a real Kafka: a webhook and a poll of the same SMS in, one message, one code and one signed push out."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from confluent_kafka import Consumer, KafkaError, TopicPartition
from pydantic_core import from_json
from standardwebhooks import Webhook

from ops.kafka.cluster import Cluster
from otpstream import topics_admin
from otpstream.engine_thread import GROUP
from otpstream.roles import Role, Running, running
from otpstream.settings import Settings, load
from schemas.topics import CODES, MESSAGES, SMS, Topic

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(120)]

PATIENCE_SECONDS = 60.0
API_KEY = "key-of-the-account"
PATH_TOKEN = "0123456789abcdef-path-token"
PUSH_SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
PHONE = "+15551234567"


class Provider:
    """Text2FA's polled side with one number, in the shapes of its integration guide of 2025-06-26."""

    def __init__(self) -> None:
        self.messages: list[dict[str, str]] = []

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve, and give the base URL."""
        app = web.Application()
        app.router.add_get("/v1/numbers", self._list_numbers)
        app.router.add_get("/v1/numbers/12345/messages", self._list_messages)
        async with TestServer(app) as server:
            yield str(server.make_url("/")).rstrip("/")

    async def _list_numbers(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response([{"id": "12345", "number": PHONE, "type": "non-voip", "country": "US"}])

    async def _list_messages(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response(self.messages)

    @staticmethod
    def _check(request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {API_KEY}":
            raise web.HTTPUnauthorized


class Receiver:
    """A subscriber that keeps what is pushed to it."""

    def __init__(self) -> None:
        self.pushes: list[tuple[bytes, dict[str, str]]] = []

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve, and give the address to push to."""
        app = web.Application()
        app.router.add_post("/codes", self._receive)
        async with TestServer(app) as server:
            yield str(server.make_url("/codes"))

    async def _receive(self, request: web.Request) -> web.Response:
        self.pushes.append((await request.read(), dict(request.headers)))
        return web.Response(status=204)


def _settings(cluster: Cluster, *, provider: str, receiver: str) -> Settings:
    return load(
        {
            "kafka": {"bootstrap_servers": cluster.bootstrap_servers, "replication_factor": 1},
            "http": {"host": "127.0.0.1", "port": 0},
            "text2fa": {
                "base_url": provider,
                "api_key": API_KEY,
                "poll_interval_seconds": 0.5,
                "numbers_interval_seconds": 1,
                "webhook": {"path_tokens": [PATH_TOKEN]},
            },
            "subscription": {"url": receiver, "secrets": [PUSH_SECRET]},
        }
    )


@asynccontextmanager
async def _flow(cluster: Cluster, provider: Provider, receiver: Receiver) -> AsyncIterator[Running]:
    """Run all three roles on the cluster, ready."""
    async with AsyncExitStack() as stack:
        provider_url = await stack.enter_async_context(provider.serving())
        receiver_url = await stack.enter_async_context(receiver.serving())
        settings = _settings(cluster, provider=provider_url, receiver=receiver_url)
        await asyncio.to_thread(
            topics_admin.create,
            {"bootstrap.servers": cluster.bootstrap_servers},
            replication_factor=1,
            window_seconds=settings.process.window_seconds,
        )
        process = await stack.enter_async_context(running(settings, frozenset(Role)))

        async def ready() -> bool:
            async with httpx.AsyncClient() as http:
                answer = await http.get(f"{process.base_url}/health/ready")
            return answer.status_code == httpx.codes.OK

        await _wait_for(ready, "all roles to be ready")
        yield process


async def test_an_sms_by_both_paths_is_one_message_one_code_and_one_signed_push(empty_kafka: Cluster) -> None:
    """The same SMS by webhook and by poll comes out once everywhere, tied to its number, and nobody else's webhook counts."""
    provider, receiver = Provider(), Receiver()
    received_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    sms = {"from": "+12135559876", "message": "Your OTP is 843291", "received_at": received_at}

    async with _flow(empty_kafka, provider, receiver) as process:
        webhook = f"{process.base_url}/webhooks/text2fa"
        async with httpx.AsyncClient() as http:
            forged = await http.post(f"{webhook}/{'x' * len(PATH_TOKEN)}", json={"number_id": "12345", **sms})
            accepted = await http.post(f"{webhook}/{PATH_TOKEN}", json={"number_id": "12345", **sms})
        provider.messages.append(sms)

        async def both_processed() -> bool:
            paths = {one["path"] for one in await asyncio.to_thread(_read, empty_kafka, SMS)}
            return paths == {"webhook", "poll"} and await asyncio.to_thread(_behind, empty_kafka) == 0

        async def pushed() -> bool:
            return bool(receiver.pushes)

        await _wait_for(both_processed, "both copies to be processed")
        await _wait_for(pushed, "the push")

    assert (forged.status_code, accepted.status_code) == (401, 202)
    messages, codes = _read(empty_kafka, MESSAGES), _read(empty_kafka, CODES)
    for outputs in (messages, codes):
        assert [one["revision"] for one in outputs] in ([1], [1, 2]), (
            "a second revision where the number was known late"
        )
        assert {one["message_id"] for one in outputs} == {messages[0]["message_id"]}
        assert {one["code"] for one in outputs} == {"843291"}
        assert outputs[-1]["phone"] == PHONE
        assert outputs[-1]["rental_id"] is not None
    ((body, headers),) = receiver.pushes
    assert Webhook(PUSH_SECRET).verify(body, headers)["data"]["code"] == "843291"
    assert headers["webhook-id"] == messages[0]["message_id"]


async def _wait_for(condition: Callable[[], Awaitable[bool]], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if await condition():
            return
        await asyncio.sleep(0.1)
    pytest.fail(f"waited {PATIENCE_SECONDS:.0f} s for {what}")


def _read(cluster: Cluster, topic: Topic) -> list[dict[str, Any]]:
    """Return the committed events of a topic to its end, in order of their revision."""
    consumer = Consumer(
        {
            "bootstrap.servers": cluster.bootstrap_servers,
            "group.id": "flow.reader",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    try:
        consumer.assign([TopicPartition(topic.name, partition, 0) for partition in range(topic.partitions)])
        events, to_go = [], topic.partitions
        while to_go:
            message = consumer.poll(PATIENCE_SECONDS)
            assert message is not None
            error = message.error()
            if error is None:
                events.append(from_json(message.value() or b""))
            else:
                assert error.code() == KafkaError._PARTITION_EOF
                to_go -= 1
    finally:
        consumer.close()
    return sorted(events, key=lambda event: event.get("revision", 0))


def _behind(cluster: Cluster) -> int:
    """Return how many SMS the processors have not committed."""
    consumer = Consumer({"bootstrap.servers": cluster.bootstrap_servers, "group.id": GROUP})
    try:
        partitions = [TopicPartition(SMS.name, partition) for partition in range(SMS.partitions)]
        committed = sum(max(0, one.offset) for one in consumer.committed(partitions, timeout=PATIENCE_SECONDS))
        return sum(consumer.get_watermark_offsets(one, timeout=PATIENCE_SECONDS)[1] for one in partitions) - committed
    finally:
        consumer.close()
