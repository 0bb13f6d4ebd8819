"""Which keys of compacted topics hold a record, so that each gets its tombstone; filled with those that were told of before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lead on to this shape."""
    op.create_table(
        "told_keys",
        sa.Column("topic", sa.String(length=249), primary_key=True),
        sa.Column("key", sa.String(length=300), primary_key=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_told_keys_look_at", "told_keys", ["look_at"])
    op.create_index("ix_rentals_line", "rentals", ["line"])
    op.execute(
        "INSERT INTO told_keys (topic, key, look_at) "
        "SELECT 'otp.rentals.v1', line, MAX(updated_at) FROM rentals WHERE line IS NOT NULL GROUP BY line"
    )
    op.execute(
        "INSERT INTO told_keys (topic, key, look_at) "
        "SELECT 'otp.verifications.v1', COALESCE(line, phone), MAX(updated_at) FROM verifications GROUP BY COALESCE(line, phone)"
    )
