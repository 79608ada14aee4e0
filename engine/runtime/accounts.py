"""People and programs that may log in: password, roles, candidate groups.

Passwords are kept as argon2id hashes. An unknown account costs as much time as a wrong password, so that nobody learns by
the clock which accounts exist. Every change is a row of the audit log.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Table, select

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime import audit
from engine.runtime.clock import Clock
from engine.runtime.columns import AnyRow
from engine.runtime.database import Database
from engine.runtime.lost_races import retried
from engine.runtime.tables import access_token, account, account_group, account_role
from engine.runtime.unit_of_work import UnitOfWork, unit_of_work

ROLES = ("clerk", "designer", "supervisor", "auditor", "administrator", "applicant", "agent", "cashier", "finance")
ACCOUNT_ID = re.compile(r"[a-z][a-z0-9._-]{1,63}")
MIN_PASSWORD_LENGTH = 8
INSTALLER = Actor("system:installer")
"""Who creates the first accounts."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in."""

    id: str
    name: str
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    disabled: bool

    @property
    def actor(self) -> Actor:
        """As this account appears in a command."""
        return Actor(self.id, self.groups)


@dataclass(frozen=True, slots=True)
class HashedPassword:
    """A password as it is stored (argon2id)."""

    text: str = field(repr=False)


