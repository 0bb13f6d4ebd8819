"""CloudEvents 1.0 attributes as Kafka headers (Kafka protocol binding, binary mode): `ce_*` headers over a JSON value."""

from datetime import UTC, datetime

Headers = list[tuple[str, bytes]]

_SPECVERSION = ("ce_specversion", b"1.0")
_CONTENT_TYPE = ("content-type", b"application/json")


def fixed(*, ce_type: str, source: str) -> Headers:
    """Return the headers that are the same on every event of one type from one source."""
    return [_SPECVERSION, ("ce_type", ce_type.encode()), ("ce_source", source.encode()), _CONTENT_TYPE]


def headers(*, ce_type: str, source: str, event_id: str, time: datetime) -> Headers:
    """Return all headers of one event.

    Args:
        ce_type: the event class's `ce_type`.
        source: who wrote it, a URI reference such as `/otpstream/ingest/webhook/text2fa`.
        event_id: unique within the source.
        time: when it happened, aware.
    """
    return [*fixed(ce_type=ce_type, source=source), ("ce_id", event_id.encode()), ("ce_time", rfc3339(time).encode())]


def rfc3339(time: datetime) -> str:
    """Write an aware time as RFC 3339 in UTC with milliseconds, as `2025-06-26T08:15:00.000Z`."""
    utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[:-6] + "Z"
