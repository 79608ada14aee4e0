"""The kinds of tickets and the figures they are kept by: one YAML file, read once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare

declare(
    {
        "ticket-kind-unknown": ("没有登记“{kind}”这种票据。", "Expected a registered kind of ticket, but {kind} is none."),
        "ticket-kind-not-yet": ("{kind}自{day}起使用。", "Expected a kind in force, but {kind} begins on {day}."),
    }
)

FILE = Path(__file__).parent / "kinds.yaml"
COUNT = validate.Range(1, 1_000_000)


@dataclass(frozen=True, slots=True)
class TicketKind:
    """A kind. ``copies``: of one number (联次); ``book``: numbers of a book; ``from_on``: its first day, or None."""

    key: str
    name: str
    medium: str
    copies: int
    book: int
    from_on: date | None


@dataclass(frozen=True, slots=True)
class TicketRules:
    """Figures of rules.md 3.2. ``report_days``: working days; ``first_issue``: numbers; ``void_alarm_from``: numbers."""

    months_of_use: int
    first_issue: int
    report_days: int
    keep_years: int
    shortest_keep_years: int
    review_months: int
    void_alarm_percent: int
    void_alarm_from: int


@dataclass(frozen=True, slots=True)
class _File:
    basis: str
    kinds: tuple[TicketKind, ...]
    rules: TicketRules


class _KindSchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True, validate=validate.Regexp(r"^[a-z]+(-[a-z]+)*$"))
    name = fields.String(required=True, validate=validate.Length(1, 40))
    medium = fields.String(required=True, validate=validate.OneOf(("paper", "electronic")))
    copies = fields.Integer(required=True, validate=COUNT)
    book = fields.Integer(required=True, validate=COUNT)
    from_on = fields.Raw(data_key="from", load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> TicketKind:
        return TicketKind(**data)


class _RulesSchema(Schema):
    class Meta:
        unknown = RAISE

    months_of_use = fields.Integer(required=True, validate=COUNT)
    first_issue = fields.Integer(required=True, validate=COUNT)
    report_days = fields.Integer(required=True, validate=COUNT)
    keep_years = fields.Integer(required=True, validate=COUNT)
    shortest_keep_years = fields.Integer(required=True, validate=COUNT)
    review_months = fields.Integer(required=True, validate=COUNT)
    void_alarm_percent = fields.Integer(required=True, validate=COUNT)
    void_alarm_from = fields.Integer(required=True, validate=COUNT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> TicketRules:
        return TicketRules(**data)


class _FileSchema(Schema):
    class Meta:
        unknown = RAISE

    basis = fields.String(required=True)
    kinds = fields.List(fields.Nested(_KindSchema), required=True, validate=validate.Length(min=1))
    rules = fields.Nested(_RulesSchema, required=True)


def ticket_rules() -> TicketRules:
    """The figures in force."""
    return _file().rules


def ticket_kinds() -> tuple[TicketKind, ...]:
    """All kinds, as the file lists them."""
    return _file().kinds


def kind_of(key: str, day: date | None = None) -> TicketKind:
    """A kind by its key; with ``day``, one that is used on that day.

    :raises Rejection: ``ticket-kind-unknown``, ``ticket-kind-not-yet``.
    """
    found = next((kind for kind in ticket_kinds() if kind.key == key), None)
    if found is None:
        raise Rejection("ticket-kind-unknown", field="kind", kind=key[:40])
    if day is not None and found.from_on is not None and day < found.from_on:
        raise Rejection("ticket-kind-not-yet", field="kind", kind=found.name, day=found.from_on.isoformat())
    return found


@lru_cache(maxsize=1)
def _file() -> _File:
    loaded: dict[str, Any] = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    return _File(loaded["basis"], tuple(loaded["kinds"]), loaded["rules"])
