"""What a supplier's list tells: no rental for two intents, none of ours for an orphan, and no conclusion from half a list. Pure."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpstream.control.rentals.reconcile import Findings, Listing, Ours, findings
from otpstream.control.rentals.rental import Intent, Rental
from otpstream.control.rentals.states import LIVE, OVER, RentalStatus, advanced, may_become
from schemas.rentals import RentalState
from tests.unit.control.fakes import DAY, START

GRACE_SECONDS = 60.0


def at(seconds: float) -> Any:
    return START + timedelta(seconds=seconds)


def intent(name: str, *, asked: float = 0, by: float = 70, kind: str = "rent", **request: Any) -> Intent:
    return Intent(
        intent_id=name,
        rental_id=f"rental-{name}",
        client="acme",
        supplier="fake",
        account="default",
        kind=kind,  # type: ignore[arg-type]
        request=request,
        state="open",
        reserved=Decimal(1),
        spend_day=DAY,
        created_at=at(asked),
        answer_by=at(by),
    )


def listed(line: str, *, started: float | None = 1, **fields: Any) -> RentalState:
    return RentalState.model_validate(
        {
            "rental_id": f"their-{line}",
            "provider": "fake",
            "line": f"fake:{line}",
            "phone": None,
            "state": "active",
            "started_at": None if started is None else at(started),
            "updated_at": at(0),
            **fields,
        }
    )


def ours_of(line: str, *, began: float = 0, state: RentalStatus = "active", name: str | None = None) -> Rental:
    return Rental(
        rental_id=name or f"ours-{line}",
        client="acme",
        supplier="fake",
        account="default",
        line=f"fake:{line}",
        state=state,
        requested_at=at(began),
        began_at=at(began),
        updated_at=at(began),
    )


def look(
    rentals: list[RentalState],
    *,
    intents: tuple[Intent, ...] = (),
    live: tuple[Rental, ...] = (),
    ended: tuple[Rental, ...] = (),
    previous: dict[str, Rental] | None = None,
    now: float = 100,
    is_whole: bool = True,
    first_seen: dict[str, Any] | None = None,
) -> Findings:
    listing = Listing(rentals=rentals, is_whole=is_whole, asked_at=at(now), first_seen=first_seen or {})
    held = Ours(live=live, ended=ended, intents=intents, previous=previous or {})
    return findings(listing, held, now=at(now), grace_seconds=GRACE_SECONDS)


def test_a_rental_that_began_after_the_intent_is_its() -> None:
    """Nobody else here asked for it."""
    told = look([listed("1")], intents=(intent("a"),))
    assert [(one.intent_id, rental.line) for one, rental in told.found] == [("a", "fake:1")]
    assert told.orphans == []
    assert told.not_found == []


def test_a_rental_that_began_before_the_intent_is_not() -> None:
    """It is somebody else's, however well it fits."""
    told = look([listed("1", started=-120)], intents=(intent("a"),), now=200)
    assert told.found == []
    assert [one.line for one in told.orphans] == ["fake:1"]
    assert [one.intent_id for one in told.not_found] == ["a"]


def test_without_its_time_a_rental_that_was_seen_before_is_not() -> None:
    """A list without times is told by what was in it earlier."""
    for seen, found in ((-10, []), (5, ["a"])):
        told = look([listed("1", started=None)], intents=(intent("a"),), first_seen={"fake:1": at(seen)})
        assert [one.intent_id for one, _ in told.found] == found


def test_what_may_be_of_a_call_under_way_waits_for_its_answer() -> None:
    """Neither another intent's nor an orphan."""
    told = look([listed("1", started=80)], intents=(intent("a"), intent("b", asked=79, by=150)))
    assert told.found == []
    assert told.orphans == []


def test_the_service_decides_between_two() -> None:
    """Of two that began together, each goes where its service was asked for."""
    rentals = [listed("1", service="whatsapp"), listed("2", service="Facebook")]
    told = look(rentals, intents=(intent("a", service="facebook"), intent("b", service="whatsapp")))
    assert {one.intent_id: rental.line for one, rental in told.found} == {"a": "fake:2", "b": "fake:1"}


def test_the_days_decide_between_two_of_a_service() -> None:
    """Of two that began together, each goes where so many days were asked for, also where the supplier rounds them."""
    rentals = [listed("1", ends_at=at(2.4 * 86_400)), listed("2", ends_at=at(7 * 86_400))]
    told = look(rentals, intents=(intent("a", duration_days=7), intent("b", asked=0.5, duration_days=3)))
    assert {one.intent_id: rental.line for one, rental in told.found} == {"a": "fake:2", "b": "fake:1"}


def test_another_country_never_fits() -> None:
    """A country has one code, unlike a service."""
    told = look([listed("1", country="GB")], intents=(intent("a", country="US"),))
    assert told.found == []


def test_half_a_list_proves_no_absence() -> None:
    """What could not be read may be what is looked for."""
    told = look([], intents=(intent("a"),), live=(ours_of("9"),), now=500, is_whole=False)
    assert told.not_found == []
    assert told.gone == []


def test_a_list_that_is_too_fresh_proves_no_absence() -> None:
    """It may lag behind the call."""
    told = look([], intents=(intent("a"),), live=(ours_of("9", began=99),), now=100)
    assert told.not_found == []
    assert told.gone == []


def test_a_number_that_ended_lately_is_no_orphan() -> None:
    """The list may show it a little longer."""
    assert look([listed("1")], ended=(ours_of("1", state="cancelled"),)).orphans == []


