"""Loosely read payloads: every common spelling means the same, and what could mean two things is refused."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.providers.envelopes import Body
from ingest.providers.errors import CallRefused, KeyRefused, ReplyUnreadable
from ingest.providers.fields import read_payload
from ingest.providers.loose import Conventions, plain
from ingest.providers.phones import e164
from ingest.providers.text2fa_dashboard.payloads import Service, ShortMessage
from schemas.events import Unreadable

ITEMS = [{"order_id": 6}, {"order_id": 7}]


def _body(value: Any) -> Body:
    return Body(json.dumps(value).encode(), call="testing list")


@pytest.mark.parametrize("name", ["order_id", "orderId", "Order-ID", "order id", "ORDER_ID", " OrderId "])
def test_a_name_is_one_name_in_every_spelling(name: str) -> None:
    """Camel case, dashes, blanks and capitals tell nothing."""
    assert plain(name) == "order_id"


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (0.25, "0.25"),
        (12, "12"),
        ("0.25", "0.25"),
        ("$0.25", "0.25"),
        ("0.25 USD", "0.25"),
        ("USD 1,234.50", "1234.50"),
        ("€5", "5"),
        (1e-05, "0.00001"),
        ("-3.10", "-3.10"),
        (0, "0"),
    ],
)
def test_an_amount_is_read_exactly(written: Any, amount: str) -> None:
    """Money is decimal, whatever stands around it."""
    assert read_payload(Service, {"key": "x", "price": written}).price == Decimal(amount)


@pytest.mark.parametrize("odd", ["0,25", "1.234,50", "many", True, "1 2", "1.2.3", [], float("nan"), "1,23,456"])
def test_an_amount_that_could_be_another_is_refused(odd: Any) -> None:
    """A comma may be a point or nothing at all; the complaint names the field."""
    with pytest.raises(Unreadable, match="price"):
        read_payload(Service, {"key": "x", "price": odd})


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_an_amount_survives_being_written(amount: Decimal) -> None:
    """With currency and thousands, too."""
    for written in (str(amount), f"${amount:,}", f"{amount} USD"):
        assert read_payload(Service, {"key": "x", "price": written}).price == amount


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-15T12:00:00Z",
        "2026-01-15T07:00:00-05:00",
        "2026-01-15 07:00:00",
        1768478400,
        "1768478400",
        1768478400000,
    ],
    ids=str,
)
def test_a_time_is_of_its_own_offset_or_of_the_accounts_zone(written: Any) -> None:
    """An offset wins; without one the account's zone is meant; Unix time has none to mean."""
    conventions = Conventions(zone=ZoneInfo("America/New_York"))

    message = read_payload(ShortMessage, {"text": "x", "received_at": written}, context=conventions)

    assert message.received_at == datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "odd",
    [
        "yesterday",
        12,
        "2026-01-15",
        True,
        176847840012,
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00",
        "0000000012",
        9999999999,
    ],
)
def test_a_time_that_could_be_another_is_refused(odd: Any) -> None:
    """The complaint names the field, and a message is never dated by a guess."""
    with pytest.raises(Unreadable, match="received_at"):
        read_payload(ShortMessage, {"text": "x", "received_at": odd})


@pytest.mark.parametrize(
    ("written", "country", "phone"),
    [
        ("+14155552671", None, "+14155552671"),
        ("+1 (415) 555-2671", None, "+14155552671"),
        ("4155552671", "US", "+14155552671"),
        ("14155552671", "US", "+14155552671"),
        ("07860 021130", "GB", "+447860021130"),
        ("447860021130", "US", "+447860021130"),
        ("447860021130", "GB", "+447860021130"),
        ("4155552671", None, None),
        ("12", "US", None),
        ("none", "US", None),
        ("+1415555267100000", None, None),
    ],
)
def test_a_phone_number_is_e164_or_none(written: str, country: str | None, phone: str | None) -> None:
    """A local number needs its country; what is no possible number is none."""
    assert e164(written, country=country) == phone


