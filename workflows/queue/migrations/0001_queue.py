"""Queue tickets."""

import sqlalchemy as sa
from alembic import op

revision = "queue_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_ticket",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_by", sa.String(), nullable=True),
        sa.Column("case_number", sa.String(length=50), nullable=True),
        sa.Column("closed_as", sa.String(length=20), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("day", "window", "number", name=op.f("pk_queue_ticket")),
    )
    op.create_index("uq_queue_ticket_case_number", "queue_ticket", ["case_number"], unique=True)
    op.create_index(op.f("ix_queue_ticket_day_ended_at"), "queue_ticket", ["day", "ended_at"])
