"""What a list of numbers says when several requests have no answer: each number is that request's which alone can have made it."""

from dataclasses import replace
from datetime import timedelta

from otpstream.control.rentals.reconcile import Listing, Ours, findings
from otpstream.control.rentals.rental import as_event
from tests.kills.test_audit import INTENT, LINE, NOW, RENTAL

GRACE_SECONDS = 60.0
OTHER_LINE = "text2fa-s1:7"
SERVICE = "ee1fdp"


def test_a_number_that_was_just_given_back_is_nobody_elses() -> None:
    """Two requests at the same time: one number was rented and given back, the other call came to nothing."""
    answered_by = INTENT.answer_by
    ended = replace(RENTAL, state="cancelled", started_at=NOW, ended_at=answered_by + timedelta(seconds=1))
    lost = replace(INTENT, intent_id="lost", rental_id="rent_lost", state="open")
    shown = as_event(replace(RENTAL, started_at=NOW))
    listing = Listing(rentals=[shown], is_whole=True, asked_at=answered_by, first_seen={LINE: NOW})

    told = findings(
        listing,
        Ours(live=[], ended=[ended], intents=[lost]),
        now=answered_by + timedelta(seconds=2),
        grace_seconds=GRACE_SECONDS,
    )

    assert (told.found, told.orphans) == ([], [])


def test_a_reused_number_is_not_taken_for_another_one() -> None:
    """Of a lost answer to reuse and one to rent, at the same time, each finds its own number, whichever is nearer in time."""
    earlier = replace(RENTAL, rental_id="rent_earlier", line="text2fa-s1:5", phone="+12055550100", state="released")
    reuse = replace(INTENT, intent_id="reuse", rental_id="rent_again", kind="reuse", state="open")
    created_at = reuse.created_at + timedelta(seconds=0.1)
    rent = replace(INTENT, intent_id="rent", rental_id="rent_new", state="open", created_at=created_at)
    rent = replace(rent, request={"service": SERVICE})
    reused = as_event(replace(RENTAL, service=SERVICE, phone=earlier.phone, started_at=NOW + timedelta(seconds=1)))
    rented = as_event(
        replace(RENTAL, service=SERVICE, line=OTHER_LINE, phone="+12055550101", started_at=NOW + timedelta(seconds=4))
    )
    asked_at = INTENT.answer_by + timedelta(seconds=GRACE_SECONDS)

    told = findings(
        Listing(rentals=[reused, rented], is_whole=True, asked_at=asked_at, first_seen={LINE: NOW, OTHER_LINE: NOW}),
        Ours(live=[], ended=[], intents=[reuse, rent], previous={"reuse": earlier}),
        now=asked_at,
        grace_seconds=GRACE_SECONDS,
    )

    assert {intent.intent_id: one.line for intent, one in told.found} == {"reuse": LINE, "rent": OTHER_LINE}
    assert (told.not_found, told.orphans) == ([], [])
