"""Departments, windows, staff, letters, seals, leave, attendance, duty and the score's entries."""

import sqlalchemy as sa
from alembic import op

from engine.runtime.migrations.append_only import refuse_changes

revision = "organisation_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_entry")),
    )
    op.create_index(op.f("ix_assessment_entry_account_id_month"), "assessment_entry", ["account_id", "month"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("swipe", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "day", "swipe", name=op.f("pk_attendance")),
    )
    op.create_table(
        "department",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("has_approval_power", sa.Boolean(), nullable=False),
        sa.Column("is_vertical", sa.Boolean(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("exemption", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_department")),
        sa.UniqueConstraint("code", name=op.f("uq_department_code")),
    )
    op.create_table(
        "duty",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("floor_manager", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_duty")),
    )
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index(op.f("ix_leave_account_id_from_on"), "leave", ["account_id", "from_on"], unique=False)
    op.create_table(
        "service_window",
        sa.Column("group_name", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("group_name", name=op.f("pk_service_window")),
    )
    op.create_table(
        "authorisation_letter",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("grantee", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["department"], ["department.name"], name=op.f("fk_authorisation_letter_department")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_authorisation_letter")),
    )
    op.create_index(op.f("ix_authorisation_letter_department"), "authorisation_letter", ["department"], unique=False)
    op.create_table(
        "seal",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("impression", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.name"], name=op.f("fk_seal_department")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seal")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("window", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=20), nullable=False),
        sa.Column("home_department", sa.String(length=60), nullable=False),
        sa.Column("home_post", sa.String(length=60), nullable=False),
        sa.Column("heads_main_section", sa.Boolean(), nullable=False),
        sa.Column("qualification", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["home_department"], ["department.name"], name=op.f("fk_staff_member_home_department")),
        sa.ForeignKeyConstraint(["window"], ["service_window.group_name"], name=op.f("fk_staff_member_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_index(op.f("ix_staff_member_account_id_from_on"), "staff_member", ["account_id", "from_on"], unique=False)
    op.create_index(op.f("ix_staff_member_window_from_on"), "staff_member", ["window", "from_on"], unique=False)
    op.create_table(
        "window_department",
        sa.Column("window", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.name"], name=op.f("fk_window_department_department")),
        sa.ForeignKeyConstraint(["window"], ["service_window.group_name"], name=op.f("fk_window_department_window")),
        sa.PrimaryKeyConstraint("window", "department", name=op.f("pk_window_department")),
    )
    op.create_table(
        "authorisation_grant",
        sa.Column("letter", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("power", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["authorisation_letter.number"], name=op.f("fk_authorisation_grant_letter")),
        sa.PrimaryKeyConstraint("letter", "item", "power", name=op.f("pk_authorisation_grant")),
    )
    op.create_table(
        "seal_hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=60), nullable=False),
        sa.Column("from_account", sa.String(), nullable=False),
        sa.Column("to_account", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seal"], ["seal.number"], name=op.f("fk_seal_hand_over_seal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_hand_over")),
    )
    op.create_index(op.f("ix_seal_hand_over_seal"), "seal_hand_over", ["seal"], unique=False)
    op.create_table(
        "seal_use",
        sa.Column("seal", sa.String(length=60), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_number", sa.String(length=50), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seal"], ["seal.number"], name=op.f("fk_seal_use_seal")),
        sa.PrimaryKeyConstraint("seal", "sequence", name=op.f("pk_seal_use")),
    )
    op.create_index(op.f("ix_seal_use_case_number"), "seal_use", ["case_number"], unique=False)
    refuse_changes("authorisation_grant", "seal_hand_over", "seal_use", "attendance")
