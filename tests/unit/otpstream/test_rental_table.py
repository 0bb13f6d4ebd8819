"""The table of rentals: what was published by whomever, and of what the control plane speaks."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from confluent_kafka import Producer

from otpstream.control.store import rental_rows
from otpstream.embedded_broker import embedded_broker
from otpstream.rental_table import CONTROL_SOURCE, RentalTable, filled, follow
from schemas.rentals import RentalState
from schemas.topics import RENTALS

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
LINE = "text2fa-s1:6"
CONTROL = {"ce_source": rental_rows.SOURCE.encode()}
INGEST = {"ce_source": b"/otpstream/ingest/poll/text2fa-s1"}
WAIT_SECONDS = 30.0


class Clock:
    """A clock that stands until it is moved."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


def rental(line: str = LINE, **changes: Any) -> RentalState:
    fields = {"rental_id": line, "provider": "text2fa-s1", "line": line, "phone": None, "state": "active"}
    return RentalState.model_validate(fields | {"updated_at": NOW} | changes)


def table_of(*records: tuple[RentalState, dict[str, bytes]], kept_seconds: float = 7200) -> tuple[RentalTable, Clock]:
    clock = Clock()
    table = RentalTable(kept_seconds=kept_seconds, clock=clock)
    for state, headers in records:
        table.take(state.line.encode(), state.encode(), headers)
    return table, clock


def test_the_control_planes_records_are_known_by_their_source() -> None:
    """The store and the table are written apart, and must agree."""
    assert rental_rows.SOURCE.encode().startswith(CONTROL_SOURCE)


@pytest.mark.parametrize(
    ("records", "is_managed"),
    [
        ([], False),
        ([(rental(), INGEST)], False),
        ([(rental(), {})], False),
        ([(rental(), INGEST), (rental(), CONTROL)], True),
        ([(rental(), CONTROL), (rental(), INGEST)], False),
        ([(rental(state="cancelled"), CONTROL)], True),
    ],
    ids=["unknown", "ingest", "no-source", "adopted", "left", "just-over"],
)
def test_who_spoke_last_of_a_line_manages_it(
    records: list[tuple[RentalState, dict[str, bytes]]], is_managed: bool
) -> None:
    """Two writers of one topic, and never both of one line."""
    table, _ = table_of(*records)

    assert table.is_managed(LINE) is is_managed


@pytest.mark.parametrize("last", [rental(state="released"), rental(ends_at=NOW)], ids=["over", "past-its-end"])
def test_a_line_is_not_managed_for_ever(last: RentalState) -> None:
    """A number that comes back hours later, or a control plane that was taken down, leaves the line to the poller."""
    table, clock = table_of((last, CONTROL))

    clock.now = NOW + timedelta(minutes=59)
    assert table.is_managed(LINE)
    clock.now = NOW + timedelta(minutes=61)
    assert not table.is_managed(LINE)


def test_what_is_over_is_told_for_a_while() -> None:
    """One-time numbers come and go by the thousands; what lives is told for ever."""
    table, clock = table_of((rental(state="expired"), CONTROL), (rental("text2fa-s1:7"), INGEST))

    assert len(table.rentals()) == 2
    clock.now = NOW + timedelta(hours=3)
    assert [one.line for one in table.rentals()] == ["text2fa-s1:7"]
    assert not table.is_managed(LINE)


def test_what_is_over_goes_also_where_nobody_asks() -> None:
    """An ingest with webhooks alone only asks who manages a line, for years: it holds what a day's orders leave, not all of them."""
    table, clock = table_of((rental("text2fa-s1:lives"), CONTROL))
    for number in range(20_000):
        clock.now += timedelta(seconds=60)
        line = f"text2fa-s1:{number}"
        table.take(line.encode(), rental(line, state="expired", updated_at=clock.now).encode(), CONTROL)

    assert len(table) <= 1_200
    assert table.is_managed("text2fa-s1:lives")
    assert table.is_managed("text2fa-s1:19999")


def test_a_record_that_cannot_be_read_tells_nothing() -> None:
    """Nor does a tombstone: the line is as unknown as before its first record."""
    for value in (b"{", None):
        table, _ = table_of((rental(), CONTROL))
        table.take(LINE.encode(), value, CONTROL)
        assert table.rentals() == []
        assert not table.is_managed(LINE)


async def _until(condition: Callable[[], bool]) -> None:
    stop = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < stop
        await asyncio.sleep(0.01)


async def test_the_topic_is_read_to_its_end_and_then_followed() -> None:
    """What an earlier process published is there at the start, and what others publish comes in by itself."""
    table, _ = table_of()
    with embedded_broker() as servers:
        producer = Producer({"bootstrap.servers": servers})

        def write(state: RentalState, headers: dict[str, bytes]) -> None:
            producer.produce(RENTALS.name, state.encode(), state.line.encode(), headers=list(headers.items()))
            assert producer.flush(WAIT_SECONDS) == 0

        for number in range(20):
            write(rental(f"text2fa-s1:{number}"), INGEST)
        consumer = await asyncio.to_thread(filled, table, {"bootstrap.servers": servers})
        assert len(table.rentals()) == 20
        assert not table.is_managed(LINE)

        following = asyncio.create_task(follow(table, consumer))
        write(rental(state="code_received"), CONTROL)
        await _until(lambda: table.is_managed(LINE))
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        consumer.close()

    assert [one.state for one in table.rentals() if one.line == LINE] == ["code_received"]
