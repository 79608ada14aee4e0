"""Notices given, and what became of each outside."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.runtime.columns import Moment
from workflows.metadata import metadata

notice = Table(
    "notice",
    metadata,
    Column("id", String, primary_key=True),
    Column("recipient_account", String),
    Column("case_number", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("posted_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index(None, "recipient_account", "id"),
    Index(None, "case_number"),
)

notice_dispatch = Table(
    "notice_dispatch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice_id", String, ForeignKey("notice.id"), nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("detail", String),
    Column("at", Moment, nullable=False),
)
