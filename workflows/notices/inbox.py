"""The web inbox of an applicant: the notices given to an account, newest first."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.core.actor import Actor
from engine.core.rejection import Rejection, declare
from engine.runtime.queries.paging import Page
from engine.runtime.registers import Registers
from workflows.notices.kind import kinds
from workflows.notices.tables import notice

declare({"notice-not-found": ("没有找到通知{notice}。", "Expected notice {notice} in your inbox, but there is none.")})


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``read_at`` is null until its recipient has read it."""

    id: str
    case_number: str
    kind: str
    title: str
    text: str
    posted_at: datetime
    read_at: datetime | None


class Inbox:
    """Reads the notices of one account, and marks them as read.

    ``own``: the account is the applicant's. Somebody of the hall who filed for him does not see what only he may know (A-21).
    """

    def __init__(self, registers: Registers, account_id: str, *, own: bool = False) -> None:
        self._registers = registers
        self._account_id = account_id
        self._own = own

    def page(self, cursor: str | None, limit: int) -> Page[Notice]:
        """A page, newest first. ``cursor`` is the id of the last notice of the page before."""
        columns = [notice.c[name] for name in Notice.__slots__]
        statement = select(*columns).where(notice.c.recipient_account == self._account_id)
        if cursor is not None:
            statement = statement.where(notice.c.id < cursor)
        with self._registers.read() as session:
            rows: Any = session.execute(statement.order_by(notice.c.id.desc()).limit(limit + 1)).all()
        found = [self._shown(Notice(*row)) for row in rows[:limit]]
        return Page(found, found[-1].id if len(rows) > limit else None)

    def _shown(self, one: Notice) -> Notice:
        kind = kinds().get(one.kind)
        return one if self._own or kind is None else replace(one, text=kind.masked(one.text))

    def read(self, notice_id: str, actor: Actor) -> None:
        """Mark one as read. The first time counts.

        :raises Rejection: ``notice-not-found``, also for somebody else's.
        """
        mine = (notice.c.id == notice_id) & (notice.c.recipient_account == self._account_id)

        def mark(session: Any, now: datetime) -> None:
            if session.execute(select(notice.c.id).where(mine)).first() is None:
                raise Rejection("notice-not-found", field="notice_id", notice=notice_id)
            session.execute(notice.update().where(mine, notice.c.read_at.is_(None)).values(read_at=now))

        self._registers.change("ReadNotice", actor, mark, subject=notice_id)
