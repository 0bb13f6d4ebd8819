"""Tie: one batch of a table, rentals or verifications, and the next revision of each message that waited for what it tells."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from processors import correlate, tenures
from processors.correlate import Lines, Waiting
from processors.stage.contract import Output, Record
from processors.tenures import NONE, Kind, Older, Tenure
from processors.unify import CODE_HEADERS, MESSAGE_HEADERS, Now
from schemas import events, topics
from schemas.events import Message, Unreadable
from schemas.rentals import RentalState
from schemas.verifications import VerificationState

KINDS: dict[str, Kind] = {topics.RENTALS.name: "rental", topics.VERIFICATIONS.name: "verification"}
"""What each table tells of."""


class _Told(NamedTuple):
    """What one record tells of one line."""

    line: str
    holder_id: str
    tenure: Tenure
    label: tuple[str, str]
    """Of the metric: provider and state."""


def _read(kind: Kind, value: bytes) -> _Told | None:
    """Read a record of a table, None where it is of no line of ours.

    Raises:
        Unreadable: it is not what the table holds.
    """
    if kind == "rental":
        rental = RentalState.decode(value)
        return _Told(rental.line, rental.rental_id, tenures.of_rental(rental), (rental.provider, rental.state))
    state = VerificationState.decode(value)
    if state.line is None:
        return None
    return _Told(state.line, state.verification_id, tenures.of_verification(state), (state.provider, state.state))


def _key(record: Record) -> str:
    return (record.key() or b"").decode(errors="replace")


def learn(lines: Lines, batch: Iterable[Record]) -> None:
    """Take in what the newest records of a table tell; of one that cannot be read, that it tells nothing."""
    for record in batch:
        kind, value = KINDS[record.topic() or ""], record.value()
        line, tenure = _key(record), NONE
        if value is not None:
            try:
                told = _read(kind, value)
            except Unreadable:
                pass
            else:
                if told is None:
                    continue
                line, tenure = told.line, told.tenure
        tenures.set_newest(lines.known[kind], line, tenure)


class TableBatch:
    """Takes the records of one batch of a table, one at a time; the state that it is given is only read.

    Attributes:
        outputs: what has come out so far.
        settled: the messages that wait no more, as their lines and ids.
        waiting: the messages that go on waiting for the other, as they go out.
        tally: what there is to count.
    """

    def __init__(self, lines: Lines, kind: Kind, *, now: Now, code_life_seconds: int) -> None:
        """Take what the batch is measured by; `code_life_seconds` is how long a code lives where its text does not say."""
        self._lines = lines
        self._kind = kind
        self._other: Kind = "verification" if kind == "rental" else "rental"
        self._now = now
        self._code_life_seconds = code_life_seconds
        self._known: dict[str, tuple[Tenure, ...]] = {}
        self._older: dict[str, tuple[Tenure, ...]] = {}
        self._tied: set[str] = set()
        self.outputs: list[Output] = []
        self.settled: list[bytes] = []
        self.waiting: list[bytes] = []
        self.tally: Counter[tuple[str, ...]] = Counter()

    def take(self, record: Record) -> None:
        """Take what is told of one line. No message goes out before nothing of the record can fail any more.

        Raises:
            Unreadable: not a record of this table.
        """
        value = record.value()
        if value is None:
            self._forget(_key(record))
            return
        try:
            told = _read(self._kind, value)
        except Unreadable:
            self._learn(_key(record), "", NONE)
            raise
        if told is None:
            return
        known = self._learn(told.line, told.holder_id, told.tenure)
        late = [
            (one, correlate.tied(one, self._kind, tenure, now=self._now.time))
            for one in self._awaiting(told.line)
            if (tenure := tenures.tenure_at(known, one.received)) is not None
        ]
        outputs = [output for _, message in late for output in self._written(message, record.partition() or 0)]
        self.outputs += outputs
        self.tally[f"{self._kind}s", *told.label] += 1
        for one, message in late:
            self._keep(one, message)

    def _learn(self, line: str, holder_id: str, tenure: Tenure) -> tuple[Tenure, ...]:
        before = self._known.get(line) or self._lines.known[self._kind].get(line, ())
        known = self._known[line] = tenures.after(before, holder_id, tenure)
        if known[1:] != before[1:]:
            self._older[line] = known[1:]
        return known

    def _forget(self, line: str) -> None:
        if self._known.get(line) or line in self._lines.known[self._kind]:
            self._known[line] = (NONE,)
            self._older[line] = ()

    def _awaiting(self, line: str) -> list[Waiting]:
        waiting = self._lines.waiting.get(line, {}).values()
        # The state still holds those that the batch has tied already.
        mine = (
            one for one in waiting if one.waits(self._kind, now=self._now.seconds) and one.message_id not in self._tied
        )
        return sorted(mine, key=lambda one: one.received)

    def _written(self, message: Message, partition: int) -> list[Output]:
        event_id = ("ce_id", events.event_id(message.message_id, message.revision).encode())
        headers = [*MESSAGE_HEADERS, event_id, self._now.header]
        outputs = [Output(topics.MESSAGES.name, message.line.encode(), message.encode(), headers, partition)]
        code = correlate.code_of(message, code_life_seconds=self._code_life_seconds)
        if code is not None:
            key = (code.phone or code.line).encode()
            headers = [*CODE_HEADERS, event_id, self._now.header]
            outputs.append(Output(topics.CODES.name, key, code.encode(), headers))
        return outputs

    def _keep(self, one: Waiting, message: Message) -> None:
        self._tied.add(one.message_id)
        self.tally["correlated", message.provider, self._kind, "late"] += 1
        # Where nobody verifies, no message waits for a verification.
        if one.waits(self._other, now=self._now.seconds) and (
            self._other == "rental" or self._lines.known[self._other]
        ):
            self.waiting.append(message.encode())
        else:
            self.settled.append(f"{message.line}\0{one.message_id}".encode())

    def older(self) -> Iterable[bytes]:
        """Return what the newest records of the table do not tell of their lines any more, packed."""
        return correlate.pack(tenures.encode(Older(line, known)) for line, known in self._older.items())
