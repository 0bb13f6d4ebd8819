"""Why a rental was not rented, extended or given back: one exception, told apart by a word."""

from typing import Literal

Kind = Literal[
    "not_found",
    "no_offer",
    "not_supported",
    "supplier_refused",
    "supplier_away",
    "spend_cap",
    "too_many_live",
    "busy",
    "not_live",
    "still_live",
    "code_received",
    "too_early",
]
"""no_offer: nothing on offer fits what was asked for, so nobody was asked · supplier_away: nothing was asked for and nothing was spent ·
busy: the outcome of an earlier call about this rental is not known yet · not_live: it has not begun, or is over ·
still_live: only what is over can be rented again · code_received: a number that brought a code is not rejected.
"""


class Refusal(Exception):
    """What was asked for was not done, and nothing was spent.

    Args:
        kind: the word to tell it by.
        message: for people; holds no phone number and no key.
        rental_id: the rental that it is about, where there is one.
        retry_after_seconds: when asking again makes sense, None where it never does or nobody knows.
    """

    def __init__(
        self, kind: Kind, message: str, *, rental_id: str | None = None, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.rental_id = rental_id
        self.retry_after_seconds = retry_after_seconds
