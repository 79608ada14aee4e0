"""Clocks of cases and their ledger, which takes new rows and nothing else."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations import append_only

revision = "clock_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("business_key", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("yellow_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("statutory_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "name", name=op.f("pk_clock")),
    )
    for column in ("yellow_at", "promised_due", "statutory_due"):
        op.create_index(op.f(f"ix_clock_status_{column}"), "clock", ["status", column], unique=False)
    op.create_table(
        "clock_event",
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id", "name"], ["clock.instance_id", "clock.name"], name=op.f("fk_clock_event_instance_id_name_clock")
        ),
        sa.PrimaryKeyConstraint("instance_id", "name", "sequence", name=op.f("pk_clock_event")),
    )
    append_only.refuse_changes("clock_event")
