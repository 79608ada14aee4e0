"""Fees, payment notices, agent banks and the ledger: what may be read, and what is entered."""

from marshmallow import fields

from api.schemas.fields import Choice, Flag, Input, Moment, Output, Text, titled
from api.schemas.organisation import Day
from api.schemas.paging import PageQuery
from workflows.tickets.kind import ticket_kinds

NUMBER = titled("缴款识别码", "Identification code")
CASE = titled("办件编号", "Case")
DEPARTMENT = titled("执收部门", "Department")
FEE = titled("收费项目", "Fee")
PAYER = titled("缴款人", "Payer")
AMOUNT = titled("金额（分）", "Amount in fen")
NATURE = titled("资金性质", "Fund nature")
REASON = titled("原因", "Reason")
DAY = titled("账务日", "Day")


class FeeQuery(Input):
    """Which day's fees."""

    day = Day(load_default=None, metadata=titled("日期（不填为今天）", "Day, today without one"))
    format = Choice(("csv", "json", "xlsx"), load_default=None, metadata=titled("导出", "Export"))


class PublicFeeListSchema(Output):
    """A fee as everybody may know it (R-42)."""

    code = fields.String(metadata=FEE)
    name = fields.String(metadata=titled("名称", "Name"))
    department = fields.String(metadata=DEPARTMENT)
    document = fields.String(metadata=titled("收费文件", "Charge document"))
    permit = fields.String(allow_none=True, metadata=titled("收费许可证", "Permit"))
    standard = fields.Dict(metadata=titled("标准（分）", "Standard in fen; a range is charged at its low end"))
    items = fields.List(fields.String(), metadata=titled("收费事项", "Items it may be charged with"))
    fund_nature = fields.String(metadata=NATURE)
    linked = fields.Boolean(metadata=titled("缴清后送达", "Delivery waits until it is paid"))


class ChargedFeeSchema(PublicFeeListSchema):
    """A fee as the hall sees it."""

    version = fields.String(metadata=titled("版本", "Version"))
    quantity_field = fields.String(metadata=titled("数量取自", "The form field its quantity is read from"))
    verification = fields.String(allow_none=True, metadata=titled("低限核定", "Record of the low end"))


class AssessInput(Input):
    """Which case, by which fee. There is neither a quantity nor an amount to say."""

    case_number = Text(limit=50, least=1, required=True, metadata=CASE)
    fee = Text(limit=40, least=1, required=True, metadata=FEE)


class AssessmentSchema(Output):
    """What is owed."""

    fee = fields.String(metadata=FEE)
    quantity = fields.Integer(metadata=titled("数量", "Quantity"))
    amount_fen = fields.Integer(metadata=AMOUNT)


class AttemptSchema(Output):
    """Something that may not be charged and was to be (E-13, E-15)."""

    number = fields.Integer(metadata=titled("序号", "Number"))
    at = Moment(metadata=titled("时间", "When"))
    case_number = fields.String(metadata=CASE)
    item_code = fields.String(metadata=titled("事项", "Item"))
    fee = fields.String(metadata=FEE)
    reason = fields.String(metadata=REASON)
    actor_id = fields.String(metadata=titled("操作人", "Who"))


class PaymentNoticeQuery(PageQuery):
    """Which notices."""

    state = Choice(("issued", "paid", "settled", "arrears", "late"), load_default=None, metadata=titled("状态", "State"))


class PaymentNoticeSchema(Output):
    """A payment notice (一般缴款书)."""

    code = fields.String(metadata=NUMBER)
    case_number = fields.String(metadata=CASE)
    item_code = fields.String(metadata=titled("事项", "Item"))
    department = fields.String(metadata=DEPARTMENT)
    payer = fields.String(metadata=PAYER)
    amount_fen = fields.Integer(metadata=AMOUNT)
    issued_at = Moment(metadata=titled("开具时间", "Made out"))
    issued_by = fields.String(metadata=titled("开票人", "Made out by"))
    valid_until = fields.Date(metadata=titled("有效期至", "Valid until"))
    state = fields.String(metadata=titled("状态", "State"))
    paid_at = Moment(allow_none=True, metadata=titled("缴清时间", "Settled"))
    paid_by = fields.String(allow_none=True, metadata=titled("收款人", "Cashier"))
    channel = fields.String(allow_none=True, metadata=titled("缴款方式", "How it was paid"))
    arrears_on = fields.Date(allow_none=True, metadata=titled("欠缴自", "In arrears since"))