def test_a_reused_number_is_known_by_its_line_or_phone() -> None:
    """A rental of another number is not what was asked for."""
    asked = intent("a", kind="reuse")
    for line, found in (("1", ["a"]), ("2", [])):
        told = look([listed(line)], intents=(asked,), previous={"a": ours_of("1", state="cancelled")})
        assert [one.intent_id for one, _ in told.found] == found


def test_a_line_of_ours_that_began_anew_in_the_call_is_what_was_asked_for() -> None:
    """The supplier kept the order's id while the rental before still lived: by its start, nothing else can be that intent's."""
    before = ours_of("1", began=-600, state="code_received")
    told = look(
        [listed("1", started=1)], intents=(intent("a", kind="reuse"),), live=(before,), previous={"a": before}, now=200
    )
    assert [(one.intent_id, rental.line) for one, rental in told.found] == [("a", "fake:1")]
    assert (told.not_found, told.untold, told.orphans) == ([], [], [])


@pytest.mark.parametrize(("began", "started"), [(-600, -600), (-600, None), (-30, 1)], ids=["old", "untold", "near"])
def test_a_line_of_ours_that_may_have_begun_anew_leaves_the_outcome_unknown(
    began: float, started: float | None
) -> None:
    """The money may be spent, so it is never said that it was not: the start is the earlier one's, unknown, or could be of either."""
    before = ours_of("1", began=began, state="code_received")
    words: Any = {"intents": (intent("a", kind="reuse"),), "live": (before,), "previous": {"a": before}}
    early = look([listed("1", started=started)], **words)
    late = look([listed("1", started=started)], **words, now=200)
    assert (early.found, early.not_found, early.untold) == ([], [], [])
    assert (late.found, late.not_found, [one.intent_id for one in late.untold]) == ([], [], ["a"])


def test_a_number_that_is_gone_was_not_rented_again() -> None:
    """Neither its line nor its phone is in the list: nothing was spent."""
    before = ours_of("1", began=-600, state="expired")
    told = look([], intents=(intent("a", kind="reuse"),), previous={"a": before}, now=200)
    assert ([one.intent_id for one in told.not_found], told.untold) == (["a"], [])


def test_a_line_of_ours_is_no_other_intents() -> None:
    """A call to rent, or to rent another number again, does not take what somebody has."""
    held, other = ours_of("1", began=-600, state="code_received"), ours_of("2", state="expired")
    told = look(
        [listed("1", started=1)],
        intents=(intent("a"), intent("b", kind="reuse")),
        live=(held,),
        previous={"b": other},
        now=200,
    )
    assert told.found == []
    assert [one.intent_id for one in told.not_found] == ["a", "b"]


def test_a_renewal_is_told_by_the_end() -> None:
    """Moved: done; not moved in time: nothing was bought; no end to see: nobody can tell."""
    ends = at(86_400)
    asked = intent("a", kind="renew", ends_at=ends.isoformat())
    live = (ours_of("1", name="rental-a"),)
    moved = look([listed("1", ends_at=ends + timedelta(days=1))], intents=(asked,), live=live, now=200)
    stayed = look([listed("1", ends_at=ends)], intents=(asked,), live=live, now=200)
    silent = look([listed("1")], intents=(asked,), live=live, now=200)
    assert [len(moved.found), len(moved.not_found), len(moved.untold)] == [1, 0, 0]
    assert [len(stayed.found), len(stayed.not_found), len(stayed.untold)] == [0, 1, 0]
    assert [len(silent.found), len(silent.not_found), len(silent.untold)] == [0, 0, 1]


LINES = st.lists(st.integers(1, 6).map(str), unique=True, max_size=5)
STARTS = st.one_of(st.none(), st.integers(-200, 200))


@given(
    rentals=LINES.flatmap(
        lambda lines: st.tuples(*(st.builds(listed, st.just(line), started=STARTS) for line in lines))
    ),
    intents=st.integers(0, 4).flatmap(
        lambda count: st.tuples(
            *(
                st.builds(
                    lambda n, a, b: intent(n, asked=a, by=a + b),
                    st.just(str(n)),
                    st.integers(-200, 100),
                    st.integers(1, 100),
                )
                for n in range(count)
            )
        )
    ),
    live=LINES,
    now=st.integers(0, 400),
    is_whole=st.booleans(),
)
def test_whatever_is_listed_nothing_is_given_twice(
    rentals: tuple[RentalState, ...], intents: tuple[Intent, ...], live: list[str], now: int, is_whole: bool
) -> None:
    """Each rental has one owner, each intent one outcome; what is ours stays ours; what is under way is left alone."""
    told = look(list(rentals), intents=intents, live=tuple(ours_of(line) for line in live), now=now, is_whole=is_whole)
    given_lines = [rental.line for _, rental in told.found] + [one.line for one in told.orphans]
    assert len(given_lines) == len(set(given_lines))
    assert not {f"fake:{line}" for line in live} & set(given_lines)
    outcomes = [one.intent_id for one, _ in told.found] + [one.intent_id for one in (*told.not_found, *told.untold)]
    assert len(outcomes) == len(set(outcomes))
    assert all(one.answer_by <= at(now) for one in intents if one.intent_id in outcomes)
    if not is_whole:
        assert told.not_found == []
        assert told.gone == []


STATES: list[RentalStatus] = ["requested", *sorted(LIVE), *sorted(OVER)]


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_a_rental_never_goes_back(seen: list[RentalStatus]) -> None:
    """Whatever is seen in whatever order: over stays over, a code that came has come, and only refunds follow the end."""
    state: RentalStatus = "requested"
    for one in seen:
        before, state = state, advanced(state, one)
        assert state == before or may_become(before, state)
        assert not (before in OVER and state in LIVE)
        assert not (before == "code_received" and state == "active")
        assert state != "requested" or before == "requested"
