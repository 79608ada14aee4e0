"""The account of who complained by name, where notices go."""

import sqlalchemy as sa
from alembic import op

revision = "complaints_0002"
down_revision = "complaints_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaint_identity", sa.Column("account", sa.String(length=60), nullable=True))
