"""Which status a case has, and which may follow: rules.md 5.2 as a table (``statuses.yaml``), read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare

TABLE = Path(__file__).parent / "statuses.yaml"
TEXT = validate.Length(min=1, max=100)
MOMENTS = ("accepted", "decided", "delivered", "ended")
FIRST = "received"
VOID = "void"

declare(
    {
        "case-status-unknown": ("没有“{status}”这种办件状态。", "Expected a status of a case, but {status} is none."),
        "case-status": (
            "办件现为“{now_zh}”，不能改为“{status_zh}”。",
            "Expected a status that may follow {now_en}, but {status_en} does not.",
        ),
        "case-status-not-in-force": (
            "“{status_zh}”自{until}起不再适用，请依法作出不受理、不予受理或者不予许可的决定。",
            "{status_en} ended on {until}; decide as the law says: not needed, not accepted, or refused.",
        ),
        "case-detail-missing": (
            "登记“{status_zh}”须写明{field}。",
            "Expected {field} to be said for the status {status_en}, but it is missing.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Status:
    """A row of the table. ``moment``: one of :data:`MOMENTS`, set by the server when the status is entered."""

    code: str
    name: str
    name_en: str
    to: tuple[str, ...]
    carries: tuple[str, ...]
    moment: str | None
    once: bool
    two_people: bool
    until: date | None
    vendor: str | None

    @property
    def is_final(self) -> bool:
        """Nothing but 作废 follows."""
        return not self.to


class _StatusSchema(Schema):
    class Meta:
        unknown = RAISE

    code = fields.String(required=True, validate=validate.Regexp(r"^[a-z]+(-[a-z]+)*$"))
    name = fields.String(required=True, validate=TEXT)
    name_en = fields.String(required=True, validate=TEXT)
    to = fields.List(fields.String(validate=TEXT), required=True)
    carries = fields.List(fields.String(validate=TEXT), load_default=list)
    moment = fields.String(load_default=None, validate=validate.OneOf(MOMENTS))
    once = fields.Boolean(load_default=False)
    two_people = fields.Boolean(load_default=False)
    until = fields.Date(load_default=None)
    vendor = fields.String(load_default=None, validate=TEXT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Status:
        frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
        return Status(**frozen)


@lru_cache
def statuses() -> Mapping[str, Status]:
    """Every status by its code.

    :raises marshmallow.ValidationError: the table is not what the program understands.
    """
    rows = yaml.safe_load(TABLE.read_text("utf-8"))
    plain = [{key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()} for row in rows]
    loaded = _StatusSchema(many=True).load(plain)
    assert isinstance(loaded, list)
    return {status.code: status for status in loaded}


def find(code: str) -> Status:
    """:raises Rejection: ``case-status-unknown``."""
    if code not in statuses():
        raise Rejection("case-status-unknown", field="status", status=code[:40])
    return statuses()[code]


def require_transition(now: str, then: str, detail: Mapping[str, Any], day: date) -> Status:
    """The status entered, if the table lets a case in ``now`` enter it on this day with what the step says of it.

    :raises Rejection: ``case-status-unknown``, ``case-status``, ``case-status-not-in-force``, ``case-detail-missing``.
    """
    before, after = find(now), find(then)
    if now == VOID or (then not in before.to and then != VOID):
        raise Rejection("case-status", field="status", **_names("now", before), **_names("status", after))
    if after.until is not None and day >= after.until:
        raise Rejection("case-status-not-in-force", field="status", until=after.until.isoformat(), **_names("status", after))
    for name in after.carries:
        if _is_empty(detail.get(name)):
            raise Rejection("case-detail-missing", field=name, **_names("status", after))
    return after


def _names(prefix: str, status: Status) -> dict[str, str]:
    return {f"{prefix}_zh": status.name, f"{prefix}_en": status.name_en}


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", [], {}) or (isinstance(value, str) and not value.strip())
