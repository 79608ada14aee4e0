"""Tickets (财政票据): where numbers stand, the life of one, what keepers do."""

from marshmallow import fields

from api.schemas.fields import Choice, Flag, Input, Moment, Output, Text, Whole, titled
from api.schemas.organisation import Day
from api.schemas.paging import PageQuery
from workflows.tickets.life import State
from workflows.tickets.span import LARGEST

KIND = titled("票据种类", "Kind of ticket")
FIRST, LAST = titled("起号", "First number"), titled("止号", "Last number")
DEPARTMENT = titled("领用单位", "Department")
HOLDER = titled("领用人", "Person")
STATE = titled("状态", "State")
REASON = titled("原因", "Reason")
REFERENCE = titled("凭据", "Voucher, notice, register or place")


class TicketQuery(PageQuery):
    """Which numbers."""

    kind = Text(limit=40, load_default=None, metadata=KIND)
    department = Text(limit=100, load_default=None, metadata=DEPARTMENT)
    state = Choice([state.value for state in State], load_default=None, metadata=STATE)


class TicketSpanSchema(Output):
    """Numbers that stand alike."""

    kind = fields.String(metadata=KIND)
    first_number = fields.Integer(metadata=FIRST)
    last_number = fields.Integer(metadata=LAST)
    state = fields.String(metadata=STATE)
    department = fields.String(allow_none=True, metadata=DEPARTMENT)
    holder = fields.String(allow_none=True, metadata=HOLDER)


class TicketMoveSchema(Output):
    """One thing that happened to a number."""

    sequence = fields.Integer(metadata=titled("登记序号", "Place in the log"))
    step = fields.String(metadata=titled("事项", "Step"))
    first_number = fields.Integer(metadata=FIRST)
    last_number = fields.Integer(metadata=LAST)
    state = fields.String(metadata=STATE)
    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("经办人", "Who"))
    second_id = fields.String(allow_none=True, metadata=titled("复核人", "Second person"))
    department = fields.String(allow_none=True, metadata=DEPARTMENT)
    holder = fields.String(allow_none=True, metadata=HOLDER)
    payment = fields.String(allow_none=True, metadata=titled("缴款", "Payment"))
    amount_fen = fields.Integer(allow_none=True, metadata=titled("金额（分）", "Amount in fen"))
    reason = fields.String(allow_none=True, metadata=REASON)
    reference = fields.String(allow_none=True, metadata=REFERENCE)


class TicketFindingSchema(Output):
    """Something that must not be, or an alarm."""

    what = fields.String(metadata=titled("问题", "gap, double, log-differs or void-rate"))
    kind = fields.String(metadata=KIND)
    first = fields.Integer(allow_none=True, metadata=FIRST)
    last = fields.Integer(allow_none=True, metadata=LAST)
    department = fields.String(allow_none=True, metadata=DEPARTMENT)
    percent = fields.Float(allow_none=True, metadata=titled("作废率", "Void numbers in a hundred"))


class TicketProposalSchema(Output):
    """Voiding or destroying, with or without its second person."""

    id = fields.Integer(metadata=titled("编号", "Number"))
    step = fields.String(metadata=titled("事项", "Step"))
    kind = fields.String(metadata=KIND)
    first_number = fields.Integer(metadata=FIRST)
    last_number = fields.Integer(metadata=LAST)
    reason = fields.String(metadata=REASON)
    copies_kept = fields.Integer(allow_none=True, metadata=titled("保存联数", "Copies kept"))
    reference = fields.String(allow_none=True, metadata=REFERENCE)
    proposed_at = Moment(metadata=titled("提出时间", "Proposed at"))
    proposed_by = fields.String(metadata=titled("提出人", "Proposed by"))
    confirmed_at = Moment(allow_none=True, metadata=titled("复核时间", "Confirmed at"))
    confirmed_by = fields.String(allow_none=True, metadata=titled("复核人", "Confirmed by"))


class EnteredProposalSchema(Output):
    """The number of a new proposal."""

    id = fields.Integer(metadata=titled("编号", "Number"))


class NumbersSchema(Input):
    """Numbers of a kind."""

    kind = Text(limit=40, required=True, metadata=KIND)
    first = Whole(1, LARGEST, required=True, metadata=FIRST)
    last = Whole(1, LARGEST, required=True, metadata=LAST)


class HandTicketsSchema(NumbersSchema):
    """Numbers for a person."""

    holder = Text(limit=60, required=True, metadata=HOLDER)


class GiveBackSchema(NumbersSchema):
    """Numbers from a person."""

    reason = Text(limit=500, required=True, metadata=REASON)


class LostSchema(NumbersSchema):
    """Lost numbers."""

    found_on = Day(required=True, metadata=titled("发现日期", "When the loss was found"))
    reason = Text(limit=500, required=True, metadata=REASON)
    reference = Text(limit=200, required=True, metadata=REFERENCE)


class LostAnswerSchema(Output):
    """How the report was taken."""

    in_time = fields.Boolean(metadata=titled("按期报告", "Reported in time"))


class WriteOffSchema(NumbersSchema):
    """Writing off."""

    stubs = Whole(0, LARGEST, required=True, metadata=titled("存根份数", "Stubs counted"))
    received_fen = Whole(0, 10**15, required=True, metadata=titled("实收金额（分）", "Money received, in fen"))


class WriteOffAnswerSchema(Output):
    """What was written off."""

    used = fields.Integer(metadata=titled("使用份数", "Used"))
    void = fields.Integer(metadata=titled("作废份数", "Void"))
    lost = fields.Integer(metadata=titled("遗失份数", "Lost"))
    amount_fen = fields.Integer(metadata=titled("金额（分）", "Amount in fen"))


class ArchiveSchema(NumbersSchema):
    """Stubs for the archive."""

    reference = Text(limit=200, required=True, metadata=REFERENCE)


class NewProposalSchema(NumbersSchema):
    """Voiding or destroying."""

    step = Choice(("void", "destroy"), required=True, metadata=titled("事项", "Step"))
    reason = Text(limit=500, required=True, metadata=REASON)
    copies_kept = Whole(0, 20, load_default=None, metadata=titled("保存联数", "Copies kept of each number"))
    reference = Text(limit=200, load_default=None, metadata=REFERENCE)


class CertificateSchema(Input):
    """A certificate for drawing tickets."""

    number = Text(limit=60, least=1, required=True, metadata=titled("购领证号", "Number"))
    department = Text(limit=100, least=1, required=True, metadata=DEPARTMENT)
    basis = Text(limit=500, least=1, required=True, metadata=titled("收费、罚没依据", "Basis of the fee or fine"))


class CertificateReviewSchema(Input):
    """The yearly review."""

    passed = Flag(required=True, metadata=titled("年检合格", "Passed"))
