"""What an item's content looks like, in a file, in the register and at the door: one shape, checked before anything else.

Shape only: an unfinished draft passes. What must be there before anybody can apply is :mod:`workflows.catalogue.validation`'s.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from workflows.catalogue.direct_approval import ItemClass
from workflows.catalogue.item import Consulted, FeeReference, Item, Kind, Material, OtherField, Publication, Step
from workflows.catalogue.limit import Limit, Source, Unit
from workflows.catalogue.result import Renewal, Result, ResultKind

TEXT = validate.Length(min=1, max=500)
MAX_ROWS = 60
MAX_LENGTH = 200_000
"""Characters of one item's content as JSON."""
CODE = r"^[A-Z]{2,4}-\d{3}$"


class _Strict(Schema):
    """Knows every field; builds what ``makes`` says."""

    makes: Any

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Any:
        return self.makes(**{key: tuple(value) if isinstance(value, list) else value for key, value in data.items()})


def _text(**options: Any) -> fields.String:
    return fields.String(**{"required": True, "validate": TEXT, **options})


def _whole(least: int, most: int, **options: Any) -> fields.Integer:
    return fields.Integer(**{"required": True, "strict": True, "validate": validate.Range(least, most), **options})


def _rows(kind: Any) -> fields.Field[Any]:
    nested = fields.Nested(kind) if isinstance(kind, type) else kind
    return fields.List(nested, load_default=list, validate=validate.Length(max=MAX_ROWS))


class MaterialSchema(_Strict):
    """``materials``."""

    makes = Material
    name = _text()
    name_en = _text()
    need = fields.String(required=True, validate=validate.OneOf(["required", "conditional", "optional"]))
    original = fields.Boolean(required=True)
    copies = _whole(0, 20)
    issued_by = _text()
    condition = _text(required=False, load_default=None, allow_none=True)
    basis = _text(required=False, load_default=None, allow_none=True)
    elements = _rows(fields.String(validate=TEXT))


class OtherFieldSchema(_Strict):
    """``other_fields``."""

    makes = OtherField
    field = _text()
    because = _text()


class LimitSchema(_Strict):
    """``limits``."""

    makes = Limit
    days = _whole(1, 400)
    unit = fields.Enum(Unit, by_value=True, required=True)
    source = fields.Enum(Source, by_value=True, required=True)
    basis = _text()
    from_on = fields.Date(load_default=None, allow_none=True)
    to_on = fields.Date(load_default=None, allow_none=True)


class StepSchema(_Strict):
    """``steps``."""

    makes = Step
    name = _text()
    post = _text()
    days = _whole(0, 250)


class FeeReferenceSchema(_Strict):
    """``fees``."""

    makes = FeeReference
    code = _text()
    charged_for = _text()


class RenewalSchema(_Strict):
    """``result.renewal``."""

    makes = Renewal
    apply_days_before = _whole(0, 400)
    unit = fields.Enum(Unit, by_value=True, required=True)
    basis = _text()
    silence_renews = fields.Boolean(required=True)


class ResultSchema(_Strict):
    """``result``."""

    makes = Result
    kind = fields.Enum(ResultKind, by_value=True, required=True)
    validity_months = _whole(1, 1200, allow_none=True)
    validity_basis = _text()
    renewal = fields.Nested(RenewalSchema, load_default=None, allow_none=True)


def _said() -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=500))


class PublicationSchema(_Strict):
    """``publication``."""

    makes = Publication
    sample_text = _said()
    telephone = _said()
    hours = _said()


class ConsultedSchema(_Strict):
    """``consulted``."""

    makes = Consulted
    name = _text()
    group = _text()


class ItemSchema(_Strict):
    """An item's content."""

    makes = Item
    code = fields.String(required=True, validate=validate.Regexp(CODE))
    name = _text()
    name_en = _text()
    kind = fields.Enum(Kind, by_value=True, required=True)
    item_class = fields.Enum(ItemClass, by_value=True, required=True)
    sample = fields.Boolean(required=True)
    department = _text()
    department_code = fields.String(required=True, validate=validate.Regexp(r"^\d{3}$"))
    window = _text()
    window_group = _text()
    other_windows = _rows(fields.String(validate=TEXT))
    department_group = _text()
    leader_group = _text()
    leader_signature = fields.Boolean(required=True)
    issue_first = fields.Boolean(load_default=False)
    head_must_approve = fields.Boolean(load_default=False)
    safety_related = fields.Boolean(load_default=False)
    legal_basis = _rows(fields.String(validate=TEXT))
    conditions = _rows(fields.String(validate=TEXT))
    quantity = _said()
    procedure = _rows(fields.String(validate=TEXT))
    materials = _rows(MaterialSchema)
    other_fields = _rows(OtherFieldSchema)
    limits = _rows(LimitSchema)
    promised_days = _whole(1, 250)
    notice_days = _whole(0, 30, required=False, load_default=5)
    delivery_days = _whole(0, 60, required=False, load_default=10)
    steps = _rows(StepSchema)
    free = fields.Boolean(load_default=False)
    fees = _rows(FeeReferenceSchema)
    result_document = _text()
    result = fields.Nested(ResultSchema, load_default=None, allow_none=True)
    contact = _said()
    publication = fields.Nested(PublicationSchema, load_default=lambda: Publication("", "", ""))
    appeal_channels = _rows(fields.String(validate=TEXT))
    process = _text()
    form = _text()
    form_version = _said()
    needs_site_visit = fields.Boolean(load_default=False)
    needs_hearing = fields.Boolean(load_default=False)
    needs_investigation = fields.Boolean(load_default=False)
    needs_upper_level = fields.Boolean(load_default=False)
    route_reason = _said()
    consulted = _rows(ConsultedSchema)


ITEM = ItemSchema()


def item_of(content: Mapping[str, Any]) -> Item:
    """The item a content says.

    :raises marshmallow.ValidationError: it has not the shape; the messages name the fields.
    """
    if len(orjson.dumps(content, default=str)) > MAX_LENGTH:
        raise ValidationError(f"Expected at most {MAX_LENGTH} characters.", "content")
    loaded = ITEM.load(content)
    assert isinstance(loaded, Item)
    return loaded
