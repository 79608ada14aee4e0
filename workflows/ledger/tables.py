"""The ledger. All of it takes new rows and nothing else (triggers); no row goes into a day that is not open (triggers)."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

ledger_day = Table(
    "ledger_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("opened_at", Moment, nullable=False),
    Column("opened_by", String, nullable=False),
)

ledger_close = Table(
    "ledger_close",
    metadata,
    Column("day", Date, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("counted", JsonText, nullable=False),
    Column("slip_fen", BigInteger, nullable=False),
)
"""``counted``: pieces by denomination; ``slip_fen``: what the bank's slip says was put on the account."""

ledger_signature = Table(
    "ledger_signature",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("role", String(20), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Index("uq_ledger_signature_person", "month", "actor_id", unique=True),
)
"""A month is closed when the cashier and the finance office have signed: two persons."""

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False, index=True),
    Column("event", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("receipt", String(100)),
    Column("ticket_kind", String(40)),
    Column("ticket_number", Integer),
    Column("reverses", Integer),
    Column("reason", String),
    CheckConstraint("(receipt is null) = (ticket_number is null)", name="ck_ledger_entry_ticket"),
    Index("uq_ledger_entry_receipt", "receipt", unique=True),
    Index("uq_ledger_entry_ticket", "ticket_kind", "ticket_number", unique=True),
    Index("uq_ledger_entry_reverses", "reverses", unique=True),
)
"""One receipt, one number, and the other way round (票款同步, R-40). An entry is reversed once."""

ledger_line = Table(
    "ledger_line",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("account", String(40), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("case_number", String, nullable=False),
    Column("department", String, nullable=False),
    Column("fee", String, nullable=False),
    Column("fee_version", String, nullable=False),
    Column("fund_nature", String, nullable=False),
    Column("payer", String, nullable=False),
    CheckConstraint("amount_fen <> 0", name="ck_ledger_line_amount"),
    Index(None, "account", "case_number"),
    Index(None, "case_number"),
)
"""``amount_fen``: a debit above zero, a credit below."""