class Accounts:
    """The accounts of the installation."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._dummy = self._hasher.hash("nobody has this password")

    def create(
        self,
        *,
        id: str,
        name: str,
        password: str | HashedPassword,
        roles: Iterable[str] = (),
        groups: Iterable[str] = (),
        by: Actor = INSTALLER,
    ) -> Account:
        """Add an account. A password hashed before is for many accounts of a demonstration that print the same one.

        :raises Rejection: ``account-id-invalid``, ``account-already-exists``, ``account-role-unknown``,
            ``password-too-weak``.
        """
        if not ACCOUNT_ID.fullmatch(id):
            raise Rejection("account-id-invalid", field="id", account=id)
        row = {
            "id": id,
            "name": name,
            "password_hash": (password if isinstance(password, HashedPassword) else self.hashed(password)).text,
            "disabled": False,
            "created_at": self._clock(),
        }

        def create() -> None:
            with unit_of_work(self._database) as work:
                if _row(work.connection, id) is not None:
                    raise Rejection("account-already-exists", field="id", account=id)
                work.connection.execute(account.insert(), row)
                _replace(work.connection, account_role, "role", id, _roles(roles))
                _replace(work.connection, account_group, "group_id", id, groups)
                self._audit(work, "CreateAccount", id, by, {"roles": list(roles), "groups": list(groups)})

        roles, groups = tuple(roles), tuple(groups)
        retried(create)
        return self.get(id)

    def hashed(self, password: str) -> HashedPassword:
        """What is stored of a password: a tenth of a second of work.

        :raises Rejection: ``password-too-weak``.
        """
        return HashedPassword(self._hash(password))

    def get(self, id: str) -> Account:
        """:raises Rejection: ``account-not-found``."""
        with self._database.read() as connection:
            row = _row(connection, id)
            if row is None:
                raise Rejection("account-not-found", account=id)
            return _account(connection, row)

    def find(self, id: str) -> Account | None:
        """The account, if there is one."""
        with self._database.read() as connection:
            row = _row(connection, id)
            return None if row is None else _account(connection, row)

    def list(self) -> Sequence[Account]:
        """All accounts, by id."""
        with self._database.read() as connection:
            return with_memberships(connection, connection.execute(select(account).order_by(account.c.id)).all())

    def in_group(self, group: str) -> Sequence[str]:
        """Ids of the enabled accounts that belong to a candidate group."""
        statement = (
            select(account.c.id)
            .join(account_group, account_group.c.account_id == account.c.id)
            .where(account_group.c.group_id == group, account.c.disabled.is_(False))
            .order_by(account.c.id)
        )
        with self._database.read() as connection:
            return list(connection.execute(statement).scalars())

    def authenticate(self, id: str, password: str) -> Account:
        """The enabled account with this password.

        :raises Rejection: ``credentials-wrong``, for whatever reason; the attempt is in the audit log.
        """
        with self._database.read() as connection:
            row = _row(connection, id)
            found = None if row is None else _account(connection, row)
        right = self._verify(self._dummy if row is None else row.password_hash, password)
        if row is None or found is None or not right or row.disabled:
            self._refused(id)
            raise Rejection("credentials-wrong")
        if self._hasher.check_needs_rehash(row.password_hash):
            self._store(id, {"password_hash": self._hasher.hash(_bytes(password))}, None, INSTALLER)
        return found

    def set_password(self, id: str, password: str, by: Actor) -> None:
        """Give an account a new password and end its logins.

        :raises Rejection: ``account-not-found``, ``password-too-weak``.
        """
        self._store(id, {"password_hash": self._hash(password)}, "SetPassword", by, revoke="session")

    def set_disabled(self, id: str, disabled: bool, by: Actor) -> None:
        """Disable an account, which ends its logins and tokens, or enable it again.

        :raises Rejection: ``account-not-found``.
        """
        action = "DisableAccount" if disabled else "EnableAccount"
        self._store(id, {"disabled": disabled}, action, by, revoke="all" if disabled else None)

    def set_name(self, id: str, name: str, by: Actor) -> None:
        """:raises Rejection: ``account-not-found``."""
        self._store(id, {"name": name}, "RenameAccount", by)

    def set_roles(self, id: str, roles: Iterable[str], by: Actor) -> None:
        """:raises Rejection: ``account-not-found``, ``account-role-unknown``."""
        self._store(id, {}, "SetRoles", by, lists=((account_role, "role", _roles(roles)),))

    def set_groups(self, id: str, groups: Iterable[str], by: Actor) -> None:
        """:raises Rejection: ``account-not-found``."""
        self._store(id, {}, "SetGroups", by, lists=((account_group, "group_id", tuple(groups)),))

    def set_powers(self, id: str, roles: Iterable[str], groups: Iterable[str], by: Actor) -> None:
        """Roles and groups at once.

        :raises Rejection: ``account-not-found``, ``account-role-unknown``.
        """
        lists = ((account_role, "role", _roles(roles)), (account_group, "group_id", tuple(groups)))
        self._store(id, {}, "SetPowers", by, lists=lists)

    def _store(
        self,
        id: str,
        values: dict[str, Any],
        action: str | None,
        by: Actor,
        *,
        lists: Sequence[tuple[Table, str, tuple[str, ...]]] = (),
        revoke: str | None = None,
    ) -> None:
        def store() -> None:
            with unit_of_work(self._database) as work:
                if _row(work.connection, id) is None:
                    raise Rejection("account-not-found", account=id)
                if values:
                    work.connection.execute(account.update().where(account.c.id == id), values)
                for table, column, members in lists:
                    _replace(work.connection, table, column, id, members)
                if revoke is not None:
                    _revoke(work.connection, id, revoke, self._clock())
                if action is not None:
                    detail = {column: list(members) for _, column, members in lists}
                    self._audit(work, action, id, by, detail)

        retried(store)

    def _hash(self, password: str) -> str:
        if len(password) < MIN_PASSWORD_LENGTH:
            raise Rejection("password-too-weak", field="password", length=MIN_PASSWORD_LENGTH)
        return self._hasher.hash(_bytes(password))

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False

    def _refused(self, id: str) -> None:
        def record() -> None:
            with unit_of_work(self._database) as work:
                audit.write(
                    work.connection,
                    at=self._clock(),
                    actor_id=ascii(id)[1:-1][:64],
                    action="Login",
                    subject=None,
                    outcome="refused",
                    code="credentials-wrong",
                )

        retried(record)

    def _audit(self, work: UnitOfWork, action: str, id: str, by: Actor, detail: dict[str, Any]) -> None:
        audit.write(work.connection, at=self._clock(), actor_id=by.id, action=action, subject=id, detail=detail)


def _bytes(password: str) -> bytes:
    """Whatever JSON can carry can be a password, even half a surrogate pair."""
    return password.encode("utf-8", "surrogatepass")


def account_by_id(connection: Connection, id: str) -> Account | None:
    """The account, read on a connection at hand."""
    row = _row(connection, id)
    return None if row is None else _account(connection, row)


def _row(connection: Connection, id: str) -> AnyRow | None:
    if not ACCOUNT_ID.fullmatch(id):  # nor need a database be asked for what it may not even be able to encode
        return None
    return connection.execute(select(account).where(account.c.id == id)).one_or_none()


def with_memberships(connection: Connection, rows: Sequence[AnyRow]) -> list[Account]:
    """The accounts of these rows, with their roles and groups."""
    roles, groups = _all(connection, account_role, "role"), _all(connection, account_group, "group_id")
    return [
        Account(row.id, row.name, tuple(roles.get(row.id, ())), tuple(groups.get(row.id, ())), row.disabled) for row in rows
    ]


def _account(connection: Connection, row: AnyRow) -> Account:
    roles = select(account_role.c.role).where(account_role.c.account_id == row.id)
    groups = select(account_group.c.group_id).where(account_group.c.account_id == row.id)
    return Account(
        row.id,
        row.name,
        tuple(sorted(connection.execute(roles).scalars())),
        tuple(sorted(connection.execute(groups).scalars())),
        row.disabled,
    )


def _all(connection: Connection, table: Table, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(table.c.account_id, table.c[column]).order_by(table.c[column])):
        found.setdefault(row[0], []).append(row[1])
    return found


def _replace(connection: Connection, table: Table, column: str, id: str, members: Iterable[str]) -> None:
    connection.execute(table.delete().where(table.c.account_id == id))
    if rows := [{"account_id": id, column: member} for member in dict.fromkeys(members)]:
        connection.execute(table.insert(), rows)


def _revoke(connection: Connection, id: str, purpose: str, now: Any) -> None:
    statement = access_token.update().where(access_token.c.account_id == id, access_token.c.revoked_at.is_(None))
    if purpose != "all":
        statement = statement.where(access_token.c.purpose == purpose)
    connection.execute(statement, {"revoked_at": now})


def _roles(roles: Iterable[str]) -> tuple[str, ...]:
    given = tuple(roles)
    for role in given:
        if role not in ROLES:
            raise Rejection("account-role-unknown", field="roles", role=role)
    return given
