"""Departments' own inner steps for their items (R-66)."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "organisation_0005"
down_revision = "organisation_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inner_process",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inner_process")),
    )
    op.create_index(op.f("ix_inner_process_department_item"), "inner_process", ["department", "item"], unique=False)
    refuse_changes("inner_process")
