"""Accounts of windows: opened by a step of P19 and by nothing else (R-10).

An account is opened without a password that would fit; the administrator hands over the first one
(``lianban user password``). The installation's own accounts (the sample's) were there before.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime import audit
from engine.runtime.registers import Registers
from engine.runtime.tables import account, account_group, account_role
from workflows.organisation import tables

NO_PASSWORD = "!"  # noqa: S105 - no hash, so nothing fits
ROLE = "clerk"

declare(
    {
        "account-of-a-window": (
            "窗口账户只能经派驻程序开立（{window}）。",
            "Accounts of a window are opened by a secondment and by no other way ({window}).",
        ),
    }
)


def require_no_window(registers: Registers, account_id: str, groups: Collection[str], actor: Actor) -> None:
    """Before an account is made by another door: none of its groups is a window's. A refusal is in the audit log.

    :raises Rejection: ``account-of-a-window``.
    """
    with registers.read() as session:
        windows = sorted(_windows(session) & set(groups))
    if windows:
        registers.change("CreateAccount", actor, lambda _session, _now: _refuse(windows[0]), subject=account_id)


def _refuse(window: str) -> None:
    raise Rejection("account-of-a-window", field="groups", window=window)


def _windows(session: Session) -> set[str]:
    return set(session.execute(select(tables.service_window.c.group_name)).scalars())


def open_account(session: Session, account_id: str, name: str, window: str, by: Actor, now: datetime) -> bool:
    """Give somebody the window's group, with a new account where there is none. Says whether it is new."""
    is_new = session.execute(select(account.c.id).where(account.c.id == account_id)).first() is None
    if is_new:
        row = {"id": account_id, "name": name, "password_hash": NO_PASSWORD, "disabled": False, "created_at": now}
        session.execute(account.insert().values(**row))
        session.execute(account_role.insert().values(account_id=account_id, role=ROLE))
    if window not in _groups(session, account_id):
        session.execute(account_group.insert().values(account_id=account_id, group_id=window))
    _audit(session, "OpenWindowAccount", account_id, window, by, now)
    return is_new


def close_account(session: Session, account_id: str, window: str, by: Actor, now: datetime) -> None:
    """Take the window's group from somebody who leaves it. The account itself stays."""
    mine = account_group.c.account_id == account_id
    session.execute(delete(account_group).where(mine, account_group.c.group_id == window))
    _audit(session, "CloseWindowAccount", account_id, window, by, now)


def _groups(session: Session, account_id: str) -> set[str]:
    statement = select(account_group.c.group_id).where(account_group.c.account_id == account_id)
    return set(session.execute(statement).scalars())


def _audit(session: Session, action: str, account_id: str, window: str, by: Actor, now: datetime) -> None:
    detail = {"window": window}
    audit.write(session.connection(), at=now, actor_id=by.id, action=action, subject=account_id, detail=detail)
