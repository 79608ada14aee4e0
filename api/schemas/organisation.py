"""The organisation: departments, windows, staff, letters of authorisation, seals."""

from marshmallow import fields, validate

from api.schemas.fields import Choice, Flag, Input, Messages, Moment, Output, Text, titled
from workflows.organisation import Power
from workflows.organisation.seal import SealState

NUMBER = titled("编号", "Number")
ACCOUNT = titled("账户", "Account")
DEPARTMENT = titled("部门", "Department")
WINDOW = titled("窗口", "Window")
REASON = titled("理由", "Reason")
FROM, UNTIL = titled("起", "From"), titled("止", "Until")


OF_DAY: Messages = {"required": "required", "null": "required", "invalid": "not-a-day", "format": "not-a-day"}


class Day(fields.Date):
    """A day of the hall, ISO 8601."""

    default_error_messages = OF_DAY


class DepartmentSchema(Output):
    """A department."""

    code = fields.String(metadata=titled("代码", "Code"))
    name = fields.String(metadata=titled("名称", "Name"))
    name_en = fields.String(metadata=titled("英文名称", "Name in English"))
    has_approval_power = fields.Boolean(metadata=titled("有审批职能", "Has powers of approval"))
    is_vertical = fields.Boolean(metadata=titled("市管部门", "Run by the city"))
    entered_on = fields.Date(allow_none=True, metadata=titled("进驻日期", "Entered the hall"))
    exemption = fields.String(allow_none=True, metadata=titled("不进驻的依据", "Why it need not enter"))


class NewDepartmentSchema(Input):
    """A department, outside the hall until it enters."""

    name = Text(required=True, least=1, limit=60, metadata=titled("名称", "Name"))
    code = Text(required=True, least=1, limit=10, metadata=titled("代码（三位数字）", "Code, three digits"))
    name_en = Text(required=True, least=1, limit=120, metadata=titled("英文名称", "Name in English"))
    has_approval_power = Flag(required=True, metadata=titled("有审批职能", "Has powers of approval"))
    is_vertical = Flag(required=True, metadata=titled("市管部门", "Run by the city"))
    exemption = Text(limit=200, load_default=None, allow_none=True, metadata=titled("不进驻的依据", "Why it need not enter"))


class NewWindowSchema(Input):
    """A window with the first department it serves."""

    group_name = Text(required=True, least=1, limit=60, metadata=titled("任务组", "Group of its tasks"))
    name = Text(required=True, least=1, limit=60, metadata=titled("名称", "Name"))
    department = Text(required=True, least=1, limit=60, metadata=DEPARTMENT)


class JoiningSchema(Input):
    """A department that joins a window."""

    department = Text(required=True, least=1, limit=60, metadata=DEPARTMENT)


class GapSchema(Output):
    """A department that is not in the hall, or not with every item."""

    department = fields.String(metadata=DEPARTMENT)
    items = fields.List(fields.String(), metadata=titled("事项", "Items"))
    reason = fields.String(metadata=titled("原因代码", "Reason"))
    reason_name = fields.String(metadata=titled("原因", "Reason in words"))
    document = fields.String(allow_none=True, metadata=titled("依据", "Decision that allows it"))


class WindowSchema(Output):
    """A window; a joint one serves several departments."""

    group_name = fields.String(metadata=titled("任务组", "Group of its tasks"))
    name = fields.String(metadata=titled("名称", "Name"))


class StaffSchema(Output):
    """An appointment to a window."""

    id = fields.Integer(metadata=NUMBER)
    account_id = fields.String(metadata=ACCOUNT)
    window = fields.String(metadata=WINDOW)
    post = fields.String(metadata=titled("岗位", "Post"))
    home_department = fields.String(metadata=titled("原单位", "Home unit"))
    home_post = fields.String(metadata=titled("原单位职务", "Post in the home unit"))
    heads_main_section = fields.Boolean(metadata=titled("主要业务科室负责人", "Heads a main section"))
    qualification = fields.String(metadata=titled("培训合格记录", "Qualification"))
    from_on = fields.Date(metadata=FROM)
    until_on = fields.Date(metadata=titled("满一年", "The year is over"))
    ended_on = fields.Date(allow_none=True, metadata=titled("结束", "Ended"))
    end_reason = fields.String(allow_none=True, metadata=REASON)


