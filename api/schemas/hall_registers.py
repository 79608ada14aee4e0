"""Entry into the hall, leaders' visits, allowances, what windows may do, and accounts used where nobody is."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, titled
from api.schemas.organisation import ACCOUNT, DEPARTMENT, FROM, NUMBER, UNTIL, Day
from workflows.organisation.entry import Step

ITEM = titled("事项", "Item")
DOCUMENT = titled("文件名称、文号", "Document")
TEXT = titled("内容", "Text")
DUE = titled("期限", "Until")
ENTERED_BY = titled("登记人", "Entered by")
MONTH = titled("月份", "Month")


class AuthorityRowSchema(Output):
    """What a letter in force gives for an item."""

    letter = fields.String(metadata=titled("授权书", "Letter"))
    department = fields.String(metadata=DEPARTMENT)
    item = fields.String(metadata=ITEM)
    grantee = fields.String(metadata=titled("被授权的岗位或者人员", "Post or account authorised"))
    powers = fields.List(fields.String(), metadata=titled("权限", "Powers"))
    from_on = fields.Date(metadata=FROM)
    until_on = fields.Date(metadata=UNTIL)


class ItemAuthoritySchema(Output):
    """An item that windows only receive, or not even that."""

    item = fields.String(metadata=ITEM)
    department = fields.String(metadata=DEPARTMENT)
    state = fields.String(metadata=titled("授权状态", "full, accept-only or none"))
    reason = fields.String(metadata=titled("只授予受理权限的理由", "Why it is only received"))


class AuthorityRateSchema(Output):
    """授权到位率."""

    items = fields.Integer(metadata=titled("事项数", "Items"))
    full = fields.Integer(metadata=titled("授权到位的事项数", "Items with full authority"))
    per_mille = fields.Integer(metadata=titled("授权到位率（千分比）", "Rate in thousandths"))
    kept_back = fields.List(fields.Nested(ItemAuthoritySchema), metadata=titled("授权没有到位的事项", "The rest"))


class EntryStandingSchema(Output):
    """What a department has in the hall, and what is missing for its entry."""

    windows = fields.Integer(metadata=titled("窗口", "Windows"))
    items_elsewhere = fields.List(fields.String(), metadata=titled("不在窗口的事项", "Items not at a window"))
    letters_in_force = fields.Integer(metadata=titled("有效的授权书", "Letters in force"))
    seals_in_use = fields.Integer(metadata=titled("在用印章", "Seals in use"))
    heads = fields.Integer(metadata=titled("窗口负责人", "Heads"))
    missing = fields.List(fields.String(), metadata=titled("尚缺", "Missing"))


class EntryEventSchema(Output):
    """A line of a department's file."""

    step = fields.String(metadata=titled("步骤", "Step"))
    document = fields.String(metadata=DOCUMENT)
    text = fields.String(metadata=TEXT)
    due_on = fields.Date(allow_none=True, metadata=DUE)
    entered_by = fields.String(metadata=ENTERED_BY)
    at = Moment(metadata=titled("时间", "When"))


class EntryStepSchema(Input):
    """A step of a department's file."""

    step = Choice([step.value for step in Step if step is not Step.ENTERED], required=True, metadata=titled("步骤", "Step"))
    document = Text(limit=200, load_default="", metadata=DOCUMENT)
    text = Text(limit=1000, load_default="", metadata=TEXT)
    due_on = Day(load_default=None, allow_none=True, metadata=DUE)


class NewVisitSchema(Input):
    """A visit with one problem."""

    day = Day(required=True, metadata=titled("走访日期", "Day of the visit"))
    department = Text(required=True, least=1, limit=60, metadata=DEPARTMENT)
    leader = Text(required=True, least=1, limit=60, metadata=titled("带队领导", "Leader"))
    people = Text(limit=500, load_default="", metadata=titled("随行人员", "With whom"))
    problem = Text(required=True, least=1, limit=1000, metadata=titled("问题", "Problem"))
    solution = Text(required=True, least=1, limit=1000, metadata=titled("解决办法", "Solution"))
    owner = Text(required=True, least=1, limit=60, metadata=titled("责任人", "Who does it"))
    due_on = Day(required=True, metadata=DUE)


