"""Ratings. What happened only grows; who rated is a table of its own that nothing changes."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, String, Table, UniqueConstraint

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

rating_code = Table(
    "rating_code",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("pass_code", String(100), nullable=False),
    Column("allotted_at", Moment, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    CheckConstraint("used <= allowed and allowed <= 2", name="ck_rating_code_used"),
)
"""``pass_code``: the hash of the code. ``allowed``: one rating, and one more after a bad one was answered."""

rating = Table(
    "rating",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("case_number", String(50), nullable=False),
    Column("round", Integer, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("said", String, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("named", Boolean, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("address", String(32), nullable=False),
    Column("item_name", String, nullable=False),
    Column("department", String, nullable=False),
    Column("window_group", String, nullable=False),
    Column("instance_id", String),
    Column("status", String(20), nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("contact_due", Moment),
    Column("answer_due", Moment),
    Column("correct_due", Moment),
    Column("contacted_at", Moment),
    Column("verifier", String),
    Column("outcome", String(20)),
    Column("evidence", String),
    Column("finding", String),
    Column("answer", String),
    Column("correction", String),
    Column("answered_at", Moment),
    Column("published_at", Moment),
    Column("escalated", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    CheckConstraint("grade between 1 and 5", name="ck_rating_grade"),
    UniqueConstraint("case_number", "round"),
    Index(None, "status", "given_at"),
    Index(None, "window_group", "given_at"),
)
"""``status``: given, contacted, verified, corrected, answered, published. ``address``: a digest of the day."""

rating_identity = Table(
    "rating_identity",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("contact", String(100), nullable=False),
    ForeignKeyConstraint(["number"], ["rating.number"]),
)
"""Who rated, where that was said."""

rating_event = Table(
    "rating_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["rating.number"]),
)
"""``event``: given, opened, contacted, verified, reviewed, corrected, answered, rated-again, escalated, published, read."""
