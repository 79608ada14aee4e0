"""Versions of fees: what is drafted, where each stands, what became of it."""

from typing import Any

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, titled
from api.schemas.fields import Variables as Content

CODE = titled("收费项目编码", "Code of the fee")
VERSION = titled("版本", "Version")
STATE = titled("状态", "draft, legal-check, checked, in-force, lapsed or ended")


class FeeDraftSchema(Input):
    """A draft. ``content``: as the file of installed fees has one, without version and days."""

    content = Content(required=True, metadata=titled("收费项目内容", "Content"))
    reason = Text(limit=500, least=4, required=True, metadata=titled("理由", "Reason"))


class FeeDraftedSchema(Output):
    """What was drafted."""

    code = fields.String(metadata=CODE)
    version = fields.String(metadata=VERSION)
    name = fields.String(metadata=titled("名称", "Name"))


class FeeVersionSchema(Output):
    """A version with where it stands."""

    code = fields.String(attribute="fee.code", metadata=CODE)
    version = fields.String(attribute="fee.version", metadata=VERSION)
    name = fields.String(attribute="fee.name", metadata=titled("名称", "Name"))
    department = fields.String(attribute="fee.department", metadata=titled("执收部门", "Department"))
    fund_nature = fields.String(attribute="fee.fund_nature", metadata=titled("资金性质", "Fund nature"))
    document = fields.String(attribute="fee.document.number", metadata=titled("收费文件", "Charge document"))
    permit = fields.Method("permit_number", metadata=titled("收费许可证", "Charge permit"))
    items = fields.List(fields.String(), attribute="fee.items", metadata=titled("适用事项", "Items"))
    state = fields.String(metadata=STATE)
    off = fields.String(allow_none=True, metadata=titled("停收原因", "The code by which it is not charged today"))

    def permit_number(self, line: Any) -> str | None:
        """None where a fee has no permit."""
        return None if line.fee.permit is None else str(line.fee.permit.number)


class FeeEventSchema(Output):
    """What became of a version."""

    sequence = fields.Integer(metadata=titled("序号", "Sequence"))
    state = fields.String(metadata=STATE)
    from_on = fields.Date(allow_none=True, metadata=titled("自何日起", "From"))
    at = Moment(metadata=titled("时间", "When"))
    actor_id = fields.String(metadata=titled("经办人", "By"))
    reason = fields.String(metadata=titled("理由", "Reason"))
    document = fields.String(metadata=titled("文号", "Document"))
