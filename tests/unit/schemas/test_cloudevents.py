"""The headers are CloudEvents 1.0 in the Kafka protocol binding's binary mode."""

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from schemas import cloudevents
from tests.builders import NOON

RFC_3339_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def test_required_attributes_are_there_once() -> None:
    """`id`, `source`, `specversion` and `type` are headers with the prefix `ce_`; the content type has none."""
    headers = cloudevents.headers(ce_type="otp.code.v1", source="/otpstream/process", event_id="sms-1", time=NOON)

    assert len(dict(headers)) == len(headers)
    assert dict(headers) == {
        "ce_specversion": b"1.0",
        "ce_type": b"otp.code.v1",
        "ce_source": b"/otpstream/process",
        "ce_id": b"sms-1",
        "ce_time": b"2026-03-01T12:00:00.000Z",
        "content-type": b"application/json",
    }


def test_fixed_headers_are_the_others_without_id_and_time() -> None:
    """What is built once an event type and what is built once an event make the same set."""
    fixed = cloudevents.fixed(ce_type="t", source="/s")

    whole = cloudevents.headers(ce_type="t", source="/s", event_id="i", time=NOON)
    assert dict(whole) == dict(fixed) | {"ce_id": b"i", "ce_time": cloudevents.rfc3339(NOON).encode()}


@given(st.timedeltas(timedelta(days=-300_000), timedelta(days=2_900_000)), offsets)
def test_times_are_rfc_3339_in_utc(since: timedelta, zone: timezone) -> None:
    """Any aware time, from the year 1205 to 9966, is written with milliseconds and a Z, and is the same moment when read."""
    time = (NOON + since).astimezone(zone)
    written = cloudevents.rfc3339(time)

    assert RFC_3339_UTC.fullmatch(written)
    read = datetime.fromisoformat(written)
    assert read.tzinfo == UTC
    assert timedelta(0) <= time - read < timedelta(milliseconds=1)
