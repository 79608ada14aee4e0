"""The library of rules, and what rests on them."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "organisation_0003"
down_revision = "organisation_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rule_document",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rule_document")),
    )
    op.create_table(
        "rule_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["rule_document.number"], name=op.f("fk_rule_event_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_event")),
    )
    op.create_index(op.f("ix_rule_event_number"), "rule_event", ["number"], unique=False)
    op.create_table(
        "rule_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["rule_document.number"], name=op.f("fk_rule_citation_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_citation")),
    )
    op.create_index(op.f("ix_rule_citation_key"), "rule_citation", ["key"], unique=False)
    refuse_changes("rule_event", "rule_citation")
