"""The publication queue."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Moment, Output, Text, titled
from workflows.publication.publications import KINDS

NUMBER = titled("公开件编号", "Number")
KIND = titled("种类", "decision, waiver, rating, complaint or ranking")
TITLE = titled("标题", "Title")


class PublicationDraftSchema(Input):
    """What is to be public."""

    kind = Choice(KINDS, required=True, metadata=KIND)
    source = Text(limit=100, least=1, required=True, metadata=titled("来源编号", "Number of the source"))
    title = Text(limit=150, least=2, required=True, metadata=TITLE)
    text = Text(limit=8000, least=2, required=True, metadata=titled("内容", "Text"))


class PublicationNumberSchema(Output):
    """The number."""

    number = fields.String(metadata=NUMBER)


class PublicationWithdrawalSchema(Input):
    """Why it is taken down."""

    reason = Text(limit=500, required=True, metadata=titled("理由", "Reason"))


class PublishedSchema(Output):
    """What everybody sees."""

    number = fields.String(metadata=NUMBER)
    kind = fields.String(metadata=KIND)
    title = fields.String(metadata=TITLE)
    text = fields.String(metadata=titled("内容", "Text"))
    published_at = Moment(allow_none=True, metadata=titled("公开时间", "Published"))


class PublicationSchema(PublishedSchema):
    """A publication in the queue."""

    source = fields.String(metadata=titled("来源编号", "Number of the source"))
    status = fields.String(metadata=titled("状态", "drafted, rejected, published or withdrawn"))
    drafted_by = fields.String(metadata=titled("拟稿人", "Drafted by"))
    checked_by = fields.String(allow_none=True, metadata=titled("审查人", "Checked by"))
    withdrawal_reason = fields.String(allow_none=True, metadata=titled("撤下理由", "Why it was withdrawn"))
