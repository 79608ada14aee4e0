"""A year's holidays as an administrator enters them, and what they move."""

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, Whole, titled
from api.schemas.items import Day
from workflows.calendar.arrangement import MOST_DAYS
from workflows.clock import LimitName

REST = titled("放假日期（含补休）", "Days off, weekends included where the notice names them")
WORK = titled("调休上班日期", "Make-up working days")
NOTICES = titled("放假通知文号", "The notices it rests on")


class NewHolidayArrangementSchema(Input):
    """A year's arrangement (放假安排), from the State Council's notice."""

    year = Whole(2000, 2100, required=True, metadata=titled("年度", "Year"))
    rest = fields.List(Text(limit=10), required=True, metadata=REST, validate=lambda days: len(days) <= 2 * MOST_DAYS)
    work = fields.List(Text(limit=10), load_default=list, metadata=WORK, validate=lambda days: len(days) <= 2 * MOST_DAYS)
    notices = fields.List(Text(limit=200), required=True, metadata=NOTICES, validate=lambda texts: len(texts) <= 20)


class HolidayArrangementSchema(Output):
    """An arrangement with who entered it and who confirmed it."""

    id = fields.Integer(metadata=titled("编号", "Id"))
    year = fields.Integer(attribute="arrangement.year", metadata=titled("年度", "Year"))
    notices = fields.List(fields.String(), attribute="arrangement.notices", metadata=NOTICES)
    proposed_by = fields.String(metadata=titled("录入人", "Entered by"))
    proposed_at = Moment(metadata=titled("录入时间", "Entered"))
    confirmed_by = fields.String(allow_none=True, metadata=titled("确认人", "Confirmed by"))
    confirmed_at = Moment(allow_none=True, metadata=titled("确认时间", "Confirmed"))


class MovedDeadlineSchema(Output):
    """What an arrangement does to one limit of one case."""

    instance_id = fields.String(metadata=titled("流程实例", "Process instance"))
    clock = fields.String(attribute="effect.clock", metadata=titled("时钟", "Clock"))
    limit = fields.Enum(LimitName, by_value=True, attribute="effect.limit", metadata=titled("期限", "Limit"))
    before = Day(attribute="effect.before", metadata=titled("原期限", "Day before"))
    after = Day(attribute="effect.after", metadata=titled("新期限", "Day after"))
    kept = fields.Boolean(attribute="effect.kept", metadata=titled("承诺不提前", "The promise is not moved to an earlier day"))
    tell_applicant = fields.Boolean(
        attribute="effect.tell_applicant", metadata=titled("须告知申请人", "To be told to the applicant")
    )
