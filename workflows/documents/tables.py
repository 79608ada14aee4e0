"""Where issued documents are kept. Rows are only ever added."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from engine.runtime.columns import Moment
from workflows.metadata import metadata

issued_document = Table(
    "issued_document",
    metadata,
    Column("number", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("department", String, nullable=False),
    Column("case_number", String, nullable=False),
    Column("instance_id", String, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("verification_code", String(14), nullable=False, unique=True),
    Index(None, "case_number", "issued_at"),
)
