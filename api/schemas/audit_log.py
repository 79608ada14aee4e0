"""The audit log."""

from marshmallow import fields

from api.schemas.fields import Choice, Moment, Output, Text, titled
from api.schemas.paging import PageQuery


class AuditQuery(PageQuery):
    """Which entries."""

    actor_id = Text(load_default=None, metadata=titled("操作人", "By"))
    action = Text(load_default=None, metadata=titled("操作", "Action"))
    subject = Text(load_default=None, limit=300, metadata=titled("对象", "Subject"))
    outcome = Choice(("accepted", "refused"), load_default=None, metadata=titled("结果", "Outcome"))


class AuditEntrySchema(Output):
    """One entry."""

    id = fields.Integer(metadata=titled("序号", "Number"))
    at = Moment(metadata=titled("时间", "At"))
    actor_id = fields.String(metadata=titled("操作人", "By"))
    action = fields.String(metadata=titled("操作", "Action"))
    subject = fields.String(allow_none=True, metadata=titled("对象", "Subject"))
    outcome = fields.String(metadata=titled("结果", "Outcome"))
    code = fields.String(allow_none=True, metadata=titled("代码", "Code"))
    detail = fields.Dict(allow_none=True, metadata=titled("内容", "Detail"))
