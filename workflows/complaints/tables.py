"""Complaints. What happened, and who looked, only grows; who complained is a table of its own that nothing changes."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

complaint = Table(
    "complaint",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String),
    Column("channel", String(20), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("category", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("statement", String, nullable=False),
    Column("case_number", String(50)),
    Column("against_account", String(60)),
    Column("against_window", String(60)),
    Column("against_name", String(100)),
    Column("pass_code", String(100), nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("filed_by", String, nullable=False),
    Column("status", String(20), nullable=False),
    Column("handler", String),
    Column("accept_due", Moment, nullable=False),
    Column("answer_due", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("extended_days", Integer, nullable=False),
    Column("escalated", Integer, nullable=False),
    Column("finding", String),
    Column("evidence", String),
    Column("upheld", String(20)),
    Column("answer", String),
    Column("document", String),
    Column("proof_kind", String(20)),
    Column("proof", String),
    Column("view", String(20)),
    Column("closed_at", Moment),
    Column("length", Integer, nullable=False),
    CheckConstraint(
        "closed_at is null or (finding is not null and evidence is not null and answer is not null and document is not null "
        "and proof_kind is not null and proof is not null)",
        name="ck_complaint_closed",
    ),
    Index(None, "status", "answer_due"),
    Index(None, "handler"),
    Index(None, "case_number"),
)
"""``status``: filed, accepted, found, answered, closed. ``escalated``: how often; ``length``: of its events."""

complaint_identity = Table(
    "complaint_identity",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("contact", String(100), nullable=False),
    Column("account", String(60)),
    ForeignKeyConstraint(["number"], ["complaint.number"]),
)
"""Who complained; no row for an anonymous complaint. ``account``: where notices go; null without a login."""

complaint_event = Table(
    "complaint_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["complaint.number"]),
)
"""``event``: filed, accepted, transferred, extended, escalated, found, answered, closed, read, identity-read."""
