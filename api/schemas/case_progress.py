"""What an applicant who has the receipt may see of the case."""

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, titled
from api.schemas.items import Day

NUMBER = titled("办件编号", "Case number")


class CaseProgressQuerySchema(Input):
    """The two things on the receipt. In the body, so that no log of addresses keeps the code."""

    number = Text(required=True, least=1, limit=50, metadata=NUMBER)
    pass_code = Text(required=True, least=1, limit=20, metadata=titled("查询密码", "Pass code"))


class ProgressStepSchema(Output):
    """A status the case entered."""

    at = Moment(metadata=titled("时间", "When"))
    status = fields.String(metadata=titled("状态", "Status"))
    name = fields.String(metadata=titled("状态名称", "Name of the status, in the asker's language"))


class ProgressClockSchema(Output):
    """A limit in words: how many days are left, or why it stands still."""

    title = fields.String(metadata=titled("期限", "Limit"))
    text = fields.String(metadata=titled("说明", "In words"))
    colour = fields.String(metadata=titled("灯", "Light"))
    promised_on = Day(allow_none=True, metadata=titled("承诺期限", "Promised day"))
    statutory_on = Day(allow_none=True, metadata=titled("法定期限", "Day by law"))


class CaseProgressSchema(Output):
    """Where a case stands. Names are masked: a receipt may be lost."""

    number = fields.String(metadata=NUMBER)
    item_name = fields.String(metadata=titled("事项", "Item"))
    department = fields.String(metadata=titled("部门", "Department"))
    applicant = fields.String(metadata=titled("申请人", "Applicant, masked"))
    status = fields.String(metadata=titled("状态", "Status"))
    status_name = fields.String(metadata=titled("状态名称", "Name of the status"))
    received_at = Moment(metadata=titled("收件时间", "Received"))
    steps = fields.List(fields.Nested(ProgressStepSchema))
    clocks = fields.List(fields.Nested(ProgressClockSchema))
