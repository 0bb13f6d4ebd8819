"""A call that a simulated provider's rules do not allow."""

from __future__ import annotations

from datetime import datetime, timedelta


class Refused(Exception):
    """A call that the rules do not allow.

    Args:
        status: HTTP status.
        message: Why, in a sentence.
        field: The field of the request that is at fault, if one is.
        retry_after_seconds: When the call will be allowed; None if that is not a question of time.
    """

    def __init__(
        self, status: int, message: str, *, field: str | None = None, retry_after_seconds: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.field = field
        self.retry_after_seconds = retry_after_seconds

    @property
    def headers(self) -> dict[str, str]:
        """What the reply says in headers: Retry-After, where waiting helps."""
        return {} if self.retry_after_seconds is None else {"Retry-After": str(self.retry_after_seconds)}


def refuse_before(moment: datetime, *, now: datetime, status: int, message: str) -> None:
    """Refuse a call that comes too early.

    Raises:
        Refused: The moment has not come; it tells the whole seconds until then.
    """
    wait = moment - now
    if wait > timedelta():
        raise Refused(status, message, retry_after_seconds=-(-wait // timedelta(seconds=1)))
