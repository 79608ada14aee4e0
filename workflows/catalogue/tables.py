"""Item versions and what became of them. Both only grow: a version is never changed, a state never taken back (A-32, R-59)."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

item_version = Table(
    "item_version",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("based_on", Integer),
    Column("content", JsonText, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_by", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("reason", String(500), nullable=False),
)
"""``digest``: SHA-256 of the content as it is stored. ``reason``: why there is this version."""

item_event = Table(
    "item_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("from_on", Date),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("document", String(200), nullable=False),
    ForeignKeyConstraint(["code", "version"], ["item_version.code", "item_version.version"]),
    Index(None, "code", "from_on"),
)
"""``from_on``: the first day of the hall on which the state counts for applicants; only of in-force, suspended and ended."""
