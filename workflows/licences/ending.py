"""Ends of a licence: the closed list of ways and grounds (APPL Art. 8, 69, 70, 80)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare
from workflows.licences.licence import NAMES, Licence, State

ENDINGS = Path(__file__).parent / "endings.yaml"
WAYS = (State.REVOKED, State.RESCINDED, State.FORFEITED, State.CANCELLED)
TEXT = validate.Length(min=1, max=200)

declare(
    {
        "licence-ending-unknown": (
            "“{way}”没有“{ground}”这种法定情形。",
            "Expected a ground of the law for {way}, but {ground} is none.",
        ),
        "licence-ending-not-now": (
            "证照{licence}当前状态为“{state}”，不能因“{ground}”{way}。",
            "Licence {licence} is {state_en}; it cannot become {way_en} on this ground.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Ending:
    """One row of ``endings.yaml``."""

    way: State
    ground: str
    name: str
    basis: str
    after: tuple[State, ...]
    must: bool = False
    compensation: bool = False
    ban: str | None = None


class _EndingSchema(Schema):
    class Meta:
        unknown = RAISE

    way = fields.Enum(State, by_value=True, required=True, validate=validate.OneOf(WAYS))
    ground = fields.String(required=True, validate=validate.Regexp(r"^[a-z]+(-[a-z]+)*$"))
    name = fields.String(required=True, validate=TEXT)
    basis = fields.String(required=True, validate=TEXT)
    after = fields.List(fields.Enum(State, by_value=True), required=True, validate=validate.Length(min=1))
    must = fields.Boolean(load_default=False)
    compensation = fields.Boolean(load_default=False)
    ban = fields.String(load_default=None, validate=validate.Regexp(r"^[a-z-]+$"))

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Ending:
        return Ending(**{**data, "after": tuple(data["after"])})


@lru_cache
def endings() -> Mapping[tuple[str, str], Ending]:
    """Every ending by way and ground. Read once in a process.

    :raises marshmallow.ValidationError: the table is not what the program understands.
    """
    rows = _EndingSchema(many=True).load(yaml.safe_load(ENDINGS.read_text("utf-8")))
    assert isinstance(rows, list)
    return {(row.way.value, row.ground): row for row in rows}


def require_ending(licence: Licence, way: str, ground: str, day: date) -> Ending:
    """The ending, if it may befall the licence on that day.

    :raises Rejection: ``licence-ending-unknown``, ``licence-ending-not-now``.
    """
    ending = endings().get((way, ground))
    if ending is None:
        named = NAMES[State(way)] if way in WAYS else way[:40]
        raise Rejection("licence-ending-unknown", field="ground", way=named, ground=ground[:40])
    state = licence.state(day)
    if state not in ending.after:
        said = {"licence": licence.number, "state": NAMES[state], "state_en": state.value}
        raise Rejection(
            "licence-ending-not-now", field="ground", **said, ground=ending.name, way=NAMES[ending.way], way_en=ending.way.value
        )
    return ending
