"""What the centre keeps of its cases. ``case_event`` is a ledger that only grows; ``case_file`` is where each case stands now.

A case is never deleted (A-19). It knows its instance by a plain id: the instance's row may not be written yet when the case is
received in the instance's first step. The cases of a joint review share one instance.
"""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

case_file = Table(
    "case_file",
    metadata,
    Column("number", String(50), primary_key=True),
    Column("instance_id", String, nullable=False, index=True),
    Column("parent_number", String(50)),
    Column("pass_code", String(100), nullable=False),
    Column("item_code", String, nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("item_name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("department", String, nullable=False),
    Column("window_group", String, nullable=False),
    Column("leader_group", String, nullable=False),
    Column("applicant_kind", String, nullable=False),
    Column("applicant_name", String, nullable=False),
    Column("masked_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("status", String, nullable=False),
    Column("flags", JsonText, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("accepted_on", Date),
    Column("decided_at", Moment),
    Column("delivered_at", Moment),
    Column("ended_at", Moment),
    Column("overdue_days", Integer),
    Column("replaced_by", String(50)),
    Column("length", Integer, nullable=False),
    Index(None, "status", "received_at"),
    Index(None, "window_group", "status"),
    Index(None, "item_code", "received_at"),
    Index(None, "parent_number"),
    Index(None, "applicant_name", "masked_id"),
)
"""``accepted_on``: the day the limits begin with, which for a deemed acceptance is before ``accepted_at``. ``overdue_days``:
working days the decision came after the law's limit; null while it is not made. ``length``: how many events the case has."""

case_event = Table(
    "case_event",
    metadata,
    Column("number", String(50), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String, nullable=False),
    Column("status", String, nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["case_file.number"]),
)
"""``event``: received, status, flag, void-requested. ``status``: the case's after it."""
