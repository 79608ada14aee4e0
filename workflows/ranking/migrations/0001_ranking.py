"""The ranking by month."""

import sqlalchemy as sa
from alembic import op

revision = "ranking_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ranking_month",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_ranking_month")),
    )
    op.create_table(
        "ranking_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("window", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("confirmed_by", "appeal", "appealed_by")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("appeal_reason", "appeal_decided_by")),
        sa.ForeignKeyConstraint(["month"], ["ranking_month.month"], name=op.f("fk_ranking_point_month_ranking_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_point")),
    )
    op.create_index("uq_ranking_point_source", "ranking_point", ["month", "window", "rule", "source"], unique=True)
