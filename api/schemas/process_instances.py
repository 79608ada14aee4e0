"""Cases."""

from marshmallow import fields

from api.schemas.fields import Choice, Flag, Input, Moment, Output, Text, Variables, Whole, titled
from api.schemas.paging import PageQuery
from engine.runtime.queries.process_instances import ORDERS

STATUSES = ("active", "suspended", "completed", "canceled")


class StartSchema(Input):
    """What to start."""

    process_key = Text(required=True, least=1, metadata=titled("流程标识", "Process key"))
    business_key = Text(load_default=None, allow_none=True, metadata=titled("办件编号（业务）", "Business key"))
    variables = Variables(load_default=dict, metadata=titled("申请内容", "What the start form admits"))


class ProcessInstanceQuery(PageQuery):
    """Which cases."""

    process_key = Text(load_default=None, metadata=titled("流程标识", "Process key"))
    status = Choice(STATUSES, load_default=None, metadata=titled("状态", "State"))
    business_key = Text(load_default=None, metadata=titled("办件编号（业务）", "Business key"))
    started_by = Text(load_default=None, metadata=titled("发起人", "Started by"))
    started_from = Moment(load_default=None, metadata=titled("发起时间不早于", "Started at or after"))
    started_before = Moment(load_default=None, metadata=titled("发起时间早于", "Started before"))
    text = Text(load_default=None, metadata=titled("查找编号或名称", "Looked for in business key and process name"))
    with_incident = Flag(load_default=None, metadata=titled("有无异常", "With an open incident, or without"))
    sort = Choice(tuple(ORDERS), load_default="-started", metadata=titled("排序", "Order"))


class ProcessInstanceSchema(Output):
    """A case as lists show it."""

    id = fields.String(metadata=titled("编号", "Id"))
    business_key = fields.String(allow_none=True, metadata=titled("办件编号", "Business key"))
    process_key = fields.String(metadata=titled("流程标识", "Process key"))
    process_name = fields.String(metadata=titled("流程", "Process"))
    definition_id = fields.String(metadata=titled("流程版本编号", "Id of the process version"))
    definition_version = fields.Integer(metadata=titled("流程版本", "Process version"))
    status = fields.String(metadata=titled("状态", "State"))
    version = fields.Integer(metadata=titled("办件版本", "Version of the case"))
    started_at = Moment(metadata=titled("发起时间", "Started"))
    started_by = fields.String(metadata=titled("发起人", "Started by"))
    ended_at = Moment(allow_none=True, metadata=titled("办结时间", "Ended"))
    end_reason = fields.String(allow_none=True, metadata=titled("终止理由", "Reason of the end"))
    has_incident = fields.Boolean(metadata=titled("有异常", "Has an incident"))


class ProcessInstanceDetailSchema(ProcessInstanceSchema):
    """A case as it stands."""

    bindings = fields.Dict(metadata=titled("所用版本", "Versions it is bound to"))
    variables = fields.Dict(
        allow_none=True,
        metadata=titled("数据，申请人不可见", "Variables; null for an applicant, whom internal opinions do not concern"),
    )


class ReasonSchema(Input):
    """Why a case is canceled, suspended or resumed."""

    reason = Text(required=True, least=1, limit=2000, metadata=titled("理由", "Reason"))


class HistoryQuery(PageQuery):
    """Which steps. The cursor is a sequence number."""


class HistoryEntrySchema(Output):
    """One step. ``details`` and ``events`` are null where the payload was erased."""

    sequence = fields.Integer(metadata=titled("序号", "Step"))
    at = Moment(metadata=titled("时间", "At"))
    actor_id = fields.String(metadata=titled("操作人", "By"))
    command = fields.String(metadata=titled("操作", "Command"))
    command_id = fields.String(metadata=titled("请求编号", "Command id"))
    outcome = fields.String(metadata=titled("结果", "Outcome"))
    code = fields.String(allow_none=True, metadata=titled("拒绝代码", "Code of the refusal"))
    sentence = fields.String(allow_none=True, metadata=titled("拒绝原因", "Why it was refused"))
    version = fields.Integer(metadata=titled("办件版本", "Version of the case"))
    details = fields.Dict(allow_none=True, metadata=titled("内容", "The command"))
    events = fields.List(fields.Dict(), allow_none=True, metadata=titled("事件", "Events"))
    payload_digest = fields.String(metadata=titled("内容摘要", "Digest of the payload"))
    hash = fields.String(metadata=titled("链上哈希", "Hash in the chain"))


class DiagramStateQuery(Input):
    """Which diagram."""

    process_key = Text(load_default=None, metadata=titled("被调用流程的标识", "A called process's diagram instead of its own"))


class ElementStateSchema(Output):
    """One element: tokens there now, gone through, withdrawn."""

    active = Whole(0, 2**53)
    done = Whole(0, 2**53)
    canceled = Whole(0, 2**53)
    incident = fields.Boolean(metadata=titled("有异常", "Has an open incident"))
    light = fields.String(metadata=titled("灯色", "green, yellow, red or none"))


class DiagramStateSchema(Output):
    """Where a case stands on a diagram."""

    instance_id = fields.String()
    process_key = fields.String()
    elements = fields.Dict(keys=fields.String(), values=fields.Nested(ElementStateSchema))
