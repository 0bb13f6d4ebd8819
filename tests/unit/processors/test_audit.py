"""Webhooks are audited: of each message that the poll brought first it is told once whether a webhook came late or never."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.audit import GRACE_SECONDS
from processors.pipeline import Pipeline, PipelineSettings, State
from processors.stage.contract import Change
from tests.builders import NOON, make_sms, record_of, seconds

AFTER = GRACE_SECONDS + 1


@dataclass
class Partition:
    """The stage on one partition, with its changelog and what was counted of webhooks."""

    stage: Pipeline = field(default_factory=lambda: Pipeline(PipelineSettings()))
    state: State = field(default_factory=State)
    changelog: list[Change] = field(default_factory=list)
    told: Counter[tuple[str, ...]] = field(default_factory=Counter)
    at: float = 0

    def take(self, *sms: Any) -> None:
        """Process and commit one batch."""
        now = NOON + seconds(self.at)
        result = self.stage.process(self.state, [record_of(one) for one in sms], now)
        self.stage.apply(self.state, result.changes, now)
        self.changelog += result.changes
        self.told += Counter({name: count for name, count in result.tally.items() if name[0].startswith("webhook_")})

    def restart(self) -> None:
        """Begin anew, from what was written."""
        self.state = State()
        self.stage.apply(self.state, self.changelog, NOON + seconds(self.at))


def polled(place: int = 0, **fields: Any) -> Any:
    return make_sms(
        sms_id=f"poll-{place}", text=f"Your code is {843291 + place}", path="poll", account="main", **fields
    )


def pushed(place: int = 0, **fields: Any) -> Any:
    return make_sms(sms_id=f"push-{place}", text=f"Your code is {843291 + place}", account="main", **fields)


LATE = ("webhook_late", "text2fa", "main")
MISSING = ("webhook_missing", "text2fa", "main")


@pytest.mark.parametrize("batches", [1, 2], ids=["one-batch", "two-batches"])
@pytest.mark.parametrize("restarts", [False, True], ids=["runs-on", "restarts"])
def test_a_webhook_after_the_poll_is_late(batches: int, restarts: bool) -> None:
    """Once, whether it comes in the same batch or after a crash; its copies are only copies."""
    partition = Partition()
    if batches == 1:
        partition.take(polled(), pushed(), pushed())
    else:
        partition.take(polled())
        if restarts:
            partition.restart()
        partition.take(pushed(), pushed())
    partition.at = AFTER
    partition.take(pushed(), polled(1))

    assert partition.told == Counter({LATE: 1})


def test_a_webhook_that_never_comes_is_missing_once_the_grace_is_over() -> None:
    """Not before, and once; whatever comes after that is only a copy."""
    partition = Partition()
    partition.take(polled())
    partition.at = GRACE_SECONDS - 1
    partition.take(polled())
    assert partition.told == Counter()
    for _ in range(2):
        partition.at += AFTER
        partition.take(pushed())
        partition.restart()

    assert partition.told == Counter({MISSING: 1})
    assert partition.state.unheard == {}


def test_where_the_webhook_is_first_nothing_is_remembered() -> None:
    """The usual case costs nothing."""
    partition = Partition()
    partition.take(pushed(), polled(), pushed(1))
    partition.take(polled(), polled(1), pushed())

    assert partition.state.unheard == {}
    assert {change.key for change in partition.changelog} == {b"seen", b"waiting"}
    assert partition.told == Counter()


@pytest.mark.parametrize("apart", [-2, 0, 2])
def test_the_two_times_of_one_message_may_differ(apart: int) -> None:
    """As far as for duplicates."""
    partition = Partition()
    partition.take(polled())
    partition.take(pushed(received_at=NOON + seconds(apart)))

    assert partition.told == Counter({LATE: 1})


def test_a_message_with_an_id_is_heard_by_its_id() -> None:
    """Whatever its times."""
    partition = Partition()
    partition.take(polled(provider_message_id="m-1"))
    partition.take(pushed(provider_message_id="m-1", received_at=NOON - seconds(600)))

    assert partition.told == Counter({LATE: 1})


def test_accounts_are_told_apart() -> None:
    """One whose webhooks are broken does not hide behind another."""
    partition = Partition()
    partition.take(polled(), make_sms(path="poll", account="other", line="text2fa:9", provider="text2fa"))
    partition.take(pushed())
    partition.at = AFTER
    partition.take(pushed(7))

    assert partition.told == Counter({LATE: 1, ("webhook_missing", "text2fa", "other"): 1})


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.sampled_from(["poll", "webhook"]), st.integers(0, 3)), max_size=4),
            st.sampled_from([0, 1, GRACE_SECONDS / 2, AFTER]),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_every_message_that_the_poll_brought_first_is_told_once(
    steps: list[tuple[list[tuple[str, int]], float, bool]],
) -> None:
    """By a model that remembers everything: late where a webhook came within the grace, missing where none did."""
    partition = Partition()
    first: dict[int, str] = {}
    since: dict[int, float] = {}
    expected: Counter[tuple[str, ...]] = Counter()
    for batch, pause_seconds, restarts in steps:
        partition.at += pause_seconds
        if batch:
            for place in [place for place, at in since.items() if at < partition.at - GRACE_SECONDS]:
                del since[place]
                expected[MISSING] += 1
        for path, place in batch:
            if place not in first:
                first[place] = path
                if path == "poll":
                    since[place] = partition.at
            elif path == "webhook" and since.pop(place, None) is not None:
                expected[LATE] += 1
        if batch:
            partition.take(*(polled(place) if path == "poll" else pushed(place) for path, place in batch))
        if restarts:
            partition.restart()

    assert partition.told == expected
    assert len(partition.state.unheard) == len(since)
