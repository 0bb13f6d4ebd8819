"""A message belongs to the rental that was live on its line when it was received, whenever that rental becomes known."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.correlate import (
    CLOCK_SKEW_SECONDS,
    RENTALS_PER_LINE,
    Lines,
    Rental,
    Waiting,
    awaited,
    code_of,
    hold,
    learn,
    let_go,
    pack,
    rental_of,
    settle,
    tied,
    unlearn,
    unpack,
)
from tests.builders import LINE, NOON, OTP, PHONE, make_message, make_rental, seconds

HOUR = seconds(3600)
OVER = ["released", "expired", "cancelled", "refunded"]


def rental_at(lines: Lines, at: datetime) -> str | None:
    rental = rental_of(lines, LINE, at.timestamp())
    return None if rental is None else rental.rental_id


def waiting_of(message_id: str = "sms-1", *, received: datetime = NOON, processed: datetime = NOON) -> Waiting:
    message = make_message(message_id=message_id, received_at=received, processed_at=processed)
    return Waiting(message_id, received.timestamp(), processed.timestamp(), message.encode())


def known(*rentals: dict[str, Any]) -> Lines:
    lines = Lines()
    for fields in rentals:
        learn(lines, make_rental(**fields))
    return lines


def test_an_unknown_line_has_no_rental() -> None:
    """Nothing is guessed: a line that nobody told of has none, and another line's rental is not its own."""
    assert rental_at(Lines(), NOON) is None
    assert rental_at(known({"line": "text2fa:2"}), NOON) is None


def test_a_rental_without_bounds_takes_any_time() -> None:
    """Where the provider tells neither start nor end, an active rental holds."""
    lines = known({})
    assert rental_at(lines, NOON - 1000 * HOUR) == rental_at(lines, NOON + 1000 * HOUR) == "rental-1"


@given(st.floats(-8000, 8000))
def test_a_rental_holds_from_its_start_to_its_end(at: float) -> None:
    """Both ends hold, with the few seconds by which two clocks of one provider may disagree."""
    lines = known({"started_at": NOON - HOUR, "ends_at": NOON + HOUR})
    inside = abs(at) <= 3600 + CLOCK_SKEW_SECONDS

    rental = rental_of(lines, LINE, NOON.timestamp() + at)

    assert (rental is not None) == inside


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_ends_when_we_learnt_it(state: str) -> None:
    """A rental that is over without a stated end takes what came before we learnt it, and nothing later."""
    lines = known({"state": state, "updated_at": NOON})

    assert rental_at(lines, NOON - HOUR) == "rental-1"
    assert rental_at(lines, NOON + HOUR) is None


@pytest.mark.parametrize("state", OVER)
def test_a_stated_end_is_not_moved_by_a_late_notice(state: str) -> None:
    """We may learn of an end long after it."""
    lines = known({"state": state, "ends_at": NOON - HOUR, "updated_at": NOON + HOUR})
    assert rental_at(lines, NOON) is None


def test_a_line_is_rented_again() -> None:
    """Each message goes to the rental of its own time, also when it arrives after the next rental is known."""
    lines = known(
        {"rental_id": "old", "started_at": NOON - 2 * HOUR, "ends_at": NOON - HOUR},
        {"rental_id": "new", "started_at": NOON, "ends_at": NOON + HOUR},
    )
    assert rental_at(lines, NOON - 1.5 * HOUR) == "old"
    assert rental_at(lines, NOON - 0.5 * HOUR) is None
    assert rental_at(lines, NOON + 0.5 * HOUR) == "new"


def test_late_news_of_an_old_rental_takes_nothing_from_the_new_one() -> None:
    """A refund told an hour after the line was rented again: what comes in since then is still the new rental's."""
    lines = known(
        {"rental_id": "old", "started_at": NOON - 2 * HOUR},
        {"rental_id": "new", "started_at": NOON},
        {"rental_id": "old", "started_at": NOON - 2 * HOUR, "state": "refunded", "updated_at": NOON + HOUR},
    )
    assert rental_at(lines, NOON + 0.5 * HOUR) == "new"
    assert rental_at(lines, NOON - 0.5 * HOUR) == "old"


def test_of_a_rental_the_newest_state_counts() -> None:
    """A rental that is told again replaces itself."""
    lines = known({"ends_at": NOON - HOUR}, {"ends_at": NOON + HOUR})
    assert rental_at(lines, NOON) == "rental-1"
    assert len(lines.rentals[LINE]) == 1


