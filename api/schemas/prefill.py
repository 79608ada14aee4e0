"""What the hall already knows of an applicant."""

from marshmallow import fields

from api.schemas.fields import Input, Output, Text, titled


class ApplicantSchema(Input):
    """Whose papers somebody holds in his hand."""

    name = Text(required=True, metadata=titled("姓名、名称", "Name"))
    identity = Text(required=True, metadata=titled("证件号码", "Number on the papers"))


class KnownValueSchema(Output):
    """A field, and the case it comes from."""

    name = fields.String(metadata=titled("字段", "Field"))
    value = fields.Raw(metadata=titled("内容", "Value"))
    case = fields.String(metadata=titled("来源办件", "Case it comes from"))
    on = fields.Date(metadata=titled("来源日期", "Day of that case"))


class HeldLicenceSchema(Output):
    """A licence that is in force."""

    number = fields.String(metadata=titled("许可证号", "Licence"))
    item = fields.String(metadata=titled("事项", "Item"))
    valid_until = fields.Date(allow_none=True, metadata=titled("有效期至", "Valid until"))


class KnownSchema(Output):
    """What a form is filled with before anybody types."""

    values = fields.List(fields.Nested(KnownValueSchema), metadata=titled("预填内容", "Known values"))
    licences = fields.List(fields.Nested(HeldLicenceSchema), metadata=titled("本厅核发的有效许可证", "Licences in force"))
