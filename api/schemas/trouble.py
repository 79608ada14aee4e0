"""What waits for something other than a clerk: incidents, jobs; and messages that come in."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, Variables, titled
from api.schemas.paging import PageQuery


class IncidentQuery(PageQuery):
    """Which incidents."""

    state = Choice(("open", "resolved", "all"), load_default="open", metadata=titled("状态", "State"))
    instance_id = Text(load_default=None, metadata=titled("办件", "Case"))


class IncidentSchema(Output):
    """Trouble a supervisor has to look at."""

    id = fields.String(metadata=titled("异常编号", "Id"))
    business_key = fields.String(allow_none=True, metadata=titled("办件编号", "Business key"))
    instance_id = fields.String(allow_none=True, metadata=titled("办件", "Case"))
    kind = fields.String(metadata=titled("model或engine", "model or engine"))
    process_key = fields.String(allow_none=True, metadata=titled("流程标识", "Process key"))
    element_id = fields.String(allow_none=True, metadata=titled("图元", "Element"))
    job_id = fields.String(allow_none=True, metadata=titled("服务任务", "Job"))
    code = fields.String(metadata=titled("代码", "Code"))
    message = fields.String(metadata=titled("说明", "Message"))
    message_zh = fields.String(allow_none=True, metadata=titled("中文说明", "Message in Chinese"))
    state = fields.String(metadata=titled("状态", "State"))
    raised_at = Moment(metadata=titled("发生时间", "Raised"))
    resolved_at = Moment(allow_none=True, metadata=titled("处理时间", "Resolved"))
    resolved_by = fields.String(allow_none=True, metadata=titled("处理人", "Resolved by"))
    reason = fields.String(allow_none=True, metadata=titled("处理说明", "Reason"))


class ResolutionSchema(Input):
    """What was done about it."""

    reason = Text(required=True, least=1, limit=2000, metadata=titled("处理说明", "Reason"))


class JobQuery(PageQuery):
    """Which jobs."""

    instance_id = Text(load_default=None, metadata=titled("办件", "Case"))


class JobSchema(Output):
    """A service task or message on its way."""

    id = fields.String(metadata=titled("编号", "Id"))
    instance_id = fields.String(metadata=titled("办件", "Case"))
    kind = fields.String(metadata=titled("种类", "Kind"))
    operator = fields.String(metadata=titled("服务操作", "Operator"))
    process_key = fields.String(metadata=titled("流程标识", "Process key"))
    element_id = fields.String(metadata=titled("图元", "Element"))
    requested_at = Moment(metadata=titled("请求时间", "Requested"))
    attempts = fields.Integer(metadata=titled("已试次数", "Attempts made"))
    next_attempt_at = Moment(metadata=titled("下次时间", "Next attempt"))
    worker = fields.String(allow_none=True, metadata=titled("执行者", "Worker"))
    last_error = fields.String(allow_none=True, metadata=titled("最近错误", "Last error"))


class MessageSchema(Input):
    """A message for the one case that waits for it."""

    message = Text(required=True, least=1, metadata=titled("消息名", "Name of the message"))
    correlation_key = Text(load_default=None, allow_none=True, metadata=titled("关联值", "Correlation key"))
    variables = Variables(load_default=dict, metadata=titled("内容", "Payload"))
