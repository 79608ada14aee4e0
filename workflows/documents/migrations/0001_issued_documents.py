"""Documents the centre issued; rows are only ever added."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "documents_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_document",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("verification_code", sa.String(length=14), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issued_document")),
        sa.UniqueConstraint("verification_code", name=op.f("uq_issued_document_verification_code")),
    )
    op.create_index(op.f("ix_issued_document_case_number_issued_at"), "issued_document", ["case_number", "issued_at"])
    refuse_changes("issued_document")
