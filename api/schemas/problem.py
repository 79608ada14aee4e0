"""The shape of every error (RFC 9457). Used for documentation; :mod:`api.problems` writes it."""

from marshmallow import fields

from api.schemas.fields import Output, titled


class FieldProblemSchema(Output):
    """What is wrong with one field."""

    field = fields.String(metadata=titled("字段路径", "Path of the field, such as materials[2].copies"))
    code = fields.String(metadata=titled("固定代码", "Stable code"))
    detail = fields.String(metadata=titled("说明", "One sentence in the asker's language"))


class ProblemSchema(Output):
    """A problem: what was expected, and what was found instead."""

    type = fields.String(metadata=titled("代码说明的地址", "Where the code is described"))
    title = fields.String(metadata=titled("种类", "Kind of problem"))
    status = fields.Integer(metadata=titled("HTTP状态", "HTTP status"))
    detail = fields.String(metadata=titled("说明", "One sentence in the asker's language"))
    code = fields.String(metadata=titled("固定代码", "Stable code; programs may depend on it"))
    errors = fields.List(fields.Nested(FieldProblemSchema), metadata=titled("各字段的错误", "Errors of single fields"))
    incident_id = fields.String(metadata=titled("故障编号", "Of an internal error, to be told to the administrator"))
