"""Clients that rent, reuse, renew, give back and verify, and send each request under its key until it is answered for good."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from otpstream.sandbox import Sandbox
from tests.kills.process import Worker

_MOST_DAYS = 7
_AGAIN_SECONDS = 0.03
_AGAIN_TYPES = ("idempotency-key-in-flight", "busy", "supplier-away", "provider-away")
"""What says by itself that the same request may be sent again under the same key."""
_OUTCOME_LOOKS = 400
"""Longer than any intent stays open while the worker lives."""

ORDERS: tuple[dict[str, Any], ...] = (
    {"supplier": "text2fa-s1", "service": "ee1fdp", "area": "AL"},
    {"supplier": "text2fa-s1", "service": "Telegram"},
    {"supplier": "text2fa-s2", "service": "xyz123", "area": "610"},
    {"supplier": "text2fa-rental", "service": "rent123", "duration_days": 1},
    {"supplier": "rental", "country": "GB"},
    {"service": "Amazon"},
    {"country": "US", "service": "Google"},
)
"""Also some that leave the supplier open; how many days is drawn anew for each."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request that was answered for good."""

    number: int
    """Of the client."""
    path: str
    key: str
    body: dict[str, Any] | None
    status: int
    reply: dict[str, Any]


@dataclass
class Log:
    """What all clients came to."""

    answered: list[Asked] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    tries: int = 0
    stall_seconds: float = 0.0
    """The longest time without an answer to anybody."""
    _last: float = field(default_factory=time.monotonic)

    def take(self, asked: Asked) -> None:
        now = time.monotonic()
        self.stall_seconds, self._last = max(self.stall_seconds, now - self._last), now
        self.answered.append(asked)
        self.statuses[asked.status] += 1


