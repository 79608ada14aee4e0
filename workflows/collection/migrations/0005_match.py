"""What differs between ledger, tickets and bank at a month's end, and how it is explained."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "collection_0005"
down_revision = "collection_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "month_explanation",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("ledger_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other_fen", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("explanation", sa.String(length=500), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("month", "kind", "subject", "ledger_fen", "other_fen", name=op.f("pk_month_explanation")),
    )
    refuse_changes("month_explanation")
