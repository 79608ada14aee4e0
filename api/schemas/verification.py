"""What auditors compute again."""

from marshmallow import fields

from api.schemas.fields import Output, titled


class ReplayedStepSchema(Output):
    """A case as it stood after a step, rebuilt from its history."""

    sequence = fields.Integer(metadata=titled("步骤", "Step"))
    status = fields.String(metadata=titled("办件状态", "State of the case"))
    variables = fields.Dict(metadata=titled("数据", "Variables"))


class ChainProblemSchema(Output):
    """Something that is not as it was written."""

    instance_id = fields.String(metadata=titled("办件", "Case"))
    sequence = fields.Integer(metadata=titled("步骤", "Step"))
    code = fields.String(metadata=titled("固定代码", "Stable code"))
    sentence = fields.String(metadata=titled("说明", "What is wrong"))


class DifferenceSchema(Output):
    """Where a replay left what is recorded."""

    where = fields.String(metadata=titled("何处", "Where"))
    sequence = fields.Integer(metadata=titled("步骤", "Step"))
    recorded = fields.String(metadata=titled("记录", "Recorded"))
    replayed = fields.String(metadata=titled("重演", "Replayed"))


class CaseVerificationSchema(Output):
    """Whether a case's chain is intact and its replay agrees."""

    rows = fields.Integer(metadata=titled("行数", "Rows"))
    intact = fields.Boolean(metadata=titled("哈希链完整", "Chain intact"))
    agrees = fields.Boolean(metadata=titled("重演一致", "Replay agrees"))
    problems = fields.List(fields.Nested(ChainProblemSchema), metadata=titled("问题", "Problems"))
    difference = fields.Nested(DifferenceSchema, allow_none=True, metadata=titled("差异", "First difference"))
