"""Joint meetings, what was decided in them and what came of it. Minutes stand once they are signed; the events only grow."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

liaison_meeting = Table(
    "liaison_meeting",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String, nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("status", String(20), nullable=False),
    Column("convened_by", String, nullable=False),
    Column("convened_at", Moment, nullable=False),
    Column("agenda", JsonText, nullable=False),
    Column("held_on", Date),
    Column("place", String(100)),
    Column("attendance", JsonText),
    Column("minutes", String),
    Column("recorded_by", String),
    Column("signed_by", String),
    Column("signed_at", Moment),
    Column("closed_at", Moment),
    Column("length", Integer, nullable=False),
    CheckConstraint("closed_at is null or signed_at is not null", name="ck_liaison_meeting_closed"),
    Index(None, "quarter"),
)
"""``status``: convened, announced, recorded, signed, closed. ``agenda``: ``{kind, number, matter, conclusion?}`` each."""

liaison_decision = Table(
    "liaison_decision",
    metadata,
    Column("meeting", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("matter", String(1000), nullable=False),
    Column("responsible", String(60), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("report", String),
    Column("reported_by", String),
    Column("reported_at", Moment),
    Column("checked_by", String),
    Column("done_at", Moment),
    Column("overdue_at", Moment),
    ForeignKeyConstraint(["meeting"], ["liaison_meeting.number"]),
    CheckConstraint("done_at is null or (report is not null and checked_by is not null)", name="ck_liaison_decision_done"),
    Index(None, "status", "due_on"),
)
"""``responsible``: the window, department or office that answers for it. ``status``: open, reported, done."""

liaison_meeting_event = Table(
    "liaison_meeting_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["liaison_meeting.number"]),
)
"""``event``: convened, announced, recorded, signed, not-signed, overdue, reported, done, sent-back, closed."""
