"""Complaints: what anybody files, what the complainant may know, what handlers see."""

from marshmallow import fields

from api.schemas.fields import Choice, Flag, Input, Moment, Output, Text, titled
from api.schemas.paging import PageQuery
from workflows.complaints.complaint import Category

NUMBER = titled("投诉编号", "Number")
CHANNEL = titled("渠道", "person, phone, web, letter, box or kiosk")
CATEGORY = titled("类别", "Category")
SUBJECT = titled("事由", "Subject")
STATUS = titled("状态", "filed, accepted, found, answered or closed")
REASON = titled("理由", "Reason")


class FilingSchema(Input):
    """A complaint; anonymous, or with a name and a way to be reached."""

    channel = Text(limit=20, load_default="web", metadata=CHANNEL)
    anonymous = Flag(load_default=False, metadata=titled("匿名", "Anonymous"))
    category = Choice([category.value for category in Category], required=True, metadata=CATEGORY)
    subject = Text(limit=200, least=2, required=True, metadata=SUBJECT)
    statement = Text(limit=4000, least=2, required=True, metadata=titled("内容", "What happened"))
    name = Text(limit=60, load_default=None, metadata=titled("姓名", "Name"))
    contact = Text(limit=100, load_default=None, metadata=titled("联系方式", "How to be reached"))
    case_number = Text(limit=50, load_default=None, metadata=titled("办件编号", "Case"))
    against_window = Text(limit=60, load_default=None, metadata=titled("被投诉窗口", "Window complained about"))
    against_name = Text(limit=100, load_default=None, metadata=titled("被投诉人", "Who is complained about"))


class DeskFilingSchema(FilingSchema):
    """A complaint that is entered at the desk."""

    channel = Text(limit=20, required=True, metadata=CHANNEL)
    against_account = Text(limit=60, load_default=None, metadata=titled("被投诉人账户", "Account complained about"))


class ComplaintReceiptSchema(Output):
    """What the complainant gets; the pass code is shown once."""

    number = fields.String(metadata=NUMBER)
    pass_code = fields.String(metadata=titled("查询密码", "Pass code"))
    accept_due = Moment(metadata=titled("受理期限", "Accepted by"))
    answer_due = Moment(metadata=titled("答复期限", "Answered by"))


class PassCodeSchema(Input):
    """The pass code of the receipt."""

    pass_code = Text(limit=20, required=True, metadata=titled("查询密码", "Pass code"))


class ComplaintStatusSchema(Output):
    """What the complainant may know."""

    number = fields.String(metadata=NUMBER)
    status = fields.String(metadata=STATUS)
    subject = fields.String(metadata=SUBJECT)
    filed_at = Moment(metadata=titled("收到时间", "Filed"))
    accept_due = Moment(metadata=titled("受理期限", "Accepted by"))
    answer_due = Moment(metadata=titled("答复期限", "Answered by"))
    answer = fields.String(allow_none=True, metadata=titled("答复", "Answer"))
    document = fields.String(allow_none=True, metadata=titled("答复书", "Document"))


class ComplaintQuery(PageQuery):
    """Which complaints."""

    status = Choice(("filed", "accepted", "found", "answered", "closed"), load_default=None, metadata=STATUS)
    overdue = Flag(load_default=False, metadata=titled("只列超期的", "Only those whose limit passed"))


class ComplaintSchema(Output):
    """A complaint in the list; nothing of who complained."""

    number = fields.String(metadata=NUMBER)
    channel = fields.String(metadata=CHANNEL)
    anonymous = fields.Boolean(metadata=titled("匿名", "Anonymous"))
    category = fields.String(metadata=CATEGORY)
    subject = fields.String(metadata=SUBJECT)
    status = fields.String(metadata=STATUS)
    handler = fields.String(allow_none=True, metadata=titled("承办人", "Handler"))
    case_number = fields.String(allow_none=True, metadata=titled("办件编号", "Case"))
    filed_at = Moment(metadata=titled("收到时间", "Filed"))
    accept_due = Moment(metadata=titled("受理期限", "Accepted by"))
    answer_due = Moment(metadata=titled("答复期限", "Answered by"))
    accepted_at = Moment(allow_none=True, metadata=titled("受理时间", "Accepted"))
    closed_at = Moment(allow_none=True, metadata=titled("办结时间", "Closed"))
    escalated = fields.Integer(metadata=titled("超期上报次数", "How often it was escalated"))


class ComplaintEventSchema(Output):
    """Something that happened to a complaint, or somebody who looked."""

    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("何人", "Who"))
    event = fields.String(metadata=titled("事项", "What"))
    detail = fields.Raw(metadata=titled("详情", "Detail"))


class ComplaintReadingSchema(ComplaintSchema):
    """A complaint with its log."""

    statement = fields.String(metadata=titled("内容", "What happened"))
    against_account = fields.String(allow_none=True, metadata=titled("被投诉人账户", "Account complained about"))
    against_window = fields.String(allow_none=True, metadata=titled("被投诉窗口", "Window complained about"))
    against_name = fields.String(allow_none=True, metadata=titled("被投诉人", "Who is complained about"))
    finding = fields.String(allow_none=True, metadata=titled("结论", "Finding"))
    answer = fields.String(allow_none=True, metadata=titled("答复", "Answer"))
    events = fields.List(fields.Nested(ComplaintEventSchema), metadata=titled("沿革", "Log"))


class ComplaintReasonSchema(Input):
    """Why somebody looks (A-29)."""

    reason = Text(limit=300, least=1, required=True, metadata=REASON)


class ComplainantSchema(Output):
    """Who complained."""

    name = fields.String(metadata=titled("姓名", "Name"))
    contact = fields.String(metadata=titled("联系方式", "How to be reached"))
