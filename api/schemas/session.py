"""Logging in, and the tokens of programs."""

from marshmallow import fields

from api.schemas.fields import Input, Moment, Output, Text, Whole, titled


class LoginSchema(Input):
    """Account and password."""

    account = Text(required=True, least=1, metadata=titled("账号", "Account"))
    password = Text(required=True, limit=1000, load_only=True, metadata=titled("密码", "Password"))


class AccountSchema(Output):
    """Who is logged in."""

    id = fields.String(metadata=titled("账号", "Account"))
    name = fields.String(metadata=titled("姓名", "Name"))
    roles = fields.List(fields.String(), metadata=titled("角色", "Roles"))
    groups = fields.List(fields.String(), metadata=titled("所在组", "Candidate groups"))


class SessionSchema(Output):
    """A login."""

    account = fields.Nested(AccountSchema)
    permissions = fields.List(fields.String(), metadata=titled("权限", "What this account may do"))
    csrf_token = fields.String(
        allow_none=True,
        metadata=titled("写操作须带的X-CSRF-Token", "To be sent as X-CSRF-Token with every write of this session"),
    )
    expires_at = Moment(allow_none=True, metadata=titled("登录有效至", "End of the login"))


class NewTokenSchema(Input):
    """What a token is to be."""

    name = Text(required=True, least=1, limit=100, metadata=titled("用途", "What it is for"))
    days = Whole(1, 366, load_default=90, metadata=titled("有效天数", "Days it is valid"))


class TokenSchema(Output):
    """What may be known of a token later on."""

    id = fields.String(metadata=titled("令牌编号", "Token id"))
    name = fields.String(metadata=titled("用途", "What it is for"))
    created_at = Moment(metadata=titled("创建时间", "Created"))
    expires_at = Moment(allow_none=True, metadata=titled("有效至", "Valid until"))
    revoked_at = Moment(allow_none=True, metadata=titled("撤销时间", "Revoked"))


class IssuedTokenSchema(TokenSchema):
    """A new token. Its secret is shown this once."""

    secret = fields.String(metadata=titled("令牌，只显示一次", "The secret, shown once"))
