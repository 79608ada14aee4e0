"""Queue tickets. Once served or closed a ticket is not changed any more (the register sees to it)."""

from sqlalchemy import Column, Date, Index, Integer, String, Table

from engine.runtime.columns import Moment
from workflows.metadata import metadata

queue_ticket = Table(
    "queue_ticket",
    metadata,
    Column("day", Date, primary_key=True),
    Column("window", String(60), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("taken_at", Moment, nullable=False),
    Column("called_at", Moment),
    Column("called_by", String),
    Column("case_number", String(50)),
    Column("closed_as", String(20)),
    Column("remark", String(200)),
    Column("ended_at", Moment),
    Index("uq_queue_ticket_case_number", "case_number", unique=True),
    Index(None, "day", "ended_at"),
)
"""``closed_as``: what it was where it was no application."""
