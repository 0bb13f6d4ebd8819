"""How the fetches of one round of polling went, and so whether it is the provider that is away, or only a number that is sick. Pure."""

from ingest.providers.errors import KeyRefused, ProviderAway

FAILURES_OF_A_LOST_ROUND = 3
"""So many numbers in a row without one success, and it is the provider that is away, not a number that is sick."""


class Round:
    """The tally of one round."""

    def __init__(self) -> None:
        self.successes = 0
        self.failures = 0
        self.failure: Exception | None = None
        """The failure that made the round hopeless, else the first."""
        self.skipped: set[str] = set()
        """The lines that were not asked for, the round being lost."""
        self._is_hopeless = False

    def note(self, failure: Exception) -> None:
        """Count one fetch that failed."""
        self.failures += 1
        asked_to_wait = isinstance(failure, ProviderAway) and failure.retry_after_seconds is not None
        is_decisive = asked_to_wait or isinstance(failure, KeyRefused)
        if self.failure is None or (is_decisive and not self._is_hopeless):
            self.failure = failure
        self._is_hopeless = self._is_hopeless or is_decisive

    @property
    def is_lost(self) -> bool:
        """Whether to spare the provider the rest of the round."""
        return self._is_hopeless or (self.successes == 0 and self.failures >= FAILURES_OF_A_LOST_ROUND)
