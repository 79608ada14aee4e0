"""Responsibilities of joint cases, their opinions, and the projects applied for."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "joint_review_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "joint_project",
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("investment_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_joint_project")),
    )
    op.create_index(op.f("ix_joint_project_owner_site"), "joint_project", ["owner", "site"], unique=False)
    op.create_table(
        "joint_task",
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("permit", sa.String(length=100), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("group_name", sa.String(length=60), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("depends_on", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "code", name=op.f("pk_joint_task")),
    )
    op.create_table(
        "joint_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("statement", sa.String(length=2000), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number", "code"],
            ["joint_task.case_number", "joint_task.code"],
            name=op.f("fk_joint_opinion_case_number_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_opinion")),
    )
    op.create_index(op.f("ix_joint_opinion_case_number_code"), "joint_opinion", ["case_number", "code"], unique=False)
    refuse_changes("joint_opinion")
