"""The fees there are, by the days they are in force: one YAML file, read once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

FILE = Path(__file__).parent / "fees.yaml"
INCOMES = ("own", "upper-level", "government-fund")
LEVELS = ("law", "administrative-regulation", "provincial", "county")
AMOUNT = validate.Range(min=0)


@dataclass(frozen=True, slots=True)
class Paper:
    """A charge document (收费文件) or permit (收费许可证). ``level``: of who issued the document."""

    number: str
    from_on: date
    to_on: date | None
    level: str = ""

    def valid(self, day: date) -> bool:
        """Whether it holds on a day; the last day counts."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Tier:
    """A band of a standard by tiers: ``step_fen`` for each unit above ``over``, up to ``up_to`` (None: without end)."""

    over: int
    up_to: int | None
    step_fen: int


@dataclass(frozen=True, slots=True)
class Standard:
    """How much, in fen. ``kind``: fixed, range, formula (base and step a unit, at most the cap), percent, or tiers.

    ``rate_bp``: of a percentage, in hundredths of a percent of a quantity that is an amount in fen, parts of a fen left off; at
    most the cap, where there is one. ``tiers``: each band of the quantity by its own step.
    """

    kind: str
    standard_fen: int = 0
    low_fen: int = 0
    high_fen: int = 0
    base_fen: int = 0
    step_fen: int = 0
    cap_fen: int = 0
    rate_bp: int = 0
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Fee:
    """A version of a fee. ``items``: those it may be charged with, and no others (R-47b); ``quantity_field``: of the form.

    ``income``: the county's own fee, income of another level, or a government fund; the last two are not the county's to waive.
    ``verification``: the committee's record of the low end of a range (R-43). ``linked``: delivery waits for it; false
    where the law forbids the link (R-50).
    """

    code: str
    version: str
    name: str
    department: str
    in_force: Paper
    fund_nature: str
    document: Paper
    permit: Paper | None
    standard: Standard
    quantity_field: str
    items: tuple[str, ...]
    income: str = "own"
    verification: Paper | None = None
    linked: bool = True


@dataclass(frozen=True, slots=True)
class FundNature:
    """Where money goes (R-39). ``to_on``: its last day (X-06)."""

    key: str
    name: str
    destination: str
    to_on: date | None


@dataclass(frozen=True, slots=True)
class FeeBook:
    """The whole file. ``law_from``: of the Administrative Licensing Law; ``permits_until``: the last day one is asked for."""

    law_from: date
    permits_until: date
    fund_natures: tuple[FundNature, ...]
    fees: tuple[Fee, ...]


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class _Day(fields.Field[date]):
    """A day, as YAML or as JSON has it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise ValidationError("not a day") from error


class _PaperSchema(_Strict):
    number = fields.String(required=True, validate=validate.Length(1, 60))
    level = fields.String(load_default="", validate=validate.OneOf(("", *LEVELS)))
    from_on = _Day(required=True, data_key="from")
    to_on = _Day(required=True, data_key="to", allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Paper:
        return Paper(**data)


class _TierSchema(_Strict):
    over = fields.Integer(required=True, validate=AMOUNT)
    up_to = fields.Integer(required=True, allow_none=True, validate=AMOUNT)
    step_fen = fields.Integer(required=True, validate=AMOUNT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Tier:
        return Tier(**data)


class _StandardSchema(_Strict):
    kind = fields.String(required=True, validate=validate.OneOf(("fixed", "range", "formula", "percent", "tiers")))
    standard_fen = fields.Integer(load_default=0, validate=AMOUNT)
    low_fen = fields.Integer(load_default=0, validate=AMOUNT)
    high_fen = fields.Integer(load_default=0, validate=AMOUNT)
    base_fen = fields.Integer(load_default=0, validate=AMOUNT)
    step_fen = fields.Integer(load_default=0, validate=AMOUNT)
    cap_fen = fields.Integer(load_default=0, validate=AMOUNT)
    rate_bp = fields.Integer(load_default=0, validate=validate.Range(0, 10_000))
    tiers = fields.List(fields.Nested(_TierSchema), load_default=list)

    @validates_schema
    def bands(self, data: dict[str, Any], **kwargs: Any) -> None:
        """Tiers follow one another from zero on, and only the last is without end."""
        reached: int | None = 0
        for tier in data["tiers"]:
            if tier.over != reached or (tier.up_to is not None and tier.up_to <= tier.over):
                raise ValidationError("tiers do not follow one another")
            reached = tier.up_to
        if data["kind"] == "tiers" and (not data["tiers"] or reached is not None):
            raise ValidationError("tiers have no last one")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Standard:
        return Standard(**{**data, "tiers": tuple(data["tiers"])})


class _FeeSchema(_Strict):
    code = fields.String(required=True)
    version = fields.String(required=True)
    name = fields.String(required=True)
    department = fields.String(required=True)
    from_on = _Day(required=True, data_key="from")
    to_on = _Day(required=True, data_key="to", allow_none=True)
    fund_nature = fields.String(required=True)
    document = fields.Nested(_PaperSchema, required=True)
    permit = fields.Nested(_PaperSchema, required=True, allow_none=True)
    standard = fields.Nested(_StandardSchema, required=True)
    quantity_field = fields.String(required=True)
    items = fields.List(fields.String(), required=True)
    income = fields.String(load_default="own", validate=validate.OneOf(INCOMES))
    verification = fields.Nested(_PaperSchema, load_default=None, allow_none=True)
    linked = fields.Boolean(load_default=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Fee:
        period = Paper(data["code"], data.pop("from_on"), data.pop("to_on"))
        return Fee(**{**data, "items": tuple(data["items"])}, in_force=period)


class _NatureSchema(_Strict):
    key = fields.String(required=True)
    name = fields.String(required=True)
    destination = fields.String(required=True)
    to_on = _Day(required=True, data_key="to", allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> FundNature:
        return FundNature(**data)


class _FileSchema(_Strict):
    basis = fields.String(required=True)
    law_from = _Day(required=True)
    permits_until = _Day(required=True)
    fund_natures = fields.List(fields.Nested(_NatureSchema), required=True)
    fees = fields.List(fields.Nested(_FeeSchema), required=True)


@lru_cache(maxsize=1)
def fee_book() -> FeeBook:
    """The fees as the file lists them."""
    loaded: dict[str, Any] = _FileSchema().load(yaml.safe_load(FILE.read_text("utf-8")))
    lists = {"fund_natures": tuple(loaded["fund_natures"]), "fees": tuple(loaded["fees"])}
    return FeeBook(law_from=loaded["law_from"], permits_until=loaded["permits_until"], **lists)


def fee_of(content: dict[str, Any]) -> Fee:
    """A fee out of what was entered of it.

    :raises ValidationError: something is missing, unknown or of the wrong kind.
    """
    found: Fee = _FeeSchema().load(content)
    return found
