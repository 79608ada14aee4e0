"""Referrals, what happened to them, and what was seen outside the hall."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "referrals_0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def upgrade() -> None:
    op.create_table("referral", *_columns())
    op.create_index(op.f("ix_referral_status_opened_at"), "referral", ["status", "opened_at"])
    op.create_table(
        "referral_event",
        _text("number", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("actor_id", needed=True),
        _text("event", 20, needed=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["referral.number"], name=op.f("fk_referral_event_number_referral")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_referral_event")),
    )
    op.create_table(
        "off_hall_sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("kind", 20, needed=True),
        _text("reference", 100, needed=True),
        _text("department", 60, needed=True),
        sa.Column("seen_on", sa.Date(), nullable=False),
        _text("place", 200, needed=True),
        _text("entered_by", needed=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_off_hall_sighting")),
    )
    op.create_index("uq_off_hall_sighting_kind_reference", "off_hall_sighting", ["kind", "reference"], unique=True)
    refuse_changes("referral_event", "off_hall_sighting")


def _columns() -> list[sa.Column[object] | sa.Constraint]:
    return [
        _text("number", 20, needed=True),
        _text("instance_id"),
        _text("source_kind", 20, needed=True),
        _text("source", 100, needed=True),
        _text("about_account", 60),
        _text("about_group", 60),
        _text("about_department", 60, needed=True),
        _text("about_case", 50),
        _text("matter", needed=True),
        _text("evidence", needed=True),
        sa.Column("rules", sa.Text(), nullable=False),
        _text("status", 20, needed=True),
        _text("opened_by", needed=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        _text("decided_by"),
        _text("received_by"),
        _text("receipt", 100),
        _text("document", 100),
        _text("sanction", 20),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("sanctioned_on", sa.Date(), nullable=True),
        sa.Column("sanction_ends_on", sa.Date(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint("sanction is null or document is not null", name="ck_referral_sanction"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_referral")),
    ]
