"""What may stop a clock: the closed list of Art. 45, and what a published rule adds for the promise alone (rules.md 2.4).

Site visits, consultation, waiting for payment, a leader's absence and a second list of missing materials are in neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from marshmallow import fields, post_load, validate

from engine.core.rejection import Rejection
from workflows.clock.kind import TEXT, StrictSchema, read_rows

GROUNDS = Path(__file__).parent / "rules" / "grounds.yaml"


class LimitName(StrEnum):
    STATUTORY = "statutory"
    """法定期限."""
    PROMISED = "promised"
    """承诺期限; also any other limit that we set ourselves."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground with its article. ``stops``: the limits that stand still."""

    code: str
    name: str
    name_en: str
    in_force_from: date
    basis: str
    stops: frozenset[LimitName]
    sample: bool = False


class _GroundSchema(StrictSchema):
    code = fields.String(required=True, validate=validate.Regexp(r"^[a-z-]+$"))
    name = fields.String(required=True, validate=TEXT)
    name_en = fields.String(required=True, validate=TEXT)
    in_force_from = fields.Date(required=True, data_key="from")
    basis = fields.String(required=True, validate=TEXT)
    stops = fields.List(fields.Enum(LimitName, by_value=True), required=True, validate=validate.Length(min=1))
    sample = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Ground:
        return Ground(**{**data, "stops": frozenset(data["stops"])})


@lru_cache
def grounds(path: Path = GROUNDS) -> Mapping[str, Ground]:
    """The grounds by code.

    :raises marshmallow.ValidationError: the table is not what the program understands.
    """
    loaded = _GroundSchema(many=True).load(read_rows(path))
    assert isinstance(loaded, list)
    return {ground.code: ground for ground in loaded}


def find_ground(name: str, day: date) -> Ground:
    """A ground by its code or its Chinese name, if it was one on that day.

    :raises Rejection: ``pause-ground-not-in-law``.
    """
    for ground in grounds().values():
        if name in (ground.code, ground.name) and ground.in_force_from <= day:
            return ground
    raise Rejection("pause-ground-not-in-law", field="ground", ground=name[:40])
