"""When departments agree: unanimity, or a quorum with vetoes; which of them holds for a path is data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from engine.core.rejection import Rejection, declare

TABLE = Path(__file__).with_name("agreement.yaml")
MOST = 100

declare(
    {
        "joint-opinion-opposed": (
            "{departments}不同意，联合审查不能作出准予的结论。",
            "Expected unanimity for a grant, but {departments} disagree.",
        ),
        "joint-opinion-vetoed": (
            "{departments}有一票否决权，其不同意的，不能作出准予的结论。",
            "Expected no veto for a grant, but {departments} disagree.",
        ),
        "joint-quorum-missed": (
            "同意的部门{agreed}个，不足{needed}个，不能作出准予的结论。",
            "Expected {needed} departments to agree for a grant, but {agreed} do.",
        ),
    }
)


class Rule(StrEnum):
    """How opinions are put together."""

    UNANIMITY = "unanimity"
    QUORUM = "quorum"


@dataclass(frozen=True, slots=True)
class Agreement:
    """``of`` in ``among`` must agree; both count only for a quorum. ``veto``: departments nobody overrules."""

    rule: Rule = Rule.UNANIMITY
    of: int = 1
    among: int = 1
    veto: tuple[str, ...] = ()

    def needed(self, answers: int) -> int:
        """How many of so many departments must agree: a share that is not whole is the next whole number."""
        return answers if self.rule is Rule.UNANIMITY else -(-answers * self.of // self.among)


class _AgreementSchema(Schema):
    class Meta:
        unknown = RAISE

    rule = fields.Enum(Rule, by_value=True, required=True)
    of = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MOST))
    among = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, MOST))
    veto = fields.List(fields.String(validate=validate.Length(1, 60)), load_default=list)

    @validates_schema
    def the_share_is_at_most_one(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["of"] > data["among"]:
            raise ValidationError("Expected at most all of them.", "of")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Agreement:
        return Agreement(**{**data, "veto": tuple(data["veto"])})


@lru_cache(maxsize=1)
def agreements() -> Mapping[str, Agreement]:
    """By path. Read once in a process.

    :raises marshmallow.ValidationError: the table is not what the program understands.
    """
    table: dict[str, Any] = yaml.safe_load(TABLE.read_text("utf-8"))
    schema = _AgreementSchema()
    return {path: schema.load(row) for path, row in table.items()}


def require_agreement(agreement: Agreement, opinions: Mapping[str, bool]) -> None:
    """``opinions``: by what was asked, ``department：permit``, whether it was agreed to.

    :raises Rejection: ``joint-opinion-opposed``, ``joint-opinion-vetoed``, ``joint-quorum-missed``.
    """
    opposed = [name for name, agreed in opinions.items() if not agreed]
    if not opposed:
        return
    if agreement.rule is Rule.UNANIMITY:
        raise Rejection("joint-opinion-opposed", departments="、".join(opposed))
    vetoed = [name for name in opposed if name.split("：")[0] in agreement.veto]
    if vetoed:
        raise Rejection("joint-opinion-vetoed", departments="、".join(vetoed))
    agreed, needed = len(opinions) - len(opposed), agreement.needed(len(opinions))
    if agreed < needed:
        raise Rejection("joint-quorum-missed", agreed=agreed, needed=needed)
