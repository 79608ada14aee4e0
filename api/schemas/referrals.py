"""Referrals to discipline, and what was seen outside the hall."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, titled
from api.schemas.organisation import Day
from api.schemas.paging import PageQuery

NUMBER = titled("移送件编号", "Number")
DEPARTMENT = titled("部门", "Department")


class ReferralCitationSchema(Output):
    """A rule that may be cited."""

    code = fields.String(metadata=titled("代码", "Code"))
    number = fields.String(metadata=titled("文号", "Number of the document"))
    title = fields.String(metadata=titled("名称", "Title"))
    article = fields.String(allow_none=True, metadata=titled("条款", "Article"))
    from_on = fields.Date(metadata=titled("施行日期", "In force from"))


class ReferralSanctionSchema(Output):
    """A kind of sanction."""

    kind = fields.String(metadata=titled("代码", "Kind"))
    name = fields.String(metadata=titled("名称", "Name"))
    months = fields.Integer(allow_none=True, metadata=titled("期限（月）", "Term in months"))


class ReferralRulesSchema(Output):
    """What may be cited, and what may come of it."""

    citations = fields.List(fields.Nested(ReferralCitationSchema), metadata=titled("可引用的规定", "Rules"))
    sanctions = fields.List(fields.Nested(ReferralSanctionSchema), metadata=titled("处分种类", "Sanctions"))


class ReferralProposalSchema(Input):
    """What is to be referred."""

    source_kind = Text(
        limit=20, least=1, required=True, metadata=titled("来源", "complaint, card, rating, sighting, inspection")
    )
    source = Text(limit=100, least=1, required=True, metadata=titled("来源编号", "Its number"))
    about_department = Text(limit=60, least=1, required=True, metadata=DEPARTMENT)
    about_account = Text(limit=60, load_default=None, metadata=titled("当事人账户", "Account"))
    about_group = Text(limit=60, load_default=None, metadata=titled("当事窗口、科室", "Group"))
    about_case = Text(limit=50, load_default=None, metadata=titled("办件编号", "Case"))
    matter = Text(limit=2000, least=2, required=True, metadata=titled("问题", "What happened"))
    evidence = Text(limit=4000, required=True, metadata=titled("证据", "Evidence"))
    rules = fields.List(Text(limit=40), required=True, metadata=titled("违反的规定", "Codes of the rules broken"))


class ReferralNumberSchema(Output):
    """The number."""

    number = fields.String(metadata=NUMBER)


class ReferralQuery(PageQuery):
    """The whole list; a page at a time."""


class ReferralSchema(Output):
    """A referral in the list: nothing of what it is about."""

    number = fields.String(metadata=NUMBER)
    source_kind = fields.String(metadata=titled("来源", "Source"))
    status = fields.String(metadata=titled("状态", "opened, referred, not-referred, received or concluded"))
    opened_at = Moment(metadata=titled("提出时间", "Opened"))


class ReferralEventSchema(Output):
    """Something that happened to a referral, or somebody who looked."""

    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("何人", "Who"))
    event = fields.String(metadata=titled("事项", "What"))
    detail = fields.Raw(metadata=titled("详情", "Detail"))


class ReferralReadingSchema(ReferralSchema):
    """A referral with what it is about, and its log."""

    source = fields.String(metadata=titled("来源编号", "Number of the source"))
    about_department = fields.String(metadata=DEPARTMENT)
    about_account = fields.String(allow_none=True, metadata=titled("当事人账户", "Account"))
    about_group = fields.String(allow_none=True, metadata=titled("当事窗口、科室", "Group"))
    about_case = fields.String(allow_none=True, metadata=titled("办件编号", "Case"))
    matter = fields.String(metadata=titled("问题", "What happened"))
    evidence = fields.String(metadata=titled("证据", "Evidence"))
    rules = fields.List(fields.String(), metadata=titled("违反的规定", "Rules"))
    receipt = fields.String(allow_none=True, metadata=titled("接收登记号", "Discipline's number"))
    document = fields.String(allow_none=True, metadata=titled("处理文号", "Document"))
    sanction = fields.String(allow_none=True, metadata=titled("处分", "Sanction"))
    term_months = fields.Integer(allow_none=True, metadata=titled("期限（月）", "Term in months"))
    sanctioned_on = fields.Date(allow_none=True, metadata=titled("决定日期", "Decided on"))
    sanction_ends_on = fields.Date(allow_none=True, metadata=titled("期满日期", "Ends on"))
    events = fields.List(fields.Nested(ReferralEventSchema), metadata=titled("沿革", "Log"))


class ReferralReasonSchema(Input):
    """Why somebody looks (A-29)."""

    reason = Text(limit=300, required=True, metadata=titled("理由", "Reason"))


class SightingSchema(Input):
    """Something seen outside the hall."""

    kind = Choice(("licence", "seal", "receipt"), required=True, metadata=titled("种类", "licence, seal or receipt"))
    reference = Text(limit=100, least=1, required=True, metadata=titled("号码", "Number"))
    department = Text(limit=60, least=1, required=True, metadata=DEPARTMENT)
    seen_on = Day(required=True, metadata=titled("发现日期", "Seen on"))
    place = Text(limit=200, least=1, required=True, metadata=titled("地点", "Place"))


class SightingReceiptSchema(Output):
    """The id."""

    id = fields.Integer(metadata=titled("线索编号", "Id"))


class OffHallFindingSchema(Output):
    """A hint at work or money outside the hall."""

    kind = fields.String(metadata=titled("种类", "Kind"))
    reference = fields.String(metadata=titled("号码", "Number"))
    department = fields.String(metadata=DEPARTMENT)
    detail = fields.String(metadata=titled("详情", "Detail"))


class OffHallFindingsSchema(Output):
    """Everything found so far."""

    findings = fields.List(fields.Nested(OffHallFindingSchema), metadata=titled("厅外线索", "Findings"))
