"""Processes may begin by themselves: at a time, by a message, by a signal."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _definition(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("definition_id", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["definition_id"], ["process_definition.id"], name=op.f(f"fk_{table}_definition_id")),
    )


def upgrade() -> None:
    op.create_table(
        "start_message",
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("process_key", sa.String(), nullable=False),
        sa.Column("element_id", sa.String(), nullable=False),
        *_definition("start_message"),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_start_message")),
    )
    op.create_table(
        "start_signal",
        sa.Column("signal", sa.String(), nullable=False),
        sa.Column("process_key", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("element_id", sa.String(), nullable=False),
        *_definition("start_signal"),
        sa.PrimaryKeyConstraint("signal", "process_key", name=op.f("pk_start_signal")),
    )
    op.create_table(
        "start_timer",
        sa.Column("process_key", sa.String(), nullable=False),
        sa.Column("element_id", sa.String(), nullable=False),
        *_definition("start_timer"),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interval", sa.String(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("occurrence", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("process_key", "element_id", name=op.f("pk_start_timer")),
    )
    op.create_index(op.f("ix_start_timer_next_attempt_at"), "start_timer", ["next_attempt_at"], unique=False)
