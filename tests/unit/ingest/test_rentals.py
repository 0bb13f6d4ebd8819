"""What changed between two looks at a list: nothing that is known is lost to a list that says less."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rentals import rental_changes
from schemas.rentals import RentalState

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=1)
LINE = "text2fa-s1:6"
FULL: dict[str, Any] = {
    "phone": "+14155552671",
    "country": "US",
    "service": "Facebook",
    "started_at": EARLIER,
    "ends_at": NOW + timedelta(days=1),
}


def rental(**changes: Any) -> RentalState:
    fields = {"rental_id": LINE, "provider": "text2fa-s1", "line": LINE, "phone": None, "state": "active"}
    return RentalState.model_validate(fields | {"updated_at": NOW} | changes)


def changed(known: RentalState, listed: RentalState) -> list[RentalState]:
    return rental_changes({LINE: known}, [listed], is_whole=True, now=NOW)


@given(left_out=st.sets(st.sampled_from(sorted(FULL))))
def test_what_a_list_leaves_out_changes_nothing(left_out: set[str]) -> None:
    """A list with fewer fields is no news, and is not published."""
    known = rental(**FULL, updated_at=EARLIER)

    assert changed(known, rental(**{name: value for name, value in FULL.items() if name not in left_out})) == []


@given(said=st.sets(st.sampled_from(sorted(FULL)), min_size=1))
def test_what_a_list_adds_is_published_with_what_was_known(said: set[str]) -> None:
    """One fuller state comes of the two."""
    known = rental(**{name: value for name, value in FULL.items() if name not in said}, updated_at=EARLIER)

    (change,) = changed(known, rental(**{name: FULL[name] for name in said}))

    assert change == rental(**FULL)


def test_a_list_that_says_otherwise_wins() -> None:
    """It was renewed."""
    later = NOW + timedelta(days=8)

    (change,) = changed(rental(**FULL), rental(ends_at=later))

    assert (change.ends_at, change.service) == (later, "Facebook")


def test_a_code_that_came_is_not_taken_back() -> None:
    """A list says who lives; it seldom says whether a code came."""
    assert changed(rental(state="code_received"), rental(state="active")) == []
    (change,) = changed(rental(state="code_received"), rental(state="expired"))
    assert change.state == "expired"


@pytest.mark.parametrize(
    "known",
    [rental(**FULL, state="released"), rental(**FULL, rental_id="an earlier one")],
    ids=["is-over", "another-rental"],
)
def test_nothing_is_kept_of_another_rental(known: RentalState) -> None:
    """The end of the last one would be the end of this one."""
    (change,) = changed(known, rental(phone="+14155552671"))

    assert change == rental(phone="+14155552671")


@pytest.mark.parametrize("state", ["active", "code_received"])
def test_a_live_rental_that_is_gone_is_released(state: str) -> None:
    """Only a whole list says so."""
    known = {LINE: rental(state=state)}

    (change,) = rental_changes(known, [], is_whole=True, now=NOW)

    assert (change.state, change.ends_at) == ("released", NOW)
    assert rental_changes(known, [], is_whole=False, now=NOW) == []
