"""Responsibilities that wait for a superior organ's decision (上报件)."""

import sqlalchemy as sa
from alembic import op

revision = "joint_review_0002"
down_revision = "joint_review_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("joint_task", sa.Column("superior", sa.String(length=100), nullable=True))
