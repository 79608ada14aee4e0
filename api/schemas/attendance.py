"""Attendance, leave, duty and the monthly score."""

from marshmallow import fields, validate

from api.schemas.fields import Choice, Flag, Input, Output, Text, Whole, titled
from api.schemas.organisation import ACCOUNT, FROM, REASON, UNTIL, Day
from workflows.organisation.assessment import RULES

POINTS = titled("分值（百分之一分）", "Points, in hundredths")
MONTH = titled("月份", "Month")


class SwipeSchema(Output):
    """A swipe of one's own."""

    swipe = fields.Integer(metadata=titled("第几次", "Which of the four"))


class SignatureSchema(Input):
    """A missing swipe the committee signs for."""

    account_id = Text(required=True, least=1, metadata=ACCOUNT)
    day = Day(required=True, metadata=titled("日期", "Day"))
    swipe = Whole(1, 4, required=True, metadata=titled("第几次", "Which of the four"))
    reason = Text(required=True, least=1, limit=500, metadata=REASON)


class NewLeaveSchema(Input):
    """Leave one asks for oneself."""

    substitute = Text(required=True, least=1, metadata=titled("顶岗人", "Substitute"))
    from_on = Day(required=True, metadata=FROM)
    until_on = Day(required=True, metadata=UNTIL)
    reason = Text(required=True, least=1, limit=500, metadata=REASON)


class CreatedSchema(Output):
    """The number of what was entered."""

    id = fields.Integer(metadata=titled("编号", "Number"))


class LeaveSchema(Output):
    """A request for leave."""

    id = fields.Integer(metadata=titled("编号", "Number"))
    account_id = fields.String(metadata=ACCOUNT)
    substitute = fields.String(metadata=titled("顶岗人", "Substitute"))
    from_on = fields.Date(metadata=FROM)
    until_on = fields.Date(metadata=UNTIL)
    reason = fields.String(metadata=REASON)
    approved = fields.Boolean(allow_none=True, metadata=titled("批准", "Approved"))
    decided_by = fields.String(allow_none=True, metadata=titled("审批人", "Decided by"))


class LeaveDecisionSchema(Input):
    """What is decided on a request."""

    approved = Flag(required=True, metadata=titled("批准", "Approved"))


class DutySchema(Output):
    """Who is on duty on a day."""

    day = fields.Date(metadata=titled("日期", "Day"))
    leader = fields.String(metadata=titled("值班领导", "Duty leader"))
    floor_manager = fields.String(metadata=titled("大厅值班", "Floor manager"))


class NewDutySchema(Input):
    """Who is to be on duty."""

    leader = Text(required=True, least=1, metadata=titled("值班领导", "Duty leader"))
    floor_manager = Text(required=True, least=1, metadata=titled("大厅值班", "Floor manager"))


class ScoreQuery(Input):
    """Whose score of which month."""

    account_id = Text(required=True, least=1, metadata=ACCOUNT)
    month = Day(required=True, metadata=titled("月份中任意一日", "Any day of the month"))


class PointsSchema(Output):
    """A line of a score."""

    rule = fields.String(metadata=titled("规则", "Rule"))
    points = fields.Integer(metadata=POINTS)
    source = fields.String(metadata=titled("来源", "Source"))
    counts = fields.Boolean(metadata=titled("计入", "Counts"))


class ScoreSchema(Output):
    """A month's score with its formula."""

    total = fields.Integer(metadata=titled("总分（百分之一分）", "Total, in hundredths"))
    formula = fields.String(metadata=titled("计算式", "Formula"))
    lines = fields.List(fields.Nested(PointsSchema))


class NewPointsSchema(Input):
    """A line to enter."""

    account_id = Text(required=True, least=1, metadata=ACCOUNT)
    month = fields.String(
        required=True,
        validate=validate.Regexp(r"^\d{4}-(0[1-9]|1[0-2])\Z", error="not-a-month"),
        error_messages={"required": "required", "null": "required", "invalid": "not-text"},
        metadata=MONTH,
    )
    rule = Choice(sorted(RULES), required=True, metadata=titled("规则", "Rule"))
    points = Whole(-10_000, 10_000, required=True, metadata=POINTS)
    source = Text(required=True, least=1, metadata=titled("来源", "Source"))
