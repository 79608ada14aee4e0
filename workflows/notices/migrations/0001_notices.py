"""Notices given, and what became of each outside; the second only grows."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "notices_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("recipient_account", sa.String(), nullable=True),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_recipient_account_id"), "notice", ["recipient_account", "id"])
    op.create_index(op.f("ix_notice_case_number"), "notice", ["case_number"])
    op.create_table(
        "notice_dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_dispatch")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_dispatch_notice_id_notice")),
    )
    op.create_index(op.f("ix_notice_dispatch_notice_id"), "notice_dispatch", ["notice_id"])
    refuse_changes("notice_dispatch")
