"""Stuck cases."""

from marshmallow import fields

from api.schemas.fields import Choice, Moment, Output, Text, titled
from api.schemas.paging import PageQuery
from engine.runtime.queries.stuck_reasons import StuckReason


class StuckCaseQuery(PageQuery):
    """Which of them."""

    reason = Choice(tuple(StuckReason), load_default=None, metadata=titled("卡住的原因", "Why it is stuck"))
    process_key = Text(load_default=None, metadata=titled("主流程标识", "Process key of the case"))
    instance_id = Text(load_default=None, metadata=titled("办件", "Case"))


class PossibleRepairSchema(Output):
    """Something that may help."""

    code = fields.String(metadata=titled("固定代码", "Stable code"))
    name = fields.String(metadata=titled("处理办法", "In the asker's language"))
    address = fields.String(
        allow_none=True,
        metadata=titled("提交地址（POST）；不在本接口办理的为空", "Where to post it; null for what is not done here"),
    )


class StuckCaseSchema(Output):
    """Why one case does not go on. A case with two troubles is there twice."""

    id = fields.String(metadata=titled("编号", "Id of the entry"))
    since = Moment(metadata=titled("起始时间", "Since"))
    business_key = fields.String(allow_none=True, metadata=titled("业务标识", "Business key"))
    case_number = fields.String(allow_none=True, metadata=titled("办件编号", "Case number"))
    item_name = fields.String(allow_none=True, metadata=titled("事项", "Item"))
    applicant_name = fields.String(allow_none=True, metadata=titled("申请人", "Applicant"))
    process_name = fields.String(metadata=titled("流程", "Process"))
    reason = fields.String(metadata=titled("原因代码", "Why, as a code"))
    sentence = fields.String(metadata=titled("原因", "Why, in the asker's language"))
    repairs = fields.List(fields.Nested(PossibleRepairSchema), metadata=titled("可以怎样处理", "What can be done"))
    element_name = fields.String(allow_none=True, metadata=titled("环节", "Name of the element"))
    status = fields.String(metadata=titled("办件状态", "State of the case"))
    code = fields.String(metadata=titled("细分代码", "Finer code"))
    subject = fields.String(
        metadata=titled("异常、任务、定时器、作业或办件的编号", "Id of the incident, task, timer, job or case to blame")
    )
    instance_id = fields.String(metadata=titled("办件", "Case"))
    instance_version = fields.Integer(metadata=titled("办件版本", "Version of the case, for If-Match"))
    root_process_key = fields.String(metadata=titled("主流程标识", "Process key of the case"))
    process_key = fields.String(allow_none=True, metadata=titled("流程标识", "Process whose diagram shows the element"))
    element_id = fields.String(allow_none=True, metadata=titled("图元", "Element"))
