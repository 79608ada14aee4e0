"""Which stage of its item a case is, and the case it follows from. Rows are only added."""

from sqlalchemy import Column, Index, String, Table

from workflows.metadata import metadata

staged_case = Table(
    "staged_case",
    metadata,
    Column("case_number", String(50), primary_key=True),
    Column("item_code", String(20), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("previous_case", String(50)),
    Index(None, "previous_case"),
)
"""``previous_case``: null for the first stage."""
