"""Complaints, who complained, and what happened to them."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "complaints_0001"
down_revision = None
branch_labels = None
depends_on = None

CLOSED = (
    "closed_at is null or (finding is not null and evidence is not null and answer is not null and document is not null "
    "and proof_kind is not null and proof is not null)"
)


def upgrade() -> None:
    op.create_table("complaint", *_columns())
    op.create_index(op.f("ix_complaint_status_answer_due"), "complaint", ["status", "answer_due"])
    op.create_index(op.f("ix_complaint_handler"), "complaint", ["handler"])
    op.create_index(op.f("ix_complaint_case_number"), "complaint", ["case_number"])
    op.create_table(
        "complaint_identity",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["complaint.number"], name=op.f("fk_complaint_identity_number_complaint")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_complaint_identity")),
    )
    op.create_table(
        "complaint_event",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["complaint.number"], name=op.f("fk_complaint_event_number_complaint")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_complaint_event")),
    )
    refuse_changes("complaint_identity", "complaint_event")


def _columns() -> list[sa.Column[object] | sa.Constraint]:
    def text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
        return sa.Column(name, sa.String(length=length), nullable=not needed)

    def moment(name: str, *, needed: bool = False) -> sa.Column[object]:
        return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)

    return [
        text("number", 20, needed=True),
        text("instance_id"),
        text("channel", 20, needed=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        text("category", 20, needed=True),
        text("subject", 200, needed=True),
        text("statement", needed=True),
        text("case_number", 50),
        text("against_account", 60),
        text("against_window", 60),
        text("against_name", 100),
        text("pass_code", 100, needed=True),
        moment("filed_at", needed=True),
        text("filed_by", needed=True),
        text("status", 20, needed=True),
        text("handler"),
        moment("accept_due", needed=True),
        moment("answer_due", needed=True),
        moment("accepted_at"),
        sa.Column("extended_days", sa.Integer(), nullable=False),
        sa.Column("escalated", sa.Integer(), nullable=False),
        text("finding"),
        text("evidence"),
        text("upheld", 20),
        text("answer"),
        text("document"),
        text("proof_kind", 20),
        text("proof"),
        text("view", 20),
        moment("closed_at"),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint(CLOSED, name="ck_complaint_closed"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_complaint")),
    ]
