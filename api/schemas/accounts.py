"""Accounts."""

from marshmallow import fields

from api.schemas.fields import Choice, Input, Output, Text, titled
from api.schemas.paging import PageQuery
from engine.runtime.accounts import ROLES

ACCOUNT = titled("账号", "Account")
NAME = titled("名称", "Name")
GROUPS = titled("候选组", "Candidate groups")
ROLE_NAMES = titled("角色", "Roles")
PASSWORD = titled("密码", "Password")


class AccountQuery(PageQuery):
    """Which of them."""

    text = Text(load_default=None, metadata=titled("账号或者名称", "Part of an id or a name"))


class HallAccountSchema(Output):
    """Somebody who may log in."""

    id = fields.String(metadata=ACCOUNT)
    name = fields.String(metadata=NAME)
    roles = fields.List(fields.String(), metadata=ROLE_NAMES)
    groups = fields.List(fields.String(), metadata=GROUPS)
    disabled = fields.Boolean(metadata=titled("已停用", "Disabled"))


class NewAccountSchema(Input):
    """An account that is added."""

    id = Text(required=True, metadata=ACCOUNT)
    name = Text(required=True, metadata=NAME)
    password = Text(required=True, metadata=PASSWORD)
    roles = fields.List(Choice(ROLES), required=True, metadata=ROLE_NAMES)
    groups = fields.List(Text(), load_default=list, metadata=GROUPS)


class PowersSchema(Input):
    """What an account may do."""

    roles = fields.List(Choice(ROLES), required=True, metadata=ROLE_NAMES)
    groups = fields.List(Text(), required=True, metadata=GROUPS)


class NewPasswordSchema(Input):
    """A password that takes the place of another."""

    password = Text(required=True, metadata=PASSWORD)
