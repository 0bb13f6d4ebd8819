"""A line was under the rental, and the verification, that was live when the SMS was received, whatever is known of others."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.tenures import (
    CLOCK_SKEW_SECONDS,
    FORGOTTEN_AT_ONCE,
    NONE,
    TENURES_PER_LINE,
    Older,
    Tenure,
    Tenures,
    after,
    decode,
    encode,
    forget,
    of_rental,
    of_verification,
    set_newest,
    set_older,
    tenure_at,
)
from tests.builders import LINE, NOON, PHONE, make_rental, seconds
from tests.unit.processors.verifications import make_verification

HOUR = seconds(3600)
OVER = ["released", "expired", "cancelled", "refunded"]


def known(*rentals: dict[str, Any]) -> tuple[Tenure, ...]:
    """Return what is known of a line that was told of rentals."""
    tenures: tuple[Tenure, ...] = ()
    for fields in rentals:
        tenure = of_rental(make_rental(**fields))
        tenures = after(tenures, tenure.holder_id, tenure)
    return tenures


def verified(*verifications: dict[str, Any]) -> tuple[Tenure, ...]:
    """Return what is known of a line that was told of verifications."""
    tenures: tuple[Tenure, ...] = ()
    for fields in verifications:
        state = make_verification(**fields)
        tenures = after(tenures, state.verification_id, of_verification(state))
    return tenures


def holder_at(tenures: tuple[Tenure, ...], at: datetime) -> str | None:
    held = tenure_at(tenures, at.timestamp())
    return None if held is None else held.holder_id


def test_an_unknown_line_has_none() -> None:
    """Nothing is guessed."""
    assert tenure_at((), NOON.timestamp()) is None


def test_a_rental_without_bounds_takes_any_time() -> None:
    """Where the provider tells neither start nor end, an active rental holds."""
    tenures = known({})
    assert holder_at(tenures, NOON - 1000 * HOUR) == holder_at(tenures, NOON + 1000 * HOUR) == "rental-1"


@given(st.floats(-8000, 8000))
def test_a_rental_holds_from_its_start_to_its_end(at: float) -> None:
    """Both ends hold, with the few seconds by which two clocks of one provider may disagree."""
    tenures = known({"started_at": NOON - HOUR, "ends_at": NOON + HOUR})
    inside = abs(at) <= 3600 + CLOCK_SKEW_SECONDS
    assert (tenure_at(tenures, NOON.timestamp() + at) is not None) == inside


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_ends_when_we_learnt_it(state: str) -> None:
    """A rental that is over without a stated end takes what came before we learnt it, and nothing later."""
    tenures = known({"state": state, "updated_at": NOON})

    assert holder_at(tenures, NOON - HOUR) == "rental-1"
    assert holder_at(tenures, NOON + HOUR) is None


@pytest.mark.parametrize("state", OVER)
def test_a_stated_end_is_not_moved_by_a_late_notice(state: str) -> None:
    """We may learn of an end long after it."""
    tenures = known({"state": state, "ends_at": NOON - HOUR, "updated_at": NOON + HOUR})
    assert holder_at(tenures, NOON) is None


def test_a_line_is_rented_again() -> None:
    """Each message goes to the rental of its own time, also when it arrives after the next rental is known."""
    tenures = known(
        {"rental_id": "old", "started_at": NOON - 2 * HOUR, "ends_at": NOON - HOUR},
        {"rental_id": "new", "started_at": NOON, "ends_at": NOON + HOUR},
    )
    assert holder_at(tenures, NOON - 1.5 * HOUR) == "old"
    assert holder_at(tenures, NOON - 0.5 * HOUR) is None
    assert holder_at(tenures, NOON + 0.5 * HOUR) == "new"


def test_late_news_of_an_old_rental_takes_nothing_from_the_new_one() -> None:
    """A refund told an hour after the line was rented again: what comes in since then is still the new rental's."""
    tenures = known(
        {"rental_id": "old", "started_at": NOON - 2 * HOUR},
        {"rental_id": "new", "started_at": NOON},
        {"rental_id": "old", "started_at": NOON - 2 * HOUR, "state": "refunded", "updated_at": NOON + HOUR},
    )
    assert holder_at(tenures, NOON + 0.5 * HOUR) == "new"
    assert holder_at(tenures, NOON - 0.5 * HOUR) == "old"


