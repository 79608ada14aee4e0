"""Accounts, for the administration. Accounts of windows are opened by a secondment (P19), not here."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import actor, runtime
from api.lists import answer_list
from api.schemas.accounts import AccountQuery, HallAccountSchema, NewAccountSchema, NewPasswordSchema, PowersSchema
from api.schemas.paging import page_of
from engine.core.rejection import Rejection, declare
from engine.runtime.accounts import Account
from workflows.organisation.provisioning import require_no_window

accounts = Blueprint("accounts", "/api/accounts", "账号 · Accounts")

declare(
    {
        "account-is-own": (
            "不得更改本人账号的权限，也不得停用本人账号；请另一名管理员办理。",
            "Expected another administrator to do it: nobody changes the powers of his own account or disables it.",
        )
    }
)


@accounts.get("")
@accounts.takes(AccountQuery, "query")
@accounts.answers(200, page_of(HallAccountSchema))
def list_accounts(query: Mapping[str, Any]) -> Response:
    """账号列表 · Who may log in, and as what"""
    find, text = runtime().queries.accounts, query["text"]
    return answer_list("accounts", HallAccountSchema, query, lambda cursor, limit: find(text=text, cursor=cursor, limit=limit))


@accounts.post("")
@accounts.takes(NewAccountSchema)
@accounts.answers(201, HallAccountSchema)
def add(wanted: Mapping[str, Any]) -> tuple[Account, int]:
    """新建账号 · A new account, with its first password"""
    require_no_window(runtime().registers, wanted["id"], wanted["groups"], actor())
    return runtime().accounts.create(**wanted, by=actor()), 201


@accounts.post("/<string:account>/powers")
@accounts.takes(PowersSchema)
@accounts.answers(200, HallAccountSchema)
def change_powers(wanted: Mapping[str, Any], account: str) -> Account:
    """更改角色和候选组 · What the account may do from now on"""
    found = _another(account)
    require_no_window(runtime().registers, account, set(wanted["groups"]) - set(found.groups), actor())
    runtime().accounts.set_powers(account, wanted["roles"], wanted["groups"], actor())
    return runtime().accounts.get(account)


@accounts.post("/<string:account>/disabling")
@accounts.answers(200, HallAccountSchema)
def disable(account: str) -> Account:
    """停用 · Its logins and tokens end at once; what it did stays its own"""
    _another(account)
    runtime().accounts.set_disabled(account, True, actor())
    return runtime().accounts.get(account)


@accounts.post("/<string:account>/enabling")
@accounts.answers(200, HallAccountSchema)
def enable(account: str) -> Account:
    """启用 · It may log in again"""
    _another(account)
    runtime().accounts.set_disabled(account, False, actor())
    return runtime().accounts.get(account)


@accounts.post("/<string:account>/password")
@accounts.takes(NewPasswordSchema)
@accounts.also_answers(204, "Set")
def set_password(wanted: Mapping[str, Any], account: str) -> tuple[str, int]:
    """重设密码 · A new password; its logins and tokens end"""
    runtime().accounts.get(account)
    runtime().accounts.set_password(account, wanted["password"], actor())
    return "", 204


def _another(account: str) -> Account:
    """:raises Rejection: ``account-is-own``; ``account-not-found``."""
    if account == actor().id:
        raise Rejection("account-is-own", account=account)
    return runtime().accounts.get(account)
