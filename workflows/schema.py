"""All tables of the centre, and the folders of migrations that build them: one folder, and one line, a concept.

A concept with tables is added to :data:`CONCEPTS`. Its first migration is ``workflows/<concept>/migrations/0001_<what>.py``
with ``revision = "<concept>_0001"`` (32 characters at most) and no ``down_revision``; it knows nothing of the others' tables.
"""

from importlib import import_module
from pathlib import Path

from engine.runtime.migrations import Schema
from workflows.metadata import metadata

CONCEPTS: tuple[str, ...] = (
    "agency",
    "attachments",
    "calendar",
    "case_file",
    "catalogue",
    "clock",
    "collection",
    "complaints",
    "documents",
    "external_cases",
    "fees",
    "joint_review",
    "ledger",
    "licences",
    "meetings",
    "notices",
    "organisation",
    "publication",
    "ranking",
    "ratings",
    "referrals",
    "refunds",
    "queue",
    "stages",
    "supervision",
    "tickets",
    "visits",
    "waivers",
)

for concept in CONCEPTS:
    import_module(f"workflows.{concept}.tables")

SCHEMA = Schema(
    metadata,
    tuple(Path(__file__).parent / concept / "migrations" for concept in CONCEPTS),
    "alembic_version_workflows",
)
