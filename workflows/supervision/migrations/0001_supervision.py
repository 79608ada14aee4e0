"""Cards of supervision and press letters."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "supervision_0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def upgrade() -> None:
    op.create_table(
        "supervision_card",
        _text("number", 20, needed=True),
        _text("instance_id", needed=True),
        _text("cause", 200, needed=True),
        _text("rule", 10, needed=True),
        _text("colour", 10, needed=True),
        _text("state", 20, needed=True),
        _text("case_number", 50),
        _text("department", 60),
        _text("owner_group", 60, needed=True),
        _text("owner"),
        _text("evidence", 2000, needed=True),
        _text("issued_by", needed=True),
        _moment("issued_at", needed=True),
        _moment("explain_due", needed=True),
        _text("decided_by"),
        _text("measure", 20),
        _text("outcome", 20),
        _moment("closed_at"),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_supervision_card")),
    )
    op.create_index("uq_supervision_card_cause", "supervision_card", ["cause"], unique=True)
    op.create_index(op.f("ix_supervision_card_case_number"), "supervision_card", ["case_number"])
    op.create_index(op.f("ix_supervision_card_state_issued_at"), "supervision_card", ["state", "issued_at"])
    op.create_index(op.f("ix_supervision_card_owner_group"), "supervision_card", ["owner_group"])
    op.create_table(
        "supervision_card_event",
        _text("number", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at", needed=True),
        _text("actor_id", needed=True),
        _text("event", 20, needed=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["supervision_card.number"], name=op.f("fk_supervision_card_event_number_supervision_card")
        ),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_supervision_card_event")),
    )
    op.create_table(
        "press_letter",
        _text("number", 60, needed=True),
        _text("instance_id", needed=True),
        _text("case_number", 50),
        _text("to_group", 60, needed=True),
        _text("matter", 1000, needed=True),
        _text("issued_by", needed=True),
        _moment("issued_at", needed=True),
        _moment("due_at", needed=True),
        _moment("overdue_at"),
        _text("answer", 2000),
        _text("answered_by"),
        _moment("answered_at"),
        _text("settled_by"),
        _moment("settled_at"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_press_letter")),
    )
    op.create_index(op.f("ix_press_letter_case_number"), "press_letter", ["case_number"])
    op.create_index(op.f("ix_press_letter_settled_at_due_at"), "press_letter", ["settled_at", "due_at"])
    refuse_changes("supervision_card_event")