@given(st.text(max_size=30), st.sampled_from(["US", "GB", None]))
def test_no_text_becomes_a_malformed_number(text: str, country: str | None) -> None:
    """Whatever comes, the result is E.164 or nothing."""
    phone = e164(text, country=country)

    assert phone is None or (phone.startswith("+") and phone[1:].isascii() and phone[1:].isdigit())


def _wrapped(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(lambda name, one: {name: one}, st.sampled_from(["data", "result", "Data", "items", "orders"]), inner),
        st.builds(lambda one: {"status": "success", "message": "OK", "data": one}, inner),
        st.builds(lambda one: {"success": True, "data": one, "count": 2}, inner),
    )


@given(st.recursive(st.just(ITEMS), _wrapped, max_leaves=3))
def test_a_list_is_found_in_any_envelope(value: Any) -> None:
    """Bare or wrapped, it is the same list."""
    assert _body(value).items("orders") == ITEMS


@given(st.recursive(st.just({"order_id": 6, "number": "1"}), _wrapped, max_leaves=3))
def test_an_object_is_found_in_any_envelope(value: Any) -> None:
    """Bare or wrapped, it is the same object, without what speaks of the call."""
    assert _body(value).fields("orders") == {"order_id": 6, "number": "1"}


def test_an_object_beside_its_envelope_loses_only_the_envelope() -> None:
    """The code of an SMS stays; the status and the code of the call go."""
    flat = {"status": "success", "message": "Order placed", "order_id": 6, "code": "843291"}

    assert _body(flat).fields() == {"order_id": 6, "code": "843291"}
    assert _body({**flat, "code": 200}).fields() == {"order_id": 6}


def test_an_order_keeps_its_status_where_it_is_no_success() -> None:
    """`pending` is of the order, not of the call."""
    assert _body({"order_id": 6, "status": "pending"}).fields() == {"order_id": 6, "status": "pending"}


@pytest.mark.parametrize(
    "value", [{"status": "success", "data": None}, {"success": True, "data": {}}, {"data": []}, []]
)
def test_an_empty_list_is_one(value: Any) -> None:
    """No orders are no fault."""
    assert _body(value).items("orders") == []


@pytest.mark.parametrize("value", [{}, {"data": None}, {"order": 1}, 5, "x", None, {"data": "none"}], ids=str)
def test_what_holds_no_list_is_not_an_empty_one(value: Any) -> None:
    """A page of another kind must not look as if all orders had ended."""
    with pytest.raises(ReplyUnreadable, match="testing list"):
        _body(value).items("orders")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"status": "error", "message": "Insufficient balance"}, "balance"),
        ({"status": "fail", "error": "No numbers available"}, "stock"),
        ({"success": False, "message": "order not found"}, "unknown"),
        ({"status": False}, "other"),
        ({"status": 422, "message": "x"}, "other"),
        ({"error": "already cancelled"}, "over"),
    ],
    ids=str,
)
def test_a_failure_with_status_200_is_a_definite_no(value: Any, reason: str) -> None:
    """The provider says itself that nothing was done."""
    with pytest.raises(CallRefused) as refused:
        _body(value)

    assert refused.value.reason == reason


def test_a_bad_key_with_status_200_is_a_refused_key() -> None:
    """Some providers answer 200 to everything."""
    with pytest.raises(KeyRefused):
        _body({"status": "error", "message": "Invalid api_key"})


def test_objects_keyed_by_code_are_a_list() -> None:
    """Oklahoma's key is no flag of success."""
    states = {"AL": "Alabama", "OK": "Oklahoma"}

    expected = [{"key": "AL", "name": "Alabama"}, {"key": "OK", "name": "Oklahoma"}]
    assert _body(states).items("states", is_keyed=True) == expected
    assert _body({"status": "success", "data": states}).items("states", is_keyed=True) == expected
