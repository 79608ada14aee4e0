"""Follow-up visits after joint cases."""

from marshmallow import fields

from api.schemas.fields import Choice, Moment, Output, titled
from api.schemas.paging import PageQuery

STATUS = titled("状态", "open, visited or closed")


class FollowUpQuery(PageQuery):
    """Which visits."""

    status = Choice(("open", "visited", "closed"), load_default=None, metadata=STATUS)


class FollowUpSchema(Output):
    """A visit in the list."""

    number = fields.String(metadata=titled("回访编号", "Number"))
    case_number = fields.String(metadata=titled("办件编号", "Case"))
    item_name = fields.String(metadata=titled("事项", "Item"))
    applicant_name = fields.String(metadata=titled("业主", "Applicant"))
    status = fields.String(metadata=STATUS)
    due_at = Moment(metadata=titled("回访期限", "To be made by"))
    visited_on = fields.Date(allow_none=True, metadata=titled("回访日期", "Day"))
    visited_by = fields.String(allow_none=True, metadata=titled("回访人", "By"))
    reached = fields.String(allow_none=True, metadata=titled("是否联系上", "Reached"))
    satisfaction = fields.Integer(allow_none=True, metadata=titled("满意程度（1至5）", "Satisfaction, 1 to 5"))
    overdue_at = Moment(allow_none=True, metadata=titled("逾期时间", "Overdue since"))


class FollowUpProblemSchema(Output):
    """A problem that was found, and what was done."""

    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    matter = fields.String(metadata=titled("问题", "Matter"))
    responsible = fields.String(metadata=titled("责任窗口、部门", "Group that solves it"))
    due_on = fields.Date(metadata=titled("时限", "Day"))
    answer = fields.String(allow_none=True, metadata=titled("解决情况", "What was done"))
    answered_by = fields.String(allow_none=True, metadata=titled("办理人", "By"))
    answered_at = Moment(allow_none=True, metadata=titled("办理时间", "When"))


class FollowUpEventSchema(Output):
    """Something that happened to a visit."""

    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("何人", "Who"))
    event = fields.String(metadata=titled("事项", "What"))
    detail = fields.Raw(metadata=titled("详情", "Detail"))


class FollowUpReadingSchema(FollowUpSchema):
    """A visit with everything in it."""

    way = fields.String(allow_none=True, metadata=titled("方式", "site, phone or counter"))
    said = fields.String(allow_none=True, metadata=titled("意见", "What was said"))
    closed_at = Moment(allow_none=True, metadata=titled("办结时间", "Closed"))
    problems = fields.List(fields.Nested(FollowUpProblemSchema), metadata=titled("问题", "Problems"))
    events = fields.List(fields.Nested(FollowUpEventSchema), metadata=titled("沿革", "Log"))
