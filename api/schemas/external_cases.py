"""Cases that systems run from above report."""

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, titled
from api.schemas.hall_registers import DOCUMENT, ENTERED_BY, ITEM
from api.schemas.organisation import DEPARTMENT, FROM, UNTIL, Day

SYSTEM = titled("业务系统", "System")
NUMBER = titled("外部办件编号", "Number there")
RECEIVED = titled("收件时间", "Received at")
DECIDED = titled("决定时间", "Decided at")
OUTCOME = titled("结果", "Outcome")


class NewPermitSchema(Input):
    """Whose cases a system may report, and in which days."""

    document = Text(limit=60, required=True, metadata=DOCUMENT)
    system = Text(limit=40, required=True, metadata=SYSTEM)
    department = Text(limit=60, required=True, metadata=DEPARTMENT)
    from_on = Day(required=True, metadata=FROM)
    until_on = Day(required=True, metadata=UNTIL)


class ReportedSchema(Input):
    """A case as the other system says it was."""

    number = Text(limit=60, required=True, metadata=NUMBER)
    item = Text(limit=20, required=True, metadata=ITEM)
    applicant = Text(limit=100, required=True, metadata=titled("申请人", "Applicant"))
    received_at = Moment(required=True, metadata=RECEIVED)
    decided_at = Moment(load_default=None, allow_none=True, metadata=DECIDED)
    outcome = Text(limit=20, load_default=None, allow_none=True, metadata=OUTCOME)


class TakeOverSchema(Input):
    """Cases of one department."""

    system = Text(limit=40, required=True, metadata=SYSTEM)
    department = Text(limit=60, required=True, metadata=DEPARTMENT)
    cases = fields.List(fields.Nested(ReportedSchema), required=True, metadata=titled("办件", "Cases"))


class TakenOverSchema(Output):
    """How many were new."""

    new = fields.Integer(metadata=titled("新登记的办件数", "New"))


class ExternalCaseSchema(Output):
    """A case of another system, and when it was entered here."""

    system = fields.String(metadata=SYSTEM)
    number = fields.String(metadata=NUMBER)
    item_code = fields.String(metadata=ITEM)
    department = fields.String(metadata=DEPARTMENT)
    applicant = fields.String(metadata=titled("申请人", "Applicant"))
    received_at = Moment(metadata=RECEIVED)
    decided_at = Moment(allow_none=True, metadata=DECIDED)
    outcome = fields.String(allow_none=True, metadata=OUTCOME)
    permit = fields.String(metadata=DOCUMENT)
    entered_by = fields.String(metadata=ENTERED_BY)
    entered_at = Moment(metadata=titled("登记时间", "Entered at"))
