"""Departments' own inner steps for their items."""

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, Whole, titled
from api.schemas.hall_registers import ENTERED_BY, ITEM
from api.schemas.organisation import DEPARTMENT

STEPS = titled("内部环节", "Inner steps")
STEP = titled("环节", "Step")
DAYS = titled("工作日", "Working days")


class NewInnerStepSchema(Input):
    """A step and its days."""

    name = Text(required=True, metadata=STEP)
    days = Whole(0, 250, required=True, metadata=DAYS)


class NewInnerProcessSchema(Input):
    """How a department works on an item."""

    department = Text(required=True, metadata=DEPARTMENT)
    item = Text(required=True, metadata=ITEM)
    steps = fields.List(fields.Nested(NewInnerStepSchema), required=True, metadata=STEPS)


class InnerStepSchema(Output):
    """A step and its days."""

    name = fields.String(metadata=STEP)
    days = fields.Integer(metadata=DAYS)


class InnerProcessSchema(Output):
    """How a department works on an item, beside its promise."""

    department = fields.String(metadata=DEPARTMENT)
    item = fields.String(metadata=ITEM)
    steps = fields.List(fields.Nested(InnerStepSchema), metadata=STEPS)
    days = fields.Integer(metadata=titled("内部合计工作日", "Working days inside"))
    promised_days = fields.Integer(allow_none=True, metadata=titled("承诺工作日", "Promised working days"))
    doubled = fields.List(fields.String(), metadata=titled("与大厅重复的环节", "Steps the hall does already"))
    entered_by = fields.String(metadata=ENTERED_BY)
    at = Moment(metadata=titled("登记时间", "Entered at"))
