"""The clock of verifications: emits what is due, each once and in order, in however many processes it runs.

A look finds the rows that are due without taking them; each is then taken, moved on and written in a transaction of its own, so that
the second of two processes finds nothing left to do.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from otpstream.control.store import prefix_holds
from otpstream.control.store import verifications as store
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.record import Verification
from otpstream.control.verifications.refusals import Refusal

Sleep = Callable[[float], Awaitable[object]]

logger = logging.getLogger(__name__)


class VerificationClock:
    """Moves verifications on.

    Args:
        verifications: the commands, for the checks and cancels that are the clock's to make.
    """

    def __init__(self, verifications: Verifications) -> None:
        self._verifications = verifications
        self._ledger = verifications.ledger

    async def tick(self, now: datetime) -> int:
        """Emit the steps and ends that are due, then make the checks and cancels that are.

        Args:
            now: the time now, aware.

        Returns:
            How many verifications were due.
        """
        due, claimed = await self._move_on(now)
        await asyncio.gather(*map(self._ask, claimed))
        return due

    async def run(self, *, sleep: Sleep = asyncio.sleep) -> None:
        """Tick until cancelled; a store that is away is tried again at the next tick, and no tick waits for a provider."""
        settings = self._verifications.settings
        async with asyncio.TaskGroup() as calls:
            while True:
                due = 0
                try:
                    due, claimed = await self._move_on(self._ledger.clock())
                except Exception as error:
                    logger.warning("the clock of verifications could not tick: %s", type(error).__name__)
                else:
                    for one in claimed:
                        calls.create_task(self._ask(one))
                if due < settings.tick_batch:
                    await sleep(settings.tick_seconds)

    async def _move_on(self, now: datetime) -> tuple[int, list[Verification]]:
        """Emit what is due; return how many were due, and those with a check or cancel claimed."""
        async with self._ledger.engine.begin() as connection:
            due = await store.due(connection, now, limit=self._verifications.settings.tick_batch)
        claimed: list[Verification] = []
        for verification_id in due:
            try:
                current, changed = await self._ledger.change(verification_id, self._verifications.claim_due, now=now)
            except DBAPIError:
                raise
            except Exception as error:
                # One that cannot be moved must not hold up those behind it.
                logger.error("verification %s is stuck: %s", verification_id, type(error).__name__)  # noqa: TRY400
                continue
            if changed and current.call is not None:
                claimed.append(current)
        await self._count(now)
        return len(due), claimed

    async def _ask(self, claimed: Verification) -> None:
        try:
            await self._verifications.ask(claimed)
        except Refusal as refusal:
            logger.warning("%s of verification %s: %s", claimed.call, claimed.verification_id, refusal)
        except Exception as error:
            # The claim lapses: a cancel is asked for again, a check is left to a person. A driver's text may quote the row.
            logger.error("%s of verification %s: %s", claimed.call, claimed.verification_id, type(error).__name__)  # noqa: TRY400

    async def _count(self, now: datetime) -> None:
        async with self._ledger.engine.begin() as connection:
            live = await store.live_counts(connection)
            held = [hold for hold in await prefix_holds.in_force(connection, now=now) if hold.action == "hold"]
        self._ledger.metrics.stands(live=live, held=len(held), at_seconds=now.timestamp())
