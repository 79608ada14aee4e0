"""Who did what with a case's money."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "collection_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "money_duty",
        sa.Column("subject", sa.String(length=50), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", "duty", "actor_id", name=op.f("pk_money_duty")),
    )
    op.create_index(op.f("ix_money_duty_actor_id_subject"), "money_duty", ["actor_id", "subject"])
    refuse_changes("money_duty")
