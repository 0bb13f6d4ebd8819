"""What starts a verification once per idempotency key, which codes the clock checks and when, and the order of holds on a prefix."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lead on to this shape."""
    op.add_column("verifications", sa.Column("idempotency_key", sa.String(length=200), nullable=True))
    op.add_column("verifications", sa.Column("request_hash", sa.String(length=64), nullable=True))
    op.add_column("verifications", sa.Column("check_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("verifications", sa.Column("brand_named", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("verifications", sa.Column("code_ids", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("prefix_holds", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "uq_verifications_client_idempotency_key",
        "verifications",
        ["client", "idempotency_key"],
        unique=True,
        sqlite_where=sa.text("idempotency_key IS NOT NULL"),
        postgresql_where=sa.text("idempotency_key IS NOT NULL"),
    )
