"""Arrangements of holidays that administrators entered, each confirmed by a second person (rules.md 6.2, A-31).

A row is a version: of a year's confirmed rows the one confirmed last is in force, and it outdoes the official file.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

holiday_arrangement = Table(
    "holiday_arrangement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("arrangement", JsonText, nullable=False),
    Column("proposed_by", String, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("confirmed_by", String),
    Column("confirmed_at", Moment),
    Index(None, "confirmed_at"),
    sqlite_autoincrement=True,
)
