"""How a batch becomes durable: the two guarantees, behind one call.

exactly_once: outputs, changes and offsets in one Kafka transaction; the offsets carry the group's generation and member, so that a
member of an old generation cannot commit (KIP-447).

at_least_once: outputs, then changes, then offsets, each acknowledged before the next. Changes after outputs, because a fingerprint that
outlived its output would drop the message as a duplicate when it is read again.
"""

import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition

from processors.stage.contract import Output

_REQUEST_SECONDS = 30.0
"""Longer than any broker failover; what is not answered by then ends the session."""

_RESUMES = 4
"""Two minutes in all: past that the cluster is not coming back by waiting in place."""

_FENCED = (KafkaError._FENCED, KafkaError.PRODUCER_FENCED, KafkaError.INVALID_PRODUCER_EPOCH, KafkaError._FATAL)
"""`produce` says no more than _FATAL of a producer that was fenced meanwhile."""


class Aborted(Exception):
    """The batch was not committed and left no trace: read it again."""


class SessionOver(Exception):
    """The producer cannot go on (fenced, or failed for good): only a new session can."""

    def __init__(self, error: KafkaError) -> None:
        super().__init__(error.str())
        self.fenced = error.code() in _FENCED
        """Somebody else may hold our transactional id, or the broker gave up on our transaction."""


class Committer(Protocol):
    """Makes a batch durable."""

    def commit(self, outputs: Iterable[Output], changes: Iterable[Output], offsets: list[TopicPartition]) -> None:
        """Write outputs and changes and commit the offsets.

        Args:
            outputs: drawn first. They may be computed as they are drawn, and what that raises comes out, with nothing of it visible.
            changes: drawn after the last output.
            offsets: where to read on.

        Raises:
            Aborted: nothing of it is visible; read the batch again.
            SessionOver: the outcome is settled by the next session, which reads the committed offsets.
        """

    def close(self) -> None:
        """Let go of the producer; what is not committed is not waited for."""


class TransactionalCommitter:
    """exactly_once: one transaction a batch."""

    def __init__(self, producer: Producer, consumer: Consumer) -> None:
        """Fence whoever used this transactional id before, and abort what they left open."""
        self._producer = producer
        self._consumer = consumer
        _settled(lambda: producer.init_transactions(_REQUEST_SECONDS))

    def commit(self, outputs: Iterable[Output], changes: Iterable[Output], offsets: list[TopicPartition]) -> None:
        try:
            self._producer.begin_transaction()
            # librdkafka sends what it is given while the rest is still computed.
            _produce(self._producer, outputs)
            _produce(self._producer, changes)
            group = self._consumer.consumer_group_metadata()
            _settled(lambda: self._producer.send_offsets_to_transaction(offsets, group, _REQUEST_SECONDS))
            _settled(lambda: self._producer.commit_transaction(_REQUEST_SECONDS))
        except KafkaException as error:
            self._abort(error.args[0])
        except Exception:
            with suppress(KafkaException):
                self._producer.abort_transaction(_REQUEST_SECONDS)
            raise

    def _abort(self, error: KafkaError) -> None:
        if error.txn_requires_abort() and not error.fatal():
            try:
                _settled(lambda: self._producer.abort_transaction(_REQUEST_SECONDS))
            except KafkaException as second:
                raise SessionOver(second.args[0]) from None
            raise Aborted(error.name())
        raise SessionOver(error)

    def close(self) -> None:
        _close(self._producer)


class PlainCommitter:
    """at_least_once: outputs, changes and offsets one after the other."""

    def __init__(self, producer: Producer, consumer: Consumer) -> None:
        self._producer = producer
        self._consumer = consumer
        self._failure: KafkaError | None = None

    def commit(self, outputs: Iterable[Output], changes: Iterable[Output], offsets: list[TopicPartition]) -> None:
        # Computed whole before anything is written: there is no transaction to take it back.
        self._acknowledged(list(outputs))
        self._acknowledged(list(changes))
        try:
            committed = self._consumer.commit(offsets=offsets, asynchronous=False)
        except KafkaException as error:
            raise SessionOver(error.args[0]) from None
        for one in committed or []:
            if one.error is not None:
                raise SessionOver(one.error)

    def _acknowledged(self, outputs: Sequence[Output]) -> None:
        if not outputs:
            return
        self._failure = None
        try:
            _produce(self._producer, outputs, on_delivery=self._delivered)
        except KafkaException as error:
            raise SessionOver(error.args[0]) from None
        if self._producer.flush(_REQUEST_SECONDS) > 0:
            self._producer.purge()
            raise SessionOver(KafkaError(KafkaError._TIMED_OUT, "outputs were not acknowledged in time"))
        if self._failure is not None:
            raise SessionOver(self._failure)

    def _delivered(self, error: KafkaError | None, _: Message) -> None:
        if error is not None:
            self._failure = error

    def close(self) -> None:
        _close(self._producer)


def _close(producer: Producer) -> None:
    """Let go of a producer whatever state it is in: a fenced one refuses to be closed in order, and warns or raises for it."""
    with warnings.catch_warnings(), suppress(KafkaException):
        warnings.simplefilter("ignore", RuntimeWarning)
        producer.purge()
        producer.close()


def _produce(
    producer: Producer,
    outputs: Iterable[Output],
    on_delivery: Callable[[KafkaError | None, Message], None] | None = None,
) -> None:
    # By position, since names cost on the hot path; 0 is "now". The stub asks for lists of a wider type than any header we write.
    produce: Callable[..., None] = producer.produce
    for topic, key, value, headers, partition in outputs:
        try:
            produce(topic, value, key, partition, on_delivery, on_delivery, 0, headers)
        except BufferError:
            producer.flush(_REQUEST_SECONDS)
            produce(topic, value, key, partition, on_delivery, on_delivery, 0, headers)


def _settled(call: Callable[[], object]) -> None:
    """Repeat a transactional call while librdkafka says that repeating it is safe: its time-outs resume, they do not restart."""
    for _ in range(_RESUMES):
        try:
            call()
        except KafkaException as error:
            last = error
            if not error.args[0].retriable():
                raise
        else:
            return
    raise last
