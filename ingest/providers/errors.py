"""Why a call to a provider failed. No text here holds a key, a URL, a phone number or a message.

ProviderError
├── ProviderAway      no usable answer for now: connection, time-out, 5xx, 429; ask again later
├── KeyRefused        401 or 403: nothing will work until the operator mends the key
├── CallRefused       another status that no repeat mends
├── ReplyUnreadable   2xx, but not what the provider's documentation says
└── NotSupported      the provider has no such operation; nobody was asked
"""

from collections.abc import Iterable
from typing import ClassVar, Literal

Reason = Literal["balance", "stock", "early", "over", "unknown", "other"]
"""What a refusal was about, as far as its wording tells:

balance: not enough credit · stock: no number to be had · early: not yet allowed · over: it has ended already ·
unknown: no such order or verification · other: none of these, or not said.
"""


class ProviderError(Exception):
    """A call to a provider failed; always one of the classes below."""

    result: ClassVar[Literal["away", "key_refused", "refused", "unreadable", "not_supported"]]
    """The word that metrics count it under: of a bounded set."""


class ProviderAway(ProviderError):
    """The provider gave no usable answer, which may pass.

    Args:
        message: what happened.
        retriable: whether asking again at once, with back-off, makes sense.
        retry_after_seconds: how long the provider asked us to wait; None where it did not say.
        sent: whether the provider may have acted on the call. False is a definite no: nothing reached it (not connected, not even
            asked), or it answered 429, which says that it did nothing.
        status: the HTTP status; None where there was no answer.
    """

    result = "away"

    def __init__(
        self,
        message: str,
        *,
        retriable: bool = True,
        retry_after_seconds: float | None = None,
        sent: bool = True,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.retriable = retriable
        self.retry_after_seconds = retry_after_seconds
        self.sent = sent
        self.status = status


class KeyRefused(ProviderError):
    """The provider does not accept our key."""

    result = "key_refused"


class CallRefused(ProviderError):
    """The provider refused this one call.

    Args:
        message: what happened.
        status: the HTTP status; 200 where the refusal stands in the body alone, as with `{"status": "error"}`.
        reason: what it was about, as far as its wording tells.
        fields: the request's fields that it names.
        is_told: whether the body explains the refusal in JSON; an error page of a proxy or of a wrong address does not.
        retry_after_seconds: when the same call may be allowed, where the provider says so; the reason is `early` then, if it is no other.
    """

    result = "refused"

    def __init__(
        self,
        message: str,
        *,
        status: int,
        reason: Reason = "other",
        fields: Iterable[str] = (),
        is_told: bool = False,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.fields = frozenset(fields)
        self.is_told = is_told
        self.retry_after_seconds = retry_after_seconds


class ReplyUnreadable(ProviderError):
    """The provider answered 2xx with something else than documented."""

    result = "unreadable"


class NotSupported(ProviderError):
    """The provider has no such operation; nobody was asked."""

    result = "not_supported"