class Client:
    """One of them.

    Args:
        number: tells its requests from the others'.
        api_key: with all scopes.
        worker: whom it asks.
        sandbox: whose phones it reads.
        log: where its requests are written down.
        seed: decides what it does.
    """

    def __init__(self, number: int, api_key: str, *, worker: Worker, sandbox: Sandbox, log: Log, seed: int) -> None:
        self.number = number
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._worker = worker
        self._sandbox = sandbox
        self._log = log
        self._random = random.Random(f"{seed}:{number}")
        self._requests = 0
        self._rentals: list[dict[str, Any]] = []
        self._verifications: list[tuple[str, str]] = []
        """Ids, and the brands that they are known by at the provider."""

    async def run(self, stop: asyncio.Event) -> None:
        """Do one thing after the other until told to stop; what was begun is ended."""
        actions: list[Callable[[], Awaitable[None]]] = [
            *[self._rent] * 6,
            *[self._give_back] * 3,
            *[self._reuse] * 2,
            *[self._renew] * 2,
            *[self._start] * 5,
            *[self._check] * 3,
            *[self._cancel] * 2,
        ]
        async with httpx.AsyncClient(timeout=20, headers=self._headers) as http:
            self._http = http
            while not stop.is_set():
                await self._random.choice(actions)()

    async def repeat(self, asked: Asked) -> Asked:
        """Send a request once more under its key, as somebody does who forgot that it was answered."""
        return await self.send(asked.path, asked.key, asked.body)

    async def send(self, path: str, key: str, body: dict[str, Any] | None) -> Asked:
        """Send one request under its key until it is answered for good."""
        async with httpx.AsyncClient(timeout=20, headers=self._headers) as http:
            self._http = http
            return await self._until_answered(path, key, body)

    async def _rent(self) -> None:
        order = dict(self._random.choice(ORDERS))
        if "duration_days" in order:
            order["duration_days"] = self._days()
        await self._keep(await self._ask("/v1/rentals", order))

    async def _reuse(self) -> None:
        ended = [one for one in self._rentals if one["supplier"] == "text2fa-s1" and one["state"] == "over"]
        if ended:
            rental = self._random.choice(ended)
            await self._keep(await self._ask(f"/v1/rentals/{rental['rental_id']}/reuse"))

    async def _renew(self) -> None:
        live = [one for one in self._rentals if one["supplier"] == "text2fa-rental" and one["state"] == "active"]
        if live:
            rental = self._random.choice(live)
            await self._ask(f"/v1/rentals/{rental['rental_id']}/renew", {"additional_days": self._days()})

    def _days(self) -> int:
        return self._random.randint(1, _MOST_DAYS)

    async def _give_back(self) -> None:
        live = [one for one in self._rentals if one["state"] == "active"]
        if live:
            rental = self._random.choice(live)
            way, body = self._random.choice([("cancel", {"when_possible": True}), ("cancel", None), ("reject", None)])
            asked = await self._ask(f"/v1/rentals/{rental['rental_id']}/{way}", body)
            if asked.status == 200:
                rental["state"] = "over"

    async def _start(self) -> None:
        brand = f"K{self.number}x{self._requests}"
        phones = [one["phone"] for one in self._rentals if one["phone"] is not None][-3:]
        strangers = [f"+447400{self.number:02}{self._requests % 10_000:04}"] * 4
        body = {"phone": self._random.choice([*phones, *strangers]), "brand": brand, "workflow": "4"}
        asked = await self._ask("/v1/verifications", body)
        if asked.status == 201:
            self._verifications.append((asked.reply["verification_id"], brand))

    async def _check(self) -> None:
        if self._verifications:
            name, brand = self._random.choice(self._verifications[-5:])
            codes = [one.code for one in self._sandbox.textmagic.verifications if one.request.brand == brand]
            code = codes[0] if codes and self._random.random() < 0.7 else "0000"
            await self._ask(f"/v1/verifications/{name}/check", {"code": code})

    async def _cancel(self) -> None:
        if self._verifications:
            name, _ = self._random.choice(self._verifications[-5:])
            await self._ask(f"/v1/verifications/{name}/cancel", {"schedule": self._random.random() < 0.7})

    async def _keep(self, asked: Asked) -> None:
        """Remember what was rented, once it is known; now and then an SMS comes in on it."""
        if asked.status not in (200, 201, 202):
            return
        rental = asked.reply if asked.status != 202 else await self._outcome(asked.reply["rental_id"])
        if rental["state"] != "active":
            return
        self._rentals.append(rental)
        if self._random.random() < 0.2:
            holder = self._sandbox.rental_api if rental["supplier"] == "rental" else self._sandbox.text2fa_dashboard
            order_id = rental["line"].partition(":")[2]
            if holder.holder_of(rental["phone"]) == order_id:
                holder.deliver(order_id, "Uber", "Your code is 4711", expected_code="4711")

    async def _outcome(self, rental_id: str) -> dict[str, Any]:
        """Wait until it is known whether a number was rented.

        Raises:
            RuntimeError: it never is.
        """
        for _ in range(_OUTCOME_LOOKS):
            await asyncio.sleep(_AGAIN_SECONDS)
            try:
                reply = await self._http.get(f"{await self._worker.url()}/v1/rentals/{rental_id}")
            except httpx.HTTPError:
                continue
            if reply.status_code == 200 and reply.json()["state"] != "requested":
                rental: dict[str, Any] = reply.json()
                return rental
        raise RuntimeError(f"nobody says what became of {rental_id}")

    async def _ask(self, path: str, body: dict[str, Any] | None = None) -> Asked:
        self._requests += 1
        asked = await self._until_answered(path, f"key-{self.number}-{self._requests}", body)
        self._log.take(asked)
        return asked

    async def _until_answered(self, path: str, key: str, body: dict[str, Any] | None) -> Asked:
        """Send a request under its key, again after each end of the worker, until the answer is one to keep."""
        while True:
            url = await self._worker.url()
            self._log.tries += 1
            try:
                reply = await self._http.post(f"{url}{path}", json=body, headers={"Idempotency-Key": key})
            except httpx.HTTPError:
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            told = reply.json()
            kind = str(told.get("type", "")).rpartition(":")[2]
            if kind in _AGAIN_TYPES:
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            return Asked(number=self.number, path=path, key=key, body=body, status=reply.status_code, reply=told)
