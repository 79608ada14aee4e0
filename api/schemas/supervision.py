"""Cards and press letters of supervision."""

from marshmallow import fields

from api.schemas.fields import Choice, Moment, Output, titled
from api.schemas.organisation import DEPARTMENT
from api.schemas.paging import PageQuery
from workflows.supervision.card import CardState

NUMBER = titled("编号", "Number")
CASE = titled("办件编号", "Case")
GROUP = titled("责任组", "Group")
ISSUED_BY = titled("发出人", "Issued by")
ISSUED_AT = titled("发出时间", "Issued at")


class CardQuery(PageQuery):
    """Which cards."""

    state = Choice(sorted(CardState), load_default=None, metadata=titled("状态", "State"))


class CardSchema(Output):
    """A card."""

    number = fields.String(metadata=NUMBER)
    rule = fields.String(metadata=titled("监察规则", "Rule"))
    colour = fields.String(metadata=titled("颜色", "Colour"))
    state = fields.String(metadata=titled("状态", "State"))
    outcome = fields.String(allow_none=True, metadata=titled("结果", "Outcome"))
    measure = fields.String(allow_none=True, metadata=titled("处理", "Measure"))
    case_number = fields.String(allow_none=True, metadata=CASE)
    department = fields.String(allow_none=True, metadata=DEPARTMENT)
    owner_group = fields.String(metadata=GROUP)
    owner = fields.String(allow_none=True, metadata=titled("责任人", "Owner"))
    evidence = fields.String(metadata=titled("事实和证据", "Evidence"))
    issued_by = fields.String(metadata=ISSUED_BY)
    issued_at = Moment(metadata=ISSUED_AT)
    explain_due = Moment(metadata=titled("说明期限", "To be explained until"))
    closed_at = Moment(allow_none=True, metadata=titled("办结时间", "Closed at"))


class CardEventSchema(Output):
    """A line of a card's log."""

    sequence = fields.Integer(metadata=titled("序号", "Line"))
    at = Moment(metadata=titled("时间", "At"))
    actor_id = fields.String(metadata=titled("操作人", "By"))
    event = fields.String(metadata=titled("事件", "Event"))
    detail = fields.Dict(metadata=titled("内容", "Detail"))


class PressLetterSchema(Output):
    """A press letter."""

    number = fields.String(metadata=NUMBER)
    case_number = fields.String(allow_none=True, metadata=CASE)
    to_group = fields.String(metadata=GROUP)
    matter = fields.String(metadata=titled("督办事项", "Matter"))
    issued_by = fields.String(metadata=ISSUED_BY)
    issued_at = Moment(metadata=ISSUED_AT)
    due_at = Moment(metadata=titled("答复期限", "Due"))
    overdue_at = Moment(allow_none=True, metadata=titled("登记逾期时间", "Overdue since"))
    answer = fields.String(allow_none=True, metadata=titled("答复", "Answer"))
    answered_by = fields.String(allow_none=True, metadata=titled("答复人", "Answered by"))
    answered_at = Moment(allow_none=True, metadata=titled("答复时间", "Answered at"))
    settled_by = fields.String(allow_none=True, metadata=titled("核销人", "Settled by"))
    settled_at = Moment(allow_none=True, metadata=titled("核销时间", "Settled at"))


class SupervisionFindingSchema(Output):
    """What a rule found."""

    rule = fields.String(metadata=titled("监察规则", "Rule"))
    case = fields.String(allow_none=True, metadata=CASE)
    department = fields.String(allow_none=True, metadata=DEPARTMENT)
    group = fields.String(metadata=GROUP)
    account = fields.String(allow_none=True, metadata=titled("责任人", "Owner"))
    evidence = fields.String(metadata=titled("事实和证据", "Evidence"))
    cause = fields.String(metadata=titled("事由标识", "Names it once and for all"))


class RoundSchema(Output):
    """What a round brought."""

    cards = fields.Integer(metadata=titled("发牌数", "Cards issued"))


class SupervisionRuleSchema(Output):
    """What supervision looks for."""

    id = fields.String(metadata=titled("规则", "Rule"))
    name = fields.String(metadata=titled("名称", "Name"))
    name_en = fields.String(metadata=titled("英文名称", "English name"))
    colour = fields.Dict(metadata=titled("颜色（按方案）", "Colour by scheme"))
    to = fields.String(metadata=titled("责任方", "Whose card it is"))
    blocked = fields.Boolean(metadata=titled("系统已阻止", "It cannot happen here"))
