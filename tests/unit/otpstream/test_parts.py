"""What a part does at the end of its process, and what it tells of its faults."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from faststream.kafka import KafkaBroker
from prometheus_client import CollectorRegistry

from otpstream import logs
from otpstream.lifetime import Lifetime
from otpstream.parts import BoundedBroker, Parts
from otpstream.settings import Settings

SUBSCRIPTION = {"url": "http://127.0.0.1:9/codes", "secrets": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}


@pytest.fixture
async def parts() -> AsyncIterator[Parts]:
    """Build parts with a subscription; no broker is asked until one is started."""
    settings = Settings.model_validate({"kafka": {"bootstrap_servers": "127.0.0.1:9"}, "subscription": SUBSCRIPTION})
    async with AsyncExitStack() as stack:
        yield Parts(settings, embedded=False, registry=CollectorRegistry(), life=Lifetime(stack))


async def test_an_end_that_no_broker_answers_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Who reads is told before anything is waited for; a cluster that hangs does not keep the process alive."""
    told: list[str] = []

    async def hangs(self: KafkaBroker, *_: Any) -> None:
        told.append("leaving")
        await asyncio.Event().wait()

    monkeypatch.setattr(KafkaBroker, "stop", hangs)
    broker = BoundedBroker("127.0.0.1:9", logger=None)
    broker.stop_seconds = 0.01
    broker.on_stop = lambda: told.append("told")

    async with asyncio.timeout(10):
        await broker.stop()

    assert told == ["told", "leaving"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


async def test_deliver_is_told_of_the_end(parts: Parts) -> None:
    """The broker that pushes codes ends their retries with it, below the 30 s that containers are commonly granted."""
    broker = await parts.deliver()

    assert isinstance(broker, BoundedBroker)
    assert broker.on_stop is not None
    assert broker.stop_seconds < 30
    assert (broker.config.graceful_timeout or 0) < broker.stop_seconds


async def test_a_fault_in_a_subscriber_is_one_line_of_our_log(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    """FastStream has no format, colours or traceback of its own with us, and no text that may quote a code."""
    logs.configure("INFO")
    broker = await parts.deliver()
    broker._setup_logger()

    broker.config.logger.log("RuntimeError: 843291", logging.ERROR, exc_info=RuntimeError("843291"))

    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("RuntimeError")
    assert "843291" not in line
