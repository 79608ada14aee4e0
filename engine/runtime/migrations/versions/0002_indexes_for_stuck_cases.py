"""What is overdue is found without reading what is not."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_timer_due_id"), "timer", ["due", "id"], unique=False)
    op.create_index(op.f("ix_job_kind_requested_at_id"), "job", ["kind", "requested_at", "id"], unique=False)
