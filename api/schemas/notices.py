"""Notices in an applicant's inbox."""

from marshmallow import fields

from api.schemas.fields import Moment, Output, titled


class NoticeSchema(Output):
    """One notice."""

    id = fields.String(metadata=titled("编号", "Id"))
    case_number = fields.String(metadata=titled("办件编号", "Case number"))
    kind = fields.String(metadata=titled("种类", "Kind"))
    title = fields.String(metadata=titled("标题", "Title"))
    text = fields.String(metadata=titled("内容", "Text"))
    posted_at = Moment(metadata=titled("发出时间", "Posted"))
    read_at = Moment(allow_none=True, metadata=titled("阅读时间", "Read"))
