"""The register of licences. ``licence`` is where each stands; ``licence_event`` and ``licence_ban`` only grow."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from engine.runtime.columns import JsonText, Moment
from workflows.metadata import metadata

licence = Table(
    "licence",
    metadata,
    Column("number", String, primary_key=True),
    Column("item_code", String, nullable=False),
    Column("item_name", String, nullable=False),
    Column("result_document", String, nullable=False),
    Column("department", String, nullable=False),
    Column("department_group", String, nullable=False),
    Column("leader_group", String, nullable=False),
    Column("window_group", String, nullable=False),
    Column("holder_kind", String, nullable=False),
    Column("holder_name", String, nullable=False),
    Column("identity", String, nullable=False),
    Column("case_number", String(50), nullable=False, unique=True),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date),
    Column("ending", String),
    Column("length", Integer, nullable=False),
    Index(None, "identity", "item_code"),
    Index(None, "item_code", "issued_on"),
    Index(None, "valid_until"),
)
"""``ending``: revoked, rescinded, forfeited or cancelled; null while it stands. ``length``: how many events it has."""

licence_event = Table(
    "licence_event",
    metadata,
    Column("number", String, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("event", String, nullable=False),
    Column("case_number", String(50), nullable=False),
    Column("document", String, nullable=False),
    Column("valid_until", Date),
    Column("detail", JsonText, nullable=False),
    ForeignKeyConstraint(["number"], ["licence.number"]),
)
"""``event``: issued, renewed, deemed-renewed, renewal-refused, changed, change-refused, or the ending."""

licence_matter = Table(
    "licence_matter",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("licence_number", String, nullable=False, index=True),
    Column("matter", String, nullable=False),
    Column("changes", JsonText, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("outcome", String),
    ForeignKeyConstraint(["licence_number"], ["licence.number"]),
)
"""A case that is about a licence that is there already. ``outcome``: null while the case is open."""

licence_ban = Table(
    "licence_ban",
    metadata,
    Column("identity", String, primary_key=True),
    Column("item_code", String, primary_key=True),
    Column("variant", String, primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("until", Date),
    Column("basis", String, nullable=False),
    Column("case_number", String(50), nullable=False),
    Column("finding", String, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("entered_by", String, nullable=False),
)
