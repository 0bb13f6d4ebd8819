"""What is sent: numbered messages over lines that come and go, copies by the other path, rentals before and after their SMS, poison.

A seed decides everything but the times, so that a run can be repeated.
"""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.events import Path, SmsReceived
from schemas.rentals import RentalState
from schemas.topics import RENTALS, SMS
from tests.chaos import messages

PROVIDER = "chaos"


@dataclass(frozen=True, kw_only=True)
class TrafficSettings:
    """What the traffic is made of.

    Attributes:
        live_lines: how many lines are in use at a time.
        messages_per_line: unique messages before a line is replaced by a new one, 900,000 at most.
        duplicate_share: of the messages, how many come again by the other path.
        duplicate_delay_messages: a copy comes at most so many messages later, half of them at once.
        tolerance_seconds: how far the provider's times of two copies differ at most, in whole seconds.
        rented_before_share: of the lines, how many have their rental before their first SMS.
        rented_late_share: how many get it after at least one SMS; the rest never has one.
        poison_share: records that are no event, for each message.
    """

    live_lines: int = 200
    messages_per_line: int = 50
    duplicate_share: float = 0.1
    duplicate_delay_messages: int = 10_000
    tolerance_seconds: int = 2
    rented_before_share: float = 0.5
    rented_late_share: float = 0.35
    poison_share: float = 0.001


class Message(NamedTuple):
    """The identity of a unique message."""

    line: int
    sequence: int


class Record(NamedTuple):
    """One record to produce, and what it stands for."""

    topic: str
    key: bytes
    value: bytes
    message: Message | None = None
    """The unique message that this is the first copy of."""
    rented_line: int | None = None
    """The line that this is the rental of."""
    poison: int | None = None
    """Which poison this is."""


@dataclass(slots=True)
class _Line:
    index: int
    rented_at: int | None
    """Before which message the rental comes; None: never."""
    sent: int = 0


@dataclass
class Traffic:
    """Makes the records, one unique message at a time and what goes with it."""

    settings: TrafficSettings
    random: random.Random
    poison: int = 0
    _lines: list[_Line] = field(default_factory=list)
    _opened: int = 0
    _made: int = 0
    _copies: list[tuple[int, int, bytes, bytes]] = field(default_factory=list)

    def step(self, now: datetime) -> Iterator[Record]:
        """Yield the next unique message, with the rental, copies and poison that are due; `now` is aware."""
        place = self.random.randrange(self.settings.live_lines)
        line = self._line(place)
        if line.rented_at == line.sent:
            yield self._rental(line, now)
        yield self._message(line, now)
        if line.sent == self.settings.messages_per_line:
            if line.rented_at == line.sent:
                yield self._rental(line, now)
            self._lines[place] = self._open()
        while self._copies and self._copies[0][0] <= self._made:
            yield self._copy()
        if self.random.random() < self.settings.poison_share:
            yield self._poison(line)

    def rest(self) -> Iterator[Record]:
        """Yield the copies that were to come later."""
        while self._copies:
            yield self._copy()

    def _line(self, place: int) -> _Line:
        while len(self._lines) <= place:
            self._lines.append(self._open())
        return self._lines[place]

    def _open(self) -> _Line:
        index, self._opened = self._opened, self._opened + 1
        draw = self.random.random()
        if draw < self.settings.rented_before_share:
            return _Line(index, 0)
        if draw < self.settings.rented_before_share + self.settings.rented_late_share:
            return _Line(index, self.random.randint(1, self.settings.messages_per_line))
        return _Line(index, None)

    def _message(self, line: _Line, now: datetime) -> Record:
        sequence, line.sent = line.sent, line.sent + 1
        key = messages.line_of(line.index).encode()
        self._made += 1
        received = now.replace(microsecond=0)
        if self.random.random() < self.settings.duplicate_share:
            tolerance = self.settings.tolerance_seconds
            apart = timedelta(seconds=self.random.randint(-tolerance, tolerance))
            delay = self.random.randint(0, self.settings.duplicate_delay_messages) * self.random.randint(0, 1)
            copy = self._sms(line.index, sequence, "poll", received + apart, now)
            heapq.heappush(self._copies, (self._made + delay, self._made, key, copy))
        first = self._sms(line.index, sequence, "webhook", received, now)
        return Record(SMS.name, key, first, message=Message(line.index, sequence))

    def _sms(self, line: int, sequence: int, path: Path, received_at: datetime, now: datetime) -> bytes:
        return SmsReceived(
            sms_id=f"{self.random.getrandbits(64):016x}",
            provider=PROVIDER,
            line=messages.line_of(line),
            path=path,
            sender="Acme",
            text=messages.text_of(sequence),
            received_at=received_at,
            ingested_at=now,
        ).encode()

    def _copy(self) -> Record:
        _, _, key, value = heapq.heappop(self._copies)
        return Record(SMS.name, key, value)

    def _rental(self, line: _Line, now: datetime) -> Record:
        name = messages.line_of(line.index)
        state = RentalState(
            rental_id=messages.rental_of(line.index),
            provider=PROVIDER,
            line=name,
            phone=f"+1555{line.index:07d}",
            state="active",
            updated_at=now,
        )
        return Record(RENTALS.name, name.encode(), state.encode(), rented_line=line.index)

    def _poison(self, line: _Line) -> Record:
        index, self.poison = self.poison, self.poison + 1
        value = messages.poison_of(index)
        if index % 2:
            # A key of its own: in a compacted topic it would otherwise replace the line's rental.
            return Record(RENTALS.name, b"poison:%d" % index, value, poison=index)
        return Record(SMS.name, messages.line_of(line.index).encode(), value, poison=index)
