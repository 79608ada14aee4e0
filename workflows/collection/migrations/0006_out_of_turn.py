"""The case in which a payment out of turn is looked after."""

import sqlalchemy as sa
from alembic import op

revision = "collection_0006"
down_revision = "collection_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agent_line", sa.Column("handled_in", sa.String(), nullable=True))
