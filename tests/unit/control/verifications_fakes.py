"""A verifier that keeps the provider's rules on a clock that the test turns, a process that can be killed, and what readers would see."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, cast

from prometheus_client import CollectorRegistry
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from ingest.providers.contract import Started, VerifyRequest
from ingest.providers.errors import CallRefused, KeyRefused, ProviderAway, ReplyUnreadable
from otpstream.control.projection import Projection
from otpstream.control.store import messages, outbox, prefix_holds
from otpstream.control.store import verifications as store
from otpstream.control.verifications.arrivals import Arrivals
from otpstream.control.verifications.clock import VerificationClock
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.ledger import Ledger
from otpstream.control.verifications.metrics import VerificationMetrics
from otpstream.control.verifications.record import Verification
from otpstream.control.verifications.request import Asked
from otpstream.control.verifications.settings import VerificationSettings
from schemas.events import Message
from schemas.topics import HOLDS, VERIFICATIONS, Topic
from schemas.verifications import PrefixHoldState, VerificationState
from tests.builders import LINE, NOON, PHONE, seconds

CODE = "4711"
WRONG = "0042"
LAST = {"verified", "cancelled", "expired", "refused", "held"}
"""The changes that end a verification."""
ALL_OVER_SECONDS = 400
"""Past the longest that a start whose outcome is unknown may take its phone's slot."""

Fault = Literal["none", "lost", "unreadable", "away", "refused", "key"]
"""lost: it takes effect, the answer never comes · unreadable: likewise, and the answer says nothing · away: nothing reaches it."""


class Killed(BaseException):
    """The process is gone: nothing of ours may catch it."""


