"""Codes for rating, ratings, who rated, and what happened to them."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "ratings_0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=length), nullable=not needed)


def _moment(name: str, *, needed: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def _whole(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "rating_code",
        _text("case_number", 50, needed=True),
        _text("pass_code", 100, needed=True),
        _moment("allotted_at", needed=True),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint("used <= allowed and allowed <= 2", name="ck_rating_code_used"),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_rating_code")),
    )
    op.create_table("rating", *_columns())
    op.create_index(op.f("ix_rating_status_given_at"), "rating", ["status", "given_at"])
    op.create_index(op.f("ix_rating_window_group_given_at"), "rating", ["window_group", "given_at"])
    op.create_table(
        "rating_identity",
        _text("number", 20, needed=True),
        _text("name", 60, needed=True),
        _text("contact", 100, needed=True),
        sa.ForeignKeyConstraint(["number"], ["rating.number"], name=op.f("fk_rating_identity_number_rating")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rating_identity")),
    )
    op.create_table(
        "rating_event",
        _text("number", 20, needed=True),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at", needed=True),
        _text("actor_id", needed=True),
        _text("event", 20, needed=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["rating.number"], name=op.f("fk_rating_event_number_rating")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_rating_event")),
    )
    refuse_changes("rating_identity", "rating_event")


def _columns() -> list[sa.Column[object] | sa.Constraint]:
    needed = [("case_number", 50), ("said", None), ("channel", 20), ("address", 32), ("item_name", None), ("department", None)]
    optional = [("instance_id", None), ("verifier", None), ("outcome", 20), ("evidence", None), ("finding", None)]
    moments = ("contact_due", "answer_due", "correct_due", "contacted_at", "answered_at", "published_at")
    return [
        _text("number", 20, needed=True),
        *(_text(name, length, needed=True) for name, length in needed),
        _text("window_group", needed=True),
        _text("status", 20, needed=True),
        *(_text(name, length) for name, length in optional),
        _text("answer"),
        _text("correction"),
        *(_whole(name) for name in ("round", "grade", "escalated", "length")),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        _moment("given_at", needed=True),
        *(_moment(name) for name in moments),
        sa.CheckConstraint("grade between 1 and 5", name="ck_rating_grade"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rating")),
        sa.UniqueConstraint("case_number", "round", name=op.f("uq_rating_case_number_round")),
    ]