def test_of_a_rental_the_newest_state_counts() -> None:
    """A rental that is told again replaces itself."""
    tenures = known({"ends_at": NOON - HOUR}, {"ends_at": NOON + HOUR})
    assert holder_at(tenures, NOON) == "rental-1"
    assert len(tenures) == 1


def test_few_tenures_of_a_line_are_kept() -> None:
    """A line that is rented for years does not grow: the newest few are known."""
    count = 3 * TENURES_PER_LINE
    tenures = known(
        *(
            {"rental_id": str(number), "started_at": NOON + number * HOUR, "ends_at": NOON + (number + 0.5) * HOUR}
            for number in range(count)
        )
    )
    found = [holder_at(tenures, NOON + (number + 0.25) * HOUR) for number in range(count)]

    assert found == [None] * (count - TENURES_PER_LINE) + [str(n) for n in range(count - TENURES_PER_LINE, count)]


def test_times_of_a_tenure_are_seconds() -> None:
    """What is kept of a rental compares with the seconds of a message."""
    noon = NOON.timestamp()
    assert known({"started_at": NOON, "ends_at": NOON + HOUR}) == (Tenure("rental-1", PHONE, noon, noon + 3600),)


@pytest.mark.parametrize(
    ("overrides", "lived"),
    [
        ({"state": "requested"}, 301),
        ({"state": "uncertain"}, 301),
        ({"state": "started"}, 301),
        ({"state": "verified", "ended_at": NOON + seconds(20)}, 20),
        ({"state": "cancelled", "ended_at": NOON + seconds(30)}, 30),
        ({"state": "expired", "ended_at": NOON + seconds(301)}, 301),
        ({"state": "expired", "ended_at": NOON + seconds(400)}, 301),
    ],
)
def test_a_verification_lives_from_its_request_to_its_end(overrides: dict[str, Any], lived: int) -> None:
    """From when we were asked until it ended, at the latest until its code was dead; also where the start got no answer."""
    tenures = verified(overrides)
    inside = [NOON - seconds(CLOCK_SKEW_SECONDS), NOON, NOON + seconds(lived + CLOCK_SKEW_SECONDS)]
    outside = [NOON - seconds(CLOCK_SKEW_SECONDS + 0.1), NOON + seconds(lived + CLOCK_SKEW_SECONDS + 0.1)]

    assert [holder_at(tenures, at) for at in inside] == ["v-1"] * 3
    assert [holder_at(tenures, at) for at in outside] == [None] * 2


@pytest.mark.parametrize("state", ["refused", "held"])
def test_what_never_lived_takes_nothing(state: str) -> None:
    """Also where it was asked for first, and however often: the verification before it keeps its SMS."""
    refused = [{"verification_id": f"no-{number}", "state": state, "ended_at": NOON} for number in range(9)]

    assert holder_at(verified({"state": "requested"}, {"state": state, "ended_at": NOON}), NOON) is None
    assert holder_at(verified({}, *refused), NOON) == "v-1"


@pytest.mark.parametrize(("at", "holder"), [(29, "first"), (30, "first"), (31, "second"), (33, "second")])
def test_clocks_are_doubted_only_where_no_clock_holds(at: int, holder: str) -> None:
    """Cancelled at 30 s, asked for anew at 31 s: each SMS goes to the one that was live, though both are near."""
    tenures = verified(
        {"verification_id": "first", "state": "cancelled", "ended_at": NOON + seconds(30)},
        {
            "verification_id": "second",
            "requested_at": NOON + seconds(31),
            "expires_at": NOON + seconds(331),
        },
    )
    assert holder_at(tenures, NOON + seconds(at)) == holder


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-50, 50), st.integers(0, 50)), max_size=8),
    st.integers(-60, 110),
)
def test_of_several_the_one_that_holds_by_the_clock_and_began_last(told: list[tuple[str, int, int]], at: int) -> None:
    """However they lie: nobody is passed over who held by the clock, or near it where nobody did."""
    tenures: tuple[Tenure, ...] = ()
    for holder_id, starts, life in told:
        tenures = after(tenures, holder_id, Tenure(holder_id, None, starts, starts + life))

    held = tenure_at(tenures, at)

    exact = [one for one in tenures if one.starts <= at <= one.ends]
    near = [one for one in tenures if one.starts - CLOCK_SKEW_SECONDS <= at <= one.ends + CLOCK_SKEW_SECONDS]
    candidates = exact or near
    assert (held is None) == (candidates == [])
    assert held is None or (held in candidates and held.starts == max(one.starts for one in candidates))


