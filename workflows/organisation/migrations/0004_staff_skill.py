"""For which items a person has been trained, examined or licensed (R-12).

Whoever is at a window already keeps the items of the letters that cover it: the record of qualification, made when he was
appointed, is carried over.
"""

import sqlalchemy as sa
from alembic import op

revision = "organisation_0004"
down_revision = "organisation_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_skill")),
    )
    op.create_index(op.f("ix_staff_skill_account_id_item"), "staff_skill", ["account_id", "item"], unique=False)
    op.execute(
        """
        INSERT INTO staff_skill (account_id, item, kind, proof, from_on, entered_by, at)
        SELECT m.account_id, g.item, 'training', MIN(m.qualification), MIN(m.from_on), 'migration', MAX(l.entered_at)
        FROM staff_member m
        JOIN window_department d ON d.window = m.window
        JOIN authorisation_letter l ON l.department = d.department
        JOIN authorisation_grant g ON g.letter = l.number
        GROUP BY m.account_id, g.item
        """
    )
