"""Departments, windows, staff, letters and seals. What was granted, handed over or sealed is only added to."""

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

department = Table(
    "department",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("code", String(3), nullable=False, unique=True),
    Column("name_en", String(120), nullable=False),
    Column("has_approval_power", Boolean, nullable=False),
    Column("is_vertical", Boolean, nullable=False),
    Column("entered_on", Date),
    Column("exemption", String(200)),
)
"""``is_vertical``: run by the city (市管部门). ``entered_on``: when it came into the hall; ``exemption``: the government's
decision that it need not (R-16)."""

service_window = Table(
    "service_window",
    metadata,
    Column("group_name", String(60), primary_key=True),
    Column("name", String(60), nullable=False),
)
"""``group_name``: the group of accounts its tasks are for."""

window_department = Table(
    "window_department",
    metadata,
    Column("window", String(60), primary_key=True),
    Column("department", String(60), primary_key=True),
    ForeignKeyConstraint(["window"], ["service_window.group_name"]),
    ForeignKeyConstraint(["department"], ["department.name"]),
)
"""A joint window (联合窗口) has several (R-18)."""

staff_member = Table(
    "staff_member",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", String, nullable=False),
    Column("window", String(60), nullable=False),
    Column("post", String(20), nullable=False),
    Column("home_department", String(60), nullable=False),
    Column("home_post", String(60), nullable=False),
    Column("heads_main_section", Boolean, nullable=False),
    Column("qualification", String(200), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("end_reason", String(500)),
    ForeignKeyConstraint(["window"], ["service_window.group_name"]),
    ForeignKeyConstraint(["home_department"], ["department.name"]),
    Index(None, "account_id", "from_on"),
    Index(None, "window", "from_on"),
)

authorisation_letter = Table(
    "authorisation_letter",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("department", String(60), nullable=False),
    Column("grantee", String, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("signed_by", String(60), nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("revoked_on", Date),
    Column("accept_only_reason", String(500)),
    ForeignKeyConstraint(["department"], ["department.name"]),
    Index(None, "department"),
)

authorisation_grant = Table(
    "authorisation_grant",
    metadata,
    Column("letter", String(60), primary_key=True),
    Column("item", String(20), primary_key=True),
    Column("power", String(20), primary_key=True),
    ForeignKeyConstraint(["letter"], ["authorisation_letter.number"]),
)
"""The rows of a letter. There is no way to add one without a letter."""

seal = Table(
    "seal",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("department", String(60), nullable=False),
    Column("impression", String(64), nullable=False),
    Column("state", String(20), nullable=False),
    Column("keeper", String, nullable=False),
    Column("uses", Integer, nullable=False),
    ForeignKeyConstraint(["department"], ["department.name"]),
)
"""``uses``: how many lines of :data:`seal_use` it has."""

seal_hand_over = Table(
    "seal_hand_over",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seal", String(60), nullable=False, index=True),
    Column("from_account", String, nullable=False),
    Column("to_account", String, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["seal"], ["seal.number"]),
)

seal_use = Table(
    "seal_use",
    metadata,
    Column("seal", String(60), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("case_number", String(50), nullable=False),
    Column("document", String, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("used_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["seal"], ["seal.number"]),
    Index(None, "case_number"),
)

leave = Table(
    "leave",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", String, nullable=False),
    Column("substitute", String, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("approved", Boolean),
    Column("decided_by", String),
    Column("decided_at", Moment),
    Index(None, "account_id", "from_on"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("account_id", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("swipe", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("reason", String(500)),
)
"""The four swipes of a day, 1 to 4. ``entered_by``: the person, or whoever of the committee signed for a missing one."""

duty = Table(
    "duty",
    metadata,
    Column("day", Date, primary_key=True),
    Column("leader", String, nullable=False),
    Column("floor_manager", String, nullable=False),
)
"""值班: the duty leader and the floor manager of a day."""

assessment_entry = Table(
    "assessment_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", String, nullable=False),
    Column("month", String(7), nullable=False),
    Column("points", Integer, nullable=False),
    Column("rule", String(40), nullable=False),
    Column("source", String(200), nullable=False),
    Column("entered_by", String, nullable=False),
    Column("confirmed_by", String),
    Column("at", Moment, nullable=False),
    Index(None, "account_id", "month"),
)
"""What a score is made of, in hundredths of a point. An entry by hand counts once a second person has confirmed it (R-05)."""

entry_event = Table(
    "entry_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department", String(60), nullable=False, index=True),
    Column("step", String(20), nullable=False),
    Column("document", String(200), nullable=False),
    Column("text", String(1000), nullable=False),
    Column("due_on", Date),
    Column("entered_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["department"], ["department.name"]),
)
"""The file of a department that does not enter the hall (R-19), and its entry. It only grows."""

hall_visit = Table(
    "hall_visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("department", String(60), nullable=False),
    Column("leader", String(60), nullable=False),
    Column("people", String(500), nullable=False),
    Column("problem", String(1000), nullable=False),
    Column("solution", String(1000), nullable=False),
    Column("owner", String(60), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("result", String(1000)),
    Column("closed_by", String),
    Column("closed_on", Date),
    ForeignKeyConstraint(["department"], ["department.name"]),
    Index(None, "due_on"),
)
"""A leader's visit to the windows (R-67): what was found, who puts it right until when, and what came of it."""

allowance_list = Table(
    "allowance_list",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("base_fen", Integer, nullable=False),
    Column("computed_by", String, nullable=False),
    Column("computed_at", Moment, nullable=False),
    Column("committee_by", String),
    Column("committee_at", Moment),
    Column("finance_by", String),
    Column("finance_at", Moment),
)
"""A month's allowances (R-15), in force once the committee and the finance department have approved it."""

allowance_line = Table(
    "allowance_line",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("account_id", String, primary_key=True),
    Column("working_days", Integer, nullable=False),
    Column("attended_days", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    ForeignKeyConstraint(["month"], ["allowance_list.month"]),
)
"""``score`` in hundredths of a point, as on the day it was computed. Lines are never changed."""

rule_document = Table(
    "rule_document",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("drafted_by", String, nullable=False),
    Column("drafted_at", Moment, nullable=False),
)
"""The centre's rules (R-02). Where each stands follows from :data:`rule_event`."""

rule_event = Table(
    "rule_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(60), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("from_on", Date),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["number"], ["rule_document.number"]),
)

rule_citation = Table(
    "rule_citation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("number", String(60), nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["number"], ["rule_document.number"]),
)
"""On which document a process or decision rests."""

staff_skill = Table(
    "staff_skill",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", String, nullable=False),
    Column("item", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("proof", String(200), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("withdrawn_on", Date),
    Column("entered_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "account_id", "item"),
)
"""For which items somebody has been trained, examined or licensed (R-12). A line is withdrawn, never changed."""

inner_process = Table(
    "inner_process",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department", String(60), nullable=False),
    Column("item", String(20), nullable=False),
    Column("steps", JsonText, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "department", "item"),
)
"""How a department works on an item inside (R-66); the newest entry stands, the others are kept."""
