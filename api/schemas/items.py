"""The catalogue of items: what applicants read, and what designers and the committee work with."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Messages, Moment, Output, Text, Whole, titled
from api.schemas.fields import Variables as Content
from api.schemas.paging import PageQuery
from workflows.catalogue.item import Kind
from workflows.catalogue.version import State

CODE = titled("事项编码", "Code")
VERSION = titled("版本", "Version")
REASON = titled("理由", "Reason")
DOCUMENT = titled("依据文件", "Document it rests on")
FROM = titled("生效日期", "First day in force")
STATE = titled("状态", "State")
KIND = titled("办件类型", "Kind of case")
DEPARTMENT = titled("部门", "Department")
OF_DAY: Messages = {"required": "required", "null": "required", "invalid": "not-a-day", "format": "not-a-day"}


class Day(fields.Date):
    """A day of the hall, ISO 8601."""

    default_error_messages = OF_DAY


class PublicItemQuery(PageQuery):
    """Which items."""

    department = Text(limit=60, load_default=None, metadata=DEPARTMENT)
    kind = Choice([kind.value for kind in Kind], load_default=None, metadata=KIND)
    text = Text(limit=100, load_default=None, metadata=titled("编码或者名称", "Part of code or name"))


class ItemQuery(PublicItemQuery):
    """Which items, in whatever state."""

    state = Choice([state.value for state in State], load_default=None, metadata=STATE)


class ItemLineSchema(Output):
    """An item in a list: its version that counts for applicants, or its latest draft where none does yet."""

    code = fields.String(metadata=CODE)
    name = fields.String(metadata=titled("名称", "Name"))
    name_en = fields.String(metadata=titled("英文名称", "Name in English"))
    kind = fields.Enum(Kind, by_value=True, metadata=KIND)
    department = fields.String(metadata=DEPARTMENT)
    window = fields.String(metadata=titled("窗口", "Window"))
    statutory_days = fields.Integer(metadata=titled("法定期限（工作日）", "Statutory limit (working days)"))
    promised_days = fields.Integer(metadata=titled("承诺期限（工作日）", "Promised limit (working days)"))
    free = fields.Boolean(metadata=titled("免费", "Free"))
    result_document = fields.String(metadata=titled("结果文书", "Result"))
    version = fields.Integer(metadata=VERSION)
    latest_version = fields.Integer(metadata=titled("最新版本", "Latest version"))
    state = fields.Enum(State, by_value=True, metadata=STATE)
    sample = fields.Boolean(metadata=titled("样例", "Sample"))


class PublicItemSchema(Output):
    """Everything that is published of an item (APPL Art. 30)."""

    code = fields.String(metadata=CODE)
    version = fields.Integer(metadata=VERSION)
    content = fields.Dict(metadata=titled("事项内容", "Content"))


class KeptBackSchema(Output):
    """An item the window could decide and does not."""

    code = fields.String(metadata=CODE)
    name = fields.String(metadata=titled("名称", "Name"))
    department = fields.String(metadata=DEPARTMENT)
    reason = fields.String(metadata=REASON)


class AuthorisationSchema(Output):
    """How far departments let their windows decide (授权到位率)."""

    direct = fields.Integer(metadata=titled("依D1应由窗口直接办理的事项", "Items the window could decide by D1"))
    immediate = fields.Integer(metadata=titled("窗口直接办理的事项", "Items the window decides"))
    kept_back = fields.List(fields.Nested(KeptBackSchema), metadata=titled("未授权的事项", "Items kept back"))


class ItemVersionSchema(Output):
    """A version of an item."""

    code = fields.String(metadata=CODE)
    version = fields.Integer(metadata=VERSION)
    based_on = fields.Integer(allow_none=True, metadata=titled("修改自", "Changed from version"))
    state = fields.Enum(State, by_value=True, metadata=STATE)
    from_on = fields.Date(allow_none=True, metadata=FROM)
    digest = fields.String(metadata=titled("内容摘要（SHA-256）", "SHA-256 of the content"))
    created_by = fields.String(metadata=titled("起草人", "Drafted by"))
    created_at = Moment(metadata=titled("起草时间", "Drafted"))
    reason = fields.String(metadata=REASON)


class WholeItemVersionSchema(ItemVersionSchema):
    """A version with its content."""

    content = fields.Dict(metadata=titled("事项内容", "Content"))


class ItemEventSchema(Output):
    """A version entered a state."""

    version = fields.Integer(metadata=VERSION)
    state = fields.Enum(State, by_value=True, metadata=STATE)
    from_on = fields.Date(allow_none=True, metadata=FROM)
    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("经办人", "Person"))
    reason = fields.String(metadata=REASON)
    document = fields.String(metadata=DOCUMENT)


class DifferenceQuery(Input):
    """Which two versions."""

    before = Whole(1, 100_000, required=True, metadata=titled("前一版", "Before"))
    after = Whole(1, 100_000, required=True, metadata=titled("后一版", "After"))


class ItemDifferenceSchema(Output):
    """A field that differs; null where it is not in one of them."""

    field = fields.String(metadata=titled("字段", "Field"))
    before = fields.Raw(allow_none=True, metadata=titled("修改前", "Before"))
    after = fields.Raw(allow_none=True, metadata=titled("修改后", "After"))


class ItemFindingSchema(Output):
    """What keeps a version from being published."""

    code = fields.String(metadata=titled("代码", "Code"))
    field = fields.String(metadata=titled("字段", "Field"))
    sentence = fields.String(metadata=titled("说明", "What is wrong"))


class ItemDraftSchema(Input):
    """A draft: of a new item, or (``based_on``) of one there is."""

    content = Content(required=True, metadata=titled("事项内容", "Content"))
    reason = Text(required=True, limit=500, metadata=REASON)
    based_on = Whole(1, 100_000, load_default=None, allow_none=True, metadata=titled("修改自", "The version it changes"))


class ItemSubmissionSchema(Input):
    """A draft goes to the legal check."""

    reason = Text(limit=500, load_default="", metadata=REASON)


class ItemMoveSchema(Input):
    """What the legal office or the committee decides of a version."""

    state = Choice(
        [state.value for state in State if state is not State.LEGAL_CHECK], required=True, metadata=titled("转为", "Into state")
    )
    from_on = Day(load_default=None, allow_none=True, metadata=FROM)
    reason = Text(limit=500, load_default="", metadata=REASON)
    document = Text(limit=200, load_default="", metadata=DOCUMENT)