tenures_of_any_kind = st.builds(
    lambda holder_id, starts, ends: Tenure(holder_id, PHONE, starts, ends),
    st.sampled_from("abcdefgh"),
    st.sampled_from([float("-inf"), 0.0, NOON.timestamp()]),
    st.sampled_from([float("inf"), 1.5, NOON.timestamp()]),
)


@given(st.lists(tenures_of_any_kind | st.just(NONE), max_size=9), st.booleans())
def test_the_newest_record_and_the_newest_entry_are_all_there_is(told: list[Tenure], table_first: bool) -> None:
    """What a compacted table and the changelog still hold gives all that was known, whichever is read first."""
    lived: tuple[Tenure, ...] = ()
    older: tuple[Tenure, ...] = ()
    for tenure in told:
        lived = after(lived, tenure.holder_id, tenure)
        older = lived[1:]
    restored = Tenures()
    for reads_table in (table_first, not table_first):
        if not reads_table:
            set_older(restored, decode(encode(Older(LINE, older))))
        elif told:
            set_newest(restored, LINE, told[-1])

    assert restored == ({} if lived in ((), (NONE,)) else {LINE: lived})


def test_a_tombstone_forgets_the_line() -> None:
    """After a tombstone the line is unknown; one for a line that never was is nothing."""
    tenures = Tenures()
    set_newest(tenures, LINE, of_rental(make_rental()))
    set_newest(tenures, LINE, NONE)
    set_newest(tenures, "text2fa:never", NONE)
    set_older(tenures, Older("text2fa:never", ()))
    assert tenures == {}


tellings = st.tuples(
    st.sampled_from([LINE, "text2fa:2"]),
    st.booleans(),
    st.lists(
        st.builds(
            lambda holder_id, ends: Tenure(holder_id, PHONE, float("-inf"), ends),
            st.sampled_from("abc"),
            st.sampled_from([float("inf"), *map(float, range(6))]),
        ),
        max_size=TENURES_PER_LINE,
    ),
    st.integers(0, 6),
)


@given(st.lists(tellings, max_size=20))
def test_forgotten_is_what_a_look_at_each_would_forget(told: list[tuple[str, bool, list[Tenure], int]]) -> None:
    """Whatever was told of a line meanwhile, by table or changelog: what ended before the time is gone, all else is known."""
    tenures = Tenures()
    before = 0
    for line, is_newest, ones, later in told:
        if is_newest:
            set_newest(tenures, line, ones[0] if ones else NONE)
        else:
            set_older(tenures, Older(line, tuple(ones)))
        before = max(before, later)
        kept = {
            line: tuple(one for one in known[1:] if one.ends >= before)
            for line, known in tenures.items()
            if any(one.ends >= before for one in known)
        }
        newest = {line: known[0] if known[0].ends >= before else NONE for line, known in tenures.items()}

        forget(tenures, before=before)

        assert tenures == {line: (newest[line], *older) for line, older in kept.items()}
    forget(tenures, before=float("inf"))
    assert tenures.ends == []


def test_a_line_that_is_used_for_years_leaves_no_entries() -> None:
    """What is kept of ends is forgotten with them."""
    tenures = Tenures()
    for hour in range(1_000):
        set_newest(tenures, LINE, Tenure("open", None, 0.0, float("inf")))
        set_older(tenures, Older(LINE, (Tenure(str(hour), None, hour, hour + 1.0),)))
        forget(tenures, before=hour)

    assert len(tenures.ends) <= 2


def test_no_batch_pays_for_all_that_is_over() -> None:
    """A restart may read back a million lines that are over: each batch forgets some, and in the end all."""
    tenures = Tenures()
    for number in range(2 * FORGOTTEN_AT_ONCE + 1):
        set_newest(tenures, f"text2fa-s1:{number}", Tenure(str(number), None, 0.0, 1.0))

    left = []
    while tenures:
        forget(tenures, before=2.0)
        left.append(len(tenures))

    assert left == [FORGOTTEN_AT_ONCE + 1, 1, 0]
