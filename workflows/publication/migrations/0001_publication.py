"""Publications and what happened to them."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "publication_0001"
down_revision = None
branch_labels = None
depends_on = None

CHECKED = "published_at is null or (checked_by is not null and checked_by <> drafted_by)"


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=500), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.CheckConstraint(CHECKED, name="ck_publication_checked"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_status_published_at"), "publication", ["status", "published_at"])
    op.create_table(
        "publication_event",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["publication.number"], name=op.f("fk_publication_event_number_publication")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_publication_event")),
    )
    refuse_changes("publication_event")
