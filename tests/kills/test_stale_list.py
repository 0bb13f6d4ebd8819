"""A list that was fetched before a number was given back still shows it, and must not hand it to another request."""

from dataclasses import replace
from datetime import timedelta

from otpstream.control.reconcile import Listing, Ours, findings
from otpstream.control.rental import as_event
from tests.kills.test_audit import INTENT, LINE, NOW, RENTAL

GRACE_SECONDS = 60.0


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
