"""Traffic: realistic, on schedule, repeatable, and unambiguous as ground truth."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from otpstream.sandbox import Text2faSimulator, run_traffic
from otpstream.sandbox.inbox import RESEND_GAP
from otpstream.sandbox.ledger import SentMessage
from otpstream.sandbox.texts import draft
from tests.unit.sandbox.doubles import ManualClock


class VirtualTime:
    """A schedule clock that sleeping moves, together with the clock of the simulator."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.seconds = 0.0
        self.yields = 0

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.yields += seconds == 0
        self.seconds += seconds
        self.clock.advance(seconds)


async def send(
    clock: ManualClock, *, total: int = 1_000, rate_per_second: float = 50, seed: int = 1, numbers: int = 5
) -> tuple[list[SentMessage], float]:
    """Run traffic in virtual time; return what was sent and how long it took."""
    simulator, time = Text2faSimulator(api_key="k", clock=clock), VirtualTime(clock)
    for _ in range(numbers):
        simulator.rent()
    sent = await run_traffic(
        simulator,
        rate_per_second=rate_per_second,
        total=total,
        seed=seed,
        monotonic=time.monotonic,
        sleep=time.sleep,
    )
    assert sent == len(simulator.ledger) == total
    return list(simulator.ledger), time.seconds


@pytest.mark.parametrize("rate_per_second", [2, 500])
async def test_traffic_keeps_its_rate(clock: ManualClock, rate_per_second: float) -> None:
    """The mean rate is met within what chance allows."""
    _, seconds = await send(clock, rate_per_second=rate_per_second)

    assert seconds == pytest.approx(1_000 / rate_per_second, rel=0.13)


async def test_a_stalled_schedule_is_caught_up_without_starving_others(clock: ManualClock) -> None:
    """After a stall the messages that are due go out at once, and the loop is left to others meanwhile."""
    simulator, time = Text2faSimulator(api_key="k", clock=clock), VirtualTime(clock)
    simulator.rent()
    readings = iter([0.0])  # the schedule starts at 0; every later reading is an hour on

    await run_traffic(
        simulator, rate_per_second=100, total=1_000, monotonic=lambda: next(readings, 3_600.0), sleep=time.sleep
    )

    assert time.seconds == 0
    assert time.yields >= 1_000 // 32


async def test_a_seed_repeats_its_messages_at_any_rate(clock: ManualClock) -> None:
    """Numbers, senders, texts and codes depend on the seed alone, not on the rate."""

    def content(messages: list[SentMessage]) -> list[tuple[str, str, str, str | None]]:
        return [(m.number_id, m.sender, m.text, m.expected_code) for m in messages if m.resend_of is None]

    first, _ = await send(clock, seed=3, rate_per_second=40)
    again, _ = await send(clock, seed=3, rate_per_second=60)
    other, _ = await send(clock, seed=4, rate_per_second=40)

    assert content(again) == content(first)
    assert content(other) != content(first)


@pytest.mark.parametrize("rate_per_second", [5, 50, 5_000])
async def test_no_two_messages_can_be_taken_for_one_another(clock: ManualClock, rate_per_second: float) -> None:
    """Number, sender, text and stamp tell all messages apart, and equal texts on a line stand ten seconds apart."""
    messages, _ = await send(clock, total=3_000, rate_per_second=rate_per_second, numbers=2)

    assert len({message.key for message in messages}) == len(messages)
    stamps: dict[tuple[str, str, str], list[SentMessage]] = {}
    for message in messages:
        stamps.setdefault(message.key[:3], []).append(message)
    repeated = [same for same in stamps.values() if len(same) > 1]
    assert repeated
    assert all(
        later.received_at - earlier.received_at >= RESEND_GAP for same in repeated for earlier, later in pairwise(same)
    )


async def test_resends_are_new_messages_with_the_same_content(clock: ManualClock) -> None:
    """About the configured share repeats an earlier message on its line, with its code, at most once each."""
    messages, _ = await send(clock, total=3_000)

    resent = [message for message in messages if message.resend_of is not None]
    assert 30 <= len(resent) <= 90
    assert len({message.resend_of for message in resent}) == len(resent)
    for message in resent:
        original = messages[message.resend_of or 0]
        assert message.key[:3] == original.key[:3]
        assert message.expected_code == original.expected_code is not None


async def test_numbers_rented_during_a_run_get_their_share(clock: ManualClock) -> None:
    """A line added while traffic runs receives messages from then on."""
    simulator, time = Text2faSimulator(api_key="k", clock=clock), VirtualTime(clock)
    first = simulator.rent()

    async def sleep_and_rent(seconds: float) -> None:
        await time.sleep(seconds)
        if len(simulator.ledger) == 100:
            simulator.rent()

    await run_traffic(simulator, rate_per_second=50, total=300, monotonic=time.monotonic, sleep=sleep_and_rent)

    assert len(simulator.number_ids) == 2
    assert {message.number_id for message in list(simulator.ledger)[:100]} == {first.id}
    shares = Counter(message.number_id for message in list(simulator.ledger)[100:])
    assert min(shares.values()) > 60


async def test_traffic_that_cannot_run_is_refused() -> None:
    """A rate that is not above zero and a simulator without numbers each end in one clear sentence."""
    simulator = Text2faSimulator(api_key="k")
    with pytest.raises(ValueError, match="rent one first"):
        await run_traffic(simulator, rate_per_second=1, total=1)
    simulator.rent()
    with pytest.raises(ValueError, match="rate_per_second must be above 0"):
        await run_traffic(simulator, rate_per_second=0, total=1)


def test_drafts_hold_the_code_that_they_expect() -> None:
    """A text with a code shows it, apart from separators; other texts expect none; both come in several languages."""
    random_ = random.Random(7)
    drafts = [draft(random_, code_share=0.8) for _ in range(3_000)]

    with_code = [written for written in drafts if written.expected_code is not None]
    assert 0.77 < len(with_code) / len(drafts) < 0.83
    for written in with_code:
        assert re.fullmatch(r"[0-9A-Z]{4,8}", written.expected_code or "")
        assert (written.expected_code or "") in re.sub(r"(?<=\d)[- ](?=\d)", "", written.text)
    assert not any("{" in written.text for written in drafts)
    assert {written.sender for written in drafts} > {"Google", "WhatsApp", "ParcelPost", "22395", "+12135559876"}
    joined = " ".join(written.text for written in drafts)
    assert all(
        word in joined for word in ("code", "Bestätigungscode", "confirmation", "código", "Код", "验证码", "認証番号")
    )


def test_every_message_has_a_code_of_its_own() -> None:
    """Codes are drawn afresh each time: texts hardly ever repeat, and never in a share that traffic could not bear."""
    random_ = random.Random(7)
    texts = Counter(draft(random_, code_share=0.9).text for _ in range(5_000))

    assert sum(count - 1 for count in texts.values()) < 25


def test_drafts_and_messages_do_not_print_codes() -> None:
    """Representations, which end in logs, show neither text nor code."""
    simulator = Text2faSimulator(api_key="k")
    message = simulator.send(simulator.rent().id, sender="Uber", text="Your code is 4711", expected_code="4711")

    assert "4711" not in repr(message)
    assert not re.search(r"\d{4}", repr(draft(random.Random(1), code_share=1)).replace("+12135559876", ""))
