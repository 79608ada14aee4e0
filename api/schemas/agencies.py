"""Towns, mandates, hand-over slips, matters and scores of agents, as callers read and write them."""

from marshmallow import fields, validate

from api.schemas.fields import Choice, Input, Moment, Output, Text, Whole, titled
from api.schemas.organisation import Day
from api.schemas.paging import PageQuery

NUMBER = titled("编号", "Number")
AGENT = titled("代办员账户", "Account of the agent")
TOWN = titled("街镇乡", "Town")
PRINCIPAL = titled("委托人", "Principal")
ITEM = titled("事项编码", "Item code")
MANDATE = titled("委托书", "Mandate")
MOST_PAPERS = 100


class TownSchema(Output):
    """A street, town or township."""

    code = fields.String(metadata=NUMBER)
    name = fields.String(metadata=titled("名称", "Name"))
    name_en = fields.String(metadata=titled("英文名称", "English name"))
    office = fields.String(metadata=titled("代理室", "Office"))
    telephone = fields.String(metadata=titled("电话", "Telephone"))


class AgencyCheckQuery(Input):
    """An item, and what there is of its papers."""

    item = Text(required=True, least=1, limit=20, metadata=ITEM)
    papers = fields.List(
        Text(limit=200),
        load_default=list,
        validate=validate.Length(max=MOST_PAPERS, error=f"too-long|{MOST_PAPERS}"),
        metadata=titled("已有材料", "Papers there are"),
    )


class AgencyCheckSchema(Output):
    """What is missing before the trip."""

    missing = fields.List(fields.String(), metadata=titled("缺少的材料", "Missing"))
    to_check = fields.List(fields.String(), metadata=titled("有条件的材料", "Needed under a condition"))


class MandateSchema(Output):
    """A mandate; the principal's identity number is masked."""

    number = fields.String(metadata=NUMBER)
    town = fields.String(metadata=TOWN)
    agent = fields.String(metadata=AGENT)
    principal_name = fields.String(metadata=PRINCIPAL)
    principal_masked_id = fields.String(metadata=titled("证件号码（遮蔽）", "Identity number, masked"))
    items = fields.List(fields.String(), metadata=titled("代办事项", "Items"))
    from_on = fields.Date(metadata=titled("起", "From"))
    until_on = fields.Date(metadata=titled("止", "Until"))
    document = fields.String(metadata=titled("原件编号", "Number of the original"))
    signed_on = fields.Date(metadata=titled("签字日期", "Signed on"))
    entered_at = Moment(metadata=titled("登记时间", "Entered"))
    revoked_on = fields.Date(allow_none=True, metadata=titled("撤销", "Revoked"))
    revoke_reason = fields.String(allow_none=True, metadata=titled("撤销理由", "Why revoked"))


class NewMandateSchema(Input):
    """A signed mandate to enter; the agent is whoever enters it."""

    principal_name = Text(required=True, least=2, limit=100, metadata=PRINCIPAL)
    resident_id = Text(required=True, least=15, limit=18, metadata=titled("公民身份号码", "Resident identity number"))
    items = fields.List(
        Text(least=1, limit=20),
        required=True,
        validate=validate.Length(max=MOST_PAPERS, error=f"too-long|{MOST_PAPERS}"),
        metadata=titled("代办事项", "Items"),
    )
    from_on = Day(required=True, metadata=titled("起", "From"))
    until_on = Day(required=True, metadata=titled("止", "Until"))
    document = Text(limit=100, load_default="", metadata=titled("原件编号", "Number of the signed original"))
    signed_on = Day(load_default=None, allow_none=True, metadata=titled("签字日期", "Signed on"))


class MandateNumberSchema(Output):
    """The number of what was entered."""

    number = fields.String(metadata=NUMBER)


class RevocationSchema(Input):
    """Why a mandate ends."""

    reason = Text(required=True, least=2, limit=500, metadata=titled("理由", "Reason"))


class PassOnSchema(Input):
    """To whom somebody would like to pass a mandate on."""

    to_account = Text(required=True, least=1, metadata=titled("转委托给", "To"))


class MoneySchema(Input):
    """Money somebody would like to have received."""

    amount_fen = Whole(0, 10**12, required=True, metadata=titled("金额（分）", "Amount (fen)"))


class SlipSchema(Output):
    """A hand-over slip."""

    number = fields.String(metadata=NUMBER)
    town = fields.String(metadata=TOWN)
    agent = fields.String(metadata=AGENT)
    instance_id = fields.String(metadata=titled("流程实例", "Process instance"))
    at = Moment(metadata=titled("时间", "When"))


