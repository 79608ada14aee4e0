"""Referrals, what happened to them and who looked, and what was seen outside the hall; their case is ``about_case``."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

referral = Table(
    "referral",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("instance_id", String),
    Column("source_kind", String(20), nullable=False),
    Column("source", String(100), nullable=False),
    Column("about_account", String(60)),
    Column("about_group", String(60)),
    Column("about_department", String(60), nullable=False),
    Column("about_case", String(50)),
    Column("matter", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("rules", JsonText, nullable=False),
    Column("status", String(20), nullable=False),
    Column("opened_by", String, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("decided_by", String),
    Column("received_by", String),
    Column("receipt", String(100)),
    Column("document", String(100)),
    Column("sanction", String(20)),
    Column("term_months", Integer),
    Column("sanctioned_on", Date),
    Column("sanction_ends_on", Date),
    Column("length", Integer, nullable=False),
    CheckConstraint("sanction is null or document is not null", name="ck_referral_sanction"),
    Index(None, "status", "opened_at"),
)
"""``status``: opened, referred, not-referred, received, concluded."""

referral_event = Table(
    "referral_event",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String(20), nullable=False),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["referral.number"]),
)
"""``event``: opened, begun, referred, not-referred, received, concluded, read."""

off_hall_sighting = Table(
    "off_hall_sighting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("reference", String(100), nullable=False),
    Column("department", String(60), nullable=False),
    Column("seen_on", Date, nullable=False),
    Column("place", String(200), nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Index("uq_off_hall_sighting_kind_reference", "kind", "reference", unique=True),
)
"""``kind``: licence, seal or receipt that was seen outside and that the hall's registers do not know."""
