"""Waivers: applications and decisions, what was said about each, and what was not paid when a deferral ended."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "waivers_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("waiver", *_columns())
    op.create_index(op.f("ix_waiver_case_number_fee"), "waiver", ["case_number", "fee"])
    op.create_index(op.f("ix_waiver_payer_year"), "waiver", ["payer", "year"])
    op.create_index(op.f("ix_waiver_state"), "waiver", ["state"])
    op.create_table(
        "waiver_event",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["waiver.number"], name=op.f("fk_waiver_event_number_waiver")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_waiver_event")),
    )
    op.create_table(
        "waiver_arrear",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("fee", sa.String(length=40), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["waiver.number"], name=op.f("fk_waiver_arrear_number_waiver")),
        sa.PrimaryKeyConstraint("number", "since_on", name=op.f("pk_waiver_arrear")),
    )
    op.create_index(op.f("ix_waiver_arrear_payer"), "waiver_arrear", ["payer"])
    refuse_changes("waiver_event", "waiver_arrear")


def _columns() -> list[sa.schema.SchemaItem]:
    def text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
        return sa.Column(name, sa.String(length=length), nullable=not needed)

    return [
        text("number", 20, needed=True),
        text("instance_id", needed=True),
        text("case_number", 50, needed=True),
        text("department", needed=True),
        text("fee", 40, needed=True),
        text("fee_version", 20, needed=True),
        text("fund_nature", 40, needed=True),
        text("payer", needed=True),
        text("kind", 20, needed=True),
        text("basis", 60, needed=True),
        sa.Column("payable_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        text("grounds", needed=True),
        text("evidence", needed=True),
        text("sponsor", 60),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        text("applied_by", needed=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("decide_by", sa.DateTime(timezone=True), nullable=False),
        text("state", 20, needed=True),
        text("reason", 60),
        text("decider", 40),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        text("decided_by"),
        text("decision_number", 60),
        text("minutes", 60),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("by_silence", sa.Boolean(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_fen <= payable_fen", name="ck_waiver_amount"),
        sa.CheckConstraint("decided_by is null or sponsor is null or decided_by <> sponsor", name="ck_waiver_decider"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_waiver")),
    ]
