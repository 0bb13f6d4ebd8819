"""SMS that come in on our own lines, tied to the verification that was live when they were received."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.store import verifications as store
from otpstream.control.verifications import life
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.record import Verification, fits
from otpstream.control.verifications.refusals import Refusal

AGAIN_SECONDS = 1.0
"""How long an SMS waits that outran the provider's answer to the start, before its code is tried again."""

logger = logging.getLogger(__name__)


class MessageLike(Protocol):
    """What is needed of a message; :class:`schemas.events.Message` has it all."""

    @property
    def message_id(self) -> str:
        """Unique."""

    @property
    def line(self) -> str:
        """The line that received it."""

    @property
    def phone(self) -> str | None:
        """The number that received it, E.164; None where the provider does not say."""

    @property
    def received_at(self) -> datetime:
        """When the provider received it."""

    @property
    def code(self) -> str | None:
        """The code in it; None where there is none."""

    @property
    def verification_id(self) -> str | None:
        """What the stream tied it to; None where that is not known (yet)."""


class Arrivals:
    """Takes messages, in whatever order and as often as they come.

    Args:
        verifications: the commands.
        sleep: how to wait for the answer to a start.
    """

    def __init__(
        self, verifications: Verifications, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._verifications = verifications
        self._ledger = verifications.ledger
        self._sleep = sleep

    async def on_messages(self, messages: Sequence[MessageLike]) -> None:
        """Take in a batch: one look at the store for all, since hardly any SMS belongs to a verification.

        Raises:
            sqlalchemy.exc.DBAPIError: the store is away: hand the batch in again.
        """
        async with self._ledger.engine.begin() as connection:
            found = [(await self._found(connection, message), message) for message in messages]
        for verification_id, message in found:
            if verification_id is not None:
                await self._noted(verification_id, message)

    async def on_message(self, message: MessageLike) -> Verification | None:
        """Note an SMS on the verification that it came for and, where that asked for it, check its code.

        Returns:
            The verification after that; None where the SMS belongs to none.

        Raises:
            sqlalchemy.exc.DBAPIError: the store is away: hand the message in again.
        """
        async with self._ledger.engine.begin() as connection:
            found = await self._found(connection, message)
        return None if found is None else await self._noted(found, message)

    async def _found(self, connection: AsyncConnection, message: MessageLike) -> str | None:
        """Return what the stream says that it belongs to, else what lived for its line or phone when it was received."""
        return message.verification_id or await store.of_message(
            connection, line=message.line, phone=message.phone, received_at=message.received_at
        )

    async def _noted(self, verification_id: str, message: MessageLike) -> Verification | None:
        try:
            after, _ = await self._ledger.change(verification_id, lambda found, now: _arrived(found, message, now))
        except Refusal:
            logger.warning("message %s names a verification that is not here", message.message_id)
            return None
        return await self._completed(after, message)

    async def _completed(self, verification: Verification, message: MessageLike) -> Verification:
        """Check the code by ourselves, once: not again where the message comes again."""
        code = message.code
        while (
            verification.auto_complete
            and verification.live
            and verification.state != "uncertain"
            and verification.attempts == 0
            and verification.message_id == message.message_id
            and code is not None
            and fits(verification, code)
        ):
            if verification.state == "started":
                return await self._checked(verification, code)
            await self._sleep(AGAIN_SECONDS)
            verification = await self._verifications.get(verification.verification_id)
        return verification

    async def _checked(self, verification: Verification, code: str) -> Verification:
        try:
            return await self._verifications.check(verification.verification_id, code)
        except Refusal as refusal:
            logger.warning("verification %s was not completed: %s", verification.verification_id, refusal)
            return await self._verifications.get(verification.verification_id)


def _arrived(current: Verification, message: MessageLike, now: datetime) -> list[Verification]:
    after = life.arrived(
        current, message_id=message.message_id, received_at=message.received_at, code=message.code, now=now
    )
    return [] if after is None else [after]
