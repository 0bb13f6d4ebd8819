"""The three processors in a row, as one transactional hop: otp.sms.v1 (+ rentals, verifications) → otp.messages.v1, otp.codes.v1.

One SMS in gives one message out, and one code where there is one. Order holds per line. A copy of a known SMS gives nothing. A rental or a
verification that appears after its SMS gives the next revision of each message that waited. A crash anywhere leaves no trace but committed
batches.

`unify` is the hot path, one batch of SMS, and `tie` is one batch of a table; here is what surrounds them: the state and its changes, and
dead letters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from processors import audit, correlate, deduplicate, tenures, tie
from processors.audit import Audit, Unheard
from processors.correlate import Lines
from processors.deduplicate import Seen
from processors.extract.model import DEFAULT, Policy
from processors.extract.recall import Recall
from processors.stage.contract import Change, Output, Poison, Record, Result
from processors.tie import KINDS, TableBatch
from processors.unify import SOURCE, Batch, Now
from schemas import cloudevents, topics
from schemas.dead_letters import DeadLetter, Reason, dead_letter
from schemas.events import Message, Unreadable

_SEEN, _WAITING, _SETTLED = b"seen", b"waiting", b"settled"
"""The kinds of change, as keys of the changelog: fingerprints, messages as they wait, messages that wait no more."""
_POLLED, _AUDITED = b"polled", b"audited"
"""Likewise: messages that no webhook has brought yet, and those of which it is known whether one did."""
_OLDER: dict[bytes, tenures.Kind] = {b"rental": "rental", b"verification": "verification"}
"""Likewise: what a line was under before that which the newest record of a table tells."""


@dataclass(frozen=True, kw_only=True)
class PipelineSettings:
    """How the hop decides.

    Attributes:
        window_seconds: how long a message is remembered, so that a copy of it is known.
        tolerance_seconds: how far `received_at` of two copies of one SMS may differ.
        waiting_seconds: how long a message may wait for its rental, from its latest revision.
        verification_waiting_seconds: how long a message with a code may wait for its verification, from its latest revision. None does
            in a partition that knows of no verification of late.
        code_life_seconds: how long a code lives where its text does not say.
        policy: what counts as a one-time passcode.
    """

    window_seconds: int = 24 * 3600
    tolerance_seconds: int = 2
    waiting_seconds: int = 900
    verification_waiting_seconds: int = 60
    code_life_seconds: int = 600
    policy: Policy = DEFAULT


@dataclass(slots=True)
class State:
    """What one partition remembers."""

    seen: Seen = field(default_factory=Seen)
    lines: Lines = field(default_factory=Lines)
    unheard: Unheard = field(default_factory=Unheard)


class Pipeline:
    """The hop as a stage of the engine."""

    streams = (topics.SMS.name,)
    tables = (topics.RENTALS.name, topics.VERIFICATIONS.name)
    changelog = topics.CHANGELOG.name

    def __init__(self, settings: PipelineSettings) -> None:
        self._settings = settings
        self._life = timedelta(seconds=settings.code_life_seconds)
        self._recall = Recall(settings.policy)

    def new_state(self) -> State:
        """Return the state of a partition that has seen nothing."""
        return State()

    def process(self, state: State, batch: Sequence[Record], now: datetime) -> Result:
        """Compute what a batch comes to; see :class:`processors.stage.Stage`."""
        moment, result = Now.of(now), Result()
        topic = batch[0].topic() or ""
        if topic in self.tables:
            self._tie(state, KINDS[topic], batch, moment, result)
        else:
            self._unify(state, batch, moment, result)
        return result

    def _unify(self, state: State, batch: Sequence[Record], now: Now, result: Result) -> None:
        tolerance_seconds = self._settings.tolerance_seconds
        audited = Audit(state.unheard, now=now.seconds, tolerance_seconds=tolerance_seconds)
        unified = Batch(
            state.seen,
            state.lines,
            self._recall,
            audited,
            now=now,
            tolerance_seconds=tolerance_seconds,
            life=self._life,
        )
        _each(batch, unified.take, result)
        result.outputs = unified.outputs
        result.oldest = unified.oldest
        result.changes += [Change(_SEEN, value) for value in unified.fingerprints()]
        result.changes += [Change(_WAITING, value) for value in unified.waiting()]
        result.changes += [Change(_POLLED, value) for value in audited.polled()]
        result.changes += [Change(_AUDITED, value) for value in audited.audited()]
        unified.count_into(result.tally)
        audited.count_into(result.tally)

    def _tie(self, state: State, kind: tenures.Kind, batch: Sequence[Record], now: Now, result: Result) -> None:
        told = TableBatch(state.lines, kind, now=now, code_life_seconds=self._settings.code_life_seconds)
        _each(batch, told.take, result)
        result.outputs = told.outputs
        result.tally = told.tally
        result.changes += [Change(kind.encode(), value) for value in told.older()]
        result.changes += [Change(_WAITING, value) for value in correlate.pack(told.waiting)]
        result.changes += [Change(_SETTLED, value) for value in correlate.pack(told.settled)]

    def apply(self, state: State, changes: Sequence[Change], now: datetime) -> None:
        """Write changes to the state, and drop what has grown too old."""
        for key, value in changes:
            self._write(state, key, value)
        seconds = now.timestamp()
        deduplicate.forget(state.seen, before=seconds - self._settings.window_seconds)
        correlate.let_go(state.lines, before=seconds)
        for known in state.lines.known.values():
            tenures.forget(known, before=seconds - topics.OVER_KEPT_SECONDS)

    def _write(self, state: State, key: bytes, value: bytes) -> None:
        if key == _SEEN:
            deduplicate.unpack(state.seen, value)
        elif key == _WAITING:
            for packed in correlate.unpack(value):
                self._hold(state.lines, packed)
        elif key == _SETTLED:
            for packed in correlate.unpack(value):
                line, _, message_id = packed.decode().partition("\0")
                correlate.settle(state.lines, line, message_id)
        elif key in _OLDER:
            for packed in correlate.unpack(value):
                tenures.set_older(state.lines.known[_OLDER[key]], tenures.decode(packed))
        elif key == _POLLED:
            audit.remember(state.unheard, value)
        elif key == _AUDITED:
            audit.forget(state.unheard, value)

    def _hold(self, lines: Lines, packed: bytes) -> None:
        message = Message.decode(packed)
        waiting = correlate.waiting_of(
            message,
            packed,
            rental_seconds=self._settings.waiting_seconds,
            verification_seconds=self._settings.verification_waiting_seconds,
        )
        correlate.hold(lines, message.line, waiting)

    def apply_table(self, state: State, batch: Sequence[Record]) -> None:
        """Take in rentals or verifications; what cannot be read is in its dead letter already."""
        tie.learn(state.lines, batch)

    def bury(self, poison: Poison, now: datetime) -> Output:
        """Return the dead letter of a record: whole, with the reason; its id is the record's place, the same each time."""
        record = poison.record
        place = f"{record.topic()}/{record.partition()}/{record.offset()}"
        reason: Reason = "unreadable" if poison.reason == "unreadable" else "bug"
        letter = dead_letter(
            record.value(),
            key=record.key(),
            reason=reason,
            detail=poison.detail,
            stage="process",
            source=place,
            dead_letter_id=place,
            died_at=now,
        )
        headers = cloudevents.headers(
            ce_type=DeadLetter.ce_type, source=SOURCE, event_id=letter.dead_letter_id, time=now
        )
        return Output(f"{record.topic()}.dead", letter.key, letter.encode(), headers)


def _each(batch: Sequence[Record], take: Callable[[Record], None], result: Result) -> None:
    """Take record by record; what cannot be taken is poison, and the others go on."""
    for record in batch:
        try:
            take(record)
        except Unreadable as error:
            result.poison.append(Poison(record, "unreadable", str(error)))
        except Exception as error:
            # A bug on one message must not stop the others: it is buried whole, and the breaker counts.
            result.poison.append(Poison(record, "bug", _where(error)))


def _where(error: Exception) -> str:
    """Name a bug by its class and place, without its message, which may quote the record."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    return f"{type(error).__name__}{place}"
