"""Mandates, what changed hands, and how each matter stands. What changed hands is a ledger that only grows."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

agency_mandate = Table(
    "agency_mandate",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("town", String(40), nullable=False),
    Column("agent", String, nullable=False),
    Column("principal_name", String(100), nullable=False),
    Column("principal_masked_id", String(40), nullable=False),
    Column("items", JsonText, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("document", String(100), nullable=False),
    Column("signed_on", Date, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("revoked_on", Date),
    Column("revoked_by", String),
    Column("revoke_reason", String(500)),
    Index(None, "principal_name", "principal_masked_id"),
    Index(None, "agent"),
)
"""``items``: codes of the catalogue."""

agency_hand_over = Table(
    "agency_hand_over",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("town", String(40), nullable=False),
    Column("agent", String, nullable=False),
    Column("instance_id", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "agent", "at"),
)
"""A slip (交接单): the papers of one trip, of as many people as there are."""

agency_matter = Table(
    "agency_matter",
    metadata,
    Column("hand_over", String(60), primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("mandate", String(60), nullable=False),
    Column("agent", String, nullable=False),
    Column("town", String(40), nullable=False),
    Column("principal_name", String(100), nullable=False),
    Column("item_code", String(20), nullable=False),
    Column("item_name", String(100), nullable=False),
    Column("state", String(20), nullable=False),
    Column("gaps", Integer, nullable=False),
    Column("handed_over_at", Moment, nullable=False),
    Column("complete_at", Moment),
    Column("case_number", String(50), unique=True),
    Column("filed_at", Moment),
    Column("result", String(40)),
    Column("result_at", Moment),
    Column("collected_at", Moment),
    Column("delivered_at", Moment),
    Column("receiver", String(100)),
    Column("signature", String(100)),
    ForeignKeyConstraint(["hand_over"], ["agency_hand_over.number"]),
    Index(None, "agent", "handed_over_at"),
    Index(None, "town", "state"),
)
"""One person's one matter. ``state``: gathering, complete, filed, collected, delivered, given-back. ``gaps``: papers found
missing before the trip. ``result``: the status the case ended in; ``result_at``: when; ``signature``: the receipt the principal
signed."""

agency_paper = Table(
    "agency_paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hand_over", String(60), nullable=False),
    Column("line", Integer, nullable=False),
    Column("paper", String(200), nullable=False),
    Column("giver", String(100), nullable=False),
    Column("receiver", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["hand_over", "line"], ["agency_matter.hand_over", "agency_matter.line"]),
    Index(None, "hand_over", "line"),
)
"""What went from whom to whom, and when: names of principals, accounts of agents, names of windows."""

agency_filing = Table(
    "agency_filing",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("mandate", String(60), nullable=False),
    Column("agent", String, nullable=False),
    Column("item_code", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "mandate", "item_code"),
    Index(None, "agent", "at"),
)
"""The cases that agents filed, by which mandate: written where a case is received."""
