"""A timer or a due date may move with a clock, and has no moment while the clock stands still."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_task", sa.Column("binding", sa.String(), nullable=True))
    with op.batch_alter_table("timer") as timer:
        timer.add_column(sa.Column("binding", sa.String(), nullable=True))
        timer.alter_column("due", existing_type=sa.DateTime(timezone=True), nullable=True)
        timer.alter_column("next_attempt_at", existing_type=sa.DateTime(timezone=True), nullable=True)
