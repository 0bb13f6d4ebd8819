"""Holds on prefixes as commands: list, hold or allow, lift; each change is an event, in order with the fraud guard's own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncEngine

from otpstream.control.fraud import decision
from otpstream.control.fraud.decision import PrefixHold
from otpstream.control.store import prefix_holds
from otpstream.control.store.verifications import hold_scope
from otpstream.control.verifications.refusals import Refusal


class PrefixHolds:
    """The overrides of the fraud guard.

    Args:
        engine: from :func:`otpstream.control.store.engine.open_store`.
        clock: the time now, aware.
    """

    def __init__(self, engine: AsyncEngine, *, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def listed(self) -> list[PrefixHold]:
        """Return what is in force, by prefix."""
        async with self._engine.begin() as connection:
            return await prefix_holds.in_force(connection, now=self._clock())

    async def put(
        self, prefix: str, action: Literal["hold", "allow"], *, detail: str, duration_seconds: float | None
    ) -> PrefixHold:
        """Hold a prefix, or allow it whatever its conversion, in place of what stood there.

        Args:
            prefix: the beginning of E.164 numbers, such as `+44`; of several that fit a phone the longest decides.
            action: hold or allow.
            detail: why, for people.
            duration_seconds: for how long; None: until it is lifted.
        """
        now = self._clock()
        hold = PrefixHold(
            prefix=prefix,
            action=action,
            reason="held_by_operator",
            detail=detail,
            changed_at=now,
            ends_at=None if duration_seconds is None else now + timedelta(seconds=duration_seconds),
        )
        async with self._engine.begin() as connection:
            await hold_scope(connection, "prefix", prefix)
            await prefix_holds.put(connection, hold)
        return hold

    async def lift(self, prefix: str) -> None:
        """Take away what stands on a prefix: its conversion counts anew from now on.

        Raises:
            Refusal: not_found.
        """
        now = self._clock()
        async with self._engine.begin() as connection:
            await hold_scope(connection, "prefix", prefix)
            hold = await prefix_holds.on_prefix(connection, prefix)
            if hold is None or not hold.in_force(now):
                raise Refusal("not_found", f"nothing stands on {prefix}")
            await prefix_holds.put(connection, decision.lifted(hold, now=now))
