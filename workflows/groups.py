"""Whether a group that something is to be given to has anybody in it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime.tables import account, account_group


def has_members(session: Session, group: str) -> bool:
    """Whether an account that works belongs to a group."""
    works = account.c.disabled.is_(False) & (account_group.c.group_id == group)
    members = select(account.c.id).join(account_group, account_group.c.account_id == account.c.id).where(works).limit(1)
    return session.execute(members).first() is not None
