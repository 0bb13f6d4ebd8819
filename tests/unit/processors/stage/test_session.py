"""What is taken at once is committed topic by topic: of two tables that tie one message, the second sees what the first made of it."""

from collections.abc import Iterable
from itertools import count
from typing import Any, cast

from confluent_kafka import Consumer, TopicPartition
from prometheus_client import CollectorRegistry

from processors.metrics import ProcessMetrics
from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.breaker import PoisonBreaker
from processors.stage.commit import Aborted
from processors.stage.contract import Output
from processors.stage.restore import Restorer
from processors.stage.session import Session
from schemas.events import Message
from schemas.topics import MESSAGES, RENTALS, SMS, VERIFICATIONS
from tests.builders import NOON, FakeRecord, make_rental, make_sms, record_of
from tests.unit.processors.verifications import make_verification, told


class Taken(FakeRecord):
    """A record as a consumer hands it out."""

    def error(self) -> None:
        return None


def taken(record: FakeRecord, offset: int) -> Taken:
    return Taken(record.topic_name, record.value_bytes, record.key_bytes, 0, offset)


class FakeConsumer:
    """Hands out what waits in one go, and reads on from where it is told to."""

    def __init__(self, *batches: list[FakeRecord]) -> None:
        offsets = count()
        self._batches = [[taken(record, next(offsets)) for record in batch] for batch in batches]
        self._given: list[Taken] = []
        self._subscribed: tuple[list[str], Any] | None = None

    def subscribe(self, topics: list[str], *, on_assign: Any, **_: Any) -> None:
        self._subscribed = (topics, on_assign)

    def committed(self, partitions: list[TopicPartition], **_: Any) -> list[TopicPartition]:
        return [TopicPartition(one.topic, one.partition, 0) for one in partitions]

    def assign(self, partitions: list[TopicPartition]) -> None:
        starts = {one.topic: one.offset for one in partitions}
        again = [record for record in self._given if record.offset() >= starts[record.topic()]]
        self._given = []
        if again:
            self._batches.insert(0, again)

    def poll(self, _: float) -> Taken | None:
        if self._subscribed is not None:
            (topics, on_assign), self._subscribed = self._subscribed, None
            on_assign(self, [TopicPartition(topic, 0) for topic in topics])
            return None
        if not self._batches:
            return None
        self._given = self._batches.pop(0)
        return self._given[0]

    def consume(self, *_: Any) -> list[Taken]:
        return self._given[1:]


class NothingToRestore:
    """A changelog and tables that are empty."""

    def restore(self, *_: Any, **__: Any) -> int:
        return 0


class Ledger:
    """Keeps what is committed, one entry a commit; aborts those that it is told to."""

    def __init__(self, *aborted: int) -> None:
        self.commits: list[tuple[set[str], list[Output]]] = []
        self._aborted = list(aborted)
        self._begun = 0

    def commit(self, outputs: Iterable[Output], changes: Iterable[Output], offsets: list[TopicPartition]) -> None:
        written = list(outputs)
        list(changes)
        self._begun += 1
        if self._begun in self._aborted:
            raise Aborted("on purpose")
        self.commits.append(({one.topic for one in offsets}, written))

    def close(self) -> None:
        return None


def run(ledger: Ledger, *batches: list[FakeRecord]) -> list[Message]:
    """Work until all is committed, and return the messages that came out."""
    consumer, restorer = FakeConsumer(*batches), NothingToRestore()
    session: Session[State] = Session(
        Pipeline(PipelineSettings()),
        consumer=cast(Consumer, consumer),
        committer=ledger,
        restorer=cast(Restorer[State], restorer),
        breaker=PoisonBreaker(0.5, 20, 1_000),
        observer=ProcessMetrics(CollectorRegistry()),
        clock=lambda: NOON,
        batch_records=100,
        gather_seconds=0,
    )
    steps = iter(range(20))
    session.run(lambda: next(steps, None) is None)
    return [
        Message.decode(output.value)
        for _, outputs in ledger.commits
        for output in outputs
        if output.topic == MESSAGES.name
    ]


RENTAL, VERIFICATION, CODE = record_of(make_rental()), told(make_verification()), record_of(make_sms())
ELSEWHERE = told(make_verification(line="text2fa:9"))


def test_tables_come_one_by_one_and_before_the_streams() -> None:
    """Whatever the order in which they were taken; a message that was taken with what it belongs to is tied at once."""
    ledger = Ledger()
    [message] = run(ledger, [CODE, VERIFICATION, RENTAL])

    assert [topics for topics, _ in ledger.commits] == [{RENTALS.name}, {VERIFICATIONS.name}, {SMS.name}]
    assert (message.revision, message.rental_id, message.verification_id) == (1, "rental-1", "v-1")


def test_a_message_that_two_tables_answer_has_two_revisions() -> None:
    """A rental and a verification that are taken at once never give the same revision twice."""
    messages = run(Ledger(), [ELSEWHERE], [CODE], [VERIFICATION, RENTAL])

    assert [(one.revision, one.rental_id, one.verification_id) for one in messages] == [
        (1, None, None),
        (2, "rental-1", None),
        (3, "rental-1", "v-1"),
    ]


def test_what_follows_an_abort_is_taken_again() -> None:
    """The topics before it stay committed, it and those after it are read once more, and nothing comes out twice."""
    for aborted in (1, 2, 3, 4, 5):
        ledger = Ledger(aborted)
        late = [VERIFICATION, RENTAL, record_of(make_sms(sms_id="sms-2", text="Hi"))]
        messages = run(ledger, [ELSEWHERE], [CODE], late)
        assert [(one.message_id, one.revision) for one in messages] == [
            ("sms-1", 1),
            ("sms-1", 2),
            ("sms-1", 3),
            ("sms-2", 1),
        ]
