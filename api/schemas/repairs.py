"""Repairs of a case."""

from marshmallow import fields

from api.schemas.fields import OF_VARIABLES, Input, Moment, Output, Text, Variables, titled
from engine.runtime.queries.tokens import STATES


class LiveTokenSchema(Output):
    """Where the case stands with one of its branches."""

    id = fields.String(metadata=titled("令牌编号", "Token id"))
    element_id = fields.String(metadata=titled("图元", "Element"))
    element_name = fields.String(allow_none=True, metadata=titled("环节", "Name of the element"))
    process_key = fields.String(metadata=titled("流程标识", "Process whose diagram shows the element"))
    scope = fields.String(metadata=titled("所在子流程的令牌，顶层为空", "Token of the subprocess around it, empty at the top"))
    state = fields.String(metadata=titled("在等待什么", f"What it waits for: {', '.join(STATES)}"))
    movable = fields.Boolean(metadata=titled("可以移动", "Whether it can be moved by itself"))
    since = Moment(allow_none=True, metadata=titled("到达时间", "Since when it is there"))
    incident_id = fields.String(allow_none=True, metadata=titled("异常编号", "Its open incident"))


class LiveTokensSchema(Output):
    """Every branch of a case, oldest first."""

    items = fields.List(fields.Nested(LiveTokenSchema))


class _Justified(Input):
    reason = Text(required=True, least=1, limit=2000, metadata=titled("理由", "Reason"))


class VariablesSetSchema(_Justified):
    """What the case is to know."""

    variables = Variables(required=True, metadata=titled("更正后的数据", "Variables as they should be; others stay"))
    token_id = Text(
        load_default=None,
        allow_none=True,
        metadata=titled("只更正此令牌的数据", "Only at this token; everywhere if not given"),
    )


class TokenMoveSchema(_Justified):
    """Which token, and where to."""

    token_id = Text(required=True, least=1, metadata=titled("令牌编号", "Token id"))
    element_id = Text(required=True, least=1, metadata=titled("移到的图元", "Element to go on at"))


class MigrationPlanSchema(Input):
    """Where the case is to go: the latest versions. Elements with another id there are named."""

    mapping = fields.Dict(
        keys=Text(),
        values=Text(least=1),
        load_default=dict,
        error_messages=OF_VARIABLES,
        metadata=titled("图元的新编号：{流程/图元: 图元}", "Elements with another id there: {process/element: element}"),
    )


class MigrationSchema(MigrationPlanSchema, _Justified):
    """The same, and why."""


class DeadlineSchema(Output):
    """A timer or a due date, before and after."""

    kind = fields.String(metadata=titled("timer或user-task", "timer or user-task"))
    element_id = fields.String(metadata=titled("图元", "Element"))
    before = Moment(allow_none=True, metadata=titled("迁移前", "Before"))
    after = Moment(allow_none=True, metadata=titled("迁移后", "After"))


class MoveSchema(Output):
    """A place of the case that has another element in the new version."""

    from_element_id = fields.String(metadata=titled("原图元", "Element now"))
    element_id = fields.String(metadata=titled("新图元", "Element then"))


class MigrationPreviewSchema(Output):
    """What a migration would do. Nothing has been done."""

    bindings = fields.Dict(
        keys=fields.String(), values=fields.String(), metadata=titled("将用的版本", "Versions it would go to")
    )
    deadlines = fields.List(fields.Nested(DeadlineSchema), metadata=titled("对各期限的影响", "What becomes of each deadline"))
    moves = fields.List(fields.Nested(MoveSchema), metadata=titled("换图元的位置", "Places that go elsewhere"))
