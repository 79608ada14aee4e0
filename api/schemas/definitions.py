"""Deployed processes and forms."""

from marshmallow import fields

from api.schemas.fields import Flag, Moment, Output, Text, titled
from api.schemas.paging import PageQuery


class DefinitionQuery(PageQuery):
    """Which versions."""

    key = Text(load_default=None, metadata=titled("标识", "Key"))
    latest = Flag(load_default=True, metadata=titled("只列最新版本", "Only the latest versions"))


class DefinitionSchema(Output):
    """A version of a process or form."""

    id = fields.String(metadata=titled("版本编号", "Id of the version"))
    key = fields.String(metadata=titled("标识", "Key"))
    version = fields.Integer(metadata=titled("版本", "Version"))
    name = fields.String(metadata=titled("名称", "Name"))
    resource = fields.String(metadata=titled("文件", "File"))
    content_hash = fields.String(metadata=titled("内容摘要（SHA-256）", "SHA-256 of the file"))
    deployed_at = Moment(metadata=titled("部署时间", "Deployed"))
    deployment_id = fields.String(metadata=titled("部署编号", "Deployment id"))
    version_tag = fields.String(allow_none=True, metadata=titled("版本标签", "Version tag"))


class StartEventSchema(Output):
    """What begins a process by itself."""

    element_id = fields.String(metadata=titled("图元", "Element"))
    kind = fields.String(metadata=titled("timer、message或signal", "timer, message or signal"))
    name = fields.String(allow_none=True, metadata=titled("消息或信号名", "Name of the message or signal"))
    due = Moment(allow_none=True, metadata=titled("下次启动时间", "When the timer starts the next case"))


class ProcessDefinitionSchema(DefinitionSchema):
    """A version of a process, with what it refers to."""

    uses = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        allow_none=True,
        metadata=titled("引用", "What it refers to"),
    )
    startable = fields.Boolean(metadata=titled("能否由人启动", "Whether somebody can start it"))
    starts = fields.List(fields.Nested(StartEventSchema), metadata=titled("自行启动的方式", "What begins it by itself"))
    start_form_id = fields.String(allow_none=True, metadata=titled("申请表单", "Id of the form that starts it"))


class RunningVersionSchema(Output):
    """A version of a process that cases are under way on."""

    id = fields.String(metadata=titled("版本编号", "Id of the version"))
    version = fields.Integer(metadata=titled("版本", "Version"))
    running = fields.Integer(metadata=titled("在办", "Cases under way"))


class ElementLoadSchema(Output):
    """What waits at an element of a process."""

    element_id = fields.String(metadata=titled("图元", "Element"))
    open = fields.Integer(metadata=titled("待办", "Open tasks"))
    overdue = fields.Integer(metadata=titled("超期", "Overdue"))
    incidents = fields.Integer(metadata=titled("异常", "Open incidents"))
    waiting_since = Moment(allow_none=True, metadata=titled("最久等待自", "The longest has waited since"))
    done = fields.Integer(metadata=titled("近90日办结", "Done in the last ninety days"))
    mean_minutes = fields.Integer(allow_none=True, metadata=titled("平均用时（分钟）", "Mean minutes they took"))


class FormSchema(DefinitionSchema):
    """A version of a form, with its definition as the browser renders it."""

    definition = fields.Dict(metadata=titled("表单定义（form-js）", "The form-js definition"))
