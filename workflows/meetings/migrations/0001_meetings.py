"""Joint meetings, their decisions, and what happened."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "meetings_0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def upgrade() -> None:
    op.create_table("liaison_meeting", *_meeting())
    op.create_index(op.f("ix_liaison_meeting_quarter"), "liaison_meeting", ["quarter"])
    op.create_table("liaison_decision", *_decision())
    op.create_index(op.f("ix_liaison_decision_status_due_on"), "liaison_decision", ["status", "due_on"])
    op.create_table(
        "liaison_meeting_event",
        _text("number", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at", needed=True),
        _text("actor_id", needed=True),
        _text("event", 20, needed=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["liaison_meeting.number"], name=op.f("fk_liaison_meeting_event_number_liaison_meeting")
        ),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_liaison_meeting_event")),
    )
    refuse_changes("liaison_meeting_event")


def _meeting() -> list[sa.Column[object] | sa.Constraint]:
    return [
        _text("number", 20, needed=True),
        _text("instance_id", needed=True),
        _text("quarter", 7, needed=True),
        _text("status", 20, needed=True),
        _text("convened_by", needed=True),
        _moment("convened_at", needed=True),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        _text("place", 100),
        sa.Column("attendance", sa.Text(), nullable=True),
        _text("minutes"),
        _text("recorded_by"),
        _text("signed_by"),
        _moment("signed_at"),
        _moment("closed_at"),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_at is null or signed_at is not null", name="ck_liaison_meeting_closed"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_liaison_meeting")),
    ]


def _decision() -> list[sa.Column[object] | sa.Constraint]:
    return [
        _text("meeting", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        _text("matter", 1000, needed=True),
        _text("responsible", 60, needed=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        _text("status", 20, needed=True),
        _text("report"),
        _text("reported_by"),
        _moment("reported_at"),
        _text("checked_by"),
        _moment("done_at"),
        _moment("overdue_at"),
        sa.CheckConstraint(
            "done_at is null or (report is not null and checked_by is not null)", name="ck_liaison_decision_done"
        ),
        sa.ForeignKeyConstraint(
            ["meeting"], ["liaison_meeting.number"], name=op.f("fk_liaison_decision_meeting_liaison_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting", "sequence", name=op.f("pk_liaison_decision")),
    ]
