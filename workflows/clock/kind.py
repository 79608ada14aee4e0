"""The kinds of clock, C0 to C12, as data with a period in which they are in force (rules.md 2.2 and 7).

Two vintages: the notice of 2002 knows a promise and no statutory limit (X-01); the Administrative Licensing Law is in force
since 2004-07-01. A clock takes the row in force on its starting day and keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection
from workflows.clock.unit import Unit

KINDS = Path(__file__).parent / "rules" / "kinds.yaml"
MOST_DAYS = 1000
TEXT = validate.Length(min=1, max=200)


class Approver(StrEnum):
    """Who may extend a limit (APPL Art. 42). Nobody else: not the window's head, not the committee."""

    ORGAN_HEAD = "organ-head"
    GOVERNMENT_HEAD = "government-head"


APPROVER_NAMES = {
    Approver.ORGAN_HEAD: ("本行政机关负责人", "the head of the organ"),
    Approver.GOVERNMENT_HEAD: ("本级人民政府负责人", "the head of the government"),
}


class Ends(StrEnum):
    """When the last day ends (民法典 Art. 203)."""

    CLOSING = "closing"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """At most so many days, once, by this approver."""

    days: int
    approver: Approver
    basis: str


@dataclass(frozen=True, slots=True)
class ClockKind:
    """One row. ``days`` None: given when the clock starts. ``special_law``: another law may say a longer limit."""

    code: str
    name: str
    name_en: str
    in_force_from: date
    unit: Unit
    ends: Ends
    statutory: bool
    basis: str
    on_lapse: str
    days: int | None = None
    variant: str = ""
    in_force_until: date | None = None
    pausable: bool = False
    special_law: bool = False
    fixed_end: bool = False
    backwards: bool = False
    sample: bool = False
    extension: ExtensionRule | None = None

    def was_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


class StrictSchema(Schema):
    """Refuses what it does not know."""

    class Meta:
        unknown = RAISE


class _ExtensionSchema(StrictSchema):
    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_DAYS))
    approver = fields.Enum(Approver, by_value=True, required=True)
    basis = fields.String(required=True, validate=TEXT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> ExtensionRule:
        return ExtensionRule(**data)


class _KindSchema(StrictSchema):
    code = fields.String(required=True, validate=validate.Regexp(r"^C\d{1,2}[a-c]?$"))
    variant = fields.String(load_default="", validate=validate.Regexp(r"^[a-z-]*$"))
    name = fields.String(required=True, validate=TEXT)
    name_en = fields.String(required=True, validate=TEXT)
    in_force_from = fields.Date(required=True, data_key="from")
    in_force_until = fields.Date(load_default=None, data_key="until")
    days = fields.Integer(required=True, strict=True, allow_none=True, validate=validate.Range(1, MOST_DAYS))
    unit = fields.Enum(Unit, by_value=True, required=True)
    ends = fields.Enum(Ends, by_value=True, required=True)
    statutory = fields.Boolean(required=True)
    basis = fields.String(required=True, validate=TEXT)
    on_lapse = fields.String(required=True, validate=TEXT)
    pausable = fields.Boolean(load_default=False)
    special_law = fields.Boolean(load_default=False)
    fixed_end = fields.Boolean(load_default=False)
    backwards = fields.Boolean(load_default=False)
    sample = fields.Boolean(load_default=False)
    extension = fields.Nested(_ExtensionSchema, load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> ClockKind:
        return ClockKind(**data)


@lru_cache
def kinds(path: Path = KINDS) -> Mapping[tuple[str, str], tuple[ClockKind, ...]]:
    """The rows of each (code, variant), oldest first. Read once in a process.

    :raises marshmallow.ValidationError: the table is not what the program understands.
    """
    table: dict[tuple[str, str], list[ClockKind]] = {}
    for row in _load(path):
        table.setdefault((row.code, row.variant), []).append(row)
    return {key: tuple(sorted(rows, key=lambda row: row.in_force_from)) for key, rows in table.items()}


def _load(path: Path) -> list[ClockKind]:
    loaded = _KindSchema(many=True).load(read_rows(path))
    assert isinstance(loaded, list)
    return loaded


def read_rows(path: Path) -> list[dict[str, Any]]:
    """A table of rules as plain JSON."""
    rows = yaml.safe_load(path.read_text("utf-8"))
    return [{key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()} for row in rows]


def find(code: str, variant: str, day: date) -> ClockKind:
    """The row in force on a day.

    :raises Rejection: ``clock-kind-unknown``, ``clock-kind-not-in-force``.
    """
    rows = kinds().get((code, variant))
    shown = f"{code}/{variant}" if variant else code
    if rows is None:
        raise Rejection("clock-kind-unknown", field="kind", kind=shown[:40])
    for row in reversed(rows):
        if row.was_in_force(day):
            return row
    raise Rejection("clock-kind-not-in-force", field="kind", kind=rows[0].name, day=day.isoformat())
