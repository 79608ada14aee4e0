"""What other systems report. It stands beside the hall's own cases and in no figure of their speed. Only grows (triggers)."""

from sqlalchemy import Column, Date, Index, String, Table

from engine.runtime.columns import Moment
from workflows.metadata import metadata

external_permit = Table(
    "external_permit",
    metadata,
    Column("document", String(60), primary_key=True),
    Column("system", String(40), nullable=False),
    Column("department", String(60), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "system", "department"),
)
"""The committee's exception: whose cases a system may report, and in which days."""

external_case = Table(
    "external_case",
    metadata,
    Column("system", String(40), primary_key=True),
    Column("number", String(60), primary_key=True),
    Column("item_code", String(20), nullable=False),
    Column("department", String(60), nullable=False),
    Column("applicant", String(100), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("outcome", String(20)),
    Column("permit", String(60), nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Index(None, "entered_at"),
)
"""``received_at``, ``decided_at``: as the other system says; ``entered_at``: the server's own clock."""
