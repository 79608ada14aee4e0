"""Tickets: the log of moves, where every number stands, certificates, and what waits for a second person."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "tickets_0001"
down_revision = None
branch_labels = None
depends_on = None

OVERLAP = """
    SELECT 1 FROM ticket_span s WHERE s.kind = NEW.kind
    AND s.first_number <= NEW.last_number AND s.last_number >= NEW.first_number
"""


def upgrade() -> None:
    _moves()
    _spans()
    _certificates()
    _proposals()
    refuse_changes("ticket_move")
    _refuse_overlaps()


def _moves() -> None:
    op.create_table(
        "ticket_move",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("second_id", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("payment", sa.String(length=100), nullable=True),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint("first_number <= last_number", name="ck_ticket_move_order"),
        sa.CheckConstraint(
            "step <> 'use' or (first_number = last_number and payment is not null and amount_fen is not null)",
            name="ck_ticket_move_use",
        ),
        sa.CheckConstraint("step not in ('void', 'destroy') or second_id <> actor_id", name="ck_ticket_move_two_persons"),
        sa.PrimaryKeyConstraint("kind", "sequence", name=op.f("pk_ticket_move")),
    )
    op.create_index(
        op.f("ix_ticket_move_kind_first_number_last_number"), "ticket_move", ["kind", "first_number", "last_number"]
    )
    op.create_index(op.f("ix_ticket_move_payment"), "ticket_move", ["payment"])
    op.create_index(op.f("ix_ticket_move_department_at"), "ticket_move", ["department", "at"])
    of_use = sa.text("step = 'use'")
    op.create_index(
        "uq_ticket_move_use", "ticket_move", ["kind", "first_number"], unique=True, sqlite_where=of_use, postgresql_where=of_use
    )


def _spans() -> None:
    op.create_table(
        "ticket_span",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.CheckConstraint("first_number <= last_number", name="ck_ticket_span_order"),
        sa.PrimaryKeyConstraint("kind", "first_number", name=op.f("pk_ticket_span")),
    )
    op.create_index(op.f("ix_ticket_span_kind_state_department"), "ticket_span", ["kind", "state", "department"])
    op.create_index(op.f("ix_ticket_span_holder"), "ticket_span", ["holder"])


def _certificates() -> None:
    op.create_table(
        "ticket_certificate",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket_certificate")),
    )
    op.create_index(op.f("ix_ticket_certificate_department"), "ticket_certificate", ["department"])


def _proposals() -> None:
    op.create_table(
        "ticket_proposal",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("copies_kept", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.CheckConstraint("confirmed_by is null or confirmed_by <> proposed_by", name="ck_ticket_proposal_two_persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_proposal")),
    )


def _refuse_overlaps() -> None:
    """A number has one state: no two spans overlap, whoever writes them; a span is replaced, never stretched in place."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE FUNCTION refuse_ticket_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS ({OVERLAP}) THEN
                    RAISE EXCEPTION 'ticket numbers overlap' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END $$
            """
        )
        op.execute(
            "CREATE TRIGGER ticket_span_overlap BEFORE INSERT ON ticket_span "
            "FOR EACH ROW EXECUTE FUNCTION refuse_ticket_overlap()"
        )
        op.execute(
            "CREATE TRIGGER ticket_span_fixed BEFORE UPDATE ON ticket_span FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    op.execute(
        f"CREATE TRIGGER ticket_span_overlap BEFORE INSERT ON ticket_span WHEN EXISTS ({OVERLAP}) "
        "BEGIN SELECT RAISE(ABORT, 'ticket numbers overlap'); END"
    )
    op.execute(
        "CREATE TRIGGER ticket_span_fixed BEFORE UPDATE ON ticket_span "
        "BEGIN SELECT RAISE(ABORT, 'ticket spans are replaced, not changed'); END"
    )
