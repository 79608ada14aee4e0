"""Follow-up visits, the problems that were found, and what happened."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "visits_0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def upgrade() -> None:
    op.create_table("follow_up_visit", *_visit())
    op.create_index("uq_follow_up_visit_case_number", "follow_up_visit", ["case_number"], unique=True)
    op.create_index(op.f("ix_follow_up_visit_status_due_at"), "follow_up_visit", ["status", "due_at"])
    op.create_table(
        "visit_problem",
        _text("visit", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        _text("matter", 1000, needed=True),
        _text("responsible", 60, needed=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("answer"),
        _text("answered_by"),
        _moment("answered_at"),
        sa.CheckConstraint("answered_at is null or answer is not null", name="ck_visit_problem_answered"),
        sa.ForeignKeyConstraint(["visit"], ["follow_up_visit.number"], name=op.f("fk_visit_problem_visit_follow_up_visit")),
        sa.PrimaryKeyConstraint("visit", "sequence", name=op.f("pk_visit_problem")),
    )
    op.create_table(
        "follow_up_visit_event",
        _text("number", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at", needed=True),
        _text("actor_id", needed=True),
        _text("event", 20, needed=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["follow_up_visit.number"], name=op.f("fk_follow_up_visit_event_number_follow_up_visit")
        ),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_follow_up_visit_event")),
    )
    refuse_changes("follow_up_visit_event")


def _visit() -> list[sa.Column[object] | sa.Constraint]:
    satisfaction = "satisfaction is null or satisfaction between 1 and 5"
    return [
        _text("number", 20, needed=True),
        _text("instance_id", needed=True),
        _text("case_number", 50, needed=True),
        _text("item_name", needed=True),
        _text("applicant_name", needed=True),
        _text("status", 20, needed=True),
        _moment("opened_at", needed=True),
        _moment("due_at", needed=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        _text("visited_by"),
        _text("way", 20),
        _text("reached", 10),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        _text("said"),
        _moment("overdue_at"),
        _moment("closed_at"),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_at is null or visited_by is not null", name="ck_follow_up_visit_closed"),
        sa.CheckConstraint(satisfaction, name="ck_follow_up_visit_satisfaction"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_follow_up_visit")),
    ]