class PaymentNoticeLineSchema(Output):
    """A line of a notice, with what its amount was worked out by."""

    fee = fields.String(metadata=FEE)
    fee_version = fields.String(metadata=titled("版本", "Version"))
    fee_name = fields.String(metadata=titled("名称", "Name"))
    fund_nature = fields.String(metadata=NATURE)
    quantity_field = fields.String(metadata=titled("数量取自", "Field"))
    quantity = fields.Integer(metadata=titled("数量", "Quantity"))
    amount_fen = fields.Integer(metadata=AMOUNT)
    standard = fields.Dict(metadata=titled("收费标准", "Standard, document, record of the low end"))


class PaymentNoticeFileSchema(PaymentNoticeSchema):
    """A notice with its lines."""

    owed_fen = fields.Integer(metadata=titled("尚欠（分）", "Still owed in fen"))
    paid_from = fields.String(allow_none=True, metadata=titled("付款账户（遮蔽）", "Account it was paid from, masked"))
    lines = fields.List(fields.Nested(PaymentNoticeLineSchema), metadata=titled("明细", "Lines"))


class TicketKindInput(Input):
    """By which tickets of one's own."""

    ticket_kind = Choice(
        tuple(kind.key for kind in ticket_kinds()), required=True, metadata=titled("票据种类", "Kind of ticket")
    )


class ReturnFileInput(TicketKindInput):
    """A return file, as docs/agent-bank.md describes it."""

    content = Text(limit=900_000, least=1, required=True, metadata=titled("文件内容", "The file as text"))


class BroughtSchema(Output):
    """What became of a file."""

    digest = fields.String(metadata=titled("文件摘要", "SHA-256"))
    known = fields.Boolean(metadata=titled("已经导入过", "Entered before; nothing was changed"))
    posted = fields.List(fields.String(), metadata=titled("入账", "Codes of what was posted"))
    late = fields.List(fields.String(), metadata=titled("逾期缴款", "Those of them whose notice had expired"))
    suspended = fields.List(fields.String(), metadata=titled("待查", "References in suspense"))
    matched = fields.List(fields.String(), metadata=titled("查明入账", "Codes of what was in suspense and is known by now"))


class MatchedSchema(Output):
    """What is known by now."""

    posted = fields.List(fields.String(), metadata=titled("入账", "Codes of what was posted"))


class SuspenseQuery(Input):
    """Which money in suspense."""

    overdue = Flag(load_default=False, metadata=titled("超过三个工作日的", "What waits for more than three working days"))
    format = Choice(("csv", "json", "xlsx"), load_default=None, metadata=titled("导出", "Export"))


class SuspenseSchema(Output):
    """Money whose payer or purpose is not known (待查款项)."""

    bank = fields.String(metadata=titled("代收机构", "Bank"))
    reference = fields.String(metadata=titled("流水号", "Reference"))
    code = fields.String(metadata=NUMBER)
    amount_fen = fields.Integer(metadata=AMOUNT)
    payer = fields.String(metadata=PAYER)
    reason = fields.String(metadata=REASON)
    paid_on = fields.Date(metadata=titled("缴款日期", "Paid"))
    due_on = fields.Date(metadata=titled("查清期限", "To be cleared by"))


class SendBackInput(Input):
    """Which money goes back, and why."""

    bank = Text(limit=20, least=1, required=True, metadata=titled("代收机构", "Bank"))
    reference = Text(limit=60, least=1, required=True, metadata=titled("流水号", "Reference"))
    reason = Text(limit=200, required=True, metadata=REASON)


class LedgerDaySchema(Output):
    """A day of the ledger."""

    day = fields.Date(metadata=DAY)
    opened_at = Moment(metadata=titled("开账时间", "Opened"))
    opened_by = fields.String(metadata=titled("开账人", "Opened by"))
    closed_at = Moment(allow_none=True, metadata=titled("结账时间", "Closed; null while it is open"))
    closed_by = fields.String(allow_none=True, metadata=titled("结账人", "Closed by"))
    slip_fen = fields.Integer(allow_none=True, metadata=titled("银行缴款单（分）", "Bank slip in fen"))


