"""Assessments that were wrong: who says so, and who else agrees."""

import sqlalchemy as sa
from alembic import op

revision = "collection_0003"
down_revision = "collection_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_correction",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("decided_by is null or decided_by <> proposed_by", name="ck_assessment_correction_two_persons"),
        sa.PrimaryKeyConstraint("entry", "turn", name=op.f("pk_assessment_correction")),
    )
