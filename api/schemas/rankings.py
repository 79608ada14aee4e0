"""The monthly ranking: points with their sources, appeals, and the lists."""

from marshmallow import fields

from api.schemas.fields import Choice, Flag, Input, Moment, Output, Text, Whole, titled
from api.schemas.organisation import Day

MONTH = titled("月份中任意一日", "Any day of the month")
POINTS = titled("分值（百分之一分）", "Hundredths of a point")
WINDOW = titled("窗口", "Window")


class RankingQuery(Input):
    """Which month, and how."""

    month = Day(required=True, metadata=MONTH)
    list = Choice(("windows", "departments"), load_default="windows", metadata=titled("名单", "windows or departments"))
    format = Choice(("csv", "json", "xlsx"), load_default=None, metadata=titled("导出", "As a file"))


class StandingSchema(Output):
    """A place of the ranking."""

    place = fields.Integer(metadata=titled("名次", "Place"))
    subject = fields.String(metadata=titled("窗口或者部门", "Window or department"))
    points = fields.Integer(metadata=POINTS)


class StandingsSchema(Output):
    """The list."""

    items = fields.List(fields.Nested(StandingSchema), metadata=titled("名单", "List"))


class RankingMonthSchema(Input):
    """A month."""

    month = Day(required=True, metadata=MONTH)


class RankingComputedSchema(Output):
    """How many points are new."""

    added = fields.Integer(metadata=titled("新计分项数", "New points"))


class RankingFrozenSchema(Output):
    """Whether the month is frozen now."""

    frozen = fields.Boolean(metadata=titled("已封存", "Frozen"))


class RankingPointInputSchema(RankingMonthSchema):
    """A point by hand."""

    window = Text(limit=60, least=1, required=True, metadata=WINDOW)
    points = Whole(-1000, 1000, required=True, metadata=POINTS)
    source = Text(limit=200, required=True, metadata=titled("来源", "Where it comes from"))


class RankingPointSchema(Output):
    """A point with its source."""

    id = fields.Integer(metadata=titled("编号", "Id"))
    window = fields.String(metadata=WINDOW)
    rule = fields.String(metadata=titled("评分规则", "Rule"))
    points = fields.Integer(metadata=POINTS)
    source = fields.String(metadata=titled("来源", "Source"))
    status = fields.String(metadata=titled("状态", "counts, proposed, appealed or cancelled"))
    entered_at = Moment(metadata=titled("计分时间", "Entered"))
    appeal = fields.String(allow_none=True, metadata=titled("申诉", "Appeal"))
    appeal_reason = fields.String(allow_none=True, metadata=titled("裁决理由", "Why it was decided so"))


class RankingPointsSchema(Output):
    """Points of a month."""

    items = fields.List(fields.Nested(RankingPointSchema), metadata=titled("计分", "Points"))


class RankingAppealSchema(Input):
    """An appeal."""

    grounds = Text(limit=1000, least=2, required=True, metadata=titled("申诉理由", "Grounds"))


class RankingAppealDecisionSchema(Input):
    """What becomes of an appeal."""

    upheld = Flag(required=True, metadata=titled("申诉成立", "Upheld"))
    reason = Text(limit=1000, least=2, required=True, metadata=titled("理由", "Reason"))
