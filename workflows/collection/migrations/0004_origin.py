"""From which account a payment came."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "collection_0004"
down_revision = "collection_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment_origin",
        sa.Column("receipt", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_payment_origin")),
    )
    refuse_changes("payment_origin")
