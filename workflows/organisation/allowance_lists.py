"""Computing a month's allowances and having them approved by the committee and the finance department (R-15)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actor import Actor
from engine.core.rejection import Rejection
from engine.runtime.registers import Registers
from workflows.clock import hall_day
from workflows.organisation import storage, tables
from workflows.organisation.allowance import BASE_FEN, FINANCE, amount_fen
from workflows.organisation.attendance_book import attended, month_score
from workflows.organisation.staff import COMMITTEE

BODIES = {COMMITTEE: ("committee", "管委会"), FINANCE: ("finance", "县财政局")}


class AllowanceLists:
    """Reads and changes them."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers

    def compute(self, month: date, actor: Actor) -> str:
        """Make the list of a month, given by any day of it, once it is over. Answers ``2026-03``.

        :raises Rejection: ``allowance-month-running``, ``allowance-exists``.
        """
        named = month.strftime("%Y-%m")

        def change(session: Session, now: datetime) -> str:
            today = hall_day(now)
            if (month.year, month.month) >= (today.year, today.month):
                raise Rejection("allowance-month-running", month=named)
            if _list(session, named) is not None:
                raise Rejection("allowance-exists", month=named)
            made = {"month": named, "base_fen": BASE_FEN, "computed_by": actor.id, "computed_at": now}
            session.execute(tables.allowance_list.insert().values(**made))
            storage.insert_many(session, tables.allowance_line, _lines(session, month, named, today))
            return named

        return self._registers.change("ComputeAllowances", actor, change, subject=named)

    def approve(self, month: str, actor: Actor) -> None:
        """Approve a list for one's body.

        :raises Rejection: ``allowance-not-entitled``, ``allowance-not-found``, ``allowance-approved``,
            ``allowance-one-person``.
        """

        def change(session: Session, now: datetime) -> None:
            found = _list(session, month)
            if found is None:
                raise Rejection("allowance-not-found", month=month[:7])
            bodies = [BODIES[group] for group in actor.groups if group in BODIES]
            if not bodies:
                raise Rejection("allowance-not-entitled")
            column, chinese = bodies[0]
            if getattr(found, f"{column}_by") is not None:
                raise Rejection("allowance-approved", month=month, body=chinese)
            if actor.id in (found.computed_by, found.committee_by, found.finance_by):
                raise Rejection("allowance-one-person")
            table = tables.allowance_list
            given = {f"{column}_by": actor.id, f"{column}_at": now}
            session.execute(table.update().where(table.c.month == month).values(**given))

        self._registers.change("ApproveAllowances", actor, change, subject=month[:7])

    def lines(self, month: str) -> Sequence[Any]:
        """The lines of a list, by account.

        :raises Rejection: ``allowance-not-found``.
        """
        line = tables.allowance_line
        with self._registers.read() as session:
            if _list(session, month, locked=False) is None:
                raise Rejection("allowance-not-found", month=month[:7])
            found: Sequence[Any] = session.execute(select(line).where(line.c.month == month).order_by(line.c.account_id)).all()
            return found


def _list(session: Session, month: str, *, locked: bool = True) -> Any:
    statement = select(tables.allowance_list).where(tables.allowance_list.c.month == month)
    return session.execute(statement.with_for_update() if locked else statement).first()


def _lines(session: Session, month: date, named: str, today: date) -> list[dict[str, Any]]:
    """Of everybody who was appointed to a window on a working day of the month."""
    lines = []
    for account in sorted({member.account_id for member in storage.staff_of(session)}):
        there, working = attended(session, account, month, today)
        if not working:
            continue
        total = month_score(session, account, month, today).total
        amount = amount_fen(BASE_FEN, there, working, total)
        days = {"working_days": working, "attended_days": there}
        lines.append({"month": named, "account_id": account, "score": total, "amount_fen": amount, **days})
    return lines
