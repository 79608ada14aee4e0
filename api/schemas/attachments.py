"""Attachments."""

from marshmallow import fields

from api.schemas.fields import Moment, Output, titled


class AttachmentSchema(Output):
    """A file that was handed in."""

    id = fields.String(metadata=titled("编号", "Id, which a form's data names"))
    name = fields.String(metadata=titled("文件名", "File name"))
    media_type = fields.String(metadata=titled("类型", "Media type"))
    size = fields.Integer(metadata=titled("大小（字节）", "Size in bytes"))
    digest = fields.String(metadata=titled("内容摘要（SHA-256）", "SHA-256 of the content"))
    uploaded_by = fields.String(metadata=titled("上传人", "Uploaded by"))
    uploaded_at = Moment(metadata=titled("上传时间", "Uploaded"))


class AttachmentsSchema(Output):
    """Files that were handed in."""

    items = fields.List(fields.Nested(AttachmentSchema), metadata=titled("附件", "Attachments"))
