"""Collecting fees: payment notices, refused attempts, the agent bank's files, and who did what with a case's money."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
)

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

money_duty = Table(
    "money_duty",
    metadata,
    Column("subject", String(50), primary_key=True),
    Column("duty", String(20), primary_key=True),
    Column("actor_id", String, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "actor_id", "subject"),
)
"""``subject``: a case number, ``day/2026-03-02`` or ``month/2026-03``. Only grows (triggers)."""

payment_notice = Table(
    "payment_notice",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("case_number", String(50), nullable=False, index=True),
    Column("instance_id", String, nullable=False),
    Column("item_code", String, nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("department", String, nullable=False),
    Column("window_group", String, nullable=False),
    Column("payer", String, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", String, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("paid_at", Moment),
    Column("paid_by", String),
    Column("channel", String(20)),
    Column("receipt", String(100)),
    Column("arrears_on", Date),
    CheckConstraint("amount_fen > 0", name="ck_payment_notice_amount"),
    CheckConstraint("paid_by is null or paid_by <> issued_by", name="ck_payment_notice_two_persons"),
    Index(None, "state", "valid_until"),
)
"""一般缴款书. ``code``: 缴款识别码. ``state``: issued, paid, settled (nothing is owed any more). ``paid_by``: the cashier."""

payment_notice_line = Table(
    "payment_notice_line",
    metadata,
    Column("code", String(24), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("fee", String(40), nullable=False),
    Column("fee_version", String(20), nullable=False),
    Column("fee_name", String, nullable=False),
    Column("fund_nature", String(40), nullable=False),
    Column("quantity_field", String, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("standard", JsonText, nullable=False),
    Column("linked", Boolean, nullable=False),
    ForeignKeyConstraint(["code"], ["payment_notice.code"]),
)
"""``standard``: by which it was worked out, with the record of the low end (R-43). ``linked``: delivery waits for it."""

fee_basis = Table(
    "fee_basis",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("fee", String(40), primary_key=True),
    Column("quantity_field", String, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("instance_id", String, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a case is charged by, out of its own form, written by its own process (A-12). Only grows (triggers)."""

fee_attempt = Table(
    "fee_attempt",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("case_number", String(50), nullable=False),
    Column("item_code", String, nullable=False),
    Column("fee", String(40), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("actor_id", String, nullable=False),
    Index(None, "item_code", "at"),
)
"""What was to be charged and may not be: the facts of E-13 and E-15. Only grows (triggers)."""

agent_file = Table(
    "agent_file",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("bank", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("total_fen", BigInteger, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("imported_by", String, nullable=False),
)
"""Each return file of an agent bank, once. Only grows (triggers)."""

agent_line = Table(
    "agent_line",
    metadata,
    Column("bank", String(20), primary_key=True),
    Column("reference", String(60), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("code", String(24), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("payer", String, nullable=False),
    Column("town", String(60), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String),
    Column("settled_how", String(20)),
    Column("handled_in", String),
    Index(None, "outcome", "due_on"),
    Index(None, "code"),
)
"""``outcome``: posted or suspense (待查). ``due_on``: by when suspense is cleared (three working days). ``settled_how``:
matched or returned. ``handled_in``: the case of a payment that came late or twice."""

transfer_order = Table(
    "transfer_order",
    metadata,
    Column("number", String(30), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("fund_nature", String(40), nullable=False),
    Column("department", String, nullable=False),
    Column("account", String, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String, nullable=False),
    Column("confirmed_at", Moment),
    Column("confirmed_by", String),
    Column("bank_reference", String(60)),
)
"""Where money goes: the treasury, or the account of a department (R-39). The bank confirms it on the next day."""

carry_over = Table(
    "carry_over",
    metadata,
    Column("day", Date, primary_key=True),
    Column("cash_fen", BigInteger, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    CheckConstraint("amount_fen >= cash_fen and cash_fen >= 0", name="ck_carry_over_amount"),
)
"""Money that was not passed on (``cash_fen`` of it lay in the safe), why, and who says so (A-14); somebody else closes
the day. Only grows (triggers)."""

assessment_correction = Table(
    "assessment_correction",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("case_number", String(50), nullable=False),
    Column("reason", String, nullable=False),
    Column("proposed_by", String, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("agreed", Boolean),
    Column("opinion", String),
    Column("decided_by", String),
    Column("decided_at", Moment),
    CheckConstraint("decided_by is null or decided_by <> proposed_by", name="ck_assessment_correction_two_persons"),
)
"""An assessment (``entry`` of the ledger) that its window says is wrong. ``turn``: 1, 2 …; what was not agreed to stays."""

payment_origin = Table(
    "payment_origin",
    metadata,
    Column("receipt", String(100), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("account", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
)
"""From which account a payment came that was not in cash; a refund goes back there. Only grows (triggers)."""

month_explanation = Table(
    "month_explanation",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("subject", String(100), primary_key=True),
    Column("ledger_fen", BigInteger, primary_key=True, autoincrement=False),
    Column("other_fen", BigInteger, primary_key=True, autoincrement=False),
    Column("explanation", String(500), nullable=False),
    Column("actor_id", String, nullable=False),
    Column("at", Moment, nullable=False),
)
"""A difference between ledger, tickets and bank, explained as it was then; other figures are another one. Only grows
(triggers)."""
