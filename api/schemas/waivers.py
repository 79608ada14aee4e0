"""Waivers and refunds: what the hall reads, and what everybody may know."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, Whole, titled
from api.schemas.paging import PageQuery
from workflows.waivers.basis import KINDS

NUMBER = titled("编号", "Number")
CASE = titled("办件编号", "Case")
DEPARTMENT = titled("执收部门", "Department")
FEE = titled("收费项目", "Fee")
PAYER = titled("缴款人", "Payer")
AMOUNT = titled("金额（分）", "Amount in fen")
STATE = titled("状态", "State")
EVENT = titled("经过", "What happened")


class WaiverQuery(PageQuery):
    """Which waivers."""

    state = Choice(("reviewing", "refused", "granted", "settled", "arrears"), load_default=None, metadata=STATE)
    payer = Text(limit=200, load_default=None, metadata=PAYER)


class WaiverYearQuery(Input):
    """Which year."""

    year = Whole(2000, 2100, required=True, metadata=titled("年度", "Year"))


class PublicWaiverSchema(Output):
    """A decision as it is published: neither payer nor case."""

    number = fields.String(metadata=NUMBER)
    department = fields.String(metadata=DEPARTMENT)
    fee = fields.String(metadata=FEE)
    kind = fields.String(metadata=titled("种类", "One of " + ", ".join(KINDS)))
    basis = fields.String(metadata=titled("依据", "Basis"))
    amount_fen = fields.Integer(metadata=AMOUNT)
    days = fields.Integer(metadata=titled("缓缴天数", "Days it is put off"))
    state = fields.String(metadata=STATE)
    decider = fields.String(allow_none=True, metadata=titled("决定机关", "Who decided"))
    by_silence = fields.Boolean(metadata=titled("逾期视为同意", "By silence, as the law says"))
    decision_number = fields.String(allow_none=True, metadata=titled("决定文号", "Decision"))
    minutes = fields.String(allow_none=True, metadata=titled("会议纪要", "Minutes"))
    due_on = fields.Date(allow_none=True, metadata=titled("缓缴至", "Put off until"))
    published_on = fields.Date(allow_none=True, metadata=titled("公布日期", "Published"))


class WaiverSchema(PublicWaiverSchema):
    """An application as the hall sees it."""

    case_number = fields.String(metadata=CASE)
    payer = fields.String(metadata=PAYER)
    payable_fen = fields.Integer(metadata=titled("应缴（分）", "Owed in fen"))
    grounds = fields.String(metadata=titled("理由", "Grounds"))
    applied_at = Moment(metadata=titled("申请时间", "Applied"))
    applied_by = fields.String(metadata=titled("经办人", "Entered by"))
    decide_by = Moment(metadata=titled("决定期限", "Decided by"))
    decided_at = Moment(allow_none=True, metadata=titled("决定时间", "Decided"))
    decided_by = fields.String(allow_none=True, metadata=titled("决定人", "Decided by"))
    reason = fields.String(allow_none=True, metadata=titled("不予的理由", "Why not"))


class MoneyEventSchema(Output):
    """A line of the log of a waiver or a refund."""

    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("经办人", "By"))
    event = fields.String(metadata=EVENT)
    detail = fields.Dict(metadata=titled("内容", "Detail"))


class WaiverFileSchema(Output):
    """A waiver with its log."""

    waiver = fields.Nested(WaiverSchema, attribute="row", metadata=titled("减免缓", "Waiver"))
    events = fields.List(fields.Nested(MoneyEventSchema), metadata=EVENT)


class WaiverStatisticSchema(Output):
    """What somebody decided in a year."""

    decider = fields.String(metadata=titled("决定机关", "Who decided"))
    decided_by = fields.String(metadata=titled("决定人", "Decided by"))
    kind = fields.String(metadata=titled("种类", "Kind"))
    state = fields.String(metadata=STATE)
    number = fields.Integer(metadata=titled("件数", "How many"))
    amount_fen = fields.Integer(metadata=AMOUNT)


class ArrearSchema(Output):
    """What was not paid when a deferral ended."""

    number = fields.String(metadata=NUMBER)
    since_on = fields.Date(metadata=titled("欠缴日", "In arrears since"))
    case_number = fields.String(metadata=CASE)
    fee = fields.String(metadata=FEE)
    payer = fields.String(metadata=PAYER)
    owed_fen = fields.Integer(metadata=titled("欠缴（分）", "Owed in fen"))


class RefundQuery(PageQuery):
    """Which refunds."""

    state = Choice(("verifying", "approving", "approved", "treasury", "paid", "refused"), load_default=None, metadata=STATE)


class RefundSchema(Output):
    """A refund. The account stays with those who pay."""

    number = fields.String(metadata=NUMBER)
    case_number = fields.String(metadata=CASE)
    department = fields.String(metadata=DEPARTMENT)
    fee = fields.String(metadata=FEE)
    fund_nature = fields.String(metadata=titled("资金性质", "Fund nature"))
    payer = fields.String(metadata=PAYER)
    ticket_kind = fields.String(metadata=titled("票据种类", "Kind of ticket"))
    ticket_number = fields.Integer(metadata=titled("票据号码", "Ticket"))
    ground = fields.String(metadata=titled("情形", "Ground"))
    paid_fen = fields.Integer(metadata=titled("已缴（分）", "Paid in fen"))
    amount_fen = fields.Integer(metadata=AMOUNT)
    late = fields.Boolean(metadata=titled("逾期申请", "The unit applied late"))
    state = fields.String(metadata=STATE)
    route = fields.String(allow_none=True, metadata=titled("解缴前、解缴后", "Before or after remittance"))
    treasury_document = fields.String(allow_none=True, metadata=titled("收入退还书", "The treasury's document"))
    ticket_void = fields.Boolean(metadata=titled("票据作废", "The ticket is void"))
    applied_at = Moment(metadata=titled("申请时间", "Applied"))
    paid_at = Moment(allow_none=True, metadata=titled("退付时间", "Paid back"))
    refused_because = fields.String(allow_none=True, metadata=titled("不予退付的理由", "Why not"))


class RefundFileSchema(Output):
    """A refund with its log."""

    refund = fields.Nested(RefundSchema, attribute="row", metadata=titled("退付", "Refund"))
    events = fields.List(fields.Nested(MoneyEventSchema), metadata=EVENT)
