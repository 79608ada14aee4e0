"""The duties around a case's money, and which of them one person does not have together: one YAML file, read once. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema

from engine.core.rejection import Rejection, declare

FILE = Path(__file__).parent / "separation.yaml"

declare({"money-duty-unknown": ("没有“{duty}”这项职责。", "Expected a duty around money, but {duty} is none.")})


@dataclass(frozen=True, slots=True)
class Duties:
    """The whole file. ``incompatible``: unordered pairs of keys."""

    names: dict[str, str]
    incompatible: frozenset[frozenset[str]]

    def against(self, duty: str, done: Iterable[str]) -> str | None:
        """The first of the duties done that does not go with this one; None where all do.

        :raises Rejection: ``money-duty-unknown``.
        """
        if duty not in self.names:
            raise Rejection("money-duty-unknown", field="duty", duty=duty[:40])
        return next((other for other in sorted(done) if frozenset({duty, other}) in self.incompatible), None)


class _DutySchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True)
    name = fields.String(required=True)


class _FileSchema(Schema):
    class Meta:
        unknown = RAISE

    basis = fields.String(required=True)
    duties = fields.List(fields.Nested(_DutySchema), required=True)
    incompatible = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)

    @validates_schema
    def known(self, data: dict[str, Any], **kwargs: Any) -> None:
        keys = {duty["key"] for duty in data["duties"]}
        named = {name for duty, others in data["incompatible"].items() for name in (duty, *others)}
        if named - keys:
            raise ValidationError(f"no duty: {sorted(named - keys)}")


@lru_cache(maxsize=1)
def duties() -> Duties:
    """The table in force."""
    loaded: dict[str, Any] = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    pairs = {frozenset({duty, other}) for duty, others in loaded["incompatible"].items() for other in others}
    return Duties({duty["key"]: duty["name"] for duty in loaded["duties"]}, frozenset(pairs))
