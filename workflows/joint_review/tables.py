"""The responsibilities of joint cases, and what became of each; the second table only grows."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

joint_task = Table(
    "joint_task",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("code", String(20), primary_key=True),
    Column("permit", String(100), nullable=False),
    Column("department", String(60), nullable=False),
    Column("group_name", String(60), nullable=False),
    Column("days", Integer, nullable=False),
    Column("depends_on", JsonText, nullable=False),
    Column("state", String(20), nullable=False),
    Column("superior", String(100)),
)
"""``state``: open, agreed, disagreed, not-processed (a predecessor was refused), removed. ``superior``: who decides above."""

joint_opinion = Table(
    "joint_opinion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_number", String(50), nullable=False),
    Column("code", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("statement", String(2000), nullable=False),
    Column("legal_basis", String(200)),
    Column("given_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["case_number", "code"], ["joint_task.case_number", "joint_task.code"]),
    Index(None, "case_number", "code"),
)
"""Every opinion there ever was, also one that was recalled (撤回): the newest of a task counts."""

joint_project = Table(
    "joint_project",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("site", String(200), nullable=False),
    Column("investment_fen", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Index(None, "owner", "site"),
)
"""What was applied for where, so that a project cut into pieces is noticed (A-07)."""