class PaperSchema(Output):
    """A paper that changed hands."""

    line = fields.Integer(metadata=titled("第几项", "Line"))
    paper = fields.String(metadata=titled("材料", "Paper"))
    giver = fields.String(metadata=titled("交出", "From"))
    receiver = fields.String(metadata=titled("接收", "To"))
    at = Moment(metadata=titled("时间", "When"))


class MatterQuery(PageQuery):
    """Which matters."""

    open = Choice(("yes", "no"), load_default=None, metadata=titled("尚未交付群众", "Not yet in the principal's hands"))


class MatterSchema(Output):
    """One person's one matter."""

    hand_over = fields.String(metadata=titled("交接单", "Slip"))
    line = fields.Integer(metadata=titled("第几项", "Line"))
    town = fields.String(metadata=TOWN)
    agent = fields.String(metadata=AGENT)
    mandate = fields.String(metadata=MANDATE)
    principal_name = fields.String(metadata=PRINCIPAL)
    item_code = fields.String(metadata=ITEM)
    item_name = fields.String(metadata=titled("事项", "Item"))
    state = fields.String(metadata=titled("状态", "State"))
    gaps = fields.Integer(metadata=titled("出门前发现的缺件", "Gaps found before the trip"))
    case_number = fields.String(allow_none=True, metadata=titled("办件编号", "Case number"))
    handed_over_at = Moment(metadata=titled("交接时间", "Handed over"))
    complete_at = Moment(allow_none=True, metadata=titled("齐全时间", "Complete"))
    filed_at = Moment(allow_none=True, metadata=titled("申报时间", "Filed"))
    result = fields.String(allow_none=True, metadata=titled("结果", "Result"))
    result_at = Moment(allow_none=True, metadata=titled("结果时间", "Result since"))
    collected_at = Moment(allow_none=True, metadata=titled("领取时间", "Fetched"))
    delivered_at = Moment(allow_none=True, metadata=titled("交付时间", "Handed to the principal"))
    receiver = fields.String(allow_none=True, metadata=titled("签收人", "Signed by"))
    signature = fields.String(allow_none=True, metadata=titled("回执编号", "Receipt"))


class MonthQuery(Input):
    """Which month."""

    month = Day(required=True, metadata=titled("月份中的一天", "Any day of the month"))


class AgentScoreQuery(MonthQuery):
    """Whose score of which month."""

    agent = Text(required=True, least=1, metadata=AGENT)


class ScoreLineSchema(Output):
    """A rule and what it came to."""

    rule = fields.String(metadata=titled("规则", "Rule"))
    name = fields.String(metadata=titled("名称", "Name"))
    times = fields.Integer(metadata=titled("次数", "Times"))
    points = fields.Integer(metadata=titled("分", "Points"))


class AgentScoreSchema(Output):
    """A month of an agent."""

    agent = fields.String(metadata=AGENT)
    matters = fields.Integer(metadata=titled("代办件数", "Matters"))
    filed = fields.Integer(metadata=titled("已申报", "Filed"))
    delivered = fields.Integer(metadata=titled("已交付", "Delivered"))
    gaps = fields.Integer(metadata=titled("出门前发现的缺件", "Gaps found before the trip"))
    corrections = fields.Integer(metadata=titled("窗口发现缺件的办件", "Cases in which the window found gaps"))
    refused_attempts = fields.Integer(metadata=titled("被拒绝的违规行为", "Refused attempts"))
    days_to_file = fields.Float(allow_none=True, metadata=titled("齐全到申报（工作日）", "Working days to file"))
    days_to_deliver = fields.Float(allow_none=True, metadata=titled("结果到交付（工作日）", "Working days to hand over"))
    lines = fields.List(fields.Nested(ScoreLineSchema), metadata=titled("计分", "Lines"))
    total = fields.Integer(metadata=titled("得分", "Score"))
    formula = fields.String(metadata=titled("算式", "Formula"))


class FastShareSchema(Output):
    """How many of somebody's cases took at most half of the promise."""

    agent = fields.String(metadata=titled("代办员账户（空为无代办）", "Agent; empty: cases without one"))
    decided = fields.Integer(metadata=titled("已决定", "Decided"))
    fast = fields.Integer(metadata=titled("在承诺期限一半以内", "Within half of the promise"))
    percent = fields.Float(allow_none=True, metadata=titled("比例", "Per cent"))
