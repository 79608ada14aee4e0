"""Payment notices, what they are worked out by, what the agent bank brings, and where money goes."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "collection_0002"
down_revision = "collection_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _fee_basis()
    _payment_notice()
    _payment_notice_line()
    _fee_attempt()
    _agent_file()
    _agent_line()
    _transfer_order()
    _carry_over()
    refuse_changes("fee_basis", "fee_attempt", "payment_notice_line", "agent_file", "carry_over")


def _fee_basis() -> None:
    op.create_table(
        "fee_basis",
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("fee", sa.String(length=40), nullable=False),
        sa.Column("quantity_field", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "fee", name=op.f("pk_fee_basis")),
    )


def _payment_notice() -> None:
    op.create_table(
        "payment_notice",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("window_group", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("receipt", sa.String(length=100), nullable=True),
        sa.Column("arrears_on", sa.Date(), nullable=True),
        sa.CheckConstraint("amount_fen > 0", name="ck_payment_notice_amount"),
        sa.CheckConstraint("paid_by is null or paid_by <> issued_by", name="ck_payment_notice_two_persons"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_payment_notice")),
    )
    op.create_index(op.f("ix_payment_notice_case_number"), "payment_notice", ["case_number"])
    op.create_index(op.f("ix_payment_notice_state_valid_until"), "payment_notice", ["state", "valid_until"])


def _payment_notice_line() -> None:
    op.create_table(
        "payment_notice_line",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fee", sa.String(length=40), nullable=False),
        sa.Column("fee_version", sa.String(length=20), nullable=False),
        sa.Column("fee_name", sa.String(), nullable=False),
        sa.Column("fund_nature", sa.String(length=40), nullable=False),
        sa.Column("quantity_field", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["payment_notice.code"], name=op.f("fk_payment_notice_line_code_payment_notice")),
        sa.PrimaryKeyConstraint("code", "line", name=op.f("pk_payment_notice_line")),
    )


def _fee_attempt() -> None:
    op.create_table(
        "fee_attempt",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("fee", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_fee_attempt")),
    )
    op.create_index(op.f("ix_fee_attempt_item_code_at"), "fee_attempt", ["item_code", "at"])


def _agent_file() -> None:
    op.create_table(
        "agent_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bank", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_agent_file")),
    )


def _agent_line() -> None:
    op.create_table(
        "agent_line",
        sa.Column("bank", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("town", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_how", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("bank", "reference", name=op.f("pk_agent_line")),
    )
    op.create_index(op.f("ix_agent_line_code"), "agent_line", ["code"])
    op.create_index(op.f("ix_agent_line_outcome_due_on"), "agent_line", ["outcome", "due_on"])


def _transfer_order() -> None:
    op.create_table(
        "transfer_order",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fund_nature", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("bank_reference", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_transfer_order")),
    )
    op.create_index(op.f("ix_transfer_order_day"), "transfer_order", ["day"])


def _carry_over() -> None:
    op.create_table(
        "carry_over",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cash_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.CheckConstraint("amount_fen >= cash_fen and cash_fen >= 0", name="ck_carry_over_amount"),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_carry_over")),
    )
