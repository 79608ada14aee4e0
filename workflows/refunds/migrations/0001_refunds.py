"""Refunds: where each stands, and what was done about it."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "refunds_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("refund", *_columns())
    op.create_index(op.f("ix_refund_receipt"), "refund", ["receipt"])
    op.create_index(op.f("ix_refund_state"), "refund", ["state"])
    op.create_table(
        "refund_event",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["refund.number"], name=op.f("fk_refund_event_number_refund")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_refund_event")),
    )
    refuse_changes("refund_event")


def _columns() -> list[sa.schema.SchemaItem]:
    def text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
        return sa.Column(name, sa.String(length=length), nullable=not needed)

    return [
        text("number", 20, needed=True),
        text("instance_id", needed=True),
        text("receipt", 100, needed=True),
        text("ticket_kind", 40, needed=True),
        sa.Column("ticket_number", sa.Integer(), nullable=False),
        text("case_number", 50, needed=True),
        text("department", needed=True),
        text("fee", 40, needed=True),
        text("fee_version", 20, needed=True),
        text("fund_nature", 40, needed=True),
        text("payer", needed=True),
        text("account", 60, needed=True),
        text("ground", 40, needed=True),
        text("reason", needed=True),
        text("evidence", needed=True),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        text("applied_by", needed=True),
        text("state", 20, needed=True),
        text("refused_because"),
        text("first_approver"),
        text("second_approver"),
        text("route", 20),
        text("treasury_document", 60),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        text("paid_by"),
        text("bank_reference", 60),
        sa.Column("ticket_void", sa.Boolean(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_fen > 0 and amount_fen <= paid_fen", name="ck_refund_amount"),
        sa.CheckConstraint("second_approver is null or second_approver <> first_approver", name="ck_refund_two_persons"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_refund")),
    ]
