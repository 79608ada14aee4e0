"""The closed list of grounds, and the limits: one YAML file, read once."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, fields, post_load, validate

from engine.core.rejection import Rejection, declare

FILE = Path(__file__).parent / "grounds.yaml"
STEPS = ("verify", "approve", "pay", "apply_after_found")

declare(
    {"refund-ground-unknown": ("没有“{ground}”这种退付情形。", "Expected a ground that is in the list, but {ground} is none.")}
)


@dataclass(frozen=True, slots=True)
class Rules:
    """``grounds``: names by key; ``days``: working days by step."""

    grounds: dict[str, str]
    days: dict[str, int]

    def require_ground(self, key: str) -> str:
        """The name of a ground. :raises Rejection: ``refund-ground-unknown``."""
        if key not in self.grounds:
            raise Rejection("refund-ground-unknown", field="ground", ground=key[:40])
        return self.grounds[key]


class _GroundSchema(Schema):
    class Meta:
        unknown = RAISE

    key = fields.String(required=True)
    name = fields.String(required=True)


class _FileSchema(Schema):
    class Meta:
        unknown = RAISE

    basis = fields.String(required=True)
    grounds = fields.List(fields.Nested(_GroundSchema), required=True)
    days = fields.Dict(keys=fields.String(validate=validate.OneOf(STEPS)), values=fields.Integer(), required=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Rules:
        return Rules({one["key"]: one["name"] for one in data["grounds"]}, data["days"])


@lru_cache(maxsize=1)
def rules() -> Rules:
    """All of the file."""
    found: Rules = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    return found
