"""Versions of fees that were drafted here, and what became of them and of the installed ones. Both only grow (R-42)."""

from sqlalchemy import Column, Date, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

fee_version = Table(
    "fee_version",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("content", JsonText, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_by", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("reason", String(500), nullable=False),
)
"""``content``: as the file of installed fees has it, without its days. ``digest``: SHA-256 of it."""

fee_event = Table(
    "fee_event",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("version", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("from_on", Date),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("document", String(200), nullable=False),
    Index(None, "code", "version"),
)
"""``from_on``: the first day on which the state counts; of in-force, ended and lapsed. ``document``: the legal office's
opinion, the committee's record of the low end, or by what it was ended. An installed version has events only if it ended."""
