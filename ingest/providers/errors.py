"""Why a call to a provider failed. No text here holds a key, a URL, a phone number or a message.

ProviderError
├── ProviderAway      no usable answer for now: connection, time-out, 5xx, 429; ask again later
├── KeyRefused        401 or 403: nothing will work until the operator mends the key
├── CallRefused       another status that no repeat mends
├── ReplyUnreadable   2xx, but not what the provider's documentation says
└── NotSupported      the provider has no such operation; nobody was asked
"""

from typing import ClassVar, Literal


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
    """

    result = "away"

    def __init__(self, message: str, *, retriable: bool = True, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retriable = retriable
        self.retry_after_seconds = retry_after_seconds


class KeyRefused(ProviderError):
    """The provider does not accept our key."""

    result = "key_refused"


class CallRefused(ProviderError):
    """The provider refused this one call.

    Args:
        message: what happened.
        status: the HTTP status.
    """

    result = "refused"

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message)
        self.status = status


class ReplyUnreadable(ProviderError):
    """The provider answered 2xx with something else than documented."""

    result = "unreadable"


class NotSupported(ProviderError):
    """The provider has no such operation; nobody was asked."""

    result = "not_supported"