@dataclass
class Clock:
    """Our clock, which is the provider's too."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, count: float) -> None:
        """Turn it on by so many seconds."""
        self.now += seconds(count)


@dataclass
class Fuse:
    """Kills the process at the n-th of the points that it passes; None: never."""

    left: int | None = None
    passed: int = 0

    def point(self) -> None:
        """Pass a point."""
        self.passed += 1
        if self.left is not None:
            if self.left == 0:
                self.left = None
                raise Killed
            self.left -= 1


@dataclass
class AtProvider:
    """One verification, as the provider has it."""

    phone: str
    started_at: datetime
    state: Literal["live", "verified", "cancelled"] = "live"

    def lives(self, now: datetime) -> bool:
        return self.state == "live" and now < self.started_at + seconds(300)


@dataclass
class FakeVerifier:
    """Keeps the rules: one live verification a phone, 300 s, no cancel before 30 s."""

    clock: Clock
    fuse: Fuse = field(default_factory=Fuse)
    name: str = "textmagic"
    account: str = "default"
    fault: Fault = "none"
    slow_seconds: float = 0
    """How long each call takes."""
    during: Callable[[], Awaitable[object]] | None = None
    """What happens elsewhere while a call is out."""
    made: dict[str, AtProvider] = field(default_factory=dict)
    conflicts: int = 0
    """Starts of a phone whose earlier start of ours lived still."""
    calls: Counter[str] = field(default_factory=Counter)

    async def start(self, request: VerifyRequest) -> Started:
        """Send a code."""
        return Started(
            provider_verification_id=await self._call("start", self._start, request.phone), price=Decimal("0.05")
        )

    async def check(self, provider_verification_id: str, code: str) -> bool:
        """Check a code."""
        return bool(await self._call("check", self._check, provider_verification_id, code))

    async def cancel(self, provider_verification_id: str) -> None:
        """End a verification."""
        await self._call("cancel", self._cancel, provider_verification_id)

    def start_elsewhere(self, phone: str) -> None:
        """Let somebody else, on the same account, verify a phone."""
        self.made[f"elsewhere-{len(self.made)}"] = AtProvider(phone, self.clock())

    def _start(self, phone: str) -> str:
        living = [name for name, one in self.made.items() if one.phone == phone and one.lives(self.clock())]
        self.conflicts += sum(name.startswith("ours") for name in living)
        if living:
            raise CallRefused("start: answered 409", status=409, is_told=True)
        name = f"ours-{len(self.made)}"
        self.made[name] = AtProvider(phone, self.clock())
        return name

    def _check(self, name: str, code: str) -> bool:
        one = self.made[name]
        if code != CODE or not one.lives(self.clock()):
            return False
        one.state = "verified"
        return True

    def _cancel(self, name: str) -> None:
        one = self.made[name]
        if not one.lives(self.clock()):
            raise CallRefused("cancel: answered 404", status=404, reason="unknown", is_told=True)
        if self.clock() < one.started_at + seconds(30):
            raise CallRefused("cancel: answered 400", status=400, reason="early", is_told=True)
        one.state = "cancelled"

    async def _call(self, what: str, act: Callable[..., Any], *arguments: str) -> Any:
        self.calls[what] += 1
        self.fuse.point()
        if self.fault == "away":
            raise ProviderAway(f"{what}: ConnectError", sent=False)
        if self.fault == "refused":
            raise CallRefused(f"{what}: answered 400", status=400, is_told=True)
        if self.fault == "key":
            raise KeyRefused(f"{what}: answered 401")
        self.clock.forward(self.slow_seconds / 2)
        if self.during is not None:
            await self.during()
        answer = act(*arguments)
        self.clock.forward(self.slow_seconds / 2)
        self.fuse.point()
        if self.fault == "lost":
            raise ProviderAway(f"{what}: no answer in 10 seconds")
        if self.fault == "unreadable":
            raise ReplyUnreadable(f"{what}: the reply is not JSON")
        return answer


class KillableEngine:
    """A store whose process may die before a transaction begins, before it is committed, and after."""

    def __init__(self, engine: AsyncEngine, fuse: Fuse) -> None:
        self._engine = engine
        self._fuse = fuse

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        self._fuse.point()
        async with self._engine.begin() as connection:
            yield connection
            self._fuse.point()
        self._fuse.point()


@dataclass
class World:
    """One provider, one store, and one process after the other on them."""

    engine: AsyncEngine
    settings: VerificationSettings = field(default_factory=VerificationSettings)
    own_lines: dict[str, str] = field(default_factory=lambda: {PHONE: LINE})
    clock: Clock = field(default_factory=Clock)
    fuse: Fuse = field(default_factory=Fuse)

    def __post_init__(self) -> None:
        self.verifier = FakeVerifier(self.clock, self.fuse)
        self._ids = 0
        self.restart()

    def restart(self) -> None:
        """Begin a new process on the same store and the same provider."""
        self.fuse.left = None
        self.registry = CollectorRegistry()
        ledger = Ledger(
            cast("AsyncEngine", KillableEngine(self.engine, self.fuse)),
            metrics=VerificationMetrics(self.registry, providers=[self.verifier.name]),
            clock=self.clock,
        )
        self.verifications = Verifications(
            ledger, [self.verifier], settings=self.settings, line_of=self._line_of, draw_id=self._draw_id
        )
        self.projection = Projection(self.engine, kept_seconds=86_400, clock=self.clock)
        self.arrivals = Arrivals(self.verifications)
        self.ticker = VerificationClock(self.verifications)

    def ids_from(self, first: int) -> None:
        """Draw ids that another process does not."""
        self._ids = first

    async def receive(self, *batch: Message) -> None:
        """Let SMS come in from the stream."""
        await self.projection.on_messages(batch)
        await self.arrivals.on_messages(batch)

    async def of_message(self, message_id: str) -> Verification | None:
        """Return the verification that an SMS came for."""
        stored = await self.verifications.listed(client=None, limit=100)
        return next((one for one in stored if one.message_id == message_id), None)

    async def tick(self) -> int:
        """Let the clock look."""
        return await self.ticker.tick(self.clock())

    async def pass_seconds(self, count: float, *, each: float = 10) -> None:
        """Let time pass, with a look of the clock every so many seconds."""
        until = self.clock() + seconds(count)
        while self.clock() < until:
            self.clock.forward(min(each, (until - self.clock()).total_seconds()))
            await self.tick()

    async def events(self) -> list[VerificationState]:
        """Return all that was told, in the order in which readers get it."""
        waiting = await self._waiting(VERIFICATIONS)
        events = [VerificationState.decode(one.value) for one in waiting]
        assert [one.key for one in waiting] == [event.key for event in events]
        return events

    async def holds_told(self) -> list[PrefixHoldState]:
        """Return all that was told of prefixes, in the order in which readers get it."""
        waiting = await self._waiting(HOLDS)
        holds = [PrefixHoldState.decode(one.value) for one in waiting]
        assert [(one.key, dict(one.headers)["ce_id"].decode()) for one in waiting] == [
            (hold.prefix, hold.event_id) for hold in holds
        ]
        return holds

    async def told(self, verification_id: str) -> list[str]:
        """Return the changes of one verification, in order."""
        return [event.change for event in await self.events() if event.verification_id == verification_id]

    def metric(self, name: str, **labels: str) -> float | None:
        """Return the value of a series."""
        return self.registry.get_sample_value(name, labels)

    async def _waiting(self, topic: Topic) -> list[outbox.Pending]:
        async with self.engine.begin() as connection:
            waiting = await outbox.pending(connection, limit=100_000)
        assert {one.topic for one in waiting} <= {VERIFICATIONS.name, HOLDS.name}
        return [one for one in waiting if one.topic == topic.name]

    async def _line_of(self, phone: str) -> str | None:
        return self.own_lines.get(phone)

    def _draw_id(self) -> str:
        self._ids += 1
        return f"v{self._ids:04}"


def asked(**overrides: Any) -> Asked:
    """Make a plain request."""
    return Asked(**({"phone": PHONE, "brand": "Acme"} | overrides))


async def empty_tables(engine: AsyncEngine) -> None:
    """Forget everything."""
    async with engine.begin() as connection:
        for table in (outbox.outbox, messages.messages, store.verifications, prefix_holds.prefix_holds):
            await connection.execute(delete(table))


def assert_told_in_order(events: list[VerificationState]) -> None:
    """Assert that each verification's events are counted without a gap, in a legal order, and say the same as its last one."""
    lives: dict[str, list[VerificationState]] = defaultdict(list)
    for event in events:
        lives[event.verification_id].append(event)
    for life in lives.values():
        assert [event.sequence for event in life] == list(range(1, len(life) + 1))
        assert [event.step for event in life if event.change == "step"] == list(range(1, life[-1].step + 1))
        assert [event.updated_at for event in life] == sorted(event.updated_at for event in life)
        told = [event.change for event in life]
        last_changes = [change for change in told if change in LAST]
        after_it = [event.change for event in life if event.ended_at is not None][1:]
        assert len(last_changes) == (life[-1].ended_at is not None)
        assert set(after_it) <= {"sms_arrived"}
        assert told.count("started") <= 1
        assert all(event.started_at is not None for event in life if event.change in ("step", "verified", "cancelled"))
