"""Why a letter only lets a window receive; the file of a department outside the hall; leaders' visits; allowances."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "organisation_0002"
down_revision = "organisation_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("authorisation_letter", sa.Column("accept_only_reason", sa.String(length=500), nullable=True))
    op.create_table(
        "allowance_list",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("base_fen", sa.Integer(), nullable=False),
        sa.Column("computed_by", sa.String(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committee_by", sa.String(), nullable=True),
        sa.Column("committee_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finance_by", sa.String(), nullable=True),
        sa.Column("finance_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_allowance_list")),
    )
    op.create_table(
        "allowance_line",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("attended_days", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["month"], ["allowance_list.month"], name=op.f("fk_allowance_line_month")),
        sa.PrimaryKeyConstraint("month", "account_id", name=op.f("pk_allowance_line")),
    )
    op.create_table(
        "entry_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.name"], name=op.f("fk_entry_event_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_event")),
    )
    op.create_index(op.f("ix_entry_event_department"), "entry_event", ["department"], unique=False)
    op.create_table(
        "hall_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("leader", sa.String(length=60), nullable=False),
        sa.Column("people", sa.String(length=500), nullable=False),
        sa.Column("problem", sa.String(length=1000), nullable=False),
        sa.Column("solution", sa.String(length=1000), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=1000), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["department"], ["department.name"], name=op.f("fk_hall_visit_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_visit")),
    )
    op.create_index(op.f("ix_hall_visit_due_on"), "hall_visit", ["due_on"], unique=False)
    refuse_changes("entry_event", "allowance_line")
