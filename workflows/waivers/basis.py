"""The bases a waiver may rest on: one YAML file, read once. There is no other (R-49)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare
from workflows.calendar.working_days import WorkingDays
from workflows.clock.counting import closing
from workflows.clock.hall_time import end_of

FILE = Path(__file__).parent / "bases.yaml"
KINDS = {"reduce": "减征", "exempt": "免征", "defer": "缓缴", "instalments": "分期缴纳"}
NONE = "none"
"""What an application without a basis says; it is refused at once, and kept."""

declare(
    {
        "waiver-basis-unknown": (
            "{day}没有“{basis}”这一减免缓依据。",
            "Expected a basis that is in the list and in force on {day}, but {basis} is none.",
        ),
        "waiver-basis-of-other-fee": (
            "{basis}不适用于{fee}的{kind}。",
            "Expected a basis of what is asked for, but {basis} does not cover {kind} of {fee}.",
        ),
        "waiver-kind-unknown": ("没有“{kind}”这种减免缓。", "Expected reduce, exempt, defer or instalments, but got {kind}."),
    }
)


@dataclass(frozen=True, slots=True)
class Basis:
    """``silence``: no decision in time is consent. ``max_days``: of all deferrals of one debt together."""

    key: str
    name: str
    kinds: tuple[str, ...]
    mandatory: bool
    fees: tuple[str, ...]
    apply_within_days: int | None
    decide_days: int
    decide_in_working_days: bool
    silence: bool
    max_days: int
    from_on: date
    to_on: date | None

    def decide_by(self, applied: date, calendar: WorkingDays) -> datetime:
        """The last moment for a decision, in UTC."""
        if not self.decide_in_working_days:
            return end_of(applied + timedelta(days=self.decide_days))
        return closing(applied, self.decide_days, calendar)


class _DecideSchema(Schema):
    class Meta:
        unknown = RAISE

    days = fields.Integer(required=True, validate=validate.Range(min=1))
    unit = fields.String(required=True, validate=validate.OneOf(("working", "calendar")))


class _BasisSchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True)
    name = fields.String(required=True)
    kinds = fields.List(fields.String(validate=validate.OneOf(tuple(KINDS))), required=True)
    mandatory = fields.Boolean(required=True)
    fees = fields.List(fields.String(), required=True)
    apply_within_days = fields.Integer(required=True, allow_none=True)
    decide = fields.Nested(_DecideSchema, required=True)
    silence = fields.Boolean(required=True)
    max_days = fields.Integer(required=True)
    from_on = fields.Raw(required=True, data_key="from")
    to_on = fields.Raw(required=True, data_key="to", allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Basis:
        decide = data.pop("decide")
        data |= {"kinds": tuple(data["kinds"]), "fees": tuple(data["fees"])}
        return Basis(**data, decide_days=decide["days"], decide_in_working_days=decide["unit"] == "working")


class _FileSchema(Schema):
    class Meta:
        unknown = RAISE

    basis = fields.String(required=True)
    bases = fields.List(fields.Nested(_BasisSchema), required=True)


@lru_cache(maxsize=1)
def bases() -> dict[str, Basis]:
    """All of the file, by key."""
    loaded: dict[str, Any] = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    return {one.key: one for one in loaded["bases"]}


def basis_of(key: str, kind: str, fee: str, day: date) -> Basis | None:
    """The basis an application names; None where it says that there is none.

    :raises Rejection: ``waiver-kind-unknown``, ``waiver-basis-unknown``, ``waiver-basis-of-other-fee``.
    """
    if kind not in KINDS:
        raise Rejection("waiver-kind-unknown", field="kind", kind=kind[:40])
    if key == NONE:
        return None
    found = bases().get(key)
    if found is None or day < found.from_on or (found.to_on is not None and day > found.to_on):
        raise Rejection("waiver-basis-unknown", field="basis", basis=key[:60], day=day.isoformat())
    if kind not in found.kinds or (found.fees and fee not in found.fees):
        raise Rejection("waiver-basis-of-other-fee", field="basis", basis=found.name, fee=fee, kind=KINDS[kind])
    return found
