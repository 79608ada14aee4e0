"""Collecting fees: who did what with a case's money."""

from sqlalchemy import Column, Index, String, Table

from engine.runtime.columns import Moment
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
