"""Earlier cases of the same applicant are found by an index (R-29)."""

from alembic import op

revision = "case_file_0002"
down_revision = "case_file_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_case_file_applicant_name_masked_id"), "case_file", ["applicant_name", "masked_id"])
