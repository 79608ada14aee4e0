"""Refunds. What was done about one only grows; the row says where it stands."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

refund = Table(
    "refund",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String, nullable=False),
    Column("receipt", String(100), nullable=False),
    Column("ticket_kind", String(40), nullable=False),
    Column("ticket_number", Integer, nullable=False),
    Column("case_number", String(50), nullable=False),
    Column("department", String, nullable=False),
    Column("fee", String(40), nullable=False),
    Column("fee_version", String(20), nullable=False),
    Column("fund_nature", String(40), nullable=False),
    Column("payer", String, nullable=False),
    Column("account", String(60), nullable=False),
    Column("ground", String(40), nullable=False),
    Column("reason", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("paid_fen", BigInteger, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("found_on", Date),
    Column("late", Boolean, nullable=False),
    Column("applied_at", Moment, nullable=False),
    Column("applied_by", String, nullable=False),
    Column("state", String(20), nullable=False),
    Column("refused_because", String),
    Column("first_approver", String),
    Column("second_approver", String),
    Column("route", String(20)),
    Column("treasury_document", String(60)),
    Column("paid_at", Moment),
    Column("paid_by", String),
    Column("bank_reference", String(60)),
    Column("ticket_void", Boolean, nullable=False),
    Column("other_account_reason", String(500)),
    Column("account_agreed_by", String),
    Column("length", Integer, nullable=False),
    CheckConstraint("amount_fen > 0 and amount_fen <= paid_fen", name="ck_refund_amount"),
    CheckConstraint("second_approver is null or second_approver <> first_approver", name="ck_refund_two_persons"),
    Index(None, "receipt"),
    Index(None, "state"),
)
"""``receipt``: the payment that is paid back; ``paid_fen``: what it was of. ``late``: the unit found it and applied too late.
``state``: verifying, approving, approved, treasury, paid, refused. ``route``: before or after
remittance. ``other_account_reason``: why it goes to another account than it came from; who agreed."""

refund_event = Table(
    "refund_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["refund.number"]),
)
"""``event``: applied, verified, approved, refused, remitted, restored, paid, ticket-void, overdue."""