class EntryQuery(PageQuery):
    """Which lines."""

    day = Day(load_default=None, metadata=DAY)
    case_number = Text(limit=50, load_default=None, metadata=CASE)


class EntryLineSchema(Output):
    """A line of an entry."""

    number = fields.Integer(metadata=titled("凭证号", "Entry"))
    line = fields.Integer(metadata=titled("行", "Line"))
    day = fields.Date(metadata=DAY)
    event = fields.String(metadata=titled("业务", "Event"))
    account = fields.String(metadata=titled("科目", "Account"))
    amount_fen = fields.Integer(metadata=titled("金额（分，借正贷负）", "Fen; a debit above zero, a credit below"))
    case_number = fields.String(metadata=CASE)
    department = fields.String(metadata=DEPARTMENT)
    fee = fields.String(metadata=FEE)
    fund_nature = fields.String(metadata=NATURE)
    payer = fields.String(metadata=PAYER)
    actor_id = fields.String(metadata=titled("经办人", "Who"))
    receipt = fields.String(allow_none=True, metadata=titled("收款编号", "Receipt"))
    ticket_number = fields.Integer(allow_none=True, metadata=titled("票据号码", "Ticket"))
    reverses = fields.Integer(allow_none=True, metadata=titled("冲销凭证号", "The entry it takes back"))
    reason = fields.String(allow_none=True, metadata=REASON)


class AccountBalanceSchema(Output):
    """An account's balance."""

    account = fields.String(metadata=titled("科目", "Account"))
    name = fields.String(metadata=titled("名称", "Name"))
    balance_fen = fields.Integer(metadata=titled("余额（分，借正贷负）", "Fen; a debit above zero"))


class TableQuery(Input):
    """A table that is never long."""

    format = Choice(("csv", "json", "xlsx"), load_default=None, metadata=titled("导出", "Export"))


class SettledMonthSchema(Output):
    """A department's fee in a month, in fen."""

    department = fields.String(metadata=DEPARTMENT)
    fee = fields.String(metadata=FEE)
    fund_nature = fields.String(metadata=NATURE)
    assessed = fields.Integer(metadata=titled("核定（分）", "Assessed"))
    waived = fields.Integer(metadata=titled("减免（分）", "Waived"))
    paid = fields.Integer(metadata=titled("已缴（分）", "Paid"))
    refunded = fields.Integer(metadata=titled("退付（分）", "Refunded"))
    remitted = fields.Integer(metadata=titled("解缴（分）", "Remitted"))
    arrears = fields.Integer(metadata=titled("欠缴（分）", "Owed at the end of the month"))
    tickets = fields.Integer(metadata=titled("票据（份）", "Tickets"))


class TransferOrderSchema(Output):
    """A transfer order (划缴凭证)."""

    number = fields.String(metadata=titled("凭证号", "Number"))
    day = fields.Date(metadata=DAY)
    fund_nature = fields.String(metadata=NATURE)
    account = fields.String(metadata=titled("划入账户", "To"))
    amount_fen = fields.Integer(metadata=AMOUNT)
    confirmed_at = Moment(allow_none=True, metadata=titled("银行确认时间", "Confirmed"))
    bank_reference = fields.String(allow_none=True, metadata=titled("银行回单号", "The bank's reference"))


class DebtSchema(Output):
    """What is assessed and neither paid nor waived."""

    department = fields.String(metadata=DEPARTMENT)
    case_number = fields.String(metadata=CASE)
    fee = fields.String(metadata=FEE)
    payer = fields.String(metadata=PAYER)
    owed_fen = fields.Integer(metadata=titled("尚欠（分）", "Owed in fen"))


class ReverseInput(Input):
    """Why an entry is taken back."""

    reason = Text(limit=200, required=True, metadata=REASON)


class CorrectionInput(Input):
    """Why an assessment is wrong."""

    reason = Text(limit=200, required=True, metadata=REASON)


class CorrectionDecisionInput(Input):
    """Whether a second person agrees."""

    agreed = Flag(required=True, metadata=titled("同意", "Agreed"))
    opinion = Text(limit=200, required=True, metadata=titled("意见", "Opinion"))


class ReversedSchema(Output):
    """The entry that takes it back."""

    number = fields.Integer(metadata=titled("凭证号", "Entry"))
