"""Licences the hall gave: for those who work with them, and what anybody may check."""

from marshmallow import fields

from api.schemas.fields import Moment, Output, Text, titled
from api.schemas.items import Day
from api.schemas.paging import PageQuery
from workflows.licences.licence import State

NUMBER = titled("证照编号", "Number of the licence")


class LicenceQuery(PageQuery):
    """Which licences."""

    item_code = Text(limit=10, load_default=None, metadata=titled("事项编码", "Item"))
    expires_from = Day(load_default=None, metadata=titled("有效期届满不早于", "Last day not before"))
    expires_until = Day(load_default=None, metadata=titled("有效期届满不晚于", "Last day not after"))


class PublicLicenceSchema(Output):
    """What everybody may know of a licence (APPL Art. 40)."""

    number = fields.String(metadata=NUMBER)
    item_name = fields.String(metadata=titled("事项", "Item"))
    result_document = fields.String(metadata=titled("证件名称", "Name of the paper"))
    department = fields.String(metadata=titled("发证机关", "Given by"))
    holder_name = fields.String(metadata=titled("持证人", "Holder; of a person the first character only"))
    issued_on = Day(metadata=titled("发证日期", "Given on"))
    valid_until = Day(allow_none=True, metadata=titled("有效期至", "Last day; null without end"))
    state = fields.Enum(State, by_value=True, metadata=titled("状态", "State today"))


class LicenceSchema(PublicLicenceSchema):
    """A licence as the hall sees it."""

    item_code = fields.String(metadata=titled("事项编码", "Item code"))
    case_number = fields.String(metadata=titled("办件编号", "Case it was given in"))
    masked_identity = fields.String(metadata=titled("持证人证件号码", "Holder's number, masked"))


class LicenceEventSchema(Output):
    """A line of a licence's ledger."""

    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("经办人", "Person"))
    event = fields.String(metadata=titled("事件", "Event"))
    case_number = fields.String(metadata=titled("办件编号", "Case"))
    document = fields.String(metadata=titled("文书", "Document"))
    valid_until = Day(allow_none=True, metadata=titled("此后有效期至", "Last day after it"))
