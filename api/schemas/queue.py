"""Queue tickets."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, titled
from api.schemas.organisation import Day
from api.schemas.paging import PageQuery
from workflows.queue.queue import ClosedAs

WINDOW = titled("窗口", "Window")
NUMBER = titled("号码", "Number")


class TakeTicketSchema(Input):
    """To which window."""

    window = Text(required=True, metadata=WINDOW)


class QueueTicketSchema(Output):
    """What somebody holds."""

    day = fields.Date(metadata=titled("日期", "Day"))
    window = fields.String(metadata=WINDOW)
    number = fields.Integer(metadata=NUMBER)


class QueueTicketRowSchema(QueueTicketSchema):
    """A ticket and what it became."""

    taken_at = Moment(metadata=titled("取号时间", "Taken at"))
    called_at = Moment(allow_none=True, metadata=titled("叫号时间", "Called at"))
    called_by = fields.String(allow_none=True, metadata=titled("叫号人", "Called by"))
    case_number = fields.String(allow_none=True, metadata=titled("办件编号", "Case"))
    closed_as = fields.String(allow_none=True, metadata=titled("其他业务", "What it was instead"))
    remark = fields.String(allow_none=True, metadata=titled("说明", "Remark"))
    ended_at = Moment(allow_none=True, metadata=titled("办结时间", "Ended at"))


class QueueDayQuery(PageQuery):
    """Which day."""

    day = Day(load_default=None, allow_none=True, metadata=titled("日期", "Day, today by default"))


class ServeTicketSchema(Input):
    """The case it became."""

    case = Text(required=True, metadata=titled("办件编号", "Case"))


class CloseTicketSchema(Input):
    """What it was instead."""

    closed_as = Choice(sorted(ClosedAs), required=True, metadata=titled("业务类别", "What it was"))
    remark = Text(load_default="", metadata=titled("说明", "Remark"))
