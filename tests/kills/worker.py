"""The process that is killed: the control plane on its store, over HTTP to the sandbox, publishing to a sink over HTTP."""

import asyncio
import base64
import logging
import os
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import Any, cast
from unittest import mock

import httpx
from prometheus_client import CollectorRegistry

from ingest.providers.contract import Rented, RentRequest, Supplier
from ingest.providers.errors import ProviderAway
from ingest.providers.registry import build
from ingest.providers.settings import ProvidersSettings
from ingest.publisher import BrokerAway, Outgoing
from otpstream.control.app import control_plane
from otpstream.control.rentals import asking, calls
from otpstream.control.rentals.asking import Refused, Unknown
from otpstream.control.settings import ControlSettings
from otpstream.http_server import serving

_PUBLISH_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a worker is told."""

    control: ControlSettings
    providers: ProvidersSettings
    sink_url: str
    begun_at: datetime
    """The time when the real clock stood at `begun_seconds`: it is the sandbox's time, so both must agree."""
    begun_seconds: float
    """Of CLOCK_MONOTONIC, which all processes of a machine share."""
    speed: float
    """Seconds of that time per second."""
    is_reckless: bool = False
    """Whether calls that spend money are made again where no answer came."""

    def now(self) -> datetime:
        """Tell the time."""
        return self.begun_at + timedelta(seconds=(time.monotonic() - self.begun_seconds) * self.speed)

    async def sleep(self, seconds: float) -> None:
        """Wait for seconds of that time."""
        await asyncio.sleep(seconds / self.speed)


class _Reckless:
    """A supplier whose numbers are asked for again where no answer came."""

    def __init__(self, inner: Supplier) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def rent(self, request: RentRequest) -> Rented:
        """Rent a number, once more where nobody knows what came of it."""
        try:
            return await self._inner.rent(request)
        except ProviderAway:
            return await self._inner.rent(request)


def work(job: Job, told: Connection) -> None:
    """Serve until killed, at the latest with the parent; tell the base URL once it can be called."""
    # Warnings tell of the faults that are made here on purpose.
    logging.basicConfig(level=logging.ERROR)

    async def ask(call: Awaitable[Rented], *, timeout_seconds: float) -> Rented | Refused | Unknown:
        return await asking.ask(call, timeout_seconds=timeout_seconds / job.speed)

    # The loop's clock is the machine's: a call that outlasted its time by ours would be one that nobody waits for any more.
    with mock.patch.object(calls, "ask", ask):
        asyncio.run(_serve(job, told))


async def _serve(job: Job, told: Connection) -> None:
    parent = parent_process()
    if parent is not None:
        asyncio.get_running_loop().add_reader(int(parent.sentinel), os._exit, 1)
    async with httpx.AsyncClient() as http, httpx.AsyncClient(timeout=_PUBLISH_SECONDS) as kafka:

        async def publish(records: Sequence[Outgoing]) -> None:
            try:
                reply = await kafka.post(job.sink_url, json=[_shown(record) for record in records])
            except httpx.HTTPError as fault:
                raise BrokerAway(type(fault).__name__) from None
            if not reply.is_success:
                raise BrokerAway(f"answered {reply.status_code}")

        providers = build(job.providers, http, job.now, job.sleep)
        suppliers = [one for one in providers.suppliers if "rent" in one.supports]
        async with (
            control_plane(
                job.control,
                suppliers=[cast(Supplier, _Reckless(one)) for one in suppliers] if job.is_reckless else suppliers,
                verifiers=providers.verifiers,
                publish=publish,
                registry=CollectorRegistry(),
                clock=job.now,
                version="0",
            ) as plane,
            serving(plane.api, host="127.0.0.1", port=0) as base_url,
        ):
            told.send(base_url)
            await plane.run()


def _shown(record: Outgoing) -> dict[str, str]:
    headers = {name: content.decode() for name, content in record.headers}
    return {
        "topic": record.topic,
        "key": (record.key or b"").decode(),
        "id": headers["ce_id"],
        "value": base64.b64encode(record.value or b"").decode(),
    }
