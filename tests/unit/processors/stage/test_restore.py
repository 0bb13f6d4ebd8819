"""A restoration waits for nothing but its records."""

from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from confluent_kafka import KafkaError, TopicPartition

from processors.pipeline import Pipeline, PipelineSettings
from processors.stage import restore
from processors.stage.restore import Restorer
from schemas.topics import CHANGELOG, RENTALS
from tests.builders import LINE, NOON, FakeRecord, make_rental, record_of


class Taken(FakeRecord):
    """A record as a consumer hands it out, the only one of its partition."""

    def error(self) -> None:
        return None


class End(FakeRecord):
    """That a partition has no more."""

    def error(self) -> Any:
        return SimpleNamespace(code=lambda: KafkaError._PARTITION_EOF)


class Admin:
    """Knows of one record in the changelog; as librdkafka's it must be connected, or else takes seconds to tell."""

    def __init__(self, _: dict[str, Any]) -> None:
        self._is_connected = False

    def list_topics(self, *_: Any, **__: Any) -> None:
        self._is_connected = True

    def list_offsets(self, asked: dict[TopicPartition, Any], **_: Any) -> dict[TopicPartition, Future[Any]]:
        assert self._is_connected
        futures: dict[TopicPartition, Future[Any]] = {one: Future() for one in asked}
        for future in futures.values():
            future.set_result(SimpleNamespace(offset=1))
        return futures


class SlowToFind:
    """As librdkafka: of topics that it has never heard of it finds the leaders only after an idle poll."""

    idle_polls = 0

    def __init__(self, _: dict[str, Any]) -> None:
        self._heard_of: set[str] = set()
        self._left: Iterator[FakeRecord] = iter(())

    def list_topics(self, topic: str, **_: Any) -> None:
        self._heard_of.add(topic)

    def assign(self, partitions: list[TopicPartition]) -> None:
        topics = {one.topic for one in partitions}
        assert topics == {CHANGELOG.name, RENTALS.name}
        self._is_lost = not topics <= self._heard_of
        records = [record_of(make_rental()), FakeRecord(CHANGELOG.name, b"", b"settled")]
        self._left = iter(
            kind(one.topic_name, one.value_bytes, one.key_bytes, 0, offset)
            for one in records
            for offset, kind in enumerate((Taken, End))
        )

    def poll(self, _: float) -> FakeRecord | None:
        if self._is_lost:
            self._is_lost = False
            type(self).idle_polls += 1
            return None
        return next(self._left, None)

    def consume(self, *_: Any) -> list[FakeRecord]:
        return list(self._left)

    def unassign(self) -> None:
        self._left = iter(())


def test_nothing_is_waited_for_before_the_first_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """A partition has no owner meanwhile: half a second of it would be lost at every start."""
    monkeypatch.setattr(restore, "AdminClient", Admin)
    monkeypatch.setattr(restore, "Consumer", SlowToFind)
    stage = Pipeline(PipelineSettings())
    states = {0: stage.new_state()}

    read = Restorer(stage, {}, group="g").restore(states, [TopicPartition(RENTALS.name, 0, 1)], now=NOON)

    assert (read, SlowToFind.idle_polls) == (2, 0)
    assert list(states[0].lines.known["rental"]) == [LINE]
