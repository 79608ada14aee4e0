"""A leader's page."""

from typing import Any

from marshmallow import fields

from api.schemas.fields import Moment, Output, titled


class WaitingMatterSchema(Output):
    """Something that waits."""

    what = fields.String(metadata=titled("类别", "case, task, complaint, press-letter or card"))
    number = fields.String(metadata=titled("编号", "Number"))
    title = fields.String(metadata=titled("名称", "Title"))
    since = Moment(metadata=titled("起始时间", "Since"))


def _list(zh: str, en: str) -> fields.List[Any]:
    return fields.List(fields.Nested(WaitingMatterSchema), metadata=titled(zh, en))


class BriefSchema(Output):
    """Of the departments somebody leads, the oldest first."""

    overdue = _list("超期办件", "Cases past their limits")
    consultations = _list("逾期未答复的征求意见", "Consultations not answered in time")
    signatures = _list("待我审签", "Waiting for the leader")
    complaints = _list("在办投诉", "Open complaints")
    orders = _list("未答复的督办和监察牌", "Open press letters and cards")
