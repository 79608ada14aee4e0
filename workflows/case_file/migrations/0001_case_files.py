"""Case files and their ledger, which takes new rows and nothing else."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "case_file_0001"
down_revision = None
branch_labels = None
depends_on = None

TEXTS = (
    "item_name",
    "kind",
    "department",
    "window_group",
    "leader_group",
    "applicant_kind",
    "applicant_name",
    "masked_id",
    "channel",
    "status",
)


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("parent_number", sa.String(length=50), nullable=True),
        sa.Column("pass_code", sa.String(length=100), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_days", sa.Integer(), nullable=True),
        sa.Column("replaced_by", sa.String(length=50), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_file")),
    )
    op.create_index(op.f("ix_case_file_instance_id"), "case_file", ["instance_id"], unique=False)
    for columns in (["status", "received_at"], ["window_group", "status"], ["item_code", "received_at"], ["parent_number"]):
        op.create_index(op.f(f"ix_case_file_{'_'.join(columns)}"), "case_file", columns, unique=False)
    op.create_table(
        "case_event",
        sa.Column("number", sa.String(length=50), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["case_file.number"], name=op.f("fk_case_event_number_case_file")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_case_event")),
    )
    refuse_changes("case_event")
