"""Reports."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Output, titled
from api.schemas.organisation import DEPARTMENT, Day

WINDOW = titled("窗口", "Window")
ITEM = titled("事项编码", "Item")
ITEM_NAME = titled("事项名称", "Item's name")
RECEIVED = titled("收件", "Received")
DECIDED = titled("已决定", "Decided")
OVER_PROMISE = titled("超过承诺期限", "Over the promise")
OVER_LAW = titled("超过法定期限", "Over the law's limit")
FEN = "（分）"


class PeriodQuery(Input):
    """Days of the hall, both included."""

    from_on = Day(required=True, metadata=titled("起始日", "From"))
    until_on = Day(required=True, metadata=titled("截止日", "Until"))
    format = Choice(("csv", "json", "xlsx"), load_default=None, metadata=titled("导出", "Export as a file"))


class WindowRowSchema(Output):
    """A window's cases."""

    window = fields.String(metadata=WINDOW)
    received = fields.Integer(metadata=RECEIVED)
    accepted = fields.Integer(metadata=titled("已受理", "Accepted"))
    decided = fields.Integer(metadata=DECIDED)
    delivered = fields.Integer(metadata=titled("已办结", "Delivered"))
    open = fields.Integer(metadata=titled("在办", "Open"))
    over_promise = fields.Integer(metadata=OVER_PROMISE)
    over_law = fields.Integer(metadata=OVER_LAW)
    on_time = fields.Integer(metadata=titled("按时办结率（千分比）", "On time, in thousandths"))


class ItemRowSchema(Output):
    """An item's cases."""

    item = fields.String(metadata=ITEM)
    name = fields.String(metadata=ITEM_NAME)
    department = fields.String(metadata=DEPARTMENT)
    received = fields.Integer(metadata=RECEIVED)
    decided = fields.Integer(metadata=DECIDED)
    promised_days = fields.Integer(allow_none=True, metadata=titled("承诺工作日", "Promised working days"))
    mean_days = fields.Float(allow_none=True, metadata=titled("平均用时（工作日）", "Mean working days"))
    longest_days = fields.Integer(allow_none=True, metadata=titled("最长用时（工作日）", "Longest, working days"))
    over_promise = fields.Integer(metadata=OVER_PROMISE)
    over_law = fields.Integer(metadata=OVER_LAW)


class LightRowSchema(Output):
    """A window's open cases by light."""

    window = fields.String(metadata=WINDOW)
    green = fields.Integer(metadata=titled("绿灯", "Green"))
    yellow = fields.Integer(metadata=titled("黄灯", "Yellow"))
    red = fields.Integer(metadata=titled("红灯", "Red"))
    grey = fields.Integer(metadata=titled("停钟", "Standing still"))


class TimeRowSchema(Output):
    """How much of their promise an item's decided cases used."""

    item = fields.String(metadata=ITEM)
    name = fields.String(metadata=ITEM_NAME)
    half = fields.Integer(metadata=titled("用时不到一半", "Half the promise or less"))
    within = fields.Integer(metadata=titled("期限以内", "Within the promise"))
    over_promise = fields.Integer(metadata=OVER_PROMISE)
    over_law = fields.Integer(metadata=OVER_LAW)


class FeeRowSchema(Output):
    """Fees by where they go, in fen."""

    department = fields.String(metadata=DEPARTMENT)
    fee = fields.String(metadata=titled("收费项目", "Fee"))
    fund_nature = fields.String(metadata=titled("资金性质", "Fund nature"))
    assessed = fields.Integer(metadata=titled(f"核定{FEN}", "Assessed (fen)"))
    waived = fields.Integer(metadata=titled(f"减免{FEN}", "Waived (fen)"))
    received = fields.Integer(metadata=titled(f"已收{FEN}", "Received (fen)"))
    refunded = fields.Integer(metadata=titled(f"退付{FEN}", "Refunded (fen)"))
    remitted = fields.Integer(metadata=titled(f"解缴{FEN}", "Passed on (fen)"))
