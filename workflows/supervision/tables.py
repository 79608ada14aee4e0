"""Cards and press letters. What happened to each only grows; no card is ever deleted, for its events hold it."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

supervision_card = Table(
    "supervision_card",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String, nullable=False),
    Column("cause", String(200), nullable=False),
    Column("rule", String(10), nullable=False),
    Column("colour", String(10), nullable=False),
    Column("state", String(20), nullable=False),
    Column("case_number", String(50)),
    Column("department", String(60)),
    Column("owner_group", String(60), nullable=False),
    Column("owner", String),
    Column("evidence", String(2000), nullable=False),
    Column("issued_by", String, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("explain_due", Moment, nullable=False),
    Column("decided_by", String),
    Column("measure", String(20)),
    Column("outcome", String(20)),
    Column("closed_at", Moment),
    Column("length", Integer, nullable=False),
    Index("uq_supervision_card_cause", "cause", unique=True),
    Index(None, "case_number"),
    Index(None, "state", "issued_at"),
    Index(None, "owner_group"),
)
"""``cause``: a rule finds the same thing once. ``outcome``: confirmed or cancelled, once the card is closed."""

supervision_card_event = Table(
    "supervision_card_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["supervision_card.number"]),
)
"""``event``: issued, explained, overdue, confirmed, cancelled, appealed, upheld, rejected, closed."""

press_letter = Table(
    "press_letter",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("instance_id", String, nullable=False),
    Column("case_number", String(50)),
    Column("to_group", String(60), nullable=False),
    Column("matter", String(1000), nullable=False),
    Column("issued_by", String, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("overdue_at", Moment),
    Column("answer", String(2000)),
    Column("answered_by", String),
    Column("answered_at", Moment),
    Column("settled_by", String),
    Column("settled_at", Moment),
    Index(None, "case_number"),
    Index(None, "settled_at", "due_at"),
)
"""A press letter (督办单, R-04): open until supervision accepts the answer."""