class TaskHandOverSchema(Input):
    """To whom the open tasks go, and why."""

    to_account = Text(required=True, least=1, metadata=titled("接收人", "To"))
    reason = Text(required=True, least=1, limit=500, metadata=REASON)


class TasksHandedOverSchema(Output):
    """What was handed over."""

    tasks = fields.List(fields.String(), metadata=titled("已交接的任务", "Tasks handed over"))


class EndingSchema(Input):
    """Why something ends."""

    reason = Text(required=True, limit=500, metadata=REASON)


class GrantSchema(Input):
    """A line of a letter."""

    item = Text(required=True, least=1, limit=20, metadata=titled("事项", "Item"))
    powers = fields.List(
        Choice([power.value for power in Power]),
        required=True,
        validate=validate.Length(max=10, error="too-long|10"),
        metadata=titled("权限", "Powers"),
    )


class LetterSchema(Output):
    """A letter of authorisation."""

    number = fields.String(metadata=NUMBER)
    department = fields.String(metadata=DEPARTMENT)
    grantee = fields.String(metadata=titled("被授权的岗位或者人员", "Post or account authorised"))
    from_on = fields.Date(metadata=FROM)
    until_on = fields.Date(metadata=UNTIL)
    signed_by = fields.String(metadata=titled("签发人", "Signed by"))
    entered_by = fields.String(metadata=titled("登记人", "Entered by"))
    entered_at = Moment(metadata=titled("登记时间", "Entered"))
    revoked_on = fields.Date(allow_none=True, metadata=titled("撤销", "Revoked"))
    accept_only_reason = fields.String(allow_none=True, metadata=titled("只授予受理权限的理由", "Why items are only received"))


class NewLetterSchema(Input):
    """A signed letter to file."""

    number = Text(required=True, least=1, limit=60, metadata=NUMBER)
    department = Text(required=True, least=1, limit=60, metadata=DEPARTMENT)
    grantee = Text(required=True, least=1, metadata=titled("被授权的岗位或者人员", "Post or account authorised"))
    grants = fields.List(
        fields.Nested(GrantSchema),
        required=True,
        validate=validate.Length(max=500, error="too-long|500"),
        metadata=titled("授权事项和权限", "Items and powers"),
    )
    from_on = Day(required=True, metadata=FROM)
    until_on = Day(required=True, metadata=UNTIL)
    signed_by = Text(required=True, least=1, limit=60, metadata=titled("签发人", "Signed by"))
    accept_only_reason = Text(
        limit=500, load_default="", metadata=titled("只授予受理权限的理由", "Why items are only received")
    )


class SealSchema(Output):
    """A seal for approval."""

    number = fields.String(metadata=NUMBER)
    department = fields.String(metadata=DEPARTMENT)
    impression = fields.String(metadata=titled("印模摘要（SHA-256）", "SHA-256 of the imprint"))
    state = fields.String(metadata=titled("状态", "State"))
    keeper = fields.String(metadata=titled("保管人", "Keeper"))
    uses = fields.Integer(metadata=titled("使用次数", "Times used"))


class NewSealSchema(Input):
    """A seal to register."""

    number = Text(required=True, least=1, limit=60, metadata=NUMBER)
    department = Text(required=True, least=1, limit=60, metadata=DEPARTMENT)
    impression = Text(required=True, least=64, limit=64, metadata=titled("印模摘要（SHA-256）", "SHA-256 of the imprint"))
    keeper = Text(required=True, least=1, metadata=titled("保管人", "Keeper"))


class SealUseSchema(Output):
    """A line of the log of seals."""

    seal = fields.String(metadata=titled("印章", "Seal"))
    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    case_number = fields.String(metadata=titled("办件编号", "Case number"))
    document = fields.String(metadata=titled("文书", "Document"))
    digest = fields.String(metadata=titled("内容摘要（SHA-256）", "SHA-256 of the content"))
    used_by = fields.String(metadata=titled("用印人", "Used by"))
    at = Moment(metadata=titled("时间", "When"))


class HandOverSchema(Input):
    """To whom a seal is handed."""

    to_account = Text(required=True, least=1, metadata=titled("接收人", "To"))


class RetirementSchema(Input):
    """What became of a seal."""

    state = Choice([SealState.RETURNED.value, SealState.DESTROYED.value], required=True, metadata=titled("状态", "State"))
