"""Ratings: what anybody gives, what everybody sees, what the hall works on."""

from marshmallow import fields

from api.schemas.fields import Choice, Flag, Input, Moment, Output, Text, Whole, titled
from api.schemas.paging import PageQuery

NUMBER = titled("评价编号", "Number")
CASE = titled("办件编号", "Case")
CODE = titled("评价码", "One-time code of the delivery notice")
GRADE = titled("等级", "1 very satisfied … 5 very dissatisfied")
STATUS = titled("状态", "given, contacted, verified, corrected, answered or published")


class RatingGivingSchema(Input):
    """A rating; by a real name where name and contact are said."""

    case_number = Text(limit=50, least=1, required=True, metadata=CASE)
    code = Text(limit=20, least=1, required=True, metadata=CODE)
    grade = Whole(1, 5, required=True, metadata=GRADE)
    said = Text(limit=1000, load_default="", metadata=titled("意见", "In words"))
    channel = Choice(("web", "kiosk"), load_default="web", metadata=titled("渠道", "web or kiosk"))
    name = Text(limit=60, load_default=None, metadata=titled("姓名", "Name"))
    contact = Text(limit=100, load_default=None, metadata=titled("联系方式", "How to be reached"))


class RatingReceiptSchema(Output):
    """What the rater gets."""

    number = fields.String(metadata=NUMBER)
    grade = fields.Integer(metadata=GRADE)
    bad = fields.Boolean(metadata=titled("是否作为差评办理", "Whether it is worked on as a bad rating"))
    again = fields.Boolean(metadata=titled("是否再次评价", "Whether it is the second one"))


class RatingCodeSchema(Input):
    """The number of the case and its code."""

    case_number = Text(limit=50, least=1, required=True, metadata=CASE)
    code = Text(limit=20, least=1, required=True, metadata=CODE)


class RatingStatusSchema(Output):
    """What the rater may know."""

    number = fields.String(metadata=NUMBER)
    grade = fields.Integer(metadata=GRADE)
    status = fields.String(metadata=STATUS)
    answer_due = Moment(allow_none=True, metadata=titled("答复期限", "Answered by"))
    answer = fields.String(allow_none=True, metadata=titled("答复", "Answer"))


class PublishedRatingSchema(Output):
    """A rating as everybody sees it."""

    number = fields.String(metadata=NUMBER)
    grade = fields.Integer(metadata=GRADE)
    item_name = fields.String(metadata=titled("事项", "Item"))
    department = fields.String(metadata=titled("部门", "Department"))
    window_group = fields.String(metadata=titled("窗口", "Window"))
    outcome = fields.String(allow_none=True, metadata=titled("核实结果", "correct, explain, mistaken or malicious"))
    counts = fields.Boolean(metadata=titled("是否计入", "Whether it counts"))
    given_at = Moment(metadata=titled("评价时间", "Given"))
    answered_at = Moment(allow_none=True, metadata=titled("答复时间", "Answered"))


class RatingQuery(PageQuery):
    """Which ratings."""

    bad = Flag(load_default=False, metadata=titled("只列差评", "Only bad ones"))
    overdue = Flag(load_default=False, metadata=titled("只列超期的", "Only those whose limit passed"))


class RatingSchema(PublishedRatingSchema):
    """A rating in the list of the hall; nothing of who gave it."""

    case_number = fields.String(metadata=CASE)
    round = fields.Integer(metadata=titled("第几次", "First or second"))
    said = fields.String(metadata=titled("意见", "In words"))
    named = fields.Boolean(metadata=titled("实名", "By a real name"))
    status = fields.String(metadata=STATUS)
    verifier = fields.String(allow_none=True, metadata=titled("核实人", "Verifier"))
    contact_due = Moment(allow_none=True, metadata=titled("联系期限", "Called by"))
    answer_due = Moment(allow_none=True, metadata=titled("答复期限", "Answered by"))
    escalated = fields.Integer(metadata=titled("超期上报次数", "How often it was escalated"))


class RatingReasonSchema(Input):
    """Why somebody looks (A-29)."""

    reason = Text(limit=300, least=1, required=True, metadata=titled("理由", "Reason"))


class RatingEventSchema(Output):
    """Something that happened to a rating, or somebody who looked."""

    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("何人", "Who"))
    event = fields.String(metadata=titled("事项", "What"))
    detail = fields.Raw(metadata=titled("详情", "Detail"))


class RatingReadingSchema(RatingSchema):
    """A rating with what was found, and its log."""

    evidence = fields.String(allow_none=True, metadata=titled("证据", "Evidence"))
    finding = fields.String(allow_none=True, metadata=titled("核实情况", "Finding"))
    answer = fields.String(allow_none=True, metadata=titled("答复", "Answer"))
    correction = fields.String(allow_none=True, metadata=titled("更正情况", "Correction"))
    events = fields.List(fields.Nested(RatingEventSchema), metadata=titled("沿革", "Log"))


class BurstQuery(Input):
    """Of which days."""

    days = Whole(1, 366, load_default=31, metadata=titled("天数", "Days back"))


class BurstSchema(Output):
    """Ratings from one address in a short time."""

    address = fields.String(metadata=titled("地址摘要", "Digest of the address"))
    numbers = fields.List(fields.String(), metadata=titled("评价编号", "Ratings"))
    first_at = Moment(metadata=titled("最早", "First"))
    last_at = Moment(metadata=titled("最晚", "Last"))


class BurstsSchema(Output):
    """What was found."""

    bursts = fields.List(fields.Nested(BurstSchema), metadata=titled("集中评价", "Bursts"))
