"""Waivers. What was said about one only grows; debts whose deferral ended unpaid are kept for good (欠缴名单)."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

waiver = Table(
    "waiver",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String, nullable=False),
    Column("case_number", String(50), nullable=False),
    Column("department", String, nullable=False),
    Column("fee", String(40), nullable=False),
    Column("fee_version", String(20), nullable=False),
    Column("fund_nature", String(40), nullable=False),
    Column("payer", String, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("basis", String(60), nullable=False),
    Column("payable_fen", BigInteger, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("days", Integer, nullable=False),
    Column("plan", JsonText, nullable=False),
    Column("grounds", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("sponsor", String(60)),
    Column("applied_at", Moment, nullable=False),
    Column("applied_by", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("decide_by", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", String(60)),
    Column("decider", String(40)),
    Column("decided_at", Moment),
    Column("decided_by", String),
    Column("decision_number", String(60)),
    Column("minutes", String(60)),
    Column("due_on", Date),
    Column("published_on", Date),
    Column("by_silence", Boolean, nullable=False),
    Column("length", Integer, nullable=False),
    CheckConstraint("amount_fen <= payable_fen", name="ck_waiver_amount"),
    CheckConstraint("decided_by is null or sponsor is null or decided_by <> sponsor", name="ck_waiver_decider"),
    Index(None, "case_number", "fee"),
    Index(None, "payer", "year"),
    Index(None, "state"),
)
"""``amount_fen``: waived, or put off. ``plan``: by when how much is owed. ``due_on``: the last day of what
was granted. ``state``: reviewing, refused, withdrawn, granted, settled, arrears. ``length``: of its events."""

waiver_event = Table(
    "waiver_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["waiver.number"]),
)
"""``event``: applied, opinion, review, check, granted, refused, published, reminded, settled, arrears."""

waiver_arrear = Table(
    "waiver_arrear",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("since_on", Date, primary_key=True),
    Column("case_number", String(50), nullable=False),
    Column("fee", String(40), nullable=False),
    Column("payer", String, nullable=False),
    Column("owed_fen", BigInteger, nullable=False),
    ForeignKeyConstraint(["number"], ["waiver.number"]),
    Index(None, "payer"),
)
"""What was not paid when a deferral or an instalment ended. It stands until the ledger says that the debt is gone."""
