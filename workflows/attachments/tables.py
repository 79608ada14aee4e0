"""Files handed in. A row is written once; what a form says of a file is its id."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from engine.runtime.columns import Moment
from workflows.metadata import metadata

attachment = Table(
    "attachment",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("uploaded_by", String, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Index(None, "uploaded_by", "uploaded_at", "id"),
)
"""``size`` in bytes, ``digest`` SHA-256 of the content in hexadecimal."""
