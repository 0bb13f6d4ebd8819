"""The circuit breaker of one account's calls: a provider that is down is left alone for a while, then asked once.

closed ──so many failures in a row──▶ open ──after the pause──▶ half-open: one probe ──answered──▶ closed, failed──▶ open

A failure is no answer, or one from in front of the provider that says so (502, 503, 504). Whatever the provider says itself shows that
it is there: a refusal, 429, and 500 too, which is one call that it fails on, such as that of one number that is sick.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Literal

from ingest.providers.errors import ProviderAway, ProviderError

CircuitState = Literal["closed", "half_open", "open"]
"""closed: calls go out · half_open: the pause is over, and one call may probe · open: no call goes out."""

_ANSWERED = (429, 500)


class Breaker:
    """Counts failures in a row, and refuses calls while the provider is taken to be down.

    Args:
        failures: so many in a row open it.
        pause_seconds: how long it stays open before one call may probe.
        clock: our clock, aware.
    """

    def __init__(self, *, failures: int, pause_seconds: float, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._limit = failures
        self._pause = timedelta(seconds=pause_seconds)
        self._failures = 0
        self._open_until: datetime | None = None
        self._is_probing = False

    @property
    def state(self) -> CircuitState:
        """How it is at this moment."""
        if self._open_until is None:
            return "closed"
        return "half_open" if self._open_until <= self._clock() else "open"

    @contextmanager
    def attempt(self, what: str) -> Iterator[None]:
        """Admit one try and note what comes of it.

        Args:
            what: the provider and the call, for the error text.

        Raises:
            ProviderAway: not admitted, and so not sent.
        """
        is_probe = self._admit(what)
        try:
            yield
        except ProviderAway as away:
            if away.status in _ANSWERED:
                self._answered()
            else:
                self._failed()
            raise
        except ProviderError:
            self._answered()
            raise
        else:
            self._answered()
        finally:
            if is_probe:
                self._is_probing = False

    def _admit(self, what: str) -> bool:
        """Return whether the try is the probe."""
        if self._open_until is None:
            return False
        left_seconds = (self._open_until - self._clock()).total_seconds()
        if left_seconds > 0 or self._is_probing:
            raise ProviderAway(
                f"{what}: not asked, since the last {self._failures} tries failed",
                retriable=False,
                retry_after_seconds=max(left_seconds, 0.0),
                sent=False,
            )
        self._is_probing = True
        return True

    def _answered(self) -> None:
        self._failures = 0
        self._open_until = None

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= self._limit:
            self._open_until = self._clock() + self._pause
