"""The ledger: days, closes, signatures of months, entries and their lines."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "ledger_0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("ledger_day", "ledger_close", "ledger_signature", "ledger_entry", "ledger_line")
SUBLEDGERS = ("case_number", "department", "fee", "fee_version", "fund_nature", "payer")
NOT_OPEN = """NOT EXISTS (SELECT 1 FROM ledger_day d WHERE d.day = NEW.day
    AND NOT EXISTS (SELECT 1 FROM ledger_close c WHERE c.day = d.day))"""
NOT_OF_OPEN = """NOT EXISTS (SELECT 1 FROM ledger_day d JOIN ledger_entry e ON e.day = d.day WHERE e.number = NEW.entry
    AND NOT EXISTS (SELECT 1 FROM ledger_close c WHERE c.day = d.day))"""
NOT_NEXT = """EXISTS (SELECT 1 FROM ledger_day d WHERE d.day >= NEW.day
    OR NOT EXISTS (SELECT 1 FROM ledger_close c WHERE c.day = d.day))"""
REFUSED = {"ledger_entry": NOT_OPEN, "ledger_line": NOT_OF_OPEN, "ledger_day": NOT_NEXT}


def upgrade() -> None:
    _days()
    _entries()
    _lines()
    refuse_changes(*TABLES)
    for table, condition in REFUSED.items():
        _refuse_insert(table, condition)


def _days() -> None:
    op.create_table(
        "ledger_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_ledger_day")),
    )
    op.create_table(
        "ledger_close",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("slip_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_ledger_close")),
    )
    op.create_table(
        "ledger_signature",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("month", "role", name=op.f("pk_ledger_signature")),
    )
    op.create_index("uq_ledger_signature_person", "ledger_signature", ["month", "actor_id"], unique=True)


def _entries() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(length=100), nullable=True),
        sa.Column("ticket_kind", sa.String(length=40), nullable=True),
        sa.Column("ticket_number", sa.Integer(), nullable=True),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("(receipt is null) = (ticket_number is null)", name="ck_ledger_entry_ticket"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger_entry")),
    )
    op.create_index(op.f("ix_ledger_entry_day"), "ledger_entry", ["day"])
    op.create_index("uq_ledger_entry_receipt", "ledger_entry", ["receipt"], unique=True)
    op.create_index("uq_ledger_entry_ticket", "ledger_entry", ["ticket_kind", "ticket_number"], unique=True)
    op.create_index("uq_ledger_entry_reverses", "ledger_entry", ["reverses"], unique=True)


def _lines() -> None:
    op.create_table(
        "ledger_line",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in SUBLEDGERS),
        sa.CheckConstraint("amount_fen <> 0", name="ck_ledger_line_amount"),
        sa.PrimaryKeyConstraint("entry", "line", name=op.f("pk_ledger_line")),
    )
    op.create_index(op.f("ix_ledger_line_account_case_number"), "ledger_line", ["account", "case_number"])
    op.create_index(op.f("ix_ledger_line_case_number"), "ledger_line", ["case_number"])


def _refuse_insert(table: str, condition: str) -> None:
    """Nothing goes into a day that is not open; no day opens while another is, or before one that was."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
            "RAISE EXCEPTION 'the day is not open' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_open BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{table}()")
        return
    op.execute(
        f"CREATE TRIGGER {table}_open BEFORE INSERT ON {table} WHEN {condition} "
        "BEGIN SELECT RAISE(ABORT, 'the day is not open'); END"
    )
