"""Webhooks: retried with back-off, signed, and true about what became of them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.sandbox import RetryPolicy, Text2faSimulator, WebhookSender, WebhookSigner
from otpstream.sandbox.ledger import Push, PushState
from otpstream.sandbox.webhooks import Post, Reply, retry_after_seconds
from tests.unit.sandbox.doubles import Receiver

NOW = datetime(2025, 6, 26, 8, 15, tzinfo=UTC)
ACCEPTED = Reply(status=204)


@dataclass
class ScriptedReceiver:
    """Answers attempts from a script, and accepts once it has run out; time passes only in its record of waits."""

    replies: list[Reply] = field(default_factory=list)
    attempts: int = 0
    waits_seconds: list[float] = field(default_factory=list)

    async def post(self, _url: str, _body: bytes, _headers: Mapping[str, str]) -> Reply:
        self.attempts += 1
        return self.replies.pop(0) if self.replies else ACCEPTED

    async def sleep(self, seconds: float) -> None:
        self.waits_seconds.append(seconds)

    @asynccontextmanager
    async def open_client(self) -> AsyncIterator[Post]:
        yield self.post

    async def deliver(self, *, delay_seconds: float = 0, max_attempts: int = 6) -> Push:
        push = Push(webhook_id="1")
        retry = RetryPolicy(max_attempts=max_attempts, first_delay_seconds=1, max_delay_seconds=5)
        sender = WebhookSender(retry=retry, open_client=self.open_client, clock=lambda: NOW, sleep=self.sleep)
        async with sender:
            sender.push(push, url="https://example.com", body=b"{}", delay_seconds=delay_seconds)
            await sender.drain()
        return push


@pytest.mark.parametrize("status", [None, 301, 400, 404, 429, 500, 503])
async def test_whatever_is_not_2xx_is_tried_again(status: int | None) -> None:
    """Redirects, refusals, errors and broken connections are retried until the webhook is accepted."""
    receiver = ScriptedReceiver([Reply(status=status)] * 2)

    push = await receiver.deliver()

    assert (push.state, push.attempts, receiver.attempts) == (PushState.DELIVERED, 3, 3)


async def test_back_off_doubles_up_to_its_bound() -> None:
    """Waits double from the first delay to the longest one, and the attempts end."""
    receiver = ScriptedReceiver([Reply(status=503)] * 100)

    push = await receiver.deliver()

    assert receiver.waits_seconds == [1, 2, 4, 5, 5]
    assert (push.state, push.attempts) == (PushState.GIVEN_UP, 6)


async def test_retry_after_is_honoured_within_the_bound() -> None:
    """The receiver's wish, in seconds or as a date, replaces the back-off, but not beyond the longest wait."""
    wishes = ["3", "Thu, 26 Jun 2025 08:15:02 GMT", "3600", "soon"]
    receiver = ScriptedReceiver([Reply(status=503, retry_after=wish) for wish in wishes])

    await receiver.deliver()

    assert receiver.waits_seconds == [3, 2, 5, 5]


async def test_a_held_back_copy_waits_first() -> None:
    """A delay passes before the first attempt."""
    receiver = ScriptedReceiver()

    push = await receiver.deliver(delay_seconds=0.4)

    assert (receiver.waits_seconds, push.state) == ([0.4], PushState.DELIVERED)


async def test_copies_on_their_way_are_cancelled_at_the_end() -> None:
    """Leaving the sender ends what still waits, started or not, and says so; it does not hang."""
    receiver = ScriptedReceiver()
    started, unstarted = Push(webhook_id="1"), Push(webhook_id="1")
    async with asyncio.timeout(5):
        async with WebhookSender(open_client=receiver.open_client) as sender:
            sender.push(started, url="https://example.com", body=b"{}", delay_seconds=3600)
            await asyncio.sleep(0)
            sender.push(unstarted, url="https://example.com", body=b"{}", delay_seconds=0)

    assert (started.state, unstarted.state) == (PushState.CANCELLED, PushState.CANCELLED)
    assert receiver.attempts == 0


async def test_a_sender_that_is_not_entered_says_so() -> None:
    """Sending without a running sandbox names the mend."""
    with pytest.raises(RuntimeError, match="async with"):
        WebhookSender().push(Push(webhook_id="1"), url="https://example.com", body=b"{}", delay_seconds=0)


@given(st.integers(min_value=0, max_value=10**6))
def test_retry_after_in_seconds_is_read(seconds: int) -> None:
    """Any whole number of seconds is taken as it is."""
    assert retry_after_seconds(str(seconds), now=NOW) == seconds


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("Thu, 26 Jun 2025 08:14:00 GMT", 0.0),
        ("Thu, 26 Jun 2025 08:16:00 GMT", 60.0),
    ],
)
def test_retry_after_in_other_forms(header: str | None, expected: float | None) -> None:
    """A date in the past means now; what is unreadable counts as absent."""
    assert retry_after_seconds(header, now=NOW) == expected


@given(st.binary())
def test_a_signature_vouches_for_body_and_time(body: bytes) -> None:
    """The signature is the hexadecimal HMAC-SHA256 of the body, or of time and body where a time is sent."""
    plain = WebhookSigner(secret="s3cret", header="X-Sig").sign(body, now=NOW)
    timed = WebhookSigner(secret="s3cret", header="X-Sig", timestamp_header="X-Time").sign(body, now=NOW)

    timestamp = str(int(NOW.timestamp()))
    assert plain == {"X-Sig": hmac.digest(b"s3cret", body, "sha256").hex()}
    assert timed == {
        "X-Time": timestamp,
        "X-Sig": hmac.new(b"s3cret", timestamp.encode() + b"." + body, hashlib.sha256).hexdigest(),
    }


def test_the_secret_stays_out_of_representations() -> None:
    """Printing a signer shows no secret."""
    assert "s3cret" not in repr(WebhookSigner(secret="s3cret"))


async def test_webhooks_carry_the_message_of_the_guide_over_http(receiver: Receiver) -> None:
    """A real POST carries `{number_id, from, message, received_at}` as JSON with a signature over its very bytes."""
    signer = WebhookSigner(secret="s3cret", header="X-Sig", timestamp_header="X-Time")
    simulator = Text2faSimulator(api_key="k", sender=WebhookSender(signer=signer), clock=lambda: NOW)
    rented = simulator.rent()
    simulator.account.register_webhook(receiver.url)
    async with simulator, asyncio.timeout(10):
        simulator.send(rented.id, sender="Bücher", text="1234 ist Ihr Code 🔑", expected_code="1234")
        await simulator.drain_webhooks()

    (body,), (headers,) = receiver.bodies, receiver.headers
    assert json.loads(body) == {
        "number_id": rented.id,
        "from": "Bücher",
        "message": "1234 ist Ihr Code 🔑",
        "received_at": "2025-06-26T08:15:00Z",
    }
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Sig"] == hmac.digest(b"s3cret", headers["X-Time"].encode() + b"." + body, "sha256").hex()
