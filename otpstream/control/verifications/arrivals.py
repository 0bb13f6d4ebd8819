"""SMS that come in on our own lines, tied to the verification that was live when they were received.

They are only written down: the codes that may complete a verification are checked by the clock, so that no message waits for a provider.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from otpstream.control.store import verifications as store
from otpstream.control.verifications import life
from otpstream.control.verifications.commands import Verifications
from otpstream.control.verifications.record import Verification, names_brand
from otpstream.control.verifications.refusals import Refusal

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
    def sender(self) -> str:
        """As the provider wrote it."""

    @property
    def text(self) -> str:
        """All of it."""

    @property
    def service(self) -> str | None:
        """Whom it is from, as read out of it; None where that is not known."""

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
        verifications: the commands, whose store it writes to.
    """

    def __init__(self, verifications: Verifications) -> None:
        self._ledger = verifications.ledger

    async def on_messages(self, messages: Sequence[MessageLike]) -> None:
        """Take in a batch: one look at the store for all, since hardly any SMS belongs to a verification.

        Raises:
            sqlalchemy.exc.DBAPIError: the store is away: hand the batch in again.
        """
        async with self._ledger.engine.begin() as connection:
            found = [(await self._found(connection, message), message) for message in messages]
        for verification_id, message in found:
            if verification_id is not None:
                await self._note(verification_id, message)

    async def _found(self, connection: AsyncConnection, message: MessageLike) -> str | None:
        """Return what the stream says that it belongs to, else what lived for its line or phone when it was received."""
        return message.verification_id or await store.of_message(
            connection, line=message.line, phone=message.phone, received_at=message.received_at
        )

    async def _note(self, verification_id: str, message: MessageLike) -> None:
        try:
            await self._ledger.change(verification_id, lambda found, now: _arrived(found, message, now))
        except Refusal:
            logger.warning("message %s names a verification that is not here", message.message_id)


def _arrived(current: Verification, message: MessageLike, now: datetime) -> list[Verification]:
    after = life.arrived(
        current,
        message_id=message.message_id,
        received_at=message.received_at,
        code=message.code,
        now=now,
        brand_named=names_brand(current.brand, message.sender, message.service, message.text),
    )
    return [] if after is None else [after]
