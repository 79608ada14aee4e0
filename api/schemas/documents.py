"""Documents the centre issued."""

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, titled


class DocumentQuery(Input):
    """Which documents."""

    case_number = Text(required=True, least=1, limit=50, metadata=titled("办件编号", "Case number"))


class DocumentSchema(Output):
    """A document as it was issued."""

    number = fields.String(metadata=titled("文号", "Number"))
    kind = fields.String(metadata=titled("种类", "Kind"))
    title = fields.String(metadata=titled("名称", "Title"))
    department = fields.String(metadata=titled("出具机关", "Issued by the department"))
    case_number = fields.String(metadata=titled("办件编号", "Case number"))
    issued_at = Moment(metadata=titled("出具时间", "Issued"))
    issued_by = fields.String(metadata=titled("经办人", "Person"))
    digest = fields.String(metadata=titled("内容摘要（SHA-256）", "SHA-256 of the content"))
    verification_code = fields.String(metadata=titled("验证码", "Verification code"))


class VerifiedListSchema(Output):
    """A list inside a document."""

    heading = fields.String(metadata=titled("标题", "Heading"))
    entries = fields.List(fields.String(), metadata=titled("内容", "Entries"))


class VerifiedDocumentSchema(Output):
    """What the holder of a document may compare with the paper. The text only of what is public (APPL Art. 40)."""

    number = fields.String(metadata=titled("文号", "Number"))
    title = fields.String(metadata=titled("名称", "Title"))
    department = fields.String(metadata=titled("出具机关", "Issued by the department"))
    issued_on = fields.String(metadata=titled("出具日期", "Date"))
    digest = fields.String(metadata=titled("内容摘要（SHA-256）", "SHA-256 of the content"))
    is_intact = fields.Boolean(metadata=titled("内容未被改动", "Whether the content is as it was issued"))
    paragraphs = fields.List(fields.String(), metadata=titled("正文", "Text"))
    lists = fields.List(fields.Nested(VerifiedListSchema))
