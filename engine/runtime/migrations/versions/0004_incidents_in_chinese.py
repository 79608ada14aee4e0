"""What an incident says is told in Chinese too, where whoever met the trouble can say it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incident", sa.Column("message_zh", sa.Text(), nullable=True))
