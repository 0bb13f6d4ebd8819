"""A breaker over poison: past a ratio the fault is ours (a bad deploy, a new format), and diverting everything would only hide it."""

from dataclasses import dataclass


class BreakerOpen(RuntimeError):
    """Too much turned poison: the stage stops, and nothing of the last batch is committed."""


@dataclass(slots=True)
class PoisonBreaker:
    """Watches the share of poison over roughly the last `window` records.

    Attributes:
        ratio: the share that opens the breaker, 0..1; 1 never opens it.
        minimum: so many poison records at least; below it a few bad bytes at a quiet hour would stop the stage.
        window: records that the share is taken over; older ones fade out.
    """

    ratio: float
    minimum: int
    window: int
    _records: float = 0.0
    _poison: float = 0.0

    def check(self, *, records: int, poison: int, example: str = "") -> None:
        """Look at a batch that is about to be committed; `example` names one poison record of it and its fault.

        Raises:
            BreakerOpen: with the counts; the batch must not be committed.
        """
        records_seen, poison_seen = self._with(records, poison)
        if self.ratio < 1 and poison_seen >= self.minimum and poison_seen >= self.ratio * records_seen:
            raise BreakerOpen(
                f"{poison_seen:.0f} of the last {records_seen:.0f} records could not be processed, more than the "
                f"{self.ratio:.0%} that PROCESS_POISON_RATIO allows: the stage stopped before it committed them. "
                f"One of them is {example}. Mend it and start again, or let them be buried with PROCESS_POISON_RATIO=1"
            )

    def count(self, *, records: int, poison: int) -> None:
        """Count a batch that is committed; one that is aborted comes again, and must not count twice."""
        self._records, self._poison = self._with(records, poison)

    def _with(self, records: int, poison: int) -> tuple[float, float]:
        kept = max(0.0, 1.0 - records / self.window)
        return self._records * kept + records, self._poison * kept + poison
