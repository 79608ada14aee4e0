"""The register of licences, its ledger, matters and bans."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "licences_0001"
down_revision = None
branch_labels = None
depends_on = None

TEXTS = (
    "item_code",
    "item_name",
    "result_document",
    "department",
    "department_group",
    "leader_group",
    "window_group",
    "holder_kind",
    "holder_name",
    "identity",
)


def upgrade() -> None:
    _licences()
    _events()
    _matters()
    _bans()
    refuse_changes("licence_event", "licence_ban")


def _licences() -> None:
    op.create_table(
        "licence",
        sa.Column("number", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_licence")),
        sa.UniqueConstraint("case_number", name=op.f("uq_licence_case_number")),
    )
    for columns in (["identity", "item_code"], ["item_code", "issued_on"], ["valid_until"]):
        op.create_index(op.f(f"ix_licence_{'_'.join(columns)}"), "licence", columns, unique=False)


def _events() -> None:
    op.create_table(
        "licence_event",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["licence.number"], name=op.f("fk_licence_event_number_licence")),
        sa.PrimaryKeyConstraint("number", "sequence", name=op.f("pk_licence_event")),
    )


def _matters() -> None:
    op.create_table(
        "licence_matter",
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("licence_number", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["licence_number"], ["licence.number"], name=op.f("fk_licence_matter_licence_number_licence")),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_licence_matter")),
    )
    op.create_index(op.f("ix_licence_matter_licence_number"), "licence_matter", ["licence_number"], unique=False)


def _bans() -> None:
    op.create_table(
        "licence_ban",
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("identity", "item_code", "variant", "from_on", name=op.f("pk_licence_ban")),
    )
