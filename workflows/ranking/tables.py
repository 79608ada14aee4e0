"""The ranking by month: its points with their sources, appeals, and who froze it."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import Moment
from workflows.metadata import metadata

ranking_month = Table(
    "ranking_month",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("computed_at", Moment, nullable=False),
    Column("frozen_by", String),
    Column("confirmed_by", String),
    Column("frozen_at", Moment),
)
"""``frozen_by`` proposed it, ``confirmed_by`` froze it: two persons."""

ranking_point = Table(
    "ranking_point",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", String(7), nullable=False),
    Column("window", String(60), nullable=False),
    Column("rule", String(40), nullable=False),
    Column("points", Integer, nullable=False),
    Column("source", String(200), nullable=False),
    Column("status", String(20), nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("confirmed_by", String),
    Column("appeal", String),
    Column("appealed_by", String),
    Column("appeal_reason", String),
    Column("appeal_decided_by", String),
    ForeignKeyConstraint(["month"], ["ranking_month.month"]),
    Index("uq_ranking_point_source", "month", "window", "rule", "source", unique=True),
)
"""``status``: counts, proposed (by hand, not yet confirmed), appealed (counts until decided), cancelled."""
