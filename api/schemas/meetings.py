"""Joint meetings and what was decided in them."""

from marshmallow import fields

from api.schemas.fields import Moment, Output, titled
from api.schemas.paging import PageQuery


class MeetingQuery(PageQuery):
    """The whole list; a page at a time."""


class MeetingSchema(Output):
    """A joint meeting in the list."""

    number = fields.String(metadata=titled("会议编号", "Number"))
    quarter = fields.String(metadata=titled("季度", "Quarter"))
    status = fields.String(metadata=titled("状态", "convened, announced, recorded, signed or closed"))
    convened_by = fields.String(metadata=titled("召集人", "Convened by"))
    convened_at = Moment(metadata=titled("召集时间", "Convened"))
    held_on = fields.Date(allow_none=True, metadata=titled("会期", "Held on"))
    place = fields.String(allow_none=True, metadata=titled("地点", "Place"))
    signed_by = fields.String(allow_none=True, metadata=titled("签认人", "Signed by"))
    signed_at = Moment(allow_none=True, metadata=titled("签认时间", "Signed"))
    closed_at = Moment(allow_none=True, metadata=titled("办结时间", "Closed"))


class MeetingPointSchema(Output):
    """A point of the agenda. Its number is that of the card, letter, complaint or decision it comes from."""

    kind = fields.String(metadata=titled("类别", "decision, card, press-letter, complaint or added"))
    number = fields.String(metadata=titled("编号", "Number"))
    matter = fields.String(metadata=titled("议题", "Matter"))
    conclusion = fields.String(metadata=titled("结论", "Conclusion; not before the meeting"))


class MeetingAttendanceSchema(Output):
    """A body that meets."""

    body = fields.String(metadata=titled("单位代码", "Code"))
    name = fields.String(metadata=titled("单位", "Body"))
    present = fields.Boolean(metadata=titled("出席", "Present"))
    people = fields.String(allow_none=True, metadata=titled("出席人员", "Who"))


class MeetingDecisionSchema(Output):
    """A decision, who answers for it, and what became of it."""

    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    matter = fields.String(metadata=titled("议定事项", "Matter"))
    responsible = fields.String(metadata=titled("责任窗口、部门", "Group that answers for it"))
    due_on = fields.Date(metadata=titled("时限", "Day"))
    status = fields.String(metadata=titled("状态", "open, reported or done"))
    report = fields.String(allow_none=True, metadata=titled("落实情况", "What was done"))
    reported_by = fields.String(allow_none=True, metadata=titled("报告人", "Reported by"))
    checked_by = fields.String(allow_none=True, metadata=titled("核实人", "Checked by"))
    done_at = Moment(allow_none=True, metadata=titled("落实时间", "Done"))
    overdue_at = Moment(allow_none=True, metadata=titled("逾期时间", "Overdue since"))


class MeetingEventSchema(Output):
    """Something that happened to a meeting or a decision of it."""

    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("何人", "Who"))
    event = fields.String(metadata=titled("事项", "What"))
    detail = fields.Raw(metadata=titled("详情", "Detail"))


class MeetingReadingSchema(MeetingSchema):
    """A joint meeting with everything in it."""

    agenda = fields.List(fields.Nested(MeetingPointSchema), metadata=titled("议题", "Agenda"))
    attendance = fields.List(fields.Nested(MeetingAttendanceSchema), allow_none=True, metadata=titled("签到", "Attendance"))
    minutes = fields.String(allow_none=True, metadata=titled("会议纪要", "Minutes"))
    recorded_by = fields.String(allow_none=True, metadata=titled("记录人", "Minutes kept by"))
    decisions = fields.List(fields.Nested(MeetingDecisionSchema), metadata=titled("议定事项", "Decisions"))
    events = fields.List(fields.Nested(MeetingEventSchema), metadata=titled("沿革", "Log"))
