"""What service tasks may call."""

from marshmallow import fields

from api.schemas.fields import Output, titled


class OperatorSchema(Output):
    """One operator."""

    id = fields.String(metadata=titled("名称", "Name"))
    parameters = fields.List(
        fields.String(), allow_none=True, metadata=titled("参数；未说明的为空", "Its parameters; null where that is not said")
    )
    remote = fields.Boolean(
        metadata=titled("是否在提交以后由作业执行", "Whether a worker runs it after the commit, perhaps more than once")
    )
