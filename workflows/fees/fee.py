"""The fees there are, by the days they are in force: one YAML file, read once."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

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
class Standard:
    """How much, in fen. ``kind``: fixed, range or formula (base and step a unit, at most the cap)."""

    kind: str
    standard_fen: int = 0
    low_fen: int = 0
    high_fen: int = 0
    base_fen: int = 0
    step_fen: int = 0
    cap_fen: int = 0


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


class _StandardSchema(_Strict):
    kind = fields.String(required=True, validate=validate.OneOf(("fixed", "range", "formula")))
    standard_fen = fields.Integer(load_default=0, validate=AMOUNT)
    low_fen = fields.Integer(load_default=0, validate=AMOUNT)
    high_fen = fields.Integer(load_default=0, validate=AMOUNT)
    base_fen = fields.Integer(load_default=0, validate=AMOUNT)
    step_fen = fields.Integer(load_default=0, validate=AMOUNT)
    cap_fen = fields.Integer(load_default=0, validate=AMOUNT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Standard:
        return Standard(**data)


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
