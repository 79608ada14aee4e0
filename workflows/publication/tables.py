"""Publications and what happened to them."""

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

publication = Table(
    "publication",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String),
    Column("kind", String(20), nullable=False),
    Column("source", String(100), nullable=False),
    Column("title", String(200), nullable=False),
    Column("text", String, nullable=False),
    Column("status", String(20), nullable=False),
    Column("drafted_by", String, nullable=False),
    Column("drafted_at", Moment, nullable=False),
    Column("checked_by", String),
    Column("published_at", Moment),
    Column("withdrawn_at", Moment),
    Column("withdrawal_reason", String(500)),
    Column("length", Integer, nullable=False),
    CheckConstraint(
        "published_at is null or (checked_by is not null and checked_by <> drafted_by)", name="ck_publication_checked"
    ),
    Index(None, "status", "published_at"),
)
"""``status``: drafted, rejected, published, withdrawn. ``text`` is masked already; what was drafted is not kept."""

publication_event = Table(
    "publication_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["publication.number"]),
)
"""``event``: drafted, begun, published, rejected, withdrawn."""
