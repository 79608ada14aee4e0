"""A refund to another account than the money came from: why, and who agreed."""

import sqlalchemy as sa
from alembic import op

revision = "refunds_0002"
down_revision = "refunds_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refund", sa.Column("other_account_reason", sa.String(length=500), nullable=True))
    op.add_column("refund", sa.Column("account_agreed_by", sa.String(), nullable=True))
