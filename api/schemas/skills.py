"""The skill matrix."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, titled
from api.schemas.hall_registers import ENTERED_BY, ITEM
from api.schemas.organisation import ACCOUNT, FROM, UNTIL, Day
from workflows.organisation.skill import SkillKind

KIND = titled("方式", "training, examination or licence")
PROOF = titled("证明", "What proves it")


class SkillSchema(Output):
    """A line of the matrix."""

    id = fields.Integer(metadata=titled("编号", "Number"))
    account_id = fields.String(metadata=ACCOUNT)
    item = fields.String(metadata=ITEM)
    kind = fields.String(metadata=KIND)
    proof = fields.String(metadata=PROOF)
    from_on = fields.Date(metadata=FROM)
    until_on = fields.Date(allow_none=True, metadata=UNTIL)
    withdrawn_on = fields.Date(allow_none=True, metadata=titled("撤销日期", "Withdrawn on"))
    entered_by = fields.String(metadata=ENTERED_BY)
    at = Moment(metadata=titled("登记时间", "Entered at"))


class NewSkillSchema(Input):
    """Somebody can handle an item."""

    account_id = Text(required=True, metadata=ACCOUNT)
    item = Text(required=True, metadata=ITEM)
    kind = Choice(sorted(SkillKind), required=True, metadata=KIND)
    proof = Text(required=True, metadata=PROOF)
    from_on = Day(required=True, metadata=FROM)
    until_on = Day(load_default=None, allow_none=True, metadata=UNTIL)


class SkillWithdrawalSchema(Input):
    """Why a line counts no more."""

    reason = Text(required=True, metadata=titled("理由", "Why"))


class MatrixRowSchema(Output):
    """What somebody at a window can handle today, and what of the window's items not."""

    account = fields.String(metadata=ACCOUNT)
    window = fields.String(metadata=titled("窗口", "Window"))
    post = fields.String(metadata=titled("岗位", "Post"))
    items = fields.List(fields.String(), metadata=titled("能办的事项", "Items"))
    missing = fields.List(fields.String(), metadata=titled("未经培训的事项", "Items without training"))
