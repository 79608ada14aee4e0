"""The stages of staged items."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "stages_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staged_case",
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("previous_case", sa.String(length=50), nullable=True),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_staged_case")),
    )
    op.create_index(op.f("ix_staged_case_previous_case"), "staged_case", ["previous_case"], unique=False)
    refuse_changes("staged_case")
