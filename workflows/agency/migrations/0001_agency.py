"""Agents: mandates, hand-over slips, matters, what changed hands, filings."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "agency_0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "agency_mandate",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("town", sa.String(length=40), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("principal_name", sa.String(length=100), nullable=False),
        sa.Column("principal_masked_id", sa.String(length=40), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("revoke_reason", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_agency_mandate")),
    )
    principal = ["principal_name", "principal_masked_id"]
    op.create_index(op.f("ix_agency_mandate_principal_name_principal_masked_id"), "agency_mandate", principal, unique=False)
    op.create_index(op.f("ix_agency_mandate_agent"), "agency_mandate", ["agent"], unique=False)
    op.create_table(
        "agency_hand_over",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("town", sa.String(length=40), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_agency_hand_over")),
    )
    op.create_index(op.f("ix_agency_hand_over_agent_at"), "agency_hand_over", ["agent", "at"], unique=False)
    _matters()
    _ledgers()


def _matters() -> None:
    op.create_table(
        "agency_matter",
        sa.Column("hand_over", sa.String(length=60), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mandate", sa.String(length=60), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("town", sa.String(length=40), nullable=False),
        sa.Column("principal_name", sa.String(length=100), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("item_name", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.Column("handed_over_at", MOMENT, nullable=False),
        sa.Column("complete_at", MOMENT, nullable=True),
        sa.Column("case_number", sa.String(length=50), nullable=True),
        sa.Column("filed_at", MOMENT, nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("result_at", MOMENT, nullable=True),
        sa.Column("collected_at", MOMENT, nullable=True),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.Column("receiver", sa.String(length=100), nullable=True),
        sa.Column("signature", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["hand_over"], ["agency_hand_over.number"], name=op.f("fk_agency_matter_hand_over")),
        sa.PrimaryKeyConstraint("hand_over", "line", name=op.f("pk_agency_matter")),
        sa.UniqueConstraint("case_number", name=op.f("uq_agency_matter_case_number")),
    )
    op.create_index(op.f("ix_agency_matter_agent_handed_over_at"), "agency_matter", ["agent", "handed_over_at"], unique=False)
    op.create_index(op.f("ix_agency_matter_town_state"), "agency_matter", ["town", "state"], unique=False)


def _ledgers() -> None:
    op.create_table(
        "agency_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_over", sa.String(length=60), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=200), nullable=False),
        sa.Column("giver", sa.String(length=100), nullable=False),
        sa.Column("receiver", sa.String(length=100), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["hand_over", "line"],
            ["agency_matter.hand_over", "agency_matter.line"],
            name=op.f("fk_agency_paper_hand_over_line"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_paper")),
    )
    op.create_index(op.f("ix_agency_paper_hand_over_line"), "agency_paper", ["hand_over", "line"], unique=False)
    refuse_changes("agency_paper")
    op.create_table(
        "agency_filing",
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("mandate", sa.String(length=60), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_agency_filing")),
    )
    op.create_index(op.f("ix_agency_filing_mandate_item_code"), "agency_filing", ["mandate", "item_code"], unique=False)
    op.create_index(op.f("ix_agency_filing_agent_at"), "agency_filing", ["agent", "at"], unique=False)
    refuse_changes("agency_filing")
