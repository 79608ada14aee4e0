"""Reading the catalogue: one YAML file an item, checked before anything depends on it."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from workflows.catalogue.item import Consulted, Item, Kind, Material

ITEMS = Path(__file__).parent / "items"
TEXT = validate.Length(min=1, max=500)
DAYS = validate.Range(min=1, max=250)


class CatalogueError(Exception):
    """An item's file was refused; the message names file, field and reason."""


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class MaterialSchema(_Strict):
    """``materials``."""

    name = fields.String(required=True, validate=TEXT)
    name_en = fields.String(required=True, validate=TEXT)
    need = fields.String(required=True, validate=validate.OneOf(["required", "conditional", "optional"]))
    original = fields.Boolean(required=True)
    copies = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=20))
    issued_by = fields.String(required=True, validate=TEXT)
    condition = fields.String(load_default=None, validate=TEXT)

    @validates_schema
    def a_condition_is_said(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data["need"] == "conditional") != (data["condition"] is not None):
            raise ValidationError("Expected a condition exactly where the material is conditional.", "condition")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Material:
        return Material(**data)


class ConsultedSchema(_Strict):
    """``consulted``."""

    name = fields.String(required=True, validate=TEXT)
    group = fields.String(required=True, validate=TEXT)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Consulted:
        return Consulted(**data)


def _texts(minimum: int = 1) -> "fields.List[str]":
    return fields.List(fields.String(validate=TEXT), required=True, validate=validate.Length(min=minimum))


class ItemSchema(_Strict):
    """A file. An item without legal basis, limits, materials, kind or fee statement is refused (R-03)."""

    code = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{2,4}-\d{3}$"))
    name = fields.String(required=True, validate=TEXT)
    name_en = fields.String(required=True, validate=TEXT)
    kind = fields.Enum(Kind, by_value=True, required=True)
    sample = fields.Boolean(required=True)
    department = fields.String(required=True, validate=TEXT)
    department_code = fields.String(required=True, validate=validate.Regexp(r"^\d{3}$"))
    window = fields.String(required=True, validate=TEXT)
    window_group = fields.String(required=True, validate=TEXT)
    department_group = fields.String(required=True, validate=TEXT)
    leader_group = fields.String(required=True, validate=TEXT)
    leader_signature = fields.Boolean(required=True)
    legal_basis = _texts()
    conditions = _texts()
    materials = fields.List(fields.Nested(MaterialSchema), required=True, validate=validate.Length(min=1))
    statutory_days = fields.Integer(required=True, strict=True, validate=DAYS)
    promised_days = fields.Integer(required=True, strict=True, validate=DAYS)
    fees = _texts(minimum=0)
    result_document = fields.String(required=True, validate=TEXT)
    contact = fields.String(required=True, validate=TEXT)
    appeal_channels = _texts()
    process = fields.String(required=True, validate=TEXT)
    form = fields.String(required=True, validate=TEXT)
    needs_site_visit = fields.Boolean(load_default=False)
    consulted = fields.List(fields.Nested(ConsultedSchema), load_default=list)

    @validates_schema
    def the_promise_is_no_longer_than_the_law(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["promised_days"] > data["statutory_days"]:
            raise ValidationError("Expected a promise within the statutory limit.", "promised_days")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Item:
        frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
        return Item(**frozen)


def read(path: Path) -> Item:
    """One item.

    :raises CatalogueError: the file is not a valid item.
    """
    try:
        item = ItemSchema().load(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        raise CatalogueError(f"{path.name}: {error.messages}") from error
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    assert isinstance(item, Item)
    if path.stem != item.code:
        raise CatalogueError(f"{path.name}: Expected the file to be named after its code {item.code!r}.")
    return item


@lru_cache
def load_directory(folder: Path = ITEMS) -> dict[str, Item]:
    """All items of a folder, by code. Read once in a process.

    :raises CatalogueError: a file is not a valid item.
    """
    return {item.code: item for item in map(read, sorted(folder.glob("*.yaml")))}
