"""What cases keep of their clocks. ``clock_event`` is a ledger that only grows; ``clock`` is where each clock stands now.

A clock belongs to an instance, whose row may not be written yet when a clock is started in the instance's first step; so
there is no foreign key to it.
"""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

clock = Table(
    "clock",
    metadata,
    Column("instance_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("business_key", String),
    Column("status", String, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("stopped_at", Moment),
    Column("yellow_at", Moment),
    Column("promised_due", Moment),
    Column("statutory_due", Moment),
    Column("provisional", Boolean, nullable=False),
    Column("length", Integer, nullable=False),
    Column("state", JsonText, nullable=False),
    Index(None, "status", "yellow_at"),
    Index(None, "status", "promised_due"),
    Index(None, "status", "statutory_due"),
)
"""The moments are those of the clock as it runs now; none while it stands still. ``length``: how many events it has."""

clock_event = Table(
    "clock_event",
    metadata,
    Column("instance_id", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String, nullable=False),
    Column("detail", JsonText, nullable=False),
    Column("state", JsonText, nullable=False),
    ForeignKeyConstraint(["instance_id", "name"], ["clock.instance_id", "clock.name"]),
)
"""``event``: started, paused, resumed, extended, stopped, recomputed. ``state``: the clock after it."""
