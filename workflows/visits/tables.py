"""Follow-up visits, the problems that were found, and what happened; a joint case has one visit."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

follow_up_visit = Table(
    "follow_up_visit",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String, nullable=False),
    Column("case_number", String(50), nullable=False),
    Column("item_name", String, nullable=False),
    Column("applicant_name", String, nullable=False),
    Column("status", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("visited_on", Date),
    Column("visited_by", String),
    Column("way", String(20)),
    Column("reached", String(10)),
    Column("satisfaction", Integer),
    Column("said", String),
    Column("overdue_at", Moment),
    Column("closed_at", Moment),
    Column("length", Integer, nullable=False),
    CheckConstraint("closed_at is null or visited_by is not null", name="ck_follow_up_visit_closed"),
    CheckConstraint("satisfaction is null or satisfaction between 1 and 5", name="ck_follow_up_visit_satisfaction"),
    Index("uq_follow_up_visit_case_number", "case_number", unique=True),
    Index(None, "status", "due_at"),
)
"""``status``: open, visited, closed. ``way``: site, phone or counter. ``satisfaction``: the five grades of ratings."""

visit_problem = Table(
    "visit_problem",
    metadata,
    Column("visit", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("matter", String(1000), nullable=False),
    Column("responsible", String(60), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answer", String),
    Column("answered_by", String),
    Column("answered_at", Moment),
    ForeignKeyConstraint(["visit"], ["follow_up_visit.number"]),
    CheckConstraint("answered_at is null or answer is not null", name="ck_visit_problem_answered"),
)

follow_up_visit_event = Table(
    "follow_up_visit_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["follow_up_visit.number"]),
)
"""``event``: opened, visited, overdue, solved, closed."""
