"""Work lists and what is done with tasks."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, Variables, titled
from api.schemas.paging import PageQuery
from engine.core.lifecycle import UserTaskState
from engine.runtime.queries.lights import Light
from engine.runtime.queries.user_tasks import OPEN, ORDERS

STATES: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    **{state.value: (state.value,) for state in UserTaskState},
    "all": tuple(state.value for state in UserTaskState),
}


class UserTaskFilterQuery(Input):
    """Which tasks."""

    scope = Choice(
        ("available", "mine", "claimable", "all"),
        load_default="available",
        metadata=titled(
            "范围：mine本人的，claimable本组待签收的，available两者，all全部（督查、审计；他人限本组）",
            "mine, claimable (of my groups, nobody's yet), available (both), all (supervisor, auditor; others with group=)",
        ),
    )
    state = Choice(tuple(STATES), load_default="open", metadata=titled("状态", "State"))
    group = Text(load_default=None, metadata=titled("候选组", "Candidate group"))
    assignee = Text(load_default=None, metadata=titled("办理人", "Assignee"))
    process_key = Text(load_default=None, metadata=titled("流程标识", "Process key"))
    element_id = Text(load_default=None, metadata=titled("图元", "Element"))
    instance_id = Text(load_default=None, metadata=titled("办件编号", "Case id"))
    business_key = Text(load_default=None, metadata=titled("办件编号（业务）", "Business key"))
    text = Text(
        load_default=None, metadata=titled("查找任务或办件编号", "Looked for in title and business key; or a case number")
    )
    due_before = Moment(load_default=None, metadata=titled("期限早于", "Due before"))
    light = Choice(tuple(Light), load_default=None, metadata=titled("灯色", "Light"))


class UserTaskQuery(UserTaskFilterQuery, PageQuery):
    """Which tasks, and in which order."""

    sort = Choice(tuple(ORDERS), load_default="created", metadata=titled("排序", "Order"))


class UserTaskSchema(Output):
    """A task as lists show it."""

    id = fields.String(metadata=titled("任务编号", "Id"))
    title = fields.String(metadata=titled("任务", "Task"))
    case_number = fields.String(allow_none=True, metadata=titled("办件编号", "Case number"))
    item_name = fields.String(allow_none=True, metadata=titled("事项", "Item"))
    applicant_name = fields.String(allow_none=True, metadata=titled("申请人", "Applicant"))
    business_key = fields.String(allow_none=True, metadata=titled("业务编号", "Business key"))
    state = fields.String(metadata=titled("状态", "State"))
    suspended = fields.Boolean(metadata=titled("办件已挂起", "Its case is suspended: nothing can be done with it for now"))
    light = fields.String(metadata=titled("灯色", "Light"))
    due = Moment(allow_none=True, metadata=titled("期限", "Due"))
    assignee = fields.String(allow_none=True, metadata=titled("办理人", "Assignee"))
    owner = fields.String(allow_none=True, metadata=titled("委托人", "Owner"))
    performer = fields.String(allow_none=True, metadata=titled("完成人", "Performer"))
    candidate_groups = fields.List(fields.String(), metadata=titled("候选组", "Candidate groups"))
    lane = fields.String(allow_none=True, metadata=titled("泳道", "Lane"))
    created_at = Moment(metadata=titled("产生时间", "Created"))
    ended_at = Moment(allow_none=True, metadata=titled("结束时间", "Ended"))
    limit = fields.String(allow_none=True, metadata=titled("环节时限", "Limit of the step"))
    form_key = fields.String(allow_none=True, metadata=titled("表单", "Form"))
    element_id = fields.String(metadata=titled("图元", "Element"))
    process_key = fields.String(metadata=titled("流程标识", "Process key"))
    root_process_key = fields.String(metadata=titled("主流程标识", "Process key of the case"))
    instance_id = fields.String(metadata=titled("办件", "Case"))
    instance_version = fields.Integer(metadata=titled("办件版本", "Version of the case"))
    instance_index = fields.Integer(allow_none=True, metadata=titled("多实例序号", "Number in a multi-instance"))
    instance_item = fields.Raw(allow_none=True, metadata=titled("多实例对象", "Item of a multi-instance"))


class UserTaskDetailSchema(UserTaskSchema):
    """A task with what its performer may read."""

    form_id = fields.String(allow_none=True, metadata=titled("表单版本编号", "Id of the form version, for /api/forms"))
    variables = fields.Dict(metadata=titled("数据", "Variables the form may read"))
    draft = fields.Dict(allow_none=True, metadata=titled("本人草稿", "The asker's draft"))


class UserTaskCountsSchema(Output):
    """How many tasks the filter finds."""

    total = fields.Integer(metadata=titled("合计", "Total"))
    by_light = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata=titled("按灯色", "By light"))
    by_group = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata=titled("按候选组", "By candidate group"))


class AssignSchema(Input):
    """To whom."""

    assignee = Text(required=True, least=1, metadata=titled("办理人账号", "Account of the person"))
    reason = Text(
        load_default="",
        limit=2000,
        metadata=titled("理由，改派时必填", "Reason; needed when the task is taken from somebody"),
    )


class DelegateSchema(Input):
    """To whom."""

    delegate = Text(required=True, least=1, metadata=titled("受托人账号", "Account of the person"))


class CompleteSchema(Input):
    """What was entered into the form."""

    variables = Variables(load_default=dict, metadata=titled("表单内容", "What the form admits"))


class DraftSchema(Input):
    """What was entered so far. It is not checked."""

    variables = Variables(required=True, metadata=titled("表单内容", "What was entered so far"))
