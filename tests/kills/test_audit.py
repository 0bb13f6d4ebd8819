"""The audit sees what it is there for: each kind of wrong in otherwise clean books is told, and clean books are clean."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from otpstream.control.rentals.rental import Intent, Rental, as_event
from otpstream.control.verifications.record import Verification, event_of
from schemas.topics import RENTALS, VERIFICATIONS
from tests.kills.audit import audit
from tests.kills.books import Ordered, Provided, Stored, Verified
from tests.kills.sink import Record

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
LINE = "text2fa-s1:6"
UNLISTED_LINE = "rental:rent_1"

RENTAL = Rental(
    rental_id="rent_a",
    client="acme",
    supplier="text2fa-s1",
    account="default",
    line=LINE,
    state="active",
    requested_at=NOW,
    updated_at=NOW,
    ends_at=NOW + timedelta(minutes=15),
)
INTENT = Intent(
    intent_id="intent",
    rental_id="rent_a",
    client="acme",
    supplier="text2fa-s1",
    account="default",
    kind="rent",
    request={},
    state="done",
    reserved=Decimal("0.5"),
    spend_day=date(2026, 1, 15),
    idempotency_key="key",
    created_at=NOW,
    answer_by=NOW + timedelta(seconds=50),
)
ORDER = Ordered(
    line=LINE,
    what="ee1fdp",
    live=True,
    ordered_at=NOW,
    ends_at=NOW + timedelta(minutes=15),
    charges=[("request", 50)],
    paid_cents=50,
)
UNLISTED = replace(ORDER, line=UNLISTED_LINE)
VERIFICATION = Verification(
    verification_id="v",
    client="acme",
    provider="textmagic",
    account="default",
    phone="+447400123456",
    prefix="+44",
    line=None,
    brand="K1",
    workflow="4",
    code_length=4,
    auto_complete=False,
    state="expired",
    change="expired",
    sequence=1,
    requested_at=NOW,
    expires_at=NOW,
    updated_at=NOW,
    call=None,
    call_until=None,
    provider_verification_id="p",
    ended_at=NOW,
)
VERIFIED = Verified(id="p", brand="K1", live=False, charges=0)


def stored(**changes: Any) -> Stored:
    held: dict[str, Any] = {
        "rentals": [RENTAL],
        "intents": [INTENT],
        "verifications": [VERIFICATION],
        "unpublished": 0,
        "spend": {"reserved": Decimal(0), "spent": Decimal("0.5"), "refunded": Decimal(0)},
    }
    return Stored(**{**held, **changes})


def provided(*orders: Ordered, verifications: tuple[Verified, ...] = (VERIFIED,)) -> Provided:
    return Provided(at=NOW, orders=orders or (ORDER,), verifications=verifications)


def told(
    *rentals: Rental, verifications: tuple[Verification, ...] = (VERIFICATION,)
) -> dict[tuple[str, str], list[Record]]:
    rental_records = [
        Record(topic=RENTALS.name, key=LINE, id=f"r{number}", value=as_event(one).encode())
        for number, one in enumerate(rentals or (RENTAL,))
    ]
    verification_records = [
        Record(topic=VERIFICATIONS.name, key=one.phone, id=f"v-{one.sequence}", value=event_of(one).encode())
        for one in verifications
    ]
    return {(RENTALS.name, LINE): rental_records, (VERIFICATIONS.name, VERIFICATION.phone): verification_records}


def test_clean_books_are_clean() -> None:
    """One order, one rental, one verification, all told."""
    assert audit(provided(), stored(), told()).complaints == []


UNKNOWN = replace(INTENT, intent_id="u", rental_id="rent_u", supplier="rental", state="unknown", idempotency_key="u")
SPENT_TWICE = {"reserved": Decimal(0), "spent": Decimal(1), "refunded": Decimal(0)}


def test_a_lost_answer_without_a_list_is_no_loss_where_it_counts_as_spent() -> None:
    """It is told apart; without a call that accounts for it, it is lost."""
    verdict = audit(provided(ORDER, UNLISTED), stored(intents=[INTENT, UNKNOWN], spend=SPENT_TWICE), told())
    assert (verdict.complaints, verdict.unlisted) == ([], 1)
    assert audit(provided(ORDER, UNLISTED), stored(), told()).lost != []


REFUNDED = {"reserved": Decimal(0), "spent": Decimal("0.5"), "refunded": Decimal("0.5")}


def test_a_refund_that_no_reply_told_counts_as_spent() -> None:
    """It is shown; one that was told is counted, and is the provider's."""
    ended = replace(RENTAL, state="cancelled", ends_at=NOW)
    paid_back = replace(ORDER, live=False, paid_cents=0)
    verdict = audit(provided(paid_back), stored(rentals=[ended]), told(ended))
    assert (verdict.complaints, verdict.refunds_untold) == ([], Decimal("0.5"))
    told_of = replace(ended, state="refunded", refund=Decimal("0.5"))
    verdict = audit(provided(paid_back), stored(rentals=[told_of], spend=REFUNDED), told(told_of))
    assert (verdict.complaints, verdict.refunds_untold) == ([], Decimal(0))


