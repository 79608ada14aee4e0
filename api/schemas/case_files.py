"""Case files: where each case stands, and the two steps that make one void."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, titled
from api.schemas.items import Day
from api.schemas.paging import PageQuery
from workflows.case_file.status import statuses

NUMBER = titled("办件编号", "Case number")
STATUS = titled("办件状态", "Status")


class CaseFileQuery(PageQuery):
    """Which cases."""

    status = Choice(sorted(statuses()), load_default=None, metadata=STATUS)
    item_code = Text(limit=10, load_default=None, metadata=titled("事项编码", "Item"))
    window_group = Text(limit=60, load_default=None, metadata=titled("窗口", "Window"))
    instance_id = Text(limit=40, load_default=None, metadata=titled("流程实例", "Process instance"))


class CaseFileSchema(Output):
    """A case as it stands."""

    number = fields.String(metadata=NUMBER)
    instance_id = fields.String(metadata=titled("流程实例", "Process instance"))
    parent_number = fields.String(allow_none=True, metadata=titled("所属办件", "Part of case"))
    item_code = fields.String(metadata=titled("事项编码", "Item"))
    item_version = fields.Integer(metadata=titled("事项版本", "Version of the item"))
    item_name = fields.String(metadata=titled("事项", "Name of the item"))
    kind = fields.String(metadata=titled("办件类型", "Kind"))
    department = fields.String(metadata=titled("部门", "Department"))
    applicant_name = fields.String(metadata=titled("申请人", "Applicant"))
    masked_id = fields.String(metadata=titled("证件号码", "Number on the applicant's papers, masked"))
    channel = fields.String(metadata=titled("收件渠道", "How it came"))
    status = fields.String(metadata=STATUS)
    flags = fields.List(fields.String(), metadata=titled("标记", "Flags"))
    received_at = Moment(metadata=titled("收件时间", "Received"))
    accepted_on = Day(allow_none=True, metadata=titled("受理日期", "Accepted, the day limits begin with"))
    decided_at = Moment(allow_none=True, metadata=titled("决定时间", "Decided"))
    delivered_at = Moment(allow_none=True, metadata=titled("送达时间", "Delivered"))
    overdue_days = fields.Integer(allow_none=True, metadata=titled("超期工作日", "Working days over the law's limit"))
    replaced_by = fields.String(allow_none=True, metadata=titled("代替的办件", "Replaced by case"))


class CaseFileEventSchema(Output):
    """A line of a case's ledger."""

    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("经办人", "Person"))
    event = fields.String(metadata=titled("事件", "Event"))
    status = fields.String(metadata=titled("其后状态", "Status after it"))
    detail = fields.Dict(metadata=titled("内容", "Detail"))


class EvidenceReasonSchema(Input):
    """Why the evidence of a case is taken out."""

    reason = Text(required=True, metadata=titled("理由", "Why"))


class VoidRequestSchema(Input):
    """Why a case with wrong data is to be void."""

    reason = Text(required=True, least=4, limit=500, metadata=titled("理由", "Reason"))
    replaced_by = Text(limit=50, load_default=None, metadata=titled("代替的办件", "The case that takes its place"))
