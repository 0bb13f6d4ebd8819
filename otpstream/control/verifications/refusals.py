"""Why a verification was not started, checked or cancelled: one exception, told apart by a word."""

from typing import Literal

Kind = Literal[
    "not_found",
    "phone_live",
    "provider_live",
    "busy",
    "idempotency_key_reused",
    "not_started",
    "over",
    "too_early",
    "attempts_exhausted",
    "too_many",
    "prefix_held",
    "provider_refused",
    "provider_away",
    "outcome_unknown",
]
"""phone_live: we know of a live verification of this phone, so nobody was asked · provider_live: the provider knows of one that we do not ·
busy: another call about this verification is out · idempotency_key_reused: another request was sent under this key ·
not_started: whether it started is not known (yet) · over: it is in a last state · too_many: a velocity limit · provider_away: the
provider was not reached and did nothing · outcome_unknown: it gave no usable answer, so nobody knows what it did.
"""


class Refusal(Exception):
    """What was asked for was not done, or nobody knows whether it was (`outcome_unknown`).

    Args:
        kind: the word to tell it by.
        message: for people; holds no phone number and no code.
        verification_id: the verification that it is about, where there is one.
        retry_after_seconds: when asking again makes sense, None where it never does or nobody knows.
    """

    def __init__(
        self,
        kind: Kind,
        message: str,
        *,
        verification_id: str | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.verification_id = verification_id
        self.retry_after_seconds = retry_after_seconds