@pytest.mark.parametrize(
    ("kind", "theirs", "ours", "streams"),
    [
        ("lost", provided(ORDER, replace(ORDER, line="text2fa-s1:7")), stored(), told()),
        ("lost", provided(replace(ORDER, line="text2fa-s1:7", live=False)), stored(rentals=[]), {}),
        ("lost", provided(), stored(rentals=[replace(RENTAL, state="released")]), told()),
        ("lost", provided(), stored(verifications=[]), told()),
        ("lost", provided(), stored(verifications=[replace(VERIFICATION, state="refused")]), told()),
        ("lost", provided(verifications=(replace(VERIFIED, id="other"),)), stored(), told()),
        ("lost", provided(verifications=(replace(VERIFIED, charges=1),)), stored(), told()),
        ("sent_again", provided(verifications=(VERIFIED, replace(VERIFIED, id="q"))), stored(), told()),
        ("paid_twice", provided(verifications=(VERIFIED, replace(VERIFIED, id="q"))), stored(), told()),
        ("paid_twice", provided(replace(ORDER, charges=[("request", 50), ("renew", 50)])), stored(), told()),
        ("paid_twice", provided(), stored(rentals=[RENTAL, replace(RENTAL, rental_id="rent_b")]), told()),
        ("paid_twice", provided(), stored(spend=SPENT_TWICE), told()),
        ("paid_twice", provided(), stored(rentals=[replace(RENTAL, price=Decimal("0.6"))]), told()),
        (
            "paid_twice",
            provided(ORDER, replace(ORDER, line="text2fa-s1:7")),
            stored(
                rentals=[RENTAL, replace(RENTAL, rental_id="rent_b", line="text2fa-s1:7")],
                intents=[INTENT, replace(INTENT, intent_id="other", rental_id="rent_b")],
                spend=SPENT_TWICE,
            ),
            told(),
        ),
        ("paid_twice", provided(), stored(rentals=[replace(RENTAL, refund=Decimal("0.5"))], spend=REFUNDED), told()),
        ("paid_twice", provided(), stored(spend=REFUNDED), told()),
        ("lost", provided(), stored(rentals=[replace(RENTAL, ends_at=NOW)]), told()),
        ("orphaned", provided(), stored(rentals=[replace(RENTAL, client=None)]), told()),
        ("open", provided(), stored(intents=[replace(INTENT, state="open")]), told()),
        ("open", provided(replace(ORDER, live=False)), stored(), told()),
        ("open", provided(), stored(unpublished=1), told()),
        (
            "open",
            provided(),
            stored(verifications=[replace(VERIFICATION, ended_at=None, expires_at=NOW - timedelta(hours=1))]),
            told(),
        ),
        ("untold", provided(), stored(), {}),
        ("untold", provided(), stored(rentals=[replace(RENTAL, state="code_received")]), told()),
        ("untold", provided(), stored(), told(replace(RENTAL, state="released"), RENTAL)),
        ("untold", provided(), stored(), told(replace(RENTAL, updated_at=NOW + timedelta(1)), RENTAL)),
        ("untold", provided(), stored(verifications=[replace(VERIFICATION, sequence=2)]), told()),
        ("untold", provided(), stored(), told(verifications=(VERIFICATION, VERIFICATION))),
    ],
)
def test_each_kind_of_wrong_is_told(kind: str, theirs: Provided, ours: Stored, streams: Any) -> None:
    """Under its own name."""
    assert getattr(audit(theirs, ours, streams), kind) != []
