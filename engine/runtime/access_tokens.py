"""Secrets that stand for a login: sessions of people, tokens of programs.

Only the SHA-256 of a secret is stored; the secret has 256 random bits, so nothing slower is needed. It is shown once.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import orjson
from sqlalchemy import ColumnElement, ScalarSelect, String, Table, bindparam, or_, select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime import audit
from engine.runtime.accounts import Account, account_by_id
from engine.runtime.clock import Clock
from engine.runtime.columns import JsonListOf, Moment
from engine.runtime.database import Database
from engine.runtime.identifiers import Identifiers
from engine.runtime.lost_races import retried
from engine.runtime.statements import Statement, first
from engine.runtime.tables import access_token, account, account_group, account_role
from engine.runtime.unit_of_work import unit_of_work

Purpose = Literal["session", "token"]
PREFIX = "lianban_"
"""So that a secret that got into a log or a repository is recognised."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What may be known of a token later on."""

    id: str
    account_id: str
    purpose: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def _memberships(table: Table, column: str) -> ScalarSelect[str]:
    return select(JsonListOf(table.c[column])).where(table.c.account_id == account.c.id).correlate(account).scalar_subquery()


OWNER = Statement(
    select(account.c.id, account.c.name, _memberships(account_role, "role"), _memberships(account_group, "group_id"))
    .join(access_token, access_token.c.account_id == account.c.id)
    .where(
        access_token.c.secret_hash == bindparam("secret", type_=String),
        access_token.c.purpose == bindparam("meant_for", type_=String),
        access_token.c.revoked_at.is_(None),
        or_(access_token.c.expires_at.is_(None), access_token.c.expires_at > bindparam("moment", type_=Moment)),
        account.c.disabled.is_(False),
    )
)
"""The owner of a secret that is in force: asked at every request, so it is one statement, made once."""


class AccessTokens:
    """Gives them out, recognises them, takes them back."""

    def __init__(self, database: Database, clock: Clock, identifiers: Identifiers) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers

    def issue(
        self, account_id: str, *, purpose: Purpose, name: str, lifetime: timedelta | None, by: Actor
    ) -> tuple[AccessToken, str]:
        """A new token and its secret, which is not kept. ``lifetime`` None: until it is revoked.

        :raises Rejection: ``account-not-found``.
        """
        now, secret = self._clock(), PREFIX + secrets.token_urlsafe(32)
        token = AccessToken(
            self._identifiers(now), account_id, purpose, name, now, None if lifetime is None else now + lifetime, None
        )

        def issue() -> None:
            with unit_of_work(self._database) as work:
                if account_by_id(work.connection, account_id) is None:
                    raise Rejection("account-not-found", account=account_id)
                row = {column: getattr(token, column) for column in AccessToken.__slots__}
                work.connection.execute(access_token.insert(), {**row, "secret_hash": _digest(secret)})
                action = "Login" if purpose == "session" else "IssueToken"
                audit.write(work.connection, at=now, actor_id=by.id, action=action, subject=account_id, detail={"name": name})

        retried(issue)
        return token, secret

    def account(self, secret: str, purpose: Purpose) -> Account | None:
        """Whose secret this is; None if it is unknown, expired, revoked, or its account is disabled."""
        given = {"secret": _digest(secret), "meant_for": purpose, "moment": self._clock()}
        with self._database.read() as connection:
            row = first(connection, OWNER, given)
        if row is None:
            return None
        account_id, name, roles, groups = row
        return Account(account_id, name, _members(roles), _members(groups), disabled=False)

    def of_account(self, account_id: str) -> Sequence[AccessToken]:
        """The programs' tokens of an account, revoked ones too."""
        statement = (
            select(*(access_token.c[name] for name in AccessToken.__slots__))
            .where(access_token.c.account_id == account_id, access_token.c.purpose == "token")
            .order_by(access_token.c.id)
        )
        with self._database.read() as connection:
            return [AccessToken(*row) for row in connection.execute(statement)]

    def revoke(self, token_id: str, by: Actor) -> None:
        """Take a token back.

        :raises Rejection: ``token-not-found``.
        """
        self._revoke(access_token.c.id == token_id, token_id, by)

    def close_session(self, secret: str, by: Actor) -> None:
        """Log out. Nothing happens if the session is over already."""
        try:
            self._revoke(access_token.c.secret_hash == _digest(secret), "session", by)
        except Rejection:
            return

    def _revoke(self, condition: ColumnElement[bool], name: str, by: Actor) -> None:
        statement = (
            access_token.update().where(condition, access_token.c.revoked_at.is_(None)).returning(access_token.c.account_id)
        )

        def revoke() -> None:
            now = self._clock()
            with unit_of_work(self._database) as work:
                owner = work.connection.execute(statement.values(revoked_at=now)).scalar_one_or_none()
                if owner is None:
                    raise Rejection("token-not-found", token=name)
                audit.write(work.connection, at=now, actor_id=by.id, action="RevokeToken", subject=owner)

        retried(revoke)


def _members(found: str | None) -> tuple[str, ...]:
    return tuple(sorted(orjson.loads(found or "[]")))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
