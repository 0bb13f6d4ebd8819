"""The HTTP answers of the webhook routes, built once: problem documents for all but success.

Source: RFC 9457, problem details; RFC 9110, status codes.
"""

import json
from http import HTTPStatus
from typing import NamedTuple

from ingest.authentication import Refusal

LONGEST_BODY_BYTES = 64 * 1024
"""An SMS of 255 parts is 39 KB; more is not a message."""
RETRY_AFTER_SECONDS = 5
"""Long enough for a leader election, short against the life of a code."""


class Answer(NamedTuple):
    """One HTTP answer, ready to send, and the word that it is counted under."""

    result: str
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def problem(result: str, status: HTTPStatus, detail: str, *headers: tuple[bytes, bytes]) -> Answer:
    """Build a problem document.

    Args:
        result: the word that it is counted under.
        status: of the answer; its phrase is the title.
        detail: a sentence for whoever sent the request; no value of it.
        headers: besides type and length, names in lower case.
    """
    body = json.dumps(
        {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    ).encode()
    described = ((b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode()))
    return Answer(result, status.value, (*described, *headers), body)


_CHALLENGE = (b"www-authenticate", b'Webhook realm="otpstream"')
_RETRY_AFTER = (b"retry-after", str(RETRY_AFTER_SECONDS).encode())
_CLOSE = (b"connection", b"close")
"""Where the body is not read to its end: else the server would have to read the rest of it, however slowly it comes."""

ACCEPTED = Answer("accepted", HTTPStatus.ACCEPTED.value, ((b"content-length", b"0"),), b"")
NOT_POST = problem(
    "method_not_allowed", HTTPStatus.METHOD_NOT_ALLOWED, "Webhooks are sent by POST.", (b"allow", b"POST"), _CLOSE
)
TOO_SLOW = problem(
    "too_slow", HTTPStatus.REQUEST_TIMEOUT, "The body did not come in time; send it again, in one go.", _CLOSE
)
TOO_LARGE = problem(
    "too_large",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    f"The body is longer than {LONGEST_BODY_BYTES} bytes.",
    _CLOSE,
)
BROKER_AWAY = problem(
    "broker_away", HTTPStatus.SERVICE_UNAVAILABLE, "The message could not be stored yet; send it again.", _RETRY_AFTER
)
BUG = problem(
    "bug", HTTPStatus.SERVICE_UNAVAILABLE, "The message could not be handled yet; send it again.", _RETRY_AFTER
)
REFUSALS: dict[Refusal, Answer] = {
    "network": problem("forbidden", HTTPStatus.FORBIDDEN, "Webhooks are not accepted from this address.", _CLOSE),
    "token": problem(
        "unauthorized", HTTPStatus.UNAUTHORIZED, "The path token is missing or wrong.", _CHALLENGE, _CLOSE
    ),
    "signature": problem("unauthorized", HTTPStatus.UNAUTHORIZED, "The signature is missing or wrong.", _CHALLENGE),
    "timestamp": problem(
        "unauthorized", HTTPStatus.UNAUTHORIZED, "The signed time is missing or too far from now.", _CHALLENGE
    ),
}