class VisitSchema(Output):
    """A visit and what came of it."""

    id = fields.Integer(metadata=NUMBER)
    day = fields.Date(metadata=titled("走访日期", "Day of the visit"))
    department = fields.String(metadata=DEPARTMENT)
    leader = fields.String(metadata=titled("带队领导", "Leader"))
    people = fields.String(metadata=titled("随行人员", "With whom"))
    problem = fields.String(metadata=titled("问题", "Problem"))
    solution = fields.String(metadata=titled("解决办法", "Solution"))
    owner = fields.String(metadata=titled("责任人", "Who does it"))
    due_on = fields.Date(metadata=DUE)
    result = fields.String(allow_none=True, metadata=titled("结果", "What came of it"))
    closed_on = fields.Date(allow_none=True, metadata=titled("办结日期", "Closed"))


class VisitResultSchema(Input):
    """What came of a visit."""

    result = Text(required=True, least=1, limit=1000, metadata=titled("结果", "What came of it"))


class AllowanceMonthSchema(Input):
    """A month, by any day of it."""

    month = Day(required=True, metadata=MONTH)


class AllowanceListSchema(Output):
    """A month's list, and who approved it."""

    month = fields.String(metadata=MONTH)
    base_fen = fields.Integer(metadata=titled("全月标准（分）", "A full month, in fen"))
    computed_by = fields.String(metadata=titled("核算人", "Computed by"))
    committee_by = fields.String(allow_none=True, metadata=titled("管委会审批人", "Approved for the committee by"))
    finance_by = fields.String(allow_none=True, metadata=titled("财政审批人", "Approved for the finance department by"))


class AllowanceLineSchema(Output):
    """What somebody gets for a month, and why."""

    account_id = fields.String(metadata=ACCOUNT)
    working_days = fields.Integer(metadata=titled("应出勤日", "Days to attend"))
    attended_days = fields.Integer(metadata=titled("出勤日", "Days attended"))
    score = fields.Integer(metadata=titled("考核得分（百分之一分）", "Score in hundredths"))
    amount_fen = fields.Integer(metadata=titled("补贴（分）", "Allowance in fen"))


class PresenceQuery(Input):
    """Which day."""

    day = Day(required=True, metadata=titled("日期", "Day"))


class PresenceFindingSchema(Output):
    """An account in use where its holder is not."""

    account_id = fields.String(metadata=ACCOUNT)
    kind = fields.String(metadata=titled("种类", "Kind"))
    kind_name = fields.String(metadata=titled("种类名称", "Kind in words"))
    at = Moment(metadata=titled("登录时间", "Logged in"))


class RuleDocumentSchema(Output):
    """A rule document as it was drafted."""

    number = fields.String(metadata=NUMBER)
    title = fields.String(metadata=titled("名称", "Title"))
    text = fields.String(metadata=titled("正文", "Text"))
    drafted_by = fields.String(metadata=titled("起草人", "Drafted by"))
    drafted_at = Moment(metadata=titled("起草时间", "Drafted"))


class RuleEventSchema(Output):
    """What became of a rule document."""

    state = fields.String(metadata=titled("状态", "State"))
    from_on = fields.Date(allow_none=True, metadata=FROM)
    by = fields.String(metadata=titled("办理人", "By"))


class RepealSchema(Input):
    """From when on a rule document counts no more."""

    from_on = Day(required=True, metadata=FROM)


class CitationSchema(Input):
    """What rests on a rule document."""

    key = Text(required=True, least=1, limit=100, metadata=titled("流程或者决策", "Process or decision"))
