"""The tables of rentals: what is rented, what was asked of suppliers, and what each client spends in a day."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from otpstream.control.store.columns import Amount, Moment
from otpstream.control.store.metadata import metadata

_IS_LIVE = text("state IN ('active', 'code_received')")
_IS_OPEN = text("state = 'open'")

rentals = Table(
    "rentals",
    metadata,
    Column("rental_id", String(64), primary_key=True),
    Column("client", String(40)),
    Column("supplier", String(40), nullable=False),
    Column("account", String(40), nullable=False),
    Column("line", String(200)),
    Column("supplier_rental_id", String(200)),
    Column("phone", String(16)),
    Column("country", String(2)),
    Column("area", String(100)),
    Column("service", String(200)),
    Column("duration_days", Integer),
    Column("state", String(16), nullable=False),
    Column("reason", String(40)),
    Column("reused_from", String(64)),
    Column("price", Amount),
    Column("charged", Amount),
    Column("refund", Amount),
    Column("spend_day", Date),
    Column("requested_at", Moment, nullable=False),
    Column("began_at", Moment),
    Column("started_at", Moment),
    Column("ends_at", Moment),
    Column("code_received_at", Moment),
    Column("ended_at", Moment),
    Column("cancel_at", Moment),
    Column("cancel_reason", String(16)),
    Column("updated_at", Moment, nullable=False),
    Index("ix_rentals_client", "client", "requested_at", "rental_id"),
    Index("ix_rentals_requested_at", "requested_at", "rental_id"),
    Index("ix_rentals_account_line", "account", "line"),
    Index("ix_rentals_line", "line"),
    Index("ix_rentals_phone", "phone"),
    Index("ix_rentals_supplier_state", "supplier", "account", "state"),
    Index("uq_rentals_live_line", "account", "line", unique=True, sqlite_where=_IS_LIVE, postgresql_where=_IS_LIVE),
)
"""client: None for a rental that nobody here asked for · started_at: as the supplier says; began_at: when we learnt of it."""

intents = Table(
    "rental_intents",
    metadata,
    Column("intent_id", String(64), primary_key=True),
    Column("rental_id", String(64), ForeignKey("rentals.rental_id"), nullable=False),
    Column("client", String(40)),
    Column("supplier", String(40), nullable=False),
    Column("account", String(40), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("request", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("detail", String(200)),
    Column("reserved", Amount, nullable=False),
    Column("spend_day", Date, nullable=False),
    Column("idempotency_key", String(200)),
    Column("attempt", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("answer_by", Moment, nullable=False),
    Column("settled_at", Moment),
    UniqueConstraint("client", "idempotency_key", "attempt"),
    Index("uq_rental_intents_open", "rental_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    Index("ix_rental_intents_state", "state", "supplier", "account"),
)
"""state: open until the outcome is known, then done, refused (nothing was spent), failed (nothing was found) or
unknown (nobody can tell) · answer_by: until then the call itself may still be under way."""

spend = Table(
    "spend",
    metadata,
    Column("client", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("reserved", Amount, nullable=False),
    Column("spent", Amount, nullable=False),
    Column("refunded", Amount, nullable=False),
)
"""What a client's calls cost us in one UTC day; reserved: asked for, and not known yet."""