def test_few_rentals_of_a_line_are_kept() -> None:
    """A line that is rented for years does not grow: the newest few are known."""
    count = 3 * RENTALS_PER_LINE
    lines = known(
        *(
            {"rental_id": str(number), "started_at": NOON + number * HOUR, "ends_at": NOON + (number + 0.5) * HOUR}
            for number in range(count)
        )
    )
    found = [rental_at(lines, NOON + (number + 0.25) * HOUR) for number in range(count)]

    assert found == [None] * (count - RENTALS_PER_LINE) + [str(n) for n in range(count - RENTALS_PER_LINE, count)]


def test_a_tombstone_forgets_the_line() -> None:
    """After a tombstone the line is unknown; one for a line that never was is nothing."""
    lines = known({})
    unlearn(lines, LINE)
    unlearn(lines, "text2fa:never")
    assert lines == Lines()


def test_a_late_rental_claims_what_waits_within_its_time() -> None:
    """Oldest first, only its own line, only its own time; asking changes nothing."""
    lines = Lines()
    hold(lines, LINE, waiting_of("later", received=NOON + seconds(20)))
    hold(lines, LINE, waiting_of("sooner", received=NOON))
    hold(lines, LINE, waiting_of("before", received=NOON - HOUR))
    hold(lines, "text2fa:2", waiting_of("elsewhere"))
    rental = make_rental(started_at=NOON - seconds(60), ends_at=NOON + HOUR)

    since = NOON.timestamp()
    assert [one.message_id for one in awaited(lines, rental, since=since)] == ["sooner", "later"]
    assert [one.message_id for one in awaited(lines, rental, since=since)] == ["sooner", "later"]
    assert awaited(lines, rental, since=since + 1) == []


def test_a_tied_message_says_more_and_changes_nothing_else() -> None:
    """The next revision has the rental and its phone; the rest is as it went out, but for when it was made."""
    message = make_message()
    at = NOON + seconds(60)

    revision = tied(waiting_of(), make_rental(), now=at)

    changed = {"revision": 2, "rental_id": "rental-1", "phone": PHONE, "processed_at": at}
    assert revision == make_message(**changed, received_at=NOON)
    assert message.revision == 1


def test_the_messages_own_phone_wins() -> None:
    """Where the provider named the receiving number in the message, the rental does not overrule it."""
    own = "+14155550199"
    waiting = Waiting("sms-1", 0.0, 0.0, make_message(phone=own).encode())
    assert tied(waiting, make_rental(), now=NOON).phone == own


@pytest.mark.parametrize(("valid_seconds", "life"), [(None, 600), (60, 60), (0, 0)])
def test_the_code_of_a_message_lives_as_long_as_the_text_says(valid_seconds: int | None, life: int) -> None:
    """Counted from the receipt by the provider; the default only where the text is silent."""
    code = code_of(make_message(valid_seconds=valid_seconds), code_life_seconds=600)

    assert code is not None
    assert code.code == OTP
    assert code.expires_at == NOON + seconds(life)


def test_a_message_without_a_code_has_none() -> None:
    """A silent message makes no event for subscribers."""
    assert code_of(make_message(code=None, kind=None), code_life_seconds=600) is None


def test_what_waits_too_long_is_let_go() -> None:
    """By our clock: what was processed before the bound goes, the rest of the line stays, an empty line leaves nothing."""
    lines = Lines()
    hold(lines, LINE, waiting_of("old", processed=NOON))
    hold(lines, LINE, waiting_of("young", processed=NOON + seconds(10)))
    hold(lines, "text2fa:2", waiting_of("old", processed=NOON))

    let_go(lines, before=NOON.timestamp() + 10)

    assert {line: list(held) for line, held in lines.waiting.items()} == {LINE: ["young"]}


def test_settled_twice_is_settled() -> None:
    """To let go of what is gone already is nothing: a changelog may be read from its middle."""
    lines = Lines()
    hold(lines, LINE, waiting_of())
    settle(lines, LINE, "sms-1")
    settle(lines, LINE, "sms-1")
    assert lines == Lines()


@given(st.lists(st.binary(max_size=40)), st.integers(1, 100))
def test_what_was_packed_comes_back(values: list[bytes], limit_bytes: int) -> None:
    """Any values in any order, in as few records as the limit allows; a value above the limit has a record of its own."""
    packed = list(pack(values, limit_bytes=limit_bytes))

    assert [value for record in packed for value in unpack(record)] == values
    assert all(len(record) <= max(limit_bytes, 40) + 4 * len(list(unpack(record))) for record in packed)
    assert packed == [] or values != []


def test_times_of_a_rental_are_seconds() -> None:
    """What is kept of a rental compares with the seconds of a message."""
    lines = known({"started_at": NOON, "ends_at": NOON + HOUR})
    assert lines.rentals[LINE] == (Rental("rental-1", PHONE, NOON.timestamp(), NOON.timestamp() + 3600),)
