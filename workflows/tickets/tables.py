"""Tickets. ``ticket_move`` is the log and only grows; ``ticket_span`` is where every number stands, and follows from it."""

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, String, Table, text

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

ticket_move = Table(
    "ticket_move",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("step", String(20), nullable=False),
    Column("first_number", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("second_id", String),
    Column("department", String),
    Column("holder", String),
    Column("payment", String(100)),
    Column("amount_fen", Integer),
    Column("reason", String),
    Column("reference", String),
    Column("detail", JsonText, nullable=False),
    CheckConstraint("first_number <= last_number", name="ck_ticket_move_order"),
    CheckConstraint(
        "step <> 'use' or (first_number = last_number and payment is not null and amount_fen is not null)",
        name="ck_ticket_move_use",
    ),
    CheckConstraint("step not in ('void', 'destroy') or second_id <> actor_id", name="ck_ticket_move_two_persons"),
    Index(None, "kind", "first_number", "last_number"),
    Index(
        "uq_ticket_move_use",
        "kind",
        "first_number",
        unique=True,
        sqlite_where=text("step = 'use'"),
        postgresql_where=text("step = 'use'"),
    ),
    Index(None, "payment"),
    Index(None, "department", "at"),
)
"""``sequence``: of the kind, without gaps. ``second_id``: who confirmed what takes two. ``amount_fen``: of a used one."""

ticket_span = Table(
    "ticket_span",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("first_number", Integer, primary_key=True, autoincrement=False),
    Column("last_number", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("department", String),
    Column("holder", String),
    CheckConstraint("first_number <= last_number", name="ck_ticket_span_order"),
    Index(None, "kind", "state", "department"),
    Index(None, "holder"),
)
"""No two overlap (triggers): so no number has two states."""

ticket_certificate = Table(
    "ticket_certificate",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("department", String, nullable=False, index=True),
    Column("basis", String, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("reviewed_on", Date, nullable=False),
    Column("withdrawn_on", Date),
)
"""票据购领证: by which a department may draw tickets; reviewed every year."""

ticket_proposal = Table(
    "ticket_proposal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("step", String(20), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("first_number", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("copies_kept", Integer),
    Column("reference", String),
    Column("proposed_at", Moment, nullable=False),
    Column("proposed_by", String, nullable=False),
    Column("confirmed_at", Moment),
    Column("confirmed_by", String),
    CheckConstraint("confirmed_by is null or confirmed_by <> proposed_by", name="ck_ticket_proposal_two_persons"),
)
"""Voiding and destroying: one proposes, another confirms. ``copies_kept``: of each void number (联次)."""
