"""The bearer tokens of programs that act for the one who is logged in."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import Response

from api.blueprint import Blueprint
from api.door import Login, login, runtime
from api.lists import answer_list
from api.schemas.paging import PageQuery, page_of
from api.schemas.session import IssuedTokenSchema, NewTokenSchema, TokenSchema
from engine.core.rejection import Rejection
from engine.runtime.queries.paging import Page

tokens = Blueprint("tokens", "/api/tokens", "程序访问令牌 · Bearer tokens for programs")


@tokens.get("")
@tokens.takes(PageQuery, "query")
@tokens.answers(200, page_of(TokenSchema))
def list_tokens(query: Mapping[str, Any]) -> Response:
    """我的令牌 · My tokens"""
    found = list(runtime().access_tokens.of_account(_person().account.id))
    return answer_list("tokens", TokenSchema, query, lambda cursor, limit: Page(found, None))


@tokens.post("")
@tokens.takes(NewTokenSchema)
@tokens.answers(201, IssuedTokenSchema)
def issue(given: Mapping[str, Any]) -> dict[str, Any]:
    """新建令牌 · A new token

    Its secret is shown this once. It may do what the account may do.
    """
    person = _person()
    token, secret = runtime().access_tokens.issue(
        person.account.id, purpose="token", name=given["name"], lifetime=timedelta(days=given["days"]), by=person.actor
    )
    return {**asdict(token), "secret": secret}


@tokens.delete("/<string:token_id>")
@tokens.answers(204)
def revoke(token_id: str) -> None:
    """撤销令牌 · Revoke a token of one's own"""
    person = _person()
    if token_id not in {token.id for token in runtime().access_tokens.of_account(person.account.id)}:
        raise Rejection("token-not-found", token=token_id)
    runtime().access_tokens.revoke(token_id, person.actor)


def _person() -> Login:
    """A token makes no tokens: who gets hold of one must not be able to outlive its end."""
    found = login()
    if found.by == "token":
        raise Rejection("session-required")
    return found
