"""The table of messages: a short-lived copy of `otp.messages.v1`, for queries."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from otpstream.control.store.columns import Moment
from otpstream.control.store.metadata import metadata

messages = Table(
    "messages",
    metadata,
    Column("message_id", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("provider", String(40), nullable=False),
    Column("account", String(40), nullable=False),
    Column("line", String(200), nullable=False),
    Column("rental_id", String(64)),
    Column("phone", String(16)),
    Column("sender", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("code", Text),
    Column("service", Text),
    Column("received_at", Moment, nullable=False),
    Column("kept_until", Moment, nullable=False),
    Index("ix_messages_line", "line", "received_at"),
    Index("ix_messages_rental_id", "rental_id", "received_at"),
    Index("ix_messages_kept_until", "kept_until"),
)
"""rental_id: ours, of the rental that the line was under when the SMS was received; None while none is known."""
