"""Deploying models and forms."""

from marshmallow import fields

from api.schemas.fields import Flag, Input, Moment, Output, Text, titled


class DeployQuery(Input):
    """How to deploy."""

    check = Flag(load_default=False, metadata=titled("只检查，不部署", "Only check; store nothing"))
    override_reason = Text(
        load_default="", limit=500, metadata=titled("不理会警告的理由", "Why warnings that need a reason do not matter")
    )


class FindingSchema(Output):
    """One thing that is wrong with a file."""

    field = fields.String(metadata=titled("文件与图元", "File and element"))
    code = fields.String(metadata=titled("固定代码", "Stable code"))
    severity = fields.String(metadata=titled("error或warning", "error or warning"))
    detail = fields.String(metadata=titled("说明", "One sentence"))
    element_name = fields.String(metadata=titled("图元名称", "Name of the element"))
    suggestion = fields.String(metadata=titled("建议", "How to mend it"))
    process_key = fields.String(metadata=titled("图元所在流程", "The process whose diagram shows the element"))
    trace = fields.List(fields.String(), metadata=titled("最短路径上的图元", "Elements completed on the shortest way there"))
    flows = fields.List(fields.String(), metadata=titled("最短路径上的顺序流", "Sequence flows taken on that way"))
    waiting = fields.List(fields.String(), metadata=titled("无法前进的图元", "Elements with tokens that can never move"))
    needs_reason = fields.Boolean(metadata=titled("须说明理由方可部署", "Whether a deployment in spite of it needs a reason"))


class DeployedResourceSchema(Output):
    """A definition as it stands after a deployment."""

    kind = fields.String(metadata=titled("process或form", "process or form"))
    key = fields.String(metadata=titled("标识", "Key"))
    version = fields.Integer(metadata=titled("版本", "Version"))
    id = fields.String(metadata=titled("版本编号", "Id of the version"))
    name = fields.String(metadata=titled("名称", "Name"))
    resource = fields.String(metadata=titled("文件", "File"))
    created = fields.Boolean(metadata=titled("是否新版本", "Whether this is a new version"))


class DeploymentResultSchema(Output):
    """What a deployment brought, or would bring."""

    id = fields.String(allow_none=True, metadata=titled("部署编号，无变化时为空", "Deployment id, null when nothing was new"))
    deployable = fields.Boolean(metadata=titled("可否部署", "Whether there is no error"))
    resources = fields.List(fields.Nested(DeployedResourceSchema))
    findings = fields.List(fields.Nested(FindingSchema), metadata=titled("检查发现", "What was found"))


class DeploymentSchema(Output):
    """A deployment that brought something new."""

    id = fields.String(metadata=titled("部署编号", "Deployment id"))
    at = Moment(metadata=titled("部署时间", "Deployed"))
    actor_id = fields.String(metadata=titled("部署人", "By"))
    resources = fields.List(fields.String(), metadata=titled("文件", "Files"))
